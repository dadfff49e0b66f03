"""Receipts: a submission's history as JSON that anyone can check offline, links as digests.

`docs/receipts.md` says how to check one; every event carries the data that its digest covers.
"""

import re
from functools import cache
from typing import Any

from django.conf import settings

from kit import canonical
from kit.clock import now
from submissions import history
from submissions.details import TEAM_FIELDS
from submissions.models import Event, Submission


@cache
def verifier() -> str:
    """Return the program that checks a receipt, as `docs/receipts.md` prints it."""
    page = (settings.BASE_DIR / "docs" / "receipts.md").read_text()
    (program,) = re.findall(r"```python\n(.+?)```", page, re.DOTALL)
    return program


def receipt(submission: Submission, *, team: bool) -> dict[str, Any]:
    """Return the receipt for one side, in plain JSON, without what this side may not see."""
    events = list(Event.objects.of(submission).with_people())
    return {
        "kind": "trackflow receipt",
        "format": history.FORMAT,
        "reference": submission.reference,
        "label": submission.label.name,
        "issued_at": canonical.moment(now()),
        "state": submission.state,
        "digest": events[-1].digest_hex if events else None,
        "events": [_entry(event, submission, team=team) for event in events],
    }


def _entry(event: Event, submission: Submission, *, team: bool) -> dict[str, Any]:
    return {
        "sealed": history.sealed(event, submission.reference),
        "digest": event.digest_hex,
        "content": _content(event, team=team),
    }


def _content(event: Event, *, team: bool) -> dict[str, Any] | None:
    """Return note, private part and salt if this side may see all of them, else only the note."""
    if event.redacted_at:
        return None
    if not team and TEAM_FIELDS & set(event.private):
        return {"note": event.note}
    return {"note": event.note, "private": event.private, "salt": bytes(event.salt).hex()}
