from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalog.choices import DEFAULT_MIX, Exclusivity
from catalog.models import Track
from kit.clock import now
from kit.codes import Coded, CodeField
from kit.routes import url_for
from labels.models import Intake, Label
from submissions.choices import Ball, HoldStatus, Reason, SplitsState, State, Transition
from submissions.models import search_index
from submissions.models.state_field import StateField
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.models.transitions import fsm_transition
from submissions.state_machine import STATES, StateWords
from submissions.transition_table import DEALS, LINKLESS, LIVE

OWN = settings.AUTH_USER_MODEL
T = Transition


class Submission(Coded):
    """One track sent to one label under one intake.

    State and projections change only with an event, through `workflow.perform`. Only the desk writes `team_` columns.
    """

    reference = CodeField(prefix="TF")
    # no indexes of their own: other indexes begin with the same column
    producer = models.ForeignKey(OWN, models.PROTECT, db_index=False, related_name="submissions")
    label = models.ForeignKey(Label, models.PROTECT, db_index=False, related_name="submissions")
    intake = models.ForeignKey(Intake, models.PROTECT, db_index=False, related_name="submissions")
    track = models.ForeignKey(Track, models.PROTECT, related_name="submissions")
    previous = models.ForeignKey("self", models.PROTECT, null=True, editable=False, related_name="next_tries")
    created_at = models.DateTimeField(default=now, editable=False)

    state = StateField(choices=State, default=State.DRAFT, protected=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    turn = models.PositiveIntegerField(default=0, editable=False)

    # projections of the events
    submitted_at = models.DateTimeField(null=True, editable=False)
    moved_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    # the label's response, see `submissions.projections`
    opened_at = models.DateTimeField(null=True, editable=False)
    opened_by = models.ForeignKey(
        OWN, models.PROTECT, null=True, db_index=False, editable=False, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, editable=False)
    lapsed_at = models.DateTimeField(null=True, editable=False)
    is_in_time = models.BooleanField("answered in time", null=True, editable=False)
    reason = models.CharField(max_length=20, choices=Reason, blank=True, editable=False)
    dead_links = ArrayField(models.CharField(max_length=10), default=list, editable=False)
    release_on = models.DateField(null=True, editable=False)
    catalogue_number = models.CharField(max_length=40, blank=True, editable=False)
    release_code = models.CharField("release", max_length=15, blank=True, editable=False)
    splits = models.CharField(max_length=10, choices=SplitsState, blank=True, editable=False)

    # projections of deal and hold; `hold_due_at` is when a hold lapses unanswered, or ends
    is_exclusive = models.BooleanField("signed exclusively", default=False, editable=False)
    is_held = models.BooleanField("on hold", default=False, editable=False)
    hold_due_at = models.DateTimeField(null=True, editable=False)

    # projection of the messages: when the first question was written that waits for the label's answer
    asked_at = models.DateTimeField(null=True, editable=False)

    # projections of the last revision
    title = models.CharField(max_length=150, blank=True, editable=False)
    mix = models.CharField(max_length=80, blank=True, editable=False)
    artist = models.CharField(max_length=120, blank=True, editable=False)
    genre = models.CharField(max_length=60, blank=True, editable=False)
    subgenre = models.CharField(max_length=60, blank=True, editable=False)
    tempo = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    key = models.CharField(max_length=7, blank=True, editable=False)
    country = models.CharField(max_length=2, blank=True, editable=False)
    ai = models.CharField(max_length=20, blank=True, editable=False)
    isrc = models.CharField(max_length=12, blank=True, editable=False)
    exclusivity = models.CharField(max_length=20, choices=Exclusivity, blank=True, editable=False)
    has_wav = models.BooleanField("WAV available", null=True, editable=False)

    team_assignee = models.ForeignKey(OWN, models.SET_NULL, null=True, blank=True, related_name="assigned")
    # mean, range and number of the scores for the revision scored last; old once there is a newer revision
    team_score = models.DecimalField(max_digits=3, decimal_places=2, null=True, editable=False)
    team_score_spread = models.DecimalField(max_digits=3, decimal_places=2, null=True, editable=False)
    team_score_count = models.PositiveSmallIntegerField(default=0, editable=False)
    team_score_is_old = models.BooleanField(default=False, editable=False)
    team_tags = ArrayField(models.BigIntegerField(), default=list, editable=False)
    # digests by which the desk recognises earlier demos
    team_link = models.CharField(max_length=64, blank=True, editable=False)
    team_name = models.CharField(max_length=64, blank=True, editable=False)
    team_search = search_index.search_column()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["track", "label"], condition=Q(state=State.DRAFT), name="submission_one_draft"
            ),
            models.UniqueConstraint(
                fields=["track", "label"], condition=Q(state__in=sorted(LIVE)), name="submission_one_live"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="submission_state_known"),
            models.UniqueConstraint(fields=["track"], condition=Q(is_held=True), name="submission_one_hold"),
            models.UniqueConstraint(
                fields=["track"],
                condition=Q(is_exclusive=True, state__in=sorted(DEALS)),
                name="submission_one_exclusive_deal",
            ),
        ]
        indexes = search_index.INDEXES

    def __str__(self) -> str:
        return f"{self.reference} {self.shown_title}"

    def get_absolute_url(self) -> str:
        return url_for("submissions:submission", self.reference)

    @fsm_transition(T.SUBMIT)
    def submit(self) -> None: ...

    @fsm_transition(T.START_REVIEW)
    def start_review(self) -> None: ...

    @fsm_transition(T.SHORTLIST)
    def shortlist(self) -> None: ...

    @fsm_transition(T.REQUEST_CHANGES)
    def request_changes(self) -> None: ...

    @fsm_transition(T.RESUBMIT)
    def resubmit(self) -> None: ...

    @fsm_transition(T.ACCEPT)
    def accept(self) -> None: ...

    @fsm_transition(T.REVISE_OFFER)
    def revise_offer(self) -> None: ...

    @fsm_transition(T.COUNTER)
    def counter(self) -> None: ...

    @fsm_transition(T.REJECT)
    def reject(self) -> None: ...

    @fsm_transition(T.REOPEN)
    def reopen(self) -> None: ...

    @fsm_transition(T.SIGN)
    def sign(self) -> None: ...

    @fsm_transition(T.DECLINE)
    def decline(self) -> None: ...

    @fsm_transition(T.RESCIND)
    def rescind(self) -> None: ...

    @fsm_transition(T.SCHEDULE)
    def schedule(self) -> None: ...

    @fsm_transition(T.UNSCHEDULE)
    def unschedule(self) -> None: ...

    @fsm_transition(T.RELEASE)
    def release(self) -> None: ...

    @fsm_transition(T.WITHDRAW)
    def withdraw(self) -> None: ...

    @fsm_transition(T.EXPIRE)
    def expire(self) -> None: ...

    def project(self, columns: dict[str, Any]) -> None:
        """Set the columns computed from events and revision, except the state, which a transition sets."""
        for name, value in columns.items():
            if name != "state":
                setattr(self, name, value)

    @property
    def words(self) -> StateWords:
        return STATES[self.state]

    @property
    def ball(self) -> Ball:
        return self.words.ball

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def hold_status(self) -> HoldStatus:
        if self.is_held:
            return HoldStatus.RUNNING
        return HoldStatus.ASKED if self.hold_due_at else HoldStatus.NONE

    @property
    def shows_links_to_desk(self) -> bool:
        return self.state not in LINKLESS

    @property
    def shown_title(self) -> str:
        """The frozen title, or for a draft the track's current one."""
        if self.is_draft:
            return self.track.full_title
        if not self.title:
            return "(redacted)"
        return self.title if self.mix in ("", DEFAULT_MIX) else f"{self.title} ({self.mix})"
