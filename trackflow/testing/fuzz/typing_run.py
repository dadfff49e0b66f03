"""Fills in every form that every visitor finds, by Hypothesis: no answer is a 500, and none loses what was typed."""

import traceback
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.signals import got_request_exception
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from trackflow.testing.fuzz.addresses import Template, templates, truths
from trackflow.testing.fuzz.requests import TOKEN
from trackflow.testing.fuzz.typed_forms import TEXTS, Field, Form, Page, lost_typing
from trackflow.testing.fuzz.value_table import FILES, FORM, VALUES
from trackflow.testing.raw_requests import RawResponse, send
from trackflow.tests.access_table import ADDRESSES, ROLES
from trackflow.tests.test_access import Visitors

ERRORS = (409, 422)
HOSTILE = [text for each in VALUES if (text := each.decode(errors="ignore"))]
LETTERS = st.characters(codec="utf-8", exclude_characters="\r\n")
WORDS = st.text(LETTERS, max_size=120) | st.sampled_from(HOSTILE)
KINDS: dict[str, SearchStrategy[str]] = {
    "email": st.emails() | WORDS,
    "url": st.sampled_from(["https://soundcloud.com/a/b", "https://x.example/", "x"]) | WORDS,
    "number": st.integers(-(10**12), 10**12).map(str) | st.floats().map(str) | WORDS,
    "date": st.dates().map(str) | WORDS,
    "datetime-local": st.datetimes().map(lambda moment: moment.isoformat()[:16]) | WORDS,
    "time": st.times().map(str) | WORDS,
    "textarea": st.text(st.characters(codec="utf-8"), max_size=400) | WORDS | st.just("long " * 5000),
}
EVERY = list(HealthCheck)


@dataclass
class Tally:
    """What came of a run."""

    statuses: Counter[int] = field(default_factory=Counter)
    forms: set[str] = field(default_factory=set)
    parameters: set[str] = field(default_factory=set)
    refused: int = 0
    """Answers with an error whose form was compared with what was typed."""


class TypingRun:
    """Pages are opened when a case needs them; each request is rolled back."""

    def __init__(self, visitors: Visitors) -> None:
        self.visitors, self.tally, self.raised = visitors, Tally(), list[str]()
        self.pages: dict[tuple[str, str], Page] = {}
        self.places = [(each, truths(each, visitors)[0]) for each in templates() if _readers_of(each)]

    def run(self, count: int, number: int) -> Tally:
        """Try `count` cases. Raises AssertionError, or several as a group, for what is wrong."""

        @seed(number)
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            suppress_health_check=EVERY,
            phases=[Phase.generate, Phase.shrink],
        )
        @given(st.data())
        def try_one(data: DataObject) -> None:
            self._try(data)

        got_request_exception.connect(self._remember)
        try:
            try_one()
        finally:
            got_request_exception.disconnect(self._remember)
        return self.tally

    def _remember(self, **_: Any) -> None:
        self.raised.append(traceback.format_exc(limit=-4))

    def _try(self, data: DataObject) -> None:
        template, keys = data.draw(st.sampled_from(self.places))
        role, path = data.draw(st.sampled_from(_readers_of(template))), template.fill(keys)
        page = self._page(path, role)
        if not page.forms or data.draw(st.integers(0, 9)) == 0:
            self._ask(data, role, path, sorted(page.parameters) or ["q"])
        else:
            self._fill_in(data, role, data.draw(st.sampled_from(page.forms)))

    def _page(self, path: str, role: str) -> Page:
        if (path, role) not in self.pages:
            response = self._send("GET", path, role)
            self.pages[path, role] = Page(path, response.content)
        return self.pages[path, role]

    def _ask(self, data: DataObject, role: str, path: str, names: list[str]) -> None:
        """Open a page with values for the parameters that its links have."""
        chosen = data.draw(st.lists(st.sampled_from(names), max_size=3))
        pairs = [(name, data.draw(WORDS)) for name in chosen]
        self.tally.parameters |= {f"{path}?{name}" for name in chosen}
        self._send("GET", path, role, query=urlencode(pairs))

    def _fill_in(self, data: DataObject, role: str, form: Form) -> None:
        typed = [(each, data.draw(_values(each))) for each in form.fields]
        pairs = [(each.name, value) for each, value in typed if value is not None]
        note(f"{form} as {role}: {pairs}")
        self.tally.forms.add(str(form))
        if form.method == "get":
            self._send("GET", form.action, role, query=urlencode(pairs))
            return
        response = self._send("POST", form.action, role, urlencode(pairs).encode())
        if response.status in ERRORS and "text/html" in response.headers.get("Content-Type", ""):
            self.tally.refused += 1
            said = {each.name: value for each, value in typed if value is not None and _is_alone(each, form)}
            lost = lost_typing(form, said, Page(form.action, response.content))
            assert not lost, f"{form} as {role} lost {lost} of {pairs}"

    def _send(self, method: str, path: str, role: str, body: bytes = b"", query: str = "") -> RawResponse:
        cookies = "; ".join(
            f"{name}={each.value}" for name, each in self.visitors.clients[role].cookies.items()
        )
        head = {
            "HTTP_COOKIE": f"csrftoken={TOKEN}; {cookies}",
            "HTTP_X_CSRFTOKEN": TOKEN,
            "CONTENT_TYPE": FORM,
        }
        self.raised.clear()
        with transaction.atomic():
            response = send(method, path, body, query, **head)
            if response.status < 400:
                connection.check_constraints()
            transaction.set_rollback(True)
        self.tally.statuses[response.status] += 1
        wrong = "\n".join(self.raised) or f"status {response.status}"
        assert response.status < 500, f"{method} {path}?{query} {body[:2000]!r} as {role}: {wrong}"
        return response


def _readers_of(template: Template) -> list[str]:
    """Return who sees a page at this address."""
    if template.name.startswith("admin:"):
        return ["admin"]
    address = ADDRESSES.get(template.name)
    return (
        [role for role, get in zip(ROLES, address.get, strict=True) if get == "2"]
        if address
        else ["anonymous"]
    )


def _is_alone(asked: Field, form: Form) -> bool:
    return [each.name for each in form.fields].count(asked.name) == 1


def _values(asked: Field) -> SearchStrategy[str | None]:
    """Return what may be sent of a field; None leaves it out."""
    if asked.kind in TEXTS:
        return KINDS.get(asked.kind, WORDS)
    if asked.kind == "select":
        return st.sampled_from([*(asked.options or [""]), "no such option"])
    if asked.kind in ("checkbox", "radio", "submit", "button"):
        return st.sampled_from([asked.value or "on", None])
    if asked.kind == "file":
        return st.sampled_from([each.decode("latin-1") for each in FILES])
    return st.sampled_from([asked.value] * 9 + [""]) if asked.kind == "hidden" else WORDS
