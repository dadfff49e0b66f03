from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from desk.choices import Hue
from kit.clock import now
from labels.models import Label
from submissions.models import Revision, Submission

OWN = settings.AUTH_USER_MODEL
LOWEST, HIGHEST = 1, 5
OVERALL = "Overall"
"""The criterion of a label that never set any."""


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def of(self, label: Label) -> Self:
        """A label's criteria in use, in order."""
        return self.filter(label=label, retired_at=None).order_by("position", "id")


class Criterion(models.Model):
    """A criterion for scores from one to five; retired rather than deleted."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="team_criteria")
    name = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            models.UniqueConstraint(
                fields=["label", "name"], condition=Q(retired_at=None), name="criterion_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def field_name(self) -> str:
        """Its name in forms; "Overall" may have no id yet when its form is rendered."""
        return "overall" if self.name == OVERALL else str(self.pk)

    @classmethod
    def used_by(cls, label: Label) -> list["Criterion"]:
        """Return a label's criteria in order; an unsaved "Overall" if it never set any. One query."""
        return list(cls.objects.of(label)) or cls.used_without(label)

    @classmethod
    def used_without(cls, label: Label) -> list["Criterion"]:
        """Return what a label scores by that never set any criteria. No query."""
        return [cls(label_id=label.pk, name=OVERALL)]


class ReviewQuerySet(models.QuerySet["Review"]):
    def of(self, *submissions: Submission) -> Self:
        """The scores of these submissions with their marks, the last revision first."""
        found = self.filter(submission__in=submissions).with_people()
        return found.prefetch_related(models.Prefetch("marks", Mark.objects.in_order()))

    def with_people(self) -> Self:
        """With who gave each and for which revision, the last one first."""
        found = self.select_related("member", "revision")
        return found.order_by("-revision__number", "given_at", "id")


class Review(models.Model):
    """One member's score of one revision: a mark for each criterion and a short comment."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_reviews")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="team_reviews")
    member = models.ForeignKey(OWN, models.PROTECT, related_name="+")
    comment = models.CharField(max_length=280, blank=True)
    given_at = models.DateTimeField(default=now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["revision", "member"], name="review_once")]
        indexes = [
            # submissions a member scored, for labels that hide scores until then
            models.Index(fields=["member", "submission"], name="review_by_member")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} on {self.submission_id}"


class MarkQuerySet(models.QuerySet["Mark"]):
    def in_order(self) -> Self:
        """With their criteria, in the label's order."""
        return self.select_related("criterion").order_by("criterion__position", "criterion")


class Mark(models.Model):
    """One to five for one criterion."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField()

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(value__range=(LOWEST, HIGHEST)), name="mark_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.value} for {self.criterion_id}"


class MemoQuerySet(models.QuerySet["Memo"]):
    def of(self, submission: Submission) -> Self:
        """The memos about a submission, the last one first."""
        return self.filter(submission=submission).select_related("author").order_by("-id")


class Memo(models.Model):
    """A member's note for the team alone; never changed or deleted."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="team_memos")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(max_length=4000)
    key = models.UUIDField()
    written_at = models.DateTimeField(default=now, editable=False)

    objects = MemoQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["submission", "key"], name="memo_once")]
        indexes = [
            # a submission's memos, the last one first
            models.Index(fields=["submission", "-id"], name="memo_of_submission")
        ]

    def __str__(self) -> str:
        return f"{self.author_id} on {self.submission_id}"


class TagQuerySet(models.QuerySet["Tag"]):
    def of(self, label: Label) -> Self:
        """A label's tags in use, by name."""
        return self.filter(label=label, retired_at=None).order_by(Lower("name"), "id")


class Tag(models.Model):
    """A name with a colour that the team puts on submissions (`Submission.team_tags` holds ids)."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="team_tags")
    name = models.CharField(max_length=30)
    hue = models.CharField("colour", max_length=10, choices=Hue)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = TagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "label", Lower("name"), condition=Q(retired_at=None), name="tag_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
