"""The facts of a submission: computed from its events and last revision only, written under a lock."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import transaction

from insights.bands import band_of
from insights.models import FactsVersion, SubmissionFacts
from submissions import deadlines, projections
from submissions.choices import Transition
from submissions.models import Event, Revision, Submission

READ = (
    "submission_id",
    "sequence",
    "transition",
    "from_state",
    "to_state",
    "recorded_at",
    "payload",
    "actor_id",
    "note",
)
COLUMNS = tuple(field.attname for field in SubmissionFacts._meta.concrete_fields if not field.primary_key)
LONGEST = 32_767
"""Hours; longer times count as this."""


def facts_of(submission: Submission, events: Sequence[Event], copied: Mapping[str, Any]) -> SubmissionFacts:
    """Return the facts of a complete history, in order, and the last revision’s copy."""
    response, received = projections.read_response(events), events[0].recorded_at
    answer = next((event for event in events if event.transition in projections.ANSWERS), None)
    return SubmissionFacts(
        submission_id=submission.pk,
        label_id=submission.label_id,
        producer_id=submission.producer_id,
        intake_id=submission.intake_id,
        state=events[-1].to_state,
        received_at=received,
        due_at=deadlines.read(events).due,
        opened_at=response.opened_at,
        opened_by_id=response.opened_by_id,
        answered_at=response.answered_at,
        answer=response.answer,
        is_noted=bool(answer and answer.note),
        lapsed_at=response.lapsed_at,
        is_in_time=response.is_in_time,
        reason=response.reason,
        opening_hours=hours_between(received, response.opened_at),
        answering_hours=hours_between(received, response.answered_at),
        **_release_of(events),
        **_music_of(copied),
    )


def write(submissions: Iterable[int]) -> list[SubmissionFacts]:
    """Compute and save the facts of these submissions; return those that changed.

    The submissions are locked, so the last job to write has read every event.
    """
    with transaction.atomic():
        found = _locked(submissions)
        old = SubmissionFacts.objects.in_bulk([each.pk for each in found])
        changed = [each for each in _read(found) if _values(each) != _values(old.get(each.pk))]
        if changed:
            SubmissionFacts.objects.bulk_create(
                changed, update_conflicts=True, unique_fields=["submission"], update_fields=_names(COLUMNS)
            )
            renew_versions({each.label_id for each in changed})
    return changed


def renew_versions(labels: Iterable[int]) -> None:
    """Say that facts of these labels have changed: in the transaction that changes them, at its end."""
    FactsVersion.objects.bulk_create(
        [FactsVersion(label_id=pk) for pk in sorted(labels)],
        update_conflicts=True,
        unique_fields=["label"],
        update_fields=["token"],
    )


def _locked(submissions: Iterable[int]) -> list[Submission]:
    rows = Submission.objects.sent().filter(pk__in=list(submissions)).order_by("pk")
    return list(
        rows.select_for_update(no_key=True, of=("self",)).only("pk", "label", "producer", "intake", "state")
    )


def _read(submissions: Sequence[Submission]) -> list[SubmissionFacts]:
    """Return the facts of submissions that were sent. Two queries."""
    pks = [each.pk for each in submissions]
    told = Event.objects.filter(submission__in=pks).order_by("submission_id", "sequence").only(*_names(READ))
    events = {pk: list(each) for pk, each in groupby(told, key=lambda event: event.submission_id)}
    last = Revision.objects.filter(submission__in=pks).order_by("submission", "-number")
    copies = dict(last.distinct("submission").values_list("submission", "copy"))
    return [facts_of(each, events[each.pk], copies.get(each.pk, {})) for each in submissions]


def _values(row: SubmissionFacts | None) -> tuple[Any, ...] | None:
    return tuple(getattr(row, name) for name in COLUMNS) if row else None


def hours_between(since: datetime | None, moment: datetime | None) -> int | None:
    """Return whole hours, rounded up; None where one of both has not come."""
    if since is None or moment is None:
        return None
    return min(-((since - moment) // timedelta(hours=1)), LONGEST)


def _music_of(copied: Mapping[str, Any]) -> dict[str, Any]:
    said = projections.from_copy(dict(copied))
    return {"genre": said["genre"], "band": band_of(said["tempo"]), "country": said["country"]}


def _release_of(events: Sequence[Event]) -> dict[str, Any]:
    signed, released = _last(events, Transition.SIGN), _last(events, Transition.RELEASE)
    return {"released_at": released, "releasing_hours": hours_between(signed, released)}


def _last(events: Sequence[Event], transition: Transition) -> datetime | None:
    return next((event.recorded_at for event in reversed(events) if event.transition == transition), None)


def _names(columns: Iterable[str]) -> list[str]:
    return [name.removesuffix("_id") for name in columns]
