from django.contrib import admin
from django.urls import path

from activity import views

app_name = "activity"

urlpatterns = [
    path("settings/history/", views.own_record, name="own"),
    path("desk/<slug:slug>/record/", views.label_record, name="label"),
    path("desk/<slug:slug>/record/record.csv", views.label_record_csv, name="label-csv"),
    path("admin/record/", admin.site.admin_view(views.whole_record), name="whole"),
    path("admin/record/record.csv", admin.site.admin_view(views.whole_record_csv), name="whole-csv"),
]
