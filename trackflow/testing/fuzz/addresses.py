"""Every pattern of the URLconf as a template, and what may truthfully stand in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

from submissions.choices import Transition
from trackflow.tests.access_table import ADDRESSES, KEYS
from trackflow.tests.test_access import Visitors

WORDS: dict[str, list[str]] = {
    "transition": list(Transition),
    "outcome": ["accept", "reject", "request_changes"] * 8,
}
"""What of a transition's or an outcome's name an address may hold, beside those of the access matrix."""
TURNS = min(map(len, WORDS.values()))
PART = re.compile(r"<(?:[^:>]+:)?(\w+)>")


@dataclass(frozen=True)
class Template:
    """A pattern: its name, its path as a format string, and the names in it."""

    name: str
    path: str
    keys: tuple[str, ...]

    def fill(self, values: Mapping[str, bytes]) -> str:
        """Return the path as WSGI wants it: bytes, read as Latin-1."""
        return "/" + self.path % {key: values.get(key, b"1").decode("latin-1") for key in self.keys}


def templates() -> list[Template]:
    return list(_walk(get_resolver().url_patterns))


def truths(template: Template, visitors: Visitors) -> list[dict[str, bytes]]:
    """Return values with which this pattern leads to something that is there."""
    address = ADDRESSES.get(template.name)
    if address is None:
        found = [KEYS.get(template.name, {}) | _admin_keys(template.name)]
    else:
        found = [{key: rows[row] for key, row in address.places.items()} for rows in visitors.places.values()]
    words = [{key: WORDS[key][turn] for key in template.keys if key in WORDS} for turn in range(TURNS)]
    return [
        {key: str(each).encode() for key, each in (row | word).items()} for row in found for word in words
    ]


def _walk(patterns: list[Any], space: str = "", before: str = "") -> Iterator[Template]:
    for each in patterns:
        path = before + _template(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, inner, path)
        elif isinstance(each, URLPattern):
            keys = tuple(re.findall(r"%\((\w+)\)s", path))
            yield Template(f"{space}{each.name or each.pattern}", path, keys)


def _template(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return PART.sub(r"%(\1)s", str(pattern).replace("%", "%%"))
    return normalize(str(pattern))[0][0]


def _admin_keys(name: str) -> dict[str, Any]:
    """Return the keys of a row that this page of the office is about, if there is one."""
    for model in admin.site._registry:
        is_its = name.startswith(f"admin:{model._meta.label_lower.replace('.', '_')}_")
        if is_its and (row := model._default_manager.first()):
            return {"object_id": row.pk, "pk": row.pk}
    return {"app_label": "labels", "content_type_id": 1, "object_id": 1, "pk": 1}
