"""Addresses of insights: a label's under its desk, a producer's own."""

from django.urls import path

from insights.views import figures, own

app_name = "insights"

urlpatterns = [
    path("desk/<slug:slug>/insights/", figures.figures_show, name="figures"),
    path("desk/<slug:slug>/insights/figures.csv", figures.figures_csv, name="csv"),
    path("insights/", own.own_show, name="own"),
]
