from django.urls import path

from catalog.views import link, profile, track

app_name = "catalog"

urlpatterns = [
    path("profile/", profile.profile_edit, name="profile"),
    path("producers/<slug:slug>/", profile.producer_show, name="producer"),
    path("tracks/", track.track_list, name="tracks"),
    path("tracks/new/", track.track_create, name="track-create"),
    path("tracks/link/", link.link_read, name="link"),
    path("tracks/<track:code>/", track.track_detail, name="track"),
    path("tracks/<track:code>/edit/", track.track_edit, name="track-edit"),
    path("tracks/<track:code>/archive/", track.track_archive, name="track-archive"),
    path("tracks/<track:code>/restore/", track.track_restore, name="track-restore"),
]
