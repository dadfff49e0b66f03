"""What `verify_history` checks of split sheets: each is its event's, and its lines say what was answered."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from submissions.choices import ShareAnswer, Transition
from submissions.models import Event, Share, SplitSheet
from submissions.splits import sheets
from submissions.verification import Fault

ANSWERS = {
    Transition.CONFIRM_SPLIT.value: ShareAnswer.CONFIRMED.value,
    Transition.OBJECT_SPLIT.value: ShareAnswer.OBJECTED.value,
}


def sheet_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield the faults of sheets and of their lines, and the events whose sheet is missing."""
    found = _of(SplitSheet.objects.all(), "submission__", references)
    for sheet in found.select_related("submission", "event").order_by("submission_id", "number").iterator():
        reference = sheet.submission.reference
        yield from (Fault(reference, f"split sheet {sheet.number} {each}") for each in _sheet_problems(sheet))
    yield from _missing(references)
    shares = _of(Share.objects.all(), "sheet__submission__", references)
    for share in (
        shares.select_related("sheet__submission", "sheet__event", "answered").order_by("pk").iterator()
    ):
        if problem := _share_problem(share):
            yield Fault(share.sheet.submission.reference, f"{_name(share)} {problem}")
    yield from _unanswered(references)


def _sheet_problems(sheet: SplitSheet) -> Iterator[str]:
    said = sheet.event.payload if isinstance(sheet.event.payload, dict) else {}
    if sheet.event.submission_id != sheet.submission_id or said.get("sheet") != sheet.number:
        yield "is not the one its event makes"
    if said.get("sheet_digest") != sheet.digest_hex:
        yield "is not the one its event names"
    if bool(sheet.redacted_at) != bool(sheet.event.redacted_at):
        yield "and its event were not redacted together"
    if sheet.redacted_at:
        if sheet.shares or bytes(sheet.salt):
            yield "is called redacted and is not empty"
    elif bytes(sheet.digest) != _digest_or_none(sheet):
        yield "does not match its digest"


def _digest_or_none(sheet: SplitSheet) -> bytes | None:
    try:
        return sheets.digest(sheet)
    except (TypeError, ValueError):
        return None


def _missing(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield the events that make a sheet which is not there, or has too few or other lines."""
    makers = Event.objects.filter(
        transition__in=[Transition.SET_SPLITS, Transition.SIGN], payload__sheet__gt=0
    )
    found = _of(makers, "submission__", references).select_related("submission", "split_sheet")
    for event in found.prefetch_related("split_sheet__lines").order_by("pk").iterator(chunk_size=500):
        sheet = getattr(event, "split_sheet", None)
        if sheet is None:
            yield Fault(event.submission.reference, f"event {event.sequence}: its split sheet is missing")
            continue
        lines = [(line.position, line.is_own) for line in sheet.lines.all()]
        own = event.payload.get("own") or []
        if lines != [(place, place in own) for place in range(1, event.payload.get("shares", 0) + 1)]:
            yield Fault(
                event.submission.reference, f"split sheet {sheet.number} has other lines than its event says"
            )


def _share_problem(share: Share) -> str:
    """Return what is wrong with the answer of a line, "" for nothing."""
    event = share.answered
    if event is None:
        expected = ShareAnswer.CONFIRMED if share.is_own else ""
        return "" if share.answer == expected else "says an answer that nobody gave"
    said = event.payload if isinstance(event.payload, dict) else {}
    is_its = event.submission_id == share.sheet.submission_id and said.get("share") == share.position
    if not is_its or said.get("sheet") != share.sheet.number or ANSWERS.get(event.transition) != share.answer:
        return "says another answer than its event"
    return ""


def _unanswered(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield the answers that no line keeps, and no later answer replaced."""
    answers = Event.objects.filter(transition__in=list(ANSWERS), answered_shares=None)
    for event in (
        _of(answers, "submission__", references).select_related("submission").order_by("pk").iterator()
    ):
        later = Event.objects.filter(
            submission=event.submission_id,
            sequence__gt=event.sequence,
            transition__in=list(ANSWERS),
            payload__sheet=event.payload.get("sheet"),
            payload__share=event.payload.get("share"),
        )
        if not later.exists():
            yield Fault(
                event.submission.reference, f"event {event.sequence}: no line of a sheet keeps its answer"
            )


def _of(rows: QuerySet[Any], path: str, references: Sequence[str] | None) -> QuerySet[Any]:
    return rows if references is None else rows.filter(**{f"{path}reference__in": references})


def _name(share: Share) -> str:
    return f"line {share.position} of split sheet {share.sheet.number}"
