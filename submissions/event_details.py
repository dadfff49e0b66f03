"""What an event says beside who, what and when, as lines of a name and a value."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from catalog.music.duration import display_duration
from submissions import wording
from submissions.choices import Ball, LinkProblem, LinkSlot, Reason, Transition, Welcome, WithdrawReason
from submissions.details import visible_part
from submissions.models import Event

Line = tuple[str, str]
T = Transition


def particulars(event: Event, *, team: bool, by_name: bool = False) -> list[Line]:
    """Return the lines of payload and private part that this side may see; times of day are the reader's.

    `by_name` for what is handed on to others: there the producer is nobody's “you”.
    """
    private = visible_part(event.private, team=team)
    is_you = not (team or by_name)
    lines = _deciding(event.transition, event.payload) or _others(event, is_you=is_you)
    words = [("Terms", private.get("terms", "")), ("Prepared by", private.get("prepared_by", ""))]
    return [(name, value) for name, value in [*lines, *words] if value]


def _deciding(transition: str, payload: Mapping[str, Any]) -> list[Line]:
    match transition:
        case T.REQUEST_CHANGES | T.ACCEPT:
            return [("Answer wanted by", _at(payload["answer_by"]))]
        case T.REJECT:
            welcome = Welcome(payload["welcome"]).label
            return [("Reason", Reason(payload["reason"]).label), ("Welcome next", welcome)]
        case T.RESCIND:
            return [("Reason", Reason(payload["reason"]).label)]
        case T.SCHEDULE:
            day = wording.day(payload["release_on"])
            return [("Release date", day), ("Catalogue number", payload["catalogue_number"])]
        case T.EXTEND:
            return [("New date", _at(payload["until"]))]
    return []


def _others(event: Event, *, is_you: bool) -> list[Line]:
    payload = event.payload
    match event.transition:
        case T.SUBMIT:
            promised = wording.span(timedelta(days=payload["promise_days"]))
            return [("Promised answer", f"within {promised}"), ("Follows", payload["previous"] or "")]
        case T.RESUBMIT:
            return [("Revision", str(payload["revision"]))]
        case T.WITHDRAW:
            return [("Reason", WithdrawReason(payload["reason"]).label if payload["reason"] else "")]
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
