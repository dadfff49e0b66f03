"""Requests to a label's desk as a signed-in person: URLs of a submission, and pressing its buttons."""

import uuid
from typing import Any

from django.urls import NoReverseMatch, reverse

from accounts.models import User
from submissions.models import Submission
from submissions.tests.builders import OFFER
from submissions.transition_table import OFFERING
from trackflow.testing.clients import client_of

PANEL = {"HX-Request": "true", "HX-Target": "panel"}


def address(name: str, *args: Any) -> str:
    """Return the URL of a page under `/desk/`, of the app `desk` or `workspace`."""
    try:
        return reverse(f"desk:{name}", args=args)
    except NoReverseMatch:
        return reverse(f"workspace:{name}", args=args)


def url(name: str, submission: Submission, *more: str) -> str:
    """Return the URL of a submission's page under `/desk/`."""
    return address(name, submission.label.slug, submission.reference, *more)


def post(
    user: User | None,
    submission: Submission,
    transition: str,
    name: str = "act",
    headers: Any = None,
    **fields: Any,
) -> Any:
    """Press a button as this person, with an up-to-date `turn` unless one is given.

    Confirms passing on an unplayed demo; offers the usual terms.
    """
    usual = OFFER if transition in OFFERING else {}
    data = {"turn": submission.turn, "key": uuid.uuid4(), "unheard": "on", **usual, **fields}
    return client_of(user).post(url(name, submission, transition), data, headers=headers or {})
