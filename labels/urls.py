"""Addresses under `/labels/`."""

from django.urls import path

from labels import report_views, views

app_name = "labels"

urlpatterns = [
    path("", views.label_list, name="directory"),
    path("new/", views.label_create, name="create"),
    path("<slug:slug>/", views.label_show, name="label"),
    path("<slug:slug>/report/", report_views.label_report, name="report"),
    path("<slug:slug>/settings/", views.label_edit, name="settings"),
]
