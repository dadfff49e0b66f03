"""A label that lets many demos expire: warned, closed to new ones, opened again. The only writer of `Label.is_behind`.

`submissions.backlogs` says when. Each function expects the label locked, and announces what it did.
"""

from kit.clock import now
from kit.jobs import announce
from labels.models import Backlog, Label


def current(label: Label) -> Backlog | None:
    """Return the backlog that lasts."""
    return Backlog.objects.filter(label=label, ended_at=None).first()


def warn(label: Label, expired: int) -> Backlog:
    """Begin a backlog with a warning."""
    backlog = Backlog.objects.create(label=label, expired=expired, warned_at=now())
    return _announced(backlog)


def close(backlog: Backlog) -> Backlog:
    """Close the label to new demos."""
    backlog.closed_at = now()
    backlog.save(update_fields=["closed_at"])
    Label.objects.filter(pk=backlog.label_id).update(is_behind=True)
    return _announced(backlog)


def end(backlog: Backlog) -> Backlog:
    """End it: the label takes demos again, if it was closed."""
    backlog.ended_at = now()
    backlog.save(update_fields=["ended_at"])
    Label.objects.filter(pk=backlog.label_id).update(is_behind=False)
    return _announced(backlog) if backlog.closed_at else backlog


def _announced(backlog: Backlog) -> Backlog:
    announce("backlog", backlog_id=backlog.pk)
    return backlog
