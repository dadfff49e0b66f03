"""The only place that writes the team's own log."""

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
    """Write down what somebody of the team did, or Trackflow by itself (no actor); return the row.

    Call it in the transaction of what it tells. `phrase_table` lists the details that each kind may have.
    People are given as users (alone or in a list) and kept by their number, so that a name which goes with an
    account goes from here too. Scores are no details: a label may hide those from one another.
    """
    kept = canonical.plain({name: _kept(value) for name, value in details.items()})
    return Activity.objects.create(label=label, submission=submission, actor=actor, kind=kind, details=kept)


@transaction.atomic
def write_once(key: str, kind: Kind, *, label: Label, actor: User, **details: Any) -> None:
    """Write the same as `write` for a job that may run again: once for each key."""
    Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if not Activity.objects.filter(label=label, kind=kind, details__key=key).exists():
        write(kind, label=label, actor=actor, key=key, **details)


def _kept(value: Any) -> Any:
    if isinstance(value, User):
        return {"person": value.pk}
    if isinstance(value, list | tuple):
        return [_kept(each) for each in value]
    return value
