"""What an event says beside who, what and when, as lines of a name and a value."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from catalog.music.duration import display_duration
from submissions import wording
from submissions.choices import Ball, LinkProblem, LinkSlot, Transition, Welcome
from submissions.details import visible_part
from submissions.models import Event
from submissions.transition_table import RULES

Line = tuple[str, str]
T = Transition


def particulars(event: Event, *, team: bool, by_name: bool = False) -> list[Line]:
    """Return the lines of payload and private part that this side may see; times of day are the reader's.

    `by_name` for what is handed on to others: there the producer is nobody's “you”.
    """
    private = visible_part(event.private, team=team)
    is_you = not (team or by_name)
    lines = [*_fields(event), *_others(event, is_you=is_you)]
    words = [("Terms", private.get("terms", "")), ("Prepared by", private.get("prepared_by", ""))]
    return [(name, value) for name, value in [*lines, *words] if value]


def _fields(event: Event) -> list[Line]:
    """Return a line for each field of the payload that reads the same in every transition."""
    payload, reasons = event.payload, RULES[event.transition].reasons
    lines = [("Reason", reasons(payload["reason"]).label)] if reasons and payload["reason"] else []
    return lines + [
        (name, words(payload[field])) for field, (name, words) in FIELDS.items() if field in payload
    ]


def _others(event: Event, *, is_you: bool) -> list[Line]:
    payload = event.payload
    match event.transition:
        case T.SUBMIT:
            promised = wording.span(timedelta(days=payload["promise_days"]))
            return [("Promised answer", f"within {promised}"), ("Follows", payload["previous"] or "")]
        case T.RESUBMIT:
            return [("Revision", str(payload["revision"]))]
        case T.EXPIRE:
            return [("No answer from", _owing(payload, is_you=is_you)), ("It was due", _at(payload["due"]))]
        case T.LISTENED:
            heard, total = display_duration(payload["seconds"]), display_duration(payload["total"])
            return [("Ran in our page", f"{heard} of {total}")]
        case T.REPLACE_LINK | T.LINK_FAILED | T.LINK_RECOVERED:
            return _about_link(payload)
    return []


def _owing(payload: Mapping[str, Any], *, is_you: bool) -> str:
    if payload["ball"] == Ball.LABEL:
        return "the label"
    return "you" if is_you else "the producer"


def _about_link(payload: Mapping[str, Any]) -> list[Line]:
    problem = LinkProblem(payload["problem"]).label if "problem" in payload else ""
    return [("Link", LinkSlot(payload["slot"]).label), ("Problem", problem)]


def _at(text: str) -> str:
    return wording.moment(datetime.fromisoformat(text))


FIELDS: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "answer_by": ("Answer wanted by", _at),
        "welcome": ("Welcome next", lambda value: str(Welcome(value).label)),
        "release_on": ("Release date", wording.day),
        "catalogue_number": ("Catalogue number", str),
        "until": ("New date", _at),
    }
)
"""Fields of payloads by name: what they are called, and how they are said."""
