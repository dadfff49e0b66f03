from django.db import models

from kit.clock import now
from submissions.choices import ReminderKind
from submissions.models.submission import Submission


class Reminder(models.Model):
    """One append-only row: a side was reminded of its answer, once for each kind and date.

    `due_at` is the date reminded of, suspensions counted.
    """

    # no index of its own: the constraint begins with the same column
    submission = models.ForeignKey(Submission, models.PROTECT, db_index=False, related_name="reminders")
    kind = models.CharField(max_length=10, choices=ReminderKind)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "due_at"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.kind}"
