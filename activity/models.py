from typing import Any, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from activity.choices import Area
from kit.clock import now
from labels.models import Label
from submissions.models import Submission

NEWEST_FIRST = ("-at", "-id")
RECORDED = ~models.Q(area="")


class ActivityQuerySet(models.QuerySet["Activity"]):
    def of(self, submission: Submission) -> Self:
        """A submission's log, newest first."""
        return self.filter(submission=submission).with_people().order_by(*NEWEST_FIRST)

    def for_desk(self, user: User, label: Label) -> Self:
        """A label's log for a member, newest first, without lines about their own submissions."""
        visible = self.filter(label=label).exclude(submission__producer=user)
        return visible.with_people().select_related("submission").order_by(*NEWEST_FIRST)

    def recorded(self) -> Self:
        """The record: what concerns accounts, teams, settings, downloads and staff; newest first."""
        return self.filter(RECORDED).with_people().select_related("person").order_by(*NEWEST_FIRST)

    def with_people(self) -> Self:
        """With actor and label."""
        return self.select_related("actor", "label")


class Activity(models.Model):
    """A row of the team's own log, or of the record (`area`); append-only, never shown to the producer.

    In the record, `person` is whose account a row is about, `address` and `browser` where it came from. The address
    alone is emptied, by `activity_forget_addresses`. `key` is that of a job that may run again.
    """

    class Kind(models.TextChoices):
        """What was done; `phrase_table` has the phrases and details of each kind."""

        SCORED = "scored"
        UNSCORED = "unscored"
        ASSIGNED = "assigned"
        UNASSIGNED = "unassigned"
        TAGGED = "tagged"
        UNTAGGED = "untagged"
        WROTE = "wrote"
        MESSAGED = "messaged"
        SETTLED = "settled"
        BLOCKED = "blocked"
        UNBLOCKED = "unblocked"
        PREPARED = "prepared"
        CHANGED = "changed"
        RELEASED = "released"
        DISCARDED = "discarded"
        SENT_BACK = "sent_back"
        WARNED = "warned"
        ORDERED = "ordered"
        CANCELLED = "cancelled"
        SETTING_CHANGED = "setting_changed"
        UNDO_CHANGED = "undo_changed"
        UNTOUCHED_CHANGED = "untouched_changed"
        CRITERION_ADDED = "criterion_added"
        CRITERION_RENAMED = "criterion_renamed"
        CRITERION_RETIRED = "criterion_retired"
        TAG_MADE = "tag_made"
        TAG_RENAMED = "tag_renamed"
        TAG_RECOLOURED = "tag_recoloured"
        TAG_RETIRED = "tag_retired"
        TAG_RESTORED = "tag_restored"
        TEMPLATE_WRITTEN = "template_written"
        TEMPLATE_CHANGED = "template_changed"
        TEMPLATE_RETIRED = "template_retired"
        ASK_LIST_CHANGED = "ask_list_changed"
        RELEASES_SET = "releases_set"
        BARCODES_ADDED = "barcodes_added"
        SERIES_MADE = "series_made"
        SERIES_CHANGED = "series_changed"
        STEPS_WRITTEN = "steps_written"
        STEPS_CHANGED = "steps_changed"
        STEPS_RETIRED = "steps_retired"
        CALL_MADE = "call_made"
        CALL_DELETED = "call_deleted"
        INTAKE_CHANGED = "intake_changed"
        INTAKE_CLOSED = "intake_closed"
        INTAKE_OPENED = "intake_opened"
        QUESTION_ADDED = "question_added"
        QUESTION_CHANGED = "question_changed"
        QUESTION_DELETED = "question_deleted"
        QUESTION_RETIRED = "question_retired"
        QUESTION_RESTORED = "question_restored"
        QUESTIONS_ORDERED = "questions_ordered"
        PROFILE_CHANGED = "profile_changed"
        EMBED_CHANGED = "embed_changed"
        PROOF_GIVEN = "proof_given"
        PROOF_RESENT = "proof_resent"
        INVITED = "invited"
        REINVITED = "reinvited"
        INVITATION_REVOKED = "invitation_revoked"
        JOINED = "joined"
        ROLE_CHANGED = "role_changed"
        REMOVED = "removed"
        LEFT = "left"
        HANDED_OVER = "handed_over"
        FACTORS_REQUIRED = "factors_required"
        FACTORS_OPTIONAL = "factors_optional"
        LAPSES_WARNED = "lapses_warned"
        LAPSES_CLOSED = "lapses_closed"
        LAPSES_OPENED = "lapses_opened"
        SUSPENDED = "suspended"
        UNSUSPENDED = "unsuspended"
        SIGNED_UP = "signed_up"
        SIGNED_IN = "signed_in"
        SIGN_IN_FAILED = "sign_in_failed"
        SIGNED_OUT = "signed_out"
        SESSIONS_ENDED = "sessions_ended"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105  # a kind
        PASSWORD_RESET = "password_reset"  # noqa: S105  # a kind
        ADDRESS_ADDED = "address_added"
        ADDRESS_CONFIRMED = "address_confirmed"
        ADDRESS_CHANGED = "address_changed"
        ADDRESS_REMOVED = "address_removed"
        FACTOR_ADDED = "factor_added"
        FACTOR_REMOVED = "factor_removed"
        CODES_RENEWED = "codes_renewed"
        CODE_FAILED = "code_failed"
        FACTORS_REMOVED = "factors_removed"
        DELETION_ASKED = "deletion_asked"
        DELETION_STOPPED = "deletion_stopped"
        ANONYMISED = "anonymised"
        ACCOUNT_CHANGED = "account_changed"
        LABEL_STEP = "label_step"
        ACTING_STARTED = "acting_started"
        ACTING_ENDED = "acting_ended"
        ACTED_FOR = "acted_for"
        EXPORTED = "exported"
        FILE_MATCHED = "file_matched"
        MATCH_REMOVED = "match_removed"
        FILE_REFUSED = "file_refused"

    label = models.ForeignKey(Label, models.PROTECT, null=True, related_name="team_activities")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="team_activities")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind)
    details: models.JSONField[Any, Any] = models.JSONField(default=dict)
    at = models.DateTimeField(default=now, editable=False)
    area = models.CharField(max_length=10, choices=Area, blank=True, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=45, blank=True, default="")
    browser = models.CharField(max_length=40, blank=True, default="")
    key = models.UUIDField(null=True, unique=True, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [
            # a submission's log, and a label's, newest first
            models.Index(fields=["submission", "-at", "-id"], name="log_of_submission"),
            models.Index(fields=["label", "-at", "-id"], name="log_of_label"),
            # the record, of a label, of one person and as a whole, also by area; whoever did it
            models.Index(fields=["label", "-at", "-id"], name="record_of_label", condition=RECORDED),
            models.Index(fields=["person", "-at", "-id"], name="record_of_person", condition=RECORDED),
            models.Index(fields=["actor", "-at", "-id"], name="record_by_actor", condition=RECORDED),
            models.Index(fields=["-at", "-id"], name="record", condition=RECORDED),
            models.Index(fields=["area", "-at", "-id"], name="record_by_area", condition=RECORDED),
            # addresses that are to be forgotten
            models.Index(fields=["at"], name="record_addresses", condition=~models.Q(address="")),
        ]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.kind} {self.submission_id}"
