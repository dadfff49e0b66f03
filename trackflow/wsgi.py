import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
django.setup(set_prefix=False)

from trackflow.bodies import Request  # noqa: E402  # after setup


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Serve a request; to HEAD without a body, for gunicorn logs a warning about each that it has to drop."""
        response = super().__call__(environ, start_response)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response
        response.close()
        return []


application = Handler()
