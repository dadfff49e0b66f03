from django.urls import path

from accounts import unsent_views, views

app_name = "accounts"

urlpatterns = [
    path("welcome/", views.welcome, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("unsent/<str:code>/", unsent_views.unsent_form, name="unsent"),
    path("pictures/<picture:code>.webp", views.picture_show, name="picture"),
    path("pictures/<picture:code>-small.webp", views.thumbnail_show, name="thumbnail"),
]
