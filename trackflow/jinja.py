"""Jinja2 for our own pages, several times as fast as Django's template language.

Pages of libraries (`templates/library/`: admin, allauth) and mails stay in Django's. As there, what does not exist is
empty.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any

import jinja2
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import defaultfilters
from django.template.backends import jinja2 as backend
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_htmx.jinja import htmx_script

from accounts.initials import initials
from accounts.keys.key_map import key_rows, own_keys_json
from accounts.templatetags.form_tokens import author_field
from insights.figure_words import desk_name, duration, lasting, link_number, link_release_number
from kit.fragments import draw_once
from kit.routes import url_for, url_if_any
from kit.static_addresses import static_address
from kit.templatetags.icons import draw_icon
from notifications.read_marks import read_mark
from trackflow.nav_items import nav_item
from trackflow.site_pages import site_pages

CSRF_FIELD = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
INDENTATION = re.compile(r"^[ \t]+", re.M)
INCLUDE = re.compile(r'{% include "([^"]+)" %}')
LARGEST_PART = 3000
"""Characters, with its own parts; a larger one is included as the page runs, and compiled once for all pages."""


class Page(backend.Template):
    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> SafeString:
        """Return HTML; what a view says goes before what a context processor says."""
        values: dict[str, Any] = {}
        if request is not None:
            # one mask for a page, which takes long to make
            token = SimpleLazyObject(lambda: get_token(request))
            fields = SimpleLazyObject(lambda: format_html(CSRF_FIELD, token) + author_field(request))
            values |= {"request": request, "csrf_input": fields, "csrf_token": token}
            for processor in self.backend.template_context_processors:
                values |= processor(request)
        return self.draw(values | (context or {}))

    def draw(self, values: dict[str, Any]) -> SafeString:
        return mark_safe(self.template.render(values))  # noqa: S308  # escaped by Jinja2


class Pages(backend.Jinja2):
    """Django's backend, but that what it draws may stand in another template."""

    def get_template(self, template_name: str) -> Page:
        return Page(super().get_template(template_name).template, self)


class Loader(jinja2.FileSystemLoader):
    """Finds our pages, not those of libraries nor mails, and leaves out the spaces at the beginning of lines.

    A small part that is included by name is compiled into its page, but in development: finding it and handing it all
    values took a fifth of the time to draw. What it sets stays its own, as in an include.
    """

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        if template.startswith("library/") or "/email/" in template:
            raise jinja2.TemplateNotFound(template)
        source, *rest = super().get_source(environment, template)
        source = INDENTATION.sub("", source)
        if not environment.auto_reload:
            source = INCLUDE.sub(lambda found: self._part(environment, found[1]), source)
        return source, *rest

    def _part(self, environment: jinja2.Environment, template: str) -> str:
        source = self.get_source(environment, template)[0]
        part = source.removesuffix("\n")
        is_small = len(part) <= LARGEST_PART
        return f"{{% with %}}{part}{{% endwith %}}" if is_small else f'{{% include "{template}" %}}'


def environment(**options: Any) -> jinja2.Environment:
    """Return the environment of all pages; the options are Django's."""
    own = {"loader": Loader(options["loader"].searchpath), "undefined": jinja2.ChainableUndefined}
    made = jinja2.Environment(**options | own)  # noqa: S701  # Django's: on
    made.globals.update(FUNCTIONS)
    made.filters.update(FILTERS)
    return made


def format_date(value: date | None, form: str) -> str:
    """Format a day, or a moment in the reader's time zone."""
    return _formatted(value, form, timezone.get_current_timezone())


@lru_cache(maxsize=4096)
def _formatted(value: date | None, form: str, zone: tzinfo) -> str:
    """Return a moment in words, which takes Django as long as all else about a row."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value, zone)
    return str(defaultfilters.date(value, form))


def format_time(value: datetime | None, form: str) -> str:
    """Format a moment in the reader's time zone."""
    is_moment = isinstance(value, datetime) and timezone.is_aware(value)
    return str(defaultfilters.time(timezone.localtime(value) if is_moment else value, form))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "current_timezone": timezone.get_current_timezone,
    "draw_icon": draw_icon,
    "draw_once": draw_once,
    "htmx_script": htmx_script,
    "key_rows": key_rows,
    "link_number": link_number,
    "link_release_number": link_release_number,
    "nav_item": nav_item,
    "own_keys": own_keys_json,
    "read_mark": read_mark,
    "static": static_address,
    "url_for": url_for,
    "url_if_any": url_if_any,
    "site_pages": site_pages,
}
FILTERS: dict[str, Callable[..., Any]] = {
    "add": defaultfilters.add,
    "capfirst": defaultfilters.capfirst,
    "cut": defaultfilters.cut,
    "date": format_date,
    "desk_name": desk_name,
    "duration": duration,
    "filesizeformat": defaultfilters.filesizeformat,
    "floatformat": defaultfilters.floatformat,
    "forceescape": defaultfilters.force_escape,  # Jinja2's own leaves Django's safe strings as they are
    "initials": initials,
    "intcomma": intcomma,
    "lasting": lasting,
    "linebreaks": defaultfilters.linebreaks_filter,
    "linebreaksbr": defaultfilters.linebreaksbr,
    "pluralize": defaultfilters.pluralize,
    "slice": defaultfilters.slice_filter,
    "time": format_time,
    "truncatechars": defaultfilters.truncatechars,
    "urlencode": defaultfilters.urlencode,
    "urlize": defaultfilters.urlize,
}
