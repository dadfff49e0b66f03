"""Checks of a submission's links at given hours."""

from datetime import datetime, timedelta

from kit.clock import at, now
from submissions.choices import LinkOutcome
from submissions.links.checks import check
from submissions.models import LinkCheck, Submission
from submissions.tests.builders import history


class Watch:
    """Checks one submission some hours after it was sent, with a given outcome for its audio link."""

    def __init__(self, submission: Submission) -> None:
        self.submission, self.begun = submission, now()
        self.asked: list[str] = []

    def sees(self, hour: float, outcome: str, *, backup: str = "alive") -> bool:
        def answer(url: str) -> LinkOutcome:
            self.asked.append(url)
            return LinkOutcome(outcome if "soundcloud" in url else backup)

        with at(self.moment(hour)):
            return check(self.fresh, answer)

    def moment(self, hour: float) -> datetime:
        return self.begun + timedelta(hours=hour)

    @property
    def fresh(self) -> Submission:
        return Submission.objects.get(pk=self.submission.pk)

    @property
    def row(self) -> LinkCheck:
        return LinkCheck.objects.get(submission=self.submission, slot="audio")

    @property
    def facts(self) -> list[str]:
        return [name for name in history(self.submission) if name.startswith("link_")]
