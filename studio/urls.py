"""Addresses of the studio. Each slice adds its own here; all of them lead nowhere while `STUDIO` is off."""

from django.urls import URLPattern, URLResolver, include, path

from kit.routes import RouteWhile
from studio.handover import views as handover_views
from studio.imports import album_views, list_views
from studio.next_page import views as next_views
from studio.pack_page import views as pack_views
from studio.project_page import views as project_views

app_name = "studio"

of_project: list[URLPattern | URLResolver] = [
    path("", project_views.project_show, name="project"),
    path("demo/", handover_views.demo_make, name="make-demo"),
]

of_pack: list[URLPattern | URLResolver] = [
    path("", pack_views.pack_show, name="pack"),
    path("import/", list_views.list_import, name="pack-import"),
    path("import/album/", album_views.album_import, name="pack-import-album"),
]

of_studio: list[URLPattern | URLResolver] = [
    path("", next_views.next_show, name="next"),
    path("import/", list_views.list_import, name="import"),
    path("import/album/", album_views.album_import, name="import-album"),
    path("<project:code>/", include(of_project)),
    path("<pack:code>/", include(of_pack)),
]

urlpatterns = [URLResolver(RouteWhile("STUDIO", "studio/"), of_studio)]
