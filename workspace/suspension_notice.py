"""Notices to owners and managers, and lines of the team's log, about a suspension of their label."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from activity import log
from activity.models import Activity
from labels.models import Suspension
from notifications.notices import tell
from workspace.access import managers_of

Kind = Activity.Kind


def tell_suspended(suspension: Suspension) -> None:
    """Tell a label's managers why it is suspended and how to reach us; once."""
    log.write_once(_key(suspension, suspension.started_at), Kind.SUSPENDED, label=suspension.label)
    what = "Until this is settled the desk can only be read, no demo arrives, and no deadline runs."
    _tell(
        suspension,
        suspension.started_at,
        what="suspended your label",
        title="Why, and what you can do",
        text=f"{suspension.reason}\n\n{what} {_contact()}",
    )


def tell_lifted(suspension: Suspension) -> None:
    """Tell a label's managers that the suspension is over, or that the label was closed in it; once."""
    assert suspension.ended_at
    is_closed = suspension.label.status == "closed"
    if not is_closed:
        log.write_once(_key(suspension, suspension.ended_at), Kind.UNSUSPENDED, label=suspension.label)
    _tell(
        suspension,
        suspension.ended_at,
        what="closed your label" if is_closed else "lifted your label’s suspension",
        title="Your label is closed" if is_closed else "You can receive and answer demos again",
        text=_contact() if is_closed else "All deadlines run on from where they stopped.",
    )


def _tell(suspension: Suspension, moment: datetime, *, what: str, title: str, text: str) -> None:
    label = suspension.label
    path, key = reverse("workspace:setup", args=[label.slug]), _key(suspension, moment)
    tell(managers_of(label), label=label, who=None, what=what, title=title, text=text, path=path, key=key)


def _contact() -> str:
    return f"To settle it or ask about it, write to {settings.SUPPORT_EMAIL}."


def _key(suspension: Suspension, moment: datetime) -> str:
    return f"suspension/{suspension.pk}/{moment.isoformat()}"
