"""A deleted account: what a real worker leaves of it in the whole database."""

import re
from collections.abc import Callable

from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from labels.models import Membership
from privacy.deletion import service as deletion
from privacy.tests.builders import rows_with
from privacy.tests.lives import MARK
from submissions.models import Event, Submission
from submissions.verification import faults

Jobs = Callable[[], None]


def test_real_worker_leaves_nothing_but_what_the_page_says(
    leaving: tuple[User, dict[str, Submission]], run_jobs: Jobs
) -> None:
    person, demos = leaving
    artist = person.profile.artist_name
    assert list(faults()) == []
    before = {event.pk: bytes(event.digest) for event in Event.objects.all()}
    assert len(list(rows_with(MARK))) > 60
    run_jobs()
    deletion.go_through()
    run_jobs()
    person.refresh_from_db()
    assert person.anonymised_at
    assert list(faults()) == []
    assert {pk: bytes(Event.objects.get(pk=pk).digest) for pk in before} == before
    ProcrastinateJob.objects.filter(status="succeeded").delete()  # as the real worker does
    left = list(rows_with(MARK))
    assert [row[:400] for row in left if not row.startswith("releases_")] == []
    assert {mark for row in left for mark in re.findall(rf"{MARK}\d+x", row)} <= {artist}
    states = {
        name: Submission.objects.get(pk=demo.pk).state for name, demo in demos.items() if name != "draft"
    }
    assert states == {
        "submitted": "withdrawn",
        "in_review": "withdrawn",
        "changes_requested": "withdrawn",
        "accepted": "declined",
        "signed": "signed",
        "scheduled": "signed",
        "released": "released",
        "rejected": "rejected",
    }
    assert not Submission.objects.filter(pk=demos["draft"].pk).exists()
    assert not Membership.objects.filter(user=person).exists()
