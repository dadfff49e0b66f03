from django.urls import path

from notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.delivery_list, name="list"),
    path("mark-read/", views.delivery_mark_read, name="mark-read"),
]
