"""The only writer of the team's own log and of the record."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db import transaction

from accounts.models import User
from accounts.record import origin_of_request
from activity.models import Activity
from activity.phrase_table import AREAS
from kit import canonical
from labels.models import Label
from submissions.models import Submission

Kind = Activity.Kind
Origin = tuple[str, str]


def write(
    kind: Kind,
    *,
    label: Label | None = None,
    submission: Submission | None = None,
    actor: User | None = None,
    person: User | None = None,
    **details: Any,
) -> Activity:
    """Log an act of a team member, or of Trackflow itself (no actor); return the row.

    Call it in the transaction of the act. `phrase_table` lists the details of each kind. Users in details are
    stored by primary key, so an anonymised name disappears from the log too. Scores are never details: a label may
    hide them from its members. What belongs to the record says where it came from, if a request is being answered.
    """
    area = AREAS.get(kind, "")
    row = Activity(label=label, submission=submission, actor=actor, person=person, kind=kind, area=area)
    row.details = stored(details)
    if area:
        row.address, row.browser = origin_of_request()
    row.save()
    return row


def record_once(key: UUID, kind: Kind, *, at: datetime, origin: Origin = ("", ""), **columns: Any) -> None:
    """Write what a lower app announced, in the record or a demo's log; a job that runs again writes no second row."""
    details = stored(columns.pop("details", {}))
    row = Activity(key=key, kind=kind, area=AREAS.get(kind, ""), at=at, details=details, **columns)
    row.address, row.browser = origin
    Activity.objects.bulk_create([row], ignore_conflicts=True)


def stored(details: dict[str, Any]) -> dict[str, Any]:
    """Return details as they are stored."""
    return cast("dict[str, Any]", canonical.plain({name: _stored(value) for name, value in details.items()}))


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
