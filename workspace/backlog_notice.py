"""Notices to owners and managers, and lines of the team's log, about a label that lets many demos expire."""

from django.conf import settings
from django.urls import reverse

from activity import log
from activity.models import Activity
from labels.models import Backlog
from notifications.choices import NoticeKind
from notifications.notices import tell
from workspace.access import managers_of

Kind = Activity.Kind


def tell_backlog(backlog: Backlog) -> None:
    """Tell a label's managers of each step that a backlog has taken; each once."""
    _tell_warning(backlog)
    if backlog.closed_at:
        _tell_closing(backlog)
        if backlog.ended_at:
            _tell_end(backlog)


def _tell_warning(backlog: Backlog) -> None:
    log.write_once(f"backlog/{backlog.pk}", Kind.LAPSES_WARNED, label=backlog.label, expired=backlog.expired)
    _tell(
        backlog,
        "warned",
        what=f"warns you: {backlog.expired} demos expired in the last 30 days without your answer",
        title="Answer the demos you have",
        text=f"If {settings.EXPIRED_LIMIT} expire within 30 days, your label takes no new demos until fewer than "
        f"{settings.REOPEN_BELOW} wait for your answer.",
    )


def _tell_closing(backlog: Backlog) -> None:
    log.write_once(f"backlog/{backlog.pk}", Kind.LAPSES_CLOSED, label=backlog.label)
    _tell(
        backlog,
        "closed",
        what="closed your label to new demos, since too many expired without your answer",
        title="What you can do",
        text=f"Answer the demos you have. Once fewer than {settings.REOPEN_BELOW} wait for your answer, new ones can "
        "come again by themselves.",
    )


def _tell_end(backlog: Backlog) -> None:
    log.write_once(f"backlog/{backlog.pk}", Kind.LAPSES_OPENED, label=backlog.label)
    what = "opened your label to new demos again"
    _tell(backlog, "ended", what=what, title="You have caught up", text="")


def _tell(backlog: Backlog, step: str, *, what: str, title: str, text: str) -> None:
    tell(
        managers_of(backlog.label),
        label=backlog.label,
        who=None,
        what=what,
        title=title,
        text=text,
        path=reverse("desk:queue", args=[backlog.label.slug]) + "?q=",
        key=f"backlog/{backlog.pk}/{step}",
        kind=NoticeKind.REMINDERS,
    )
