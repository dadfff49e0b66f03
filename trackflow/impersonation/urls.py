from django.urls import path

from trackflow.impersonation import views

app_name = "impersonation"

urlpatterns = [
    path("start/", views.impersonation_start, name="start"),
    path("stop/", views.impersonation_stop, name="stop"),
]
