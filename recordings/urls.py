"""Addresses of recordings. Each slice adds its own here; all of them lead nowhere while `SHELVES` is empty."""

from django.urls import URLPattern, URLResolver, include, path

from kit.routes import RouteWhile
from recordings.graph import views as graph_views
from recordings.keys import views as key_views
from recordings.list_page import views as list_views
from recordings.lookup import views as lookup_views
from recordings.recording_page import views as recording_views
from recordings.shelves_page import views as shelves_views
from recordings.tracklists import cue_views
from recordings.tracklists import views as tracklist_views

app_name = "recordings"

of_recording: list[URLPattern | URLResolver] = [
    path("", recording_views.recording_show, name="recording"),
    path("facts/<str:fact>/", recording_views.fact_change, name="fact"),
    path("look-up/", lookup_views.sound_look_up, name="look-up"),
    path("look-up/use/", lookup_views.candidate_use, name="use-candidate"),
    path("look-up/tracklist/", lookup_views.tracklist_fetch, name="fetch-tracklist"),
    path("kind/", recording_views.kind_change, name="kind"),
    path("sharing/", graph_views.graph_sets, name="graph-sets"),
    path("tempo/", recording_views.tempo_correct, name="tempo"),
    path("tracklist/", tracklist_views.tracklist_show, name="tracklist"),
    path("tracklist/edit/", tracklist_views.tracklist_edit, name="tracklist-edit"),
    path("tracklist/delete/", tracklist_views.tracklist_delete, name="tracklist-delete"),
    path("tracklist/find/", tracklist_views.tracklist_find, name="tracklist-find"),
    path("tracklist/cue/", cue_views.cue_download, name="cue"),
    path("tracklist/cue/read/", cue_views.cue_read, name="cue-read"),
    path("tracklist/cue/write/", cue_views.cue_write, name="cue-write"),
]

of_recordings: list[URLPattern | URLResolver] = [
    path("", list_views.recording_list, name="list"),
    path("files/", shelves_views.file_list, name="files"),
    path("graph/", graph_views.graph_questions, name="graph"),
    path("graph/way/", graph_views.graph_way, name="graph-way"),
    path("graph/<work:code>/", graph_views.graph_work, name="graph-work"),
    path("keys/", key_views.reader_keys, name="keys"),
    path("tempos/", list_views.tempos_correct, name="tempos"),
    path("shelves/", shelves_views.shelf_list, name="shelves"),
    path("<recording:reference>/", include(of_recording)),
]

urlpatterns = [URLResolver(RouteWhile("SHELVES", "recordings/"), of_recordings)]
