"""Tells Django's test client what pages were drawn with, which Django does for its own template language alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.test.signals import template_rendered
from django.utils.safestring import SafeString

from trackflow.jinja import Page


@contextmanager
def told_contexts() -> Iterator[None]:
    """Let `response.context` and `response.templates` know our pages too."""
    draw = Page.draw

    def told_draw(self: Page, values: dict[str, Any]) -> SafeString:
        template_rendered.send(sender=self, template=self, context=values)
        return draw(self, values)

    with patch.object(Page, "draw", told_draw):
        yield
