"""Messages about what no event tells, such as the team's own work."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kit.clock import now
from labels.models import Label
from notifications.choices import NoticeKind
from submissions.models import Submission


class Notice(models.Model):
    """A message to members of a label about the team's own work, or to a producer: who did what, and where.

    It is a label's, or addresses one `person` about what no label has to do with. Without `who` it is from Trackflow.
    `title` is empty if there is a submission, whose current title is shown.
    """

    label = models.ForeignKey(Label, models.PROTECT, null=True, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="notices")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="notices")
    who = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=20, choices=NoticeKind, default=NoticeKind.TEAM)
    what = models.CharField(max_length=300)
    title = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=500)
    text = models.TextField(blank=True)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["label", "key"], name="notice_once"),
            models.UniqueConstraint(fields=["person", "key"], name="notice_to_person_once"),
            models.CheckConstraint(
                condition=Q(label__isnull=True) ^ Q(person__isnull=True), name="notice_of_label_or_person"
            ),
            models.CheckConstraint(
                condition=Q(submission__isnull=True) | Q(label__isnull=False), name="notice_of_submission"
            ),
            models.CheckConstraint(
                condition=~Q(title="") | Q(submission__isnull=False), name="notice_has_title"
            ),
            models.CheckConstraint(
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"), name="notice_leads_home"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who or 'Trackflow'} {self.what}"

    @property
    def shown_title(self) -> str:
        return self.submission.shown_title if self.submission else self.title
