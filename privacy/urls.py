from django.urls import path

from privacy import deletion_views, views

app_name = "privacy"

urlpatterns = [
    path("data/", views.your_data, name="your-data"),
    path("data/<data_export:code>.zip", views.export_download, name="download"),
    path("delete/", deletion_views.account_delete, name="delete"),
    path("delete/keep/", deletion_views.account_keep, name="keep"),
]
