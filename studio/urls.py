"""Addresses of the studio. Each slice adds its own here; all of them lead nowhere while `STUDIO` is off."""

from django.urls import URLPattern, URLResolver, include, path

from kit.routes import RouteWhile
from studio.activity_page import views as activity_views
from studio.bin_page import views as bin_views
from studio.board import views as board_views
from studio.crew_page import views as crew_views
from studio.handover import views as handover_views
from studio.imports import album_views, list_views
from studio.keys import views as key_views
from studio.list_page import views as table_views
from studio.next_page import views as next_views
from studio.open_projects import views as open_views
from studio.pack_form import views as pack_form_views
from studio.pack_list import views as pack_list_views
from studio.pack_page import views as pack_views
from studio.project_form import views as form_views
from studio.project_page import edit_views as project_edit_views
from studio.project_page import views as project_views
from studio.requests_page import views as request_views
from studio.series_page import views as series_views
from studio.similar_songs import views as similar_song_views
from studio.song_search import views as song_views
from studio.step_templates import views as template_views
from studio.steps_page import views as step_views

app_name = "studio"


def crew_of(kind: str) -> list[URLPattern | URLResolver]:
    """Return the addresses of the crew of a project or a pack."""
    return [
        path("crew/", crew_views.crew_show, name=f"{kind}-crew"),
        path("crew/add/", crew_views.crew_add, name=f"{kind}-crew-add"),
        path("crew/leave/", crew_views.crew_leave, name=f"{kind}-crew-leave"),
        path("crew/<int:pk>/", crew_views.crew_change, name=f"{kind}-crew-change"),
        path("crew/<int:pk>/remove/", crew_views.crew_remove, name=f"{kind}-crew-remove"),
    ]


of_project: list[URLPattern | URLResolver] = [
    path("", project_views.project_show, name="project"),
    path("look-up/", song_views.song_search, name="song-search"),
    path("look-up/at-once/", song_views.songs_fill, name="songs-fill"),
    path("demo/", handover_views.demo_make, name="make-demo"),
    path("state/", project_views.project_state, name="project-state"),
    path("links/", project_views.link_add, name="link-add"),
    path("links/<int:pk>/remove/", project_views.link_remove, name="link-remove"),
    path("edit/", project_edit_views.project_edit, name="project-edit"),
    path("cover/", project_edit_views.project_cover, name="project-cover"),
    path("visibility/", project_edit_views.project_visibility, name="project-visibility"),
    path("place/", project_edit_views.project_place, name="project-place"),
    path("take-out/", project_edit_views.project_take_out, name="project-take-out"),
    path("track/", project_edit_views.track_link, name="track-link"),
    path("track/unlink/", project_edit_views.track_unlink, name="track-unlink"),
    path("steps/", step_views.step_add_quickly, name="step-add"),
    path("steps/add/", step_views.steps_add, name="steps-add"),
    path("steps/order/", step_views.steps_order, name="steps-order"),
    path("steps/<int:number>/", step_views.step_change, name="step"),
    path("steps/<int:number>/act/", step_views.step_act, name="step-act"),
    path("activity/", activity_views.project_activity, name="project-activity"),
    path("discard/", bin_views.project_discard, name="discard"),
    path("restore/", bin_views.project_restore, name="restore"),
    *crew_of("project"),
    path("join/", open_views.request_make, name="ask"),
    path("join/withdraw/", open_views.request_withdraw, name="ask-withdraw"),
    path("requests/<int:pk>/accept/", request_views.request_accept, name="request-accept"),
    path("requests/<int:pk>/refuse/", request_views.request_refuse, name="request-refuse"),
    path("requests/<int:pk>/reopen/", request_views.request_reopen, name="request-reopen"),
]

of_pack: list[URLPattern | URLResolver] = [
    path("", pack_views.pack_show, name="pack"),
    path("edit/", pack_form_views.pack_edit, name="pack-edit"),
    path("cover/", pack_form_views.pack_cover, name="pack-cover"),
    path("projects/new/", pack_views.project_make, name="pack-project-new"),
    path("projects/place/", pack_views.project_place, name="pack-place"),
    path("projects/order/", pack_views.projects_order, name="pack-order"),
    path("projects/<project:project>/take-out/", pack_views.project_take_out, name="pack-take-out"),
    path("projects/<project:project>/optional/", pack_views.project_optional, name="pack-optional"),
    path("tracklist/", series_views.tracklist_show, name="tracklist"),
    path("tracklist/add/", series_views.entries_add, name="tracklist-add"),
    path("tracklist/order/", series_views.entries_order, name="tracklist-order"),
    path("tracklist/<int:entry>/", series_views.entry_show, name="entry"),
    path("tracklist/<int:entry>/mark/", series_views.entry_mark, name="entry-mark"),
    path("tracklist/<int:entry>/begin/", series_views.entry_begin, name="entry-begin"),
    path("tracklist/<int:entry>/link/", series_views.entry_link, name="entry-link"),
    path("tracklist/<int:entry>/remove/", series_views.entry_remove, name="entry-remove"),
    *crew_of("pack"),
    path("visibility/", crew_views.visibility_change, name="pack-visibility"),
    path("import/", list_views.list_import, name="pack-import"),
    path("import/album/", album_views.album_import, name="pack-import-album"),
    path("activity/", activity_views.pack_activity, name="pack-activity"),
    path("discard/", bin_views.pack_discard, name="pack-discard"),
    path("restore/", bin_views.pack_restore, name="pack-restore"),
]

of_templates: list[URLPattern | URLResolver] = [
    path("", template_views.template_list, name="templates"),
    path("new/", template_views.template_create, name="template-new"),
    path("default/", template_views.template_default, name="template-default"),
    path("order/", template_views.templates_order, name="templates-order"),
    path("<int:pk>/", template_views.template_edit, name="template"),
    path("<int:pk>/retire/", template_views.template_retire, name="template-retire"),
]

of_studio: list[URLPattern | URLResolver] = [
    path("", next_views.next_show, name="next"),
    path("import/", list_views.list_import, name="import"),
    path("import/album/", album_views.album_import, name="import-album"),
    path("step-templates/", include(of_templates)),
    path("bin/", bin_views.bin_show, name="bin"),
    path("board/", board_views.board_show, name="board"),
    path("keys/", key_views.maker_keys, name="keys"),
    path("new/", form_views.project_create, name="new-project"),
    path("projects/", table_views.project_list, name="list"),
    path("similar-songs/", similar_song_views.similar_show, name="similar-songs"),
    path("packs/", pack_list_views.pack_list, name="packs"),
    path("packs/new/", pack_form_views.pack_create, name="pack-new"),
    path("open/", open_views.open_list, name="open"),
    path("requests/", request_views.request_list, name="requests"),
    path("<project:code>/", include(of_project)),
    path("<pack:code>/", include(of_pack)),
]

urlpatterns = [URLResolver(RouteWhile("STUDIO", "studio/"), of_studio)]
