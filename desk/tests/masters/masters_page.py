"""The page of a demo's masters, for tests."""

import re
from itertools import count
from typing import Any

from django.urls import reverse

from accounts.models import User
from recordings.masters.service import match_one
from recordings.models import Recording, Shelf
from recordings.tests.masters.builders import kept
from submissions.models import Submission
from trackflow.testing.clients import client_of

NUMBERS = count(1)


def url_of(submission: Submission, name: str = "master") -> str:
    return reverse(f"desk:{name}", args=[submission.label.slug, submission.reference])


def page(user: User, submission: Submission, name: str = "master", query: str = "") -> str:
    answer = client_of(user).get(url_of(submission, name) + query)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def post(user: User, submission: Submission, **said: Any) -> Any:
    return client_of(user).post(url_of(submission), said)


def matched(shelf: Shelf, submission: Submission, **fields: Any) -> Recording:
    recording = kept(shelf, f"in/{submission.reference} {next(NUMBERS)}.wav", **fields)
    match_one(recording.pk)
    return recording
