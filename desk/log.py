"""The team's own log; the only place that writes it."""

from typing import Any

from django.db import transaction

from accounts.models import User
from desk.choices import Doing
from desk.models import Activity
from kit import canonical
from labels.models import Label
from submissions.models import Submission


def note(
    doing: Doing,
    *,
    label: Label,
    submission: Submission | None = None,
    actor: User | None = None,
    **details: Any,
) -> Activity:
    """Write down what somebody of the team did, or Trackflow by itself (no actor); return the row.

    Call it in the transaction of what it tells. `desk.log_words` lists the details that each doing may have.
    People are given as users (alone or in a list) and kept by their number, so that a name which goes with an
    account goes from here too. Scores are no details: a label may hide those from one another.
    """
    kept = canonical.plain({name: _kept(value) for name, value in details.items()})
    return Activity.objects.create(label=label, submission=submission, actor=actor, doing=doing, details=kept)


@transaction.atomic
def note_once(key: str, doing: Doing, *, label: Label, actor: User, **details: Any) -> None:
    """Write the same as `note` for a job that may run again: once for each key."""
    Label.objects.select_for_update(of=("self",)).get(pk=label.pk)
    if not Activity.objects.filter(label=label, doing=doing, details__key=key).exists():
        note(doing, label=label, actor=actor, key=key, **details)


def _kept(value: Any) -> Any:
    if isinstance(value, User):
        return {"person": value.pk}
    if isinstance(value, list | tuple):
        return [_kept(each) for each in value]
    return value
