from django.urls import path

from notifications import views
from notifications.preferences.views import label_preferences, preference_list

app_name = "notifications"

urlpatterns = [
    path("", views.delivery_list, name="list"),
    path("mark-read/", views.delivery_mark_read, name="mark-read"),
    path("settings/", preference_list, name="settings"),
    path("settings/<slug:slug>/", label_preferences, name="label-settings"),
]
