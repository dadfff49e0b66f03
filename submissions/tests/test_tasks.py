"""What the system does by itself, and when."""

import logging
from datetime import UTC, date, datetime, timedelta

import pytest

from kit.clock import at, now
from labels import status
from labels.models import Label
from labels.tests.builders import make_label
from submissions.errors import NotPossible
from submissions.models import Submission
from submissions.permissions import SYSTEM
from submissions.tasks import expire_due, redact_person_job
from submissions.tests.builders import act, do, make_submission, sent_at

pytestmark = pytest.mark.django_db


def state_of(submission: Submission) -> str:
    return Submission.objects.get(pk=submission.pk).state


def test_silence_expires_and_the_rest_stays(label: Label) -> None:
    states = ("submitted", "in_review", "shortlisted", "changes_requested", "accepted")
    silent = [make_submission(state, label=label) for state in states]
    others = [make_submission(state, label=label) for state in ("draft", "signed", "scheduled", "rejected")]
    with at(now() + timedelta(days=27)):
        assert expire_due() == 0
    with at(now() + timedelta(days=29)):
        assert expire_due() == 5
        assert expire_due() == 0
    assert {state_of(each) for each in silent} == {"expired"}
    assert [state_of(each) for each in others] == ["draft", "signed", "scheduled", "rejected"]


def test_suspended_labels_submissions_wait(
    sent: Submission, label: Label, caplog: pytest.LogCaptureFixture
) -> None:
    start = sent_at(sent)
    other = make_submission(label=make_label("Elsewhere"))
    with at(start + timedelta(days=10)):
        status.suspend(label, reason="Asked for money.")
    caplog.set_level(logging.INFO, "submissions.tasks")
    with at(start + timedelta(days=60)):
        assert expire_due() == 1
        assert (state_of(sent), state_of(other)) == ("submitted", "expired")
        assert sent.reference in caplog.text
        status.unsuspend(label)
        assert expire_due() == 0
    with at(start + timedelta(days=60 + 18, seconds=-1)):
        assert expire_due() == 0
    with at(start + timedelta(days=60 + 18)):
        assert expire_due() == 1


def test_dead_link_keeps_it_from_expiring(sent: Submission) -> None:
    act(sent, "link_failed")
    with at(now() + timedelta(days=300)):
        assert expire_due() == 0
        act(sent, "link_recovered")
    with at(now() + timedelta(days=327)):
        assert expire_due() == 0
    with at(now() + timedelta(days=329)):
        assert expire_due() == 1


@pytest.mark.parametrize(
    ("zone", "first_moment"),
    [
        ("Pacific/Kiritimati", datetime(2998, 3, 9, 10, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2998, 3, 9, 23, tzinfo=UTC)),
        ("UTC", datetime(2998, 3, 10, tzinfo=UTC)),
        ("America/New_York", datetime(2998, 3, 10, 5, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2998, 3, 10, 11, tzinfo=UTC)),
    ],
)
def test_release_day_begins_with_the_labels_midnight(zone: str, first_moment: datetime, label: Label) -> None:
    """Offsets as they are today; the zones keep them in 2998's winter."""
    label.time_zone = zone
    label.save()
    submission = make_submission("signed", label=label)
    act(submission, "schedule", release_on=date(2998, 3, 10), manager=label.memberships.get().user)
    with at(first_moment - timedelta(seconds=1)), pytest.raises(NotPossible, match="day has not come"):
        do(submission, "release", SYSTEM)
    with at(first_moment):
        assert do(submission, "release", SYSTEM).to_state == "released"


def test_job_redacts_who_left(sent: Submission) -> None:
    act(sent, "withdraw", note="I move on.")
    assert redact_person_job(user_id=sent.producer_id) == 2
    assert sent.events.filter(redacted_at=None).count() == 0
    assert redact_person_job(user_id=sent.producer_id) == 0
