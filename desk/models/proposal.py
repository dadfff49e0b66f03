from datetime import datetime
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models import User
from kit import canonical
from kit.clock import now
from labels.models import Label
from submissions.choices import Reason, Welcome
from submissions.models import Event, Submission
from submissions.offers.wording import plain_text
from submissions.transition_table import PROPOSABLE

OWN = settings.AUTH_USER_MODEL
LONGEST_REASON = 300
CHOICES = {"reason": ("Reason", dict(Reason.choices)), "welcome": ("Welcome next", dict(Welcome.choices))}


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        """Not settled yet."""
        return self.filter(settled_at=None)

    def stale(self) -> Self:
        """Those whose submission has moved on since."""
        return self.exclude(turn=F("submission__turn"))

    def due_by(self, moment: datetime) -> Self:
        """Those scheduled to be sent by then, in that order."""
        return self.filter(send_at__lte=moment).order_by("send_at", "id")

    def warned(self) -> Self:
        """Those of which managers were warned: the answer is due within a day, or late."""
        return self.filter(warned_at__isnull=False)

    def sent_back_to(self, user: User) -> Self:
        """Those sent back to who prepared them and not dismissed yet."""
        came_back = self.filter(prepared_by=user, settled_at__isnull=False, dismissed_at=None)
        return came_back.exclude(sent_back_because="")

    def prepared(self) -> Self:
        """Those that wait for the team; the others are being sent."""
        return self.filter(is_held=False)

    def held(self) -> Self:
        """Those that a manager sent and can still undo."""
        return self.filter(is_held=True)

    def of(self, submission: Submission) -> Self:
        return self.filter(submission=submission)

    def for_desk(self, user: User, label: Label) -> Self:
        """A label's proposals that a member may see: none about their own submissions."""
        return self.filter(submission__label=label).exclude(submission__producer=user)

    def with_people(self) -> Self:
        return self.select_related("prepared_by", "settled_by", "timed_by")

    def with_submission(self) -> Self:
        return self.select_related("submission")


class Proposal(models.Model):
    """A decision in the outbox: prepared by a reviewer or a manager, waiting to be sent.

    A settled one was sent (and has an `event`), sent back (with a reason) or discarded; `settled_by` is None where
    Trackflow did it. `send_at` is the time set by the manager `timed_by`, `warned_at` when managers were warned that
    its answer is due, `dismissed_at` when who prepared it dismissed one sent back.

    One that `is_held` was sent by a manager from the desk and can be undone until `send_at`; it may stand beside a
    prepared one.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_proposals")
    transition = models.CharField(max_length=20, choices=[(name.value, name.label) for name in PROPOSABLE])
    turn = models.PositiveIntegerField()
    key = models.UUIDField()
    note = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=now)
    settled_by = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    sent_back_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    send_at = models.DateTimeField(null=True)
    timed_by = models.ForeignKey(OWN, models.PROTECT, null=True, related_name="+")
    is_held = models.BooleanField(default=False)
    warned_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    event = models.OneToOneField(Event, models.PROTECT, null=True, related_name="team_proposal")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "submission", "is_held", condition=Q(settled_at=None), name="proposal_one_open"
            ),
            models.UniqueConstraint(fields=["submission", "key"], name="proposal_once"),
        ]
        indexes = [
            # the outbox, oldest first
            models.Index(fields=["prepared_at", "id"], condition=Q(settled_at=None), name="proposal_open"),
            # the job that sends at a set time
            models.Index(fields=["send_at"], condition=Q(settled_at=None), name="proposal_timed"),
            # those sent back to a member
            models.Index(
                fields=["prepared_by", "settled_at"],
                condition=~Q(sent_back_because=""),
                name="proposal_sent_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition} for {self.submission_id}"

    def settle(self, user: User | None, *, event: Event | None = None, because: str = "") -> None:
        """Settle it: sent with its event, sent back with a reason, else discarded."""
        self.settled_by, self.settled_at, self.event = user, now(), event
        self.sent_back_because = because[:LONGEST_REASON]
        self.save(update_fields=["settled_by", "settled_at", "event", "sent_back_because"])

    def is_stale(self, submission: Submission) -> bool:
        """Whether the submission has moved on since this was prepared."""
        return self.turn != submission.turn

    @property
    def fingerprint(self) -> str:
        """Hash of its values: eight hex digits."""
        values = {"key": str(self.key), "details": self.details, "note": self.note}
        return sha256(canonical.encode(values)).hexdigest()[:8]

    @property
    def lines(self) -> list[tuple[str, Any]]:
        """Its values besides the note, as names and words."""
        choices = [
            (name, words[self.details[key]]) for key, (name, words) in CHOICES.items() if key in self.details
        ]
        words = [
            ("Terms", plain_text(self.details.get("terms", {}))),
            ("Text", self.details.get("text", "")),
            ("Days to answer", self.details.get("days", "")),
        ]
        return choices + [line for line in words if line[1]]
