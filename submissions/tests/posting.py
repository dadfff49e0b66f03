"""Posts from a producer's pages."""

import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from submissions.models import Submission
from submissions.tests.builders import OFFER
from trackflow.testing.clients import client_of


def url_of(name: str, submission: Submission) -> str:
    return reverse(f"submissions:{name}", args=[submission.reference])


def own_client(submission: Submission) -> Client:
    return client_of(submission.producer)


def post(submission: Submission, name: str, client: Client | None = None, /, **fields: Any) -> Any:
    """Post a form of this submission as its producer, by default with its current turn and a new key."""
    data = {"turn": submission.turn, "key": uuid.uuid4(), **_usual(submission, name), **fields}
    return (client or own_client(submission)).post(url_of(name, submission), data)


def _usual(submission: Submission, name: str) -> dict[str, Any]:
    """Return what the form of an answer to an offer has besides the fields that tests are about."""
    last = submission.offers.order_by("number").last()
    if name == "sign" and last:
        return {"offer_digest": last.digest_hex, "name": "Maya Lind"}
    return OFFER | {"percentage": "60"} if name == "counter" else {}


def fresh(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)
