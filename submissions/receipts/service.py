"""Receipts: a submission's history as JSON that anyone can check offline, links as digests.

`docs/receipts.md` says how to check one; every event carries the data that its digest covers. Of a revision a receipt
opens title, mix, artist and the digests of links, each with its salt, and nothing else; of offers it opens all.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django.conf import settings

from kit import canonical, chain
from kit.clock import now
from labels.choices import QuestionKind
from submissions import history, revisions
from submissions.details import TEAM_FIELDS
from submissions.models import Event, Offer, Revision, Submission
from submissions.offers import records

OPENED = ("title", "mix", "artist_name", *revisions.LINKS)


@cache
def verifier() -> str:
    """Return the program that checks a receipt, as `docs/receipts.md` prints it."""
    page = (settings.BASE_DIR / "docs" / "receipts.md").read_text()
    (program,) = re.findall(r"```python\n(.+?)```", page, re.DOTALL)
    return program


def receipt(submission: Submission, *, team: bool) -> dict[str, Any]:
    """Return the receipt for one side, in plain JSON, without what this side may not see."""
    events = list(Event.objects.of(submission).with_people())
    made = {revision.event_id: revision for revision in submission.revisions.all()}
    offers = {offer.event_id: offer for offer in submission.offers.all()}
    return {
        "kind": "trackflow receipt",
        "format": chain.FORMAT,
        "reference": submission.reference,
        "label": submission.label.name,
        "issued_at": canonical.moment(now()),
        "state": submission.state,
        "digest": events[-1].digest_hex if events else None,
        "events": [
            _entry(event, made.get(event.pk), submission, team=team) | {"offer": _offer(offers.get(event.pk))}
            for event in events
        ],
    }


def _offer(offer: Offer | None) -> dict[str, Any] | None:
    """Return an offer with its salt, None where an event made none, or its words were removed."""
    if offer is None or offer.redacted_at:
        return None
    return {**records.content(offer), "salt": bytes(offer.salt).hex()}


def opened_fields(revision: Revision) -> dict[str, Any]:
    """Return what a receipt shows of a revision, by field, as its digest covers it; nothing once redacted."""
    values = revisions.field_values(revision)
    links = [each for each in revision.answers if each["kind"] == QuestionKind.LINK]
    names = [*OPENED, *map(revisions.answer_name, links)]
    return {name: values[name] for name in names if values.get(name)}


def is_open(change: Mapping[str, str]) -> bool:
    """Return whether a receipt may show a change of an event: of an opened field, or of a link."""
    sides = [change["before"], change["after"]]
    return change["field"] in OPENED or all(side.startswith("sha256:") for side in sides if side)


def _entry(event: Event, revision: Revision | None, submission: Submission, *, team: bool) -> dict[str, Any]:
    return {
        "sealed": history.sealed(event, submission.reference),
        "digest": event.digest_hex,
        "content": _content(event, team=team),
        "revision": _revision(revision) if revision and not revision.redacted_at else None,
    }


def _content(event: Event, *, team: bool) -> dict[str, Any] | None:
    """Return note, private part and salt if this side may see all of them, else only the note."""
    if event.redacted_at:
        return None
    if not team and not (TEAM_FIELDS.isdisjoint(event.private) and all(map(is_open, _changes(event)))):
        return {"note": event.note}
    return {"note": event.note, "private": event.private, "salt": bytes(event.salt).hex()}


def _changes(event: Event) -> list[dict[str, str]]:
    changes: list[dict[str, str]] = event.private.get("diff", [])
    return changes


def _revision(revision: Revision) -> dict[str, Any]:
    """Return the digests of all fields, and value and salt of the opened ones."""
    salts = revisions.field_salts(revision)
    opened = {
        name: {"value": value, "salt": salts[name].hex()} for name, value in opened_fields(revision).items()
    }
    return {"fields": revisions.field_digests(revision), "opened": opened}
