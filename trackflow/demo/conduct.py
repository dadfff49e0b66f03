"""Whom the demo's big label blocked, and what producers reported of labels."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.models import User
from kit.clock import at
from labels.choices import Complaint
from labels.models import Label
from labels.reports import service as reports
from submissions.choices import State
from submissions.models import Submission
from workspace.blocks import service as blocks

SLUG = "kiesweg"
WHY = "Four insulting mails to Sofie after we passed. We answer what is here, then it is enough."
MONEY = (
    "After I signed, somebody wrote from their address and asked for 180 euros “for mastering and promotion” before "
    "a date could be set. I have the mail and can send it to you."
)
OUTCOME = (
    "They could not explain it to us, so the label is suspended. Please pay nothing; if you have paid already, "
    "answer this mail."
)
SILENCE = (
    "Three demos since spring, each expired without a word. Their page still promises an answer within weeks."
)


def misbehave(people: Mapping[str, User], today: datetime) -> None:
    """Block somebody whom the label passed on, and file one report that is settled and one that waits."""
    with at(today - timedelta(days=5, hours=2)):
        blocks.block(_passed_on(people), actor=people["manager"], why=WHY)
    suspended, silent = Label.objects.get(slug="havenblok"), Label.objects.get(slug="low-bridge")
    with at(today - timedelta(days=12)):
        report = reports.report(suspended, reporter=people["jonas"], reason=Complaint.ASKS_MONEY, text=MONEY)
    with at(today - timedelta(days=8, hours=20)):
        reports.settle(report, by=people["admin"], outcome=OUTCOME)
    with at(today - timedelta(hours=20)):
        reports.report(silent, reporter=people["maya"], reason=Complaint.GHOSTS, text=SILENCE)


def _passed_on(people: Mapping[str, User]) -> Submission:
    """Return what the label passed on last, of somebody who is none of the people one signs in as."""
    cast = [people[login] for login in ("maya", "jonas", "lena")]
    passed = Submission.objects.filter(label__slug=SLUG, state=State.REJECTED)
    return (
        passed.exclude(producer__in=cast).select_related("label", "producer").order_by("-moved_at", "-pk")[0]
    )
