"""Effects of the facts about deliverables. Each raises ValidationError for wrong input."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from catalog.links.link import parse_link
from kit import canonical
from kit.forms import need_short
from labels.choices import DeliverableKind
from submissions import payloads
from submissions.choices import DeliverableState
from submissions.deliverables import items as item_rows
from submissions.deliverables.status import read_items
from submissions.details import Context, Effect, ItemNames
from submissions.errors import NotPossible
from submissions.models import Deliverable

MOST_AT_ONCE, MOST = 20, 60
LONGEST_NAME, LONGEST_INSTRUCTIONS, LONGEST_TEXT, LONGEST_LINE = 120, 1000, 8000, 200
LATEST = timedelta(days=730)
S = DeliverableState


def ask_for(context: Context, *, items: Sequence[Mapping[str, Any]]) -> Effect:
    known = len(read_items(context.events))
    if not 1 <= len(items) <= MOST_AT_ONCE or known + len(items) > MOST:
        raise ValidationError(
            {"items": f"Ask for at least one thing, and for at most {MOST_AT_ONCE} at once, {MOST} in all."}
        )
    rows = [_asked(context, known + place, item) for place, item in enumerate(items, 1)]
    payload = payloads.AskFor(
        [{"number": row.number, "kind": row.kind, "due": canonical.moment(row.due_at)} for row in rows]  # type: ignore[arg-type]  # just set
    )
    return Effect(payload, ItemNames([row.name for row in rows]), write=partial(item_rows.save_asked, rows))


def hand_in(context: Context, *, item: int, value: Mapping[str, Any]) -> Effect:
    row = _row(context, item, {S.ASKED}, "This was handed in already, or is not asked for any more.")
    item_rows.fill(row, CLEANERS[row.kind](value))
    return _about(row, payloads.HandIn(row.number, row.digest_hex))


def approve(context: Context, *, item: int) -> Effect:
    row = _row(context, item, {S.HANDED_IN}, "Only what was handed in can be approved.")
    return _about(row, payloads.Item(row.number))


def ask_again(context: Context, *, item: int) -> Effect:
    row = _row(context, item, {S.HANDED_IN}, "Only what was handed in can be asked for again.")
    if not context.note.strip():
        raise ValidationError({"note": "Say what should be different."})
    return _about(row, payloads.Item(row.number))


def waive(context: Context, *, item: int) -> Effect:
    row = _row(context, item, {S.ASKED, S.HANDED_IN}, "This is not open any more.")
    return _about(row, payloads.Item(row.number))


def _asked(context: Context, number: int, item: Mapping[str, Any]) -> Deliverable:
    name, instructions = str(item["name"]).strip(), str(item.get("instructions", "")).strip()
    due: datetime = item["due"]
    if not 0 < len(name) <= LONGEST_NAME or len(instructions) > LONGEST_INSTRUCTIONS:
        raise ValidationError({"items": f"“{name[:40]}” needs a name of at most {LONGEST_NAME} characters."})
    if item["kind"] not in DeliverableKind.values:
        raise ValidationError({"items": f"Say what “{name}” is: a link, a text, or legal name and address."})
    if not context.now < due <= context.now + LATEST:
        raise ValidationError({"items": f"Choose a date for “{name}” that lies ahead, within two years."})
    return Deliverable(
        submission=context.submission,
        number=number,
        name=name,
        instructions=instructions,
        kind=str(item["kind"]),
        due_at=due,
    )


def _row(context: Context, number: int, states: set[DeliverableState], sentence: str) -> Deliverable:
    """Return an item that stands in one of these states, else raise."""
    row = Deliverable.objects.of(context.submission).filter(number=number).first()
    if row is None:
        raise ValidationError({"item": "Choose one of the things that were asked for."})
    if row.state not in states:
        raise NotPossible(sentence)
    return row


def _about(row: Deliverable, payload: Any) -> Effect:
    names = ItemNames([row.name] if row.name else [])
    return Effect(payload, names, write=partial(item_rows.save_change, row))


def _clean_link(value: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {"url": parse_link(str(value.get("url", ""))).url}
    except ValidationError as error:
        raise ValidationError({"url": error.messages}) from error


def _clean_text(value: Mapping[str, Any]) -> dict[str, str]:
    return {"text": _needed(value, "text", LONGEST_TEXT)}


def _clean_personal(value: Mapping[str, Any]) -> dict[str, str]:
    return {name: _needed(value, name, LONGEST_LINE * 3) for name in ("legal_name", "address")}


def _needed(value: Mapping[str, Any], name: str, most: int) -> str:
    text = need_short(name, value.get(name, ""), most)
    if not text:
        raise ValidationError({name: "Fill this in."})
    return text


CLEANERS = {
    DeliverableKind.LINK.value: _clean_link,
    DeliverableKind.TEXT.value: _clean_text,
    DeliverableKind.PERSONAL.value: _clean_personal,
}
