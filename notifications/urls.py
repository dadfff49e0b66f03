from django.urls import path

from notifications import views
from notifications.bounces.views import address_ask, address_confirm
from notifications.preferences.views import label_preferences, preference_list

app_name = "notifications"

urlpatterns = [
    path("", views.delivery_list, name="list"),
    path("mark-read/", views.delivery_mark_read, name="mark-read"),
    path("address/", address_ask, name="address-ask"),
    path("address/<str:token>/", address_confirm, name="address-confirm"),
    path("settings/", preference_list, name="settings"),
    path("settings/<slug:slug>/", label_preferences, name="label-settings"),
]
