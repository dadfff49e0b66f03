"""The only writer of the team's own log."""

from typing import Any

from django.db import transaction

from accounts.models import User
from activity.models import Activity
from kit import canonical
from labels.models import Label
from submissions.models import Submission

Kind = Activity.Kind


def write(
    kind: Kind,
    *,
    label: Label,
    submission: Submission | None = None,
    actor: User | None = None,
    **details: Any,
) -> Activity:
    """Log an act of a team member, or of Trackflow itself (no actor); return the row.

    Call it in the transaction of the act. `phrase_table` lists the details of each kind. Users in details are
    stored by primary key, so an anonymised name disappears from the log too. Scores are never details: a label may
    hide them from its members.
    """
    stored = canonical.plain({name: _stored(value) for name, value in details.items()})
    return Activity.objects.create(label=label, submission=submission, actor=actor, kind=kind, details=stored)


@transaction.atomic
def write_once(key: str, kind: Kind, *, label: Label, actor: User | None = None, **details: Any) -> None:
    """Log once per key, for jobs that may run again."""
    Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if not Activity.objects.filter(label=label, kind=kind, details__key=key).exists():
        write(kind, label=label, actor=actor, key=key, **details)


def _stored(value: Any) -> Any:
    if isinstance(value, User):
        return {"person": value.pk}
    if isinstance(value, list | tuple):
        return [_stored(each) for each in value]
    return value
