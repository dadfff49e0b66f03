"""All URLs, and a page that says "ok" to somebody signed in: what every page costs before its view."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from trackflow.urls import *  # noqa: F403  # the handlers of errors
from trackflow.urls import urlpatterns as measured


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("bench/ok/", ok), *measured]
