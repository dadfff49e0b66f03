"""What `verify_history` checks between submissions: a next try of a track at a label follows the one it may follow."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from django.db.models import Exists, F, OuterRef, QuerySet

from submissions.choices import Transition
from submissions.models import Event, Submission
from submissions.preflight.conflicts import allows_another
from submissions.transition_table import LINKLESS

CHUNK = 2000


def repeat_faults(references: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """Yield (reference, fault) of what follows another track's or label's submission, or should not have been sent."""
    chosen = {} if references is None else {"reference__in": references}
    strays = Submission.objects.filter(previous__isnull=False, **chosen).order_by("pk")
    for reference in strays.exclude(previous__track=F("track"), previous__label=F("label")).values_list(
        "reference", flat=True
    ):
        yield reference, "its previous try is of another track or at another label"
    events = _events_of_repeats(chosen).iterator(chunk_size=CHUNK)
    for _, same in groupby(events, key=lambda event: (event.submission.track_id, event.submission.label_id)):
        for reference, sentence in _faults_between(same):
            if references is None or reference in references:
                yield reference, sentence


def _events_of_repeats(chosen: Mapping[str, Sequence[str]]) -> QuerySet[Event]:
    """Return the loud events of tracks that were sent to a label more than once, in the order they were written."""
    same = Submission.objects.filter(
        track=OuterRef("submission__track"), label=OuterRef("submission__label"), version__gt=0
    )
    events = Event.objects.loud().filter(Exists(same.exclude(pk=OuterRef("submission"))))
    if chosen:
        events = events.filter(Exists(same.filter(**chosen)))
    return events.select_related("submission").order_by("submission__track", "submission__label", "pk")


def _faults_between(events: Iterator[Event]) -> Iterator[tuple[str, str]]:
    last: dict[int, Event] = {}
    for event in events:
        if event.transition == Transition.SUBMIT and (fault := _fault_of(event, _counted(last))):
            yield event.submission.reference, fault
        last[event.submission_id] = event


def _counted(last: Mapping[int, Event]) -> Event | None:
    """Return the last event of the try that counts: one that is not over, else the one that moved last."""
    order = sorted(
        last.values(), key=lambda each: (each.to_state not in LINKLESS, each.recorded_at, each.submission_id)
    )
    return order[-1] if order else None


def _fault_of(sent: Event, last: Event | None) -> str:
    named = sent.payload.get("previous") if isinstance(sent.payload, dict) else None
    expected = last.submission.reference if last else None
    if named != expected:
        return f"it follows {named}, where {expected} came before it"
    if last and not allows_another(last.to_state, last.payload):
        return f"it was sent although {expected} was {last.to_state}"
    return ""
