import os

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
django.setup(set_prefix=False)

from trackflow.bodies import Request  # noqa: E402  # after setup


class Handler(WSGIHandler):
    request_class = Request


application = Handler()
