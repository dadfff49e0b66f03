from django.urls import path

from catalog.links import views as links_views
from catalog.profile import views as profile_views
from catalog.tracks import views as tracks_views

app_name = "catalog"

urlpatterns = [
    path("profile/", profile_views.profile_edit, name="profile"),
    path("producers/<slug:slug>/", profile_views.producer_show, name="producer"),
    path("tracks/", tracks_views.track_list, name="tracks"),
    path("tracks/new/", tracks_views.track_create, name="track-create"),
    path("tracks/link/", links_views.link_preview, name="link"),
    path("tracks/link/check/", links_views.link_check, name="link-check"),
    path("tracks/file/<str:host>/", links_views.sound_file, name="sound-file"),
    path("tracks/<track:code>/", tracks_views.track_detail, name="track"),
    path("tracks/<track:code>/edit/", tracks_views.track_edit, name="track-edit"),
    path("tracks/<track:code>/archive/", tracks_views.track_archive, name="track-archive"),
    path("tracks/<track:code>/restore/", tracks_views.track_restore, name="track-restore"),
    path("tracks/<track:code>/tempo/", tracks_views.track_tempo, name="track-tempo"),
]
