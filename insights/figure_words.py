"""How templates write figures."""

from math import ceil
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString
from jinja2 import pass_context
from jinja2.runtime import Context

from insights import words
from insights.figures import Count, ReleaseCount
from labels.directory.response_record import duration_words
from submissions.state_machine import STATES


@pass_context
def link_number(context: Context, count: Count) -> SafeString:
    """Return a number as a link to the submissions behind it, none where there are none or no query finds them.

    The page's `queue_url` says where they are; charts read `data-number`.
    """
    return _linked(count.number, count.query, context["queue_url"])


@pass_context
def link_release_number(context: Context, count: ReleaseCount) -> SafeString:
    """Return the same of releases; the page's `releases_url` says where their list is."""
    return _linked(count.number, count.query, context["releases_url"])


def lasting(hours: float | None) -> str:
    """Return how long something takes in words; a dash for what is not known."""
    return words.lasting(hours) or "–"


def duration(hours: float | None) -> str:
    """Return how long something takes, in whole hours or days as in the directory; a dash if it is not known."""
    return "–" if hours is None else duration_words(ceil(hours))


def desk_name(state: str) -> str:
    """Return what a desk calls a state."""
    return STATES[state].desk_name


def _linked(number: int, query: str, url: str) -> SafeString:
    text = f"{number:,}"
    if not (number and query):
        return format_html('<span data-number="{}">{}</span>', number, text)
    return format_html('<a href="{}?{}" data-number="{}">{}</a>', url, urlencode({"q": query}), number, text)
