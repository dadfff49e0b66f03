"""Addresses of releases: at the desk, a person's steps and calendar, and a producer's page."""

from django.urls import URLPattern, URLResolver, include, path

from releases.board import views as board_views
from releases.calendar_feed import views as calendar_views
from releases.codes_page import views as codes_views
from releases.date_page import views as date_views
from releases.list_page import views as list_views
from releases.month import views as month_views
from releases.my_steps import views as my_steps_views
from releases.producer_page import views as producer_views
from releases.release_page import plan_views
from releases.release_page import views as release_views
from releases.release_settings import views as settings_views
from releases.series_page import views as series_views
from releases.step_templates import views as template_views
from releases.steps_page import views as steps_views
from releases.suggestions import views as suggestions_views
from releases.tracks_page import views as tracks_views

app_name = "releases"

of_release = [
    path("", release_views.release_detail, name="release"),
    path("codes/", codes_views.release_codes, name="codes"),
    path("date/", date_views.release_date, name="date"),
    path("details/", release_views.release_edit, name="details"),
    path("sheet.csv", release_views.sheet_csv, name="sheet-csv"),
    path("sheet.json", release_views.sheet_json, name="sheet-json"),
    path("steps/add/", steps_views.steps_add, name="add-steps"),
    path("steps/<int:number>/", steps_views.step_change, name="step"),
    path("steps/<int:number>/act/", steps_views.step_act, name="step-act"),
    path("tracks/", tracks_views.release_tracks, name="tracks"),
    path("<str:transition>/", release_views.release_act, name="act"),
]

at_desk: list[URLPattern | URLResolver] = [
    path("", list_views.release_list, name="list"),
    path("board/", board_views.release_board, name="board"),
    path("calendar/", calendar_views.calendar_address, name="calendar"),
    path("for/<reference:reference>/", plan_views.release_of_submission, name="of-submission"),
    path("month/", month_views.release_month, name="month"),
    path("next/", suggestions_views.release_suggestions, name="suggestions"),
    path("plan/", plan_views.release_plan, name="plan"),
    path("series/", series_views.series_list, name="series-list"),
    path("series/<series:code>/", series_views.series_detail, name="series"),
    path("settings/", settings_views.release_settings, name="settings"),
    path("settings/barcodes/", settings_views.barcodes_add, name="barcodes"),
    path("templates/", template_views.template_list, name="templates"),
    path("templates/new/", template_views.template_create, name="template-new"),
    path("templates/<int:pk>/", template_views.template_edit, name="template"),
    path("templates/<int:pk>/retire/", template_views.template_retire, name="template-retire"),
    path("<release:code>/", include(of_release)),
]

urlpatterns = [
    path("desk/<slug:slug>/releases/", include(at_desk)),
    path("releases/<release:code>/", producer_views.release_show, name="show"),
    path("steps/", my_steps_views.my_steps, name="my-steps"),
    path("calendar/<str:token>/releases.ics", calendar_views.calendar_show, name="feed"),
]
