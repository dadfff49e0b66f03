"""A Django site of one view, without middleware: what the machine and the web server allow at most."""

import secrets

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=secrets.token_hex(),
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
)


def ok(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", ok)]
application = WSGIHandler()
