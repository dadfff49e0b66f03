from django.urls import path

from catalog import views

app_name = "catalog"

urlpatterns = [
    path("profile/", views.profile_edit, name="profile"),
    path("tracks/", views.track_list, name="tracks"),
    path("tracks/new/", views.track_create, name="track-create"),
    path("tracks/<track:code>/", views.track_detail, name="track"),
    path("tracks/<track:code>/edit/", views.track_edit, name="track-edit"),
    path("tracks/<track:code>/archive/", views.track_archive, name="track-archive"),
    path("tracks/<track:code>/restore/", views.track_restore, name="track-restore"),
]
