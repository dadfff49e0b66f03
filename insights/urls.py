"""Addresses of insights: a label's under its desk, a producer's own."""

from django.urls import path

from insights import views

app_name = "insights"

urlpatterns = [
    path("desk/<slug:slug>/insights/", views.figures_show, name="figures"),
    path("desk/<slug:slug>/insights/figures.csv", views.figures_csv, name="csv"),
    path("insights/", views.producer_show, name="own"),
]
