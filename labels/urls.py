"""URLs under `/labels/`."""

from django.urls import path

from labels import views
from labels.embedding import views as embed
from labels.reports import views as reports_views

app_name = "labels"

urlpatterns = [
    path("", views.label_list, name="directory"),
    path("new/", views.label_create, name="create"),
    path("<slug:slug>/", views.label_show, name="label"),
    path("<slug:slug>/<intake:code>/", views.call_show, name="call"),
    path("<slug:slug>/embed/", embed.label_embed, name="embed"),
    path("<slug:slug>/report/", reports_views.label_report, name="report"),
    path("<slug:slug>/settings/", views.label_edit, name="settings"),
    path("<slug:slug>/settings/preview/", views.page_text_preview, name="page-text-preview"),
]
