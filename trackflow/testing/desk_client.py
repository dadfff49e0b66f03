"""Somebody at a label's desk: signed in, at a submission's addresses, pressing its buttons."""

import uuid
from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from submissions.models import Submission
from trackflow.testing.clients import client_of

PANEL = {"HX-Request": "true", "HX-Target": "panel"}


def address(name: str, *args: Any) -> str:
    """Return the address of a page under `/desk/`, the desk's own or the workspace's."""
    try:
        return reverse(f"desk:{name}", args=args)
    except NoReverseMatch:
        return reverse(f"workspace:{name}", args=args)


def url(name: str, submission: Submission, *more: str) -> str:
    """Return the address under `/desk/` of a submission's page."""
    return address(name, submission.label.slug, submission.reference, *more)


def post(
    user: User | None,
    submission: Submission,
    transition: str,
    name: str = "act",
    headers: Any = None,
    **fields: Any,
) -> Any:
    """Press a button as this person, on a page that is up to date unless `turn` says otherwise.

    Whether it may be passed unheard is answered beforehand.
    """
    said = {"turn": submission.turn, "key": uuid.uuid4(), "unheard": "on", **fields}
    return client_of(user).post(url(name, submission, transition), said, headers=headers or {})
