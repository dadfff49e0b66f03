"""Reminders in a digest: one line for what is overdue and one for what is due, which lead to exactly these demos."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail

from accounts.models import User
from catalog.tests.builders import make_track
from kit.clock import at
from notifications.models import Delivery, Digest
from notifications.tasks import announce_reminder, make_digests, send_digest
from submissions.models import Reminder, Submission
from submissions.tasks import remind
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def demos(cast: Cast, *days: float) -> list[Submission]:
    """Return demos of the reviewer's, sent on these days, with promises of 14."""
    found = []
    for day in days:
        with at(START + day * DAY):
            track = make_track(cast.producer, title=f"Day {day:g}")
            demo = make_submission(manager=cast.manager, label=cast.label, track=track)
            Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
            found.append(demo)
    return found


def run(day: float) -> None:
    """Make reminders and tell of them, then the digests of the next morning."""
    with at(START + day * DAY):
        remind()
        for reminder in Reminder.objects.filter(deliveries=None):
            announce_reminder(reminder_id=reminder.pk)


def digest(day: float) -> str:
    """Return the reviewer's digest of a day: subject and text."""
    mail.outbox.clear()
    with at(START + day * DAY):
        make_digests()
        for each in Digest.objects.filter(sent_at=None):
            send_digest(digest_id=each.pk)
    own = [each for each in mail.outbox if each.to == [User.objects.get(name="Rita").email]]
    return f"{own[0].subject}\n{own[0].body}" if own else ""


def linked(text: str) -> set[str]:
    """Return the references that the links of a digest ask the queue for."""
    links = [line.strip() for line in text.splitlines() if "?q=" in line]
    return {each for link in links for each in parse_qs(urlsplit(link).query)["q"][0][4:].split(",")}


def test_member_reads_what_is_overdue_and_what_is_due_with_links_to_these(cast: Cast) -> None:
    late, *coming = demos(cast, -9, 0, 0.1, 0.2)
    run(5.1)
    run(12.2)
    text = digest(12.9)
    assert text.startswith("1 answer is overdue, 3 answers are due by Monday, 16 March: Harbour")
    assert "- 1 answer is overdue: “Day -9”" in text
    assert "- 3 answers are due by Monday, 16 March: “Day 0”, “Day 0.1”, “Day 0.2”" in text
    assert linked(text) == {each.reference for each in (late, *coming)}


def test_what_was_answered_meanwhile_is_left_out_and_keeps_its_row(cast: Cast) -> None:
    first, second = demos(cast, 0, 0)
    run(12.2)
    with at(START + 12.5 * DAY):
        act(first, "reject", manager=cast.manager)
    text = digest(12.9)
    assert "1 answer is due by Monday, 16 March" in text
    assert linked(text) == {second.reference}
    assert Reminder.objects.filter(submission=first).count() == 1
    assert set(
        Delivery.objects.filter(reminder__submission=first, channel="email").values_list("outcome", flat=True)
    ) == {"off"}
