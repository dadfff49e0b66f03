"""Notices to owners and managers of demos that their label will no longer keep."""

from datetime import datetime

from django.urls import reverse

from labels.models import Label
from notifications.choices import NoticeKind
from notifications.notices import tell
from workspace.access import managers_of


def tell_clearings(label: Label, count: int, due: datetime) -> None:
    """Tell a label's managers, once, what it will not keep after this moment."""
    demos = "1 demo" if count == 1 else f"{count} demos"
    tell(
        managers_of(label),
        label=label,
        who=None,
        what=f"will remove links, notes, messages and answers from {demos} on {due:%-d %B}",
        title="Demos your label no longer keeps",
        text=f"They ended more than {label.keeps_months or 0} months before. Who sent them and how you answered stays. "
        "Your label’s settings say how long you keep them.",
        path=reverse("labels:settings", args=[label.slug]),
        key=f"clearing/{due.isoformat()}",
        kind=NoticeKind.REMINDERS,
    )
