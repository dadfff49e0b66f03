"""Events in words for one side: who did what, details, and a submission's timeline."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from catalog.music.units import display_duration
from submissions import copy_view, wording
from submissions.choices import ActorRole, Ball, LinkProblem, LinkSlot, Transition, Welcome
from submissions.copy_view import Change
from submissions.deliverables.event_lines import item_lines
from submissions.details import TEAM_FIELDS
from submissions.masters.event_lines import master_lines
from submissions.models import Event, Message, Submission
from submissions.transition_table import QUIET, RULES

Act = Event | Message


def who(event: Act, submission: Submission, *, team: bool, by_name: bool = False) -> str:
    """Return who acted, as this side may know it: the team's names only to the team or if the label shows them.

    `by_name` names the producer instead of saying “You”, for pages that are passed on. An admin who acted as somebody
    is named to both sides.
    """
    named = _actor_name(event, submission, team=team, by_name=by_name)
    if event.acted_by is None:
        return named
    staff = "Trackflow’s staff"
    admin = f"{event.acted_by.name} ({staff})" if event.acted_by.name else staff
    return f"{admin} for {'you' if named == 'You' else named}"


def visible_part(private: dict[str, Any], *, team: bool) -> dict[str, Any]:
    """Return the fields of a stored private part that this side may see."""
    return {name: value for name, value in private.items() if team or name not in TEAM_FIELDS}


def what(event: Event) -> str:
    """Return what the event did, in words that follow a name."""
    return RULES[event.transition].did


def outcome_words(submission: Submission, last: Event) -> str:
    """Return how a submission ended, as its producer reads it: “Harbour passed on it”; `last` ended it."""
    if last.actor_role == ActorRole.PRODUCER:
        return f"You {what(last)}"
    if last.transition == Transition.EXPIRE:
        late = "You" if last.payload["ball"] == Ball.PRODUCER else submission.label
        return f"{late} did not answer in time"
    return f"{submission.label} {what(last)}"


def who_did_what(events: list[Event], submission: Submission, *, team: bool) -> str:
    """Return the sentence for a stale page: who acted meanwhile, and what they did."""
    last = next((event for event in reversed(events) if event.transition not in QUIET), None)
    if last is None:
        return "This form was sent already."
    return f"{who(last, submission, team=team)} {what(last)} meanwhile. Look again before you decide."


def _actor_name(event: Act, submission: Submission, *, team: bool, by_name: bool) -> str:
    match event.actor_role:
        case "system":
            return "Trackflow"
        case "admin":
            return "Trackflow’s staff"
        case "collaborator":
            return str(getattr(event, "private", {}).get("person") or "Somebody with a share")
        case "producer":
            return submission.artist or "The producer" if team or by_name else "You"
    named = event.actor and event.actor.name
    if named and (team or submission.label.shows_names):
        return f"{named} ({event.actor_role})"
    return f"{submission.label}’s {event.actor_role}"


Line = tuple[str, str]
_T = Transition


def detail_lines(event: Event, *, team: bool, by_name: bool = False) -> list[Line]:
    """Return payload and private part as lines of (name, value) that this side may see, in the reader's time zone.

    `by_name` says “the producer” instead of “you”, for pages that are passed on.
    """
    private = visible_part(event.private, team=team)
    is_you = not (team or by_name)
    lines = [*_payload_lines(event), *_transition_lines(event, is_you=is_you)]
    lines += [*item_lines(event.payload, private), *master_lines(event.payload)]
    words = [(words, private.get(name, "")) for name, words in PRIVATE_FIELDS.items()]
    return [(name, value) for name, value in [*lines, *words] if value]


def _payload_lines(event: Event) -> list[Line]:
    """Return a line for each payload field that reads the same in every transition."""
    payload, reasons = event.payload, RULES[event.transition].reasons
    lines = [("Reason", reasons(payload["reason"]).label)] if reasons and payload["reason"] else []
    return lines + [
        (name, words(payload[field])) for field, (name, words) in PAYLOAD_FIELDS.items() if field in payload
    ]


def _transition_lines(event: Event, *, is_you: bool) -> list[Line]:
    payload = event.payload
    match event.transition:
        case _T.SUBMIT:
            promised = wording.span(timedelta(days=payload["promise_days"]))
            return [("Promised answer", f"within {promised}"), ("Sent before as", payload["previous"] or "")]
        case _T.RESUBMIT:
            return [("Revision", str(payload["revision"]))]
        case _T.EXPIRE:
            return [
                ("No answer from", _who_owes(payload, is_you=is_you)),
                ("It was due", _moment_words(payload["due"])),
            ]
        case _T.LISTENED:
            heard, total = display_duration(payload["seconds"]), display_duration(payload["total"])
            return [("Played on our page", f"{heard} of {total}")]
        case _T.REPLACE_LINK | _T.LINK_FAILED | _T.LINK_RECOVERED:
            return _link_lines(payload)
    return []


def _who_owes(payload: Mapping[str, Any], *, is_you: bool) -> str:
    if payload["ball"] == Ball.LABEL:
        return "the label"
    return "you" if is_you else "the producer"


def _link_lines(payload: Mapping[str, Any]) -> list[Line]:
    problem = LinkProblem(payload["problem"]).label if "problem" in payload else ""
    return [("Link", LinkSlot(payload["slot"]).label), ("Problem", problem)]


def _moment_words(text: str) -> str:
    return wording.moment(datetime.fromisoformat(text))


PAYLOAD_FIELDS: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "answer_by": ("Answer due by", _moment_words),
        "welcome": ("Welcome next", lambda value: str(Welcome(value).label)),
        "heard_elsewhere": ("Heard", lambda value: "elsewhere" if value else ""),
        "release_on": ("Release date", wording.day),
        "catalogue_number": ("Catalogue number", str),
        "until": ("New answer date", _moment_words),
        "offer": ("Offer", lambda number: f"number {number}"),
        "days": ("For", lambda days: wording.span(timedelta(days=days))),
        "months": ("The label keeps such demos for", lambda months: f"{months} months"),
        "held_until": ("On hold until", _moment_words),
        "sheet": ("Split sheet", lambda number: str(number or "")),
    }
)
"""By payload field: its name, and how its value is written."""

PRIVATE_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "terms": "Terms",
        "name": "Accepted by typing",
        "address": "Internet address",
        "prepared_by": "Prepared by",
    }
)
"""By private field that is text: its name."""


@dataclass(frozen=True)
class Entry:
    """An event in words; `took` is the time since the last event that ended a turn."""

    event: Event
    state: str
    icon: str
    who: str
    what: str
    when: datetime
    took: timedelta | None
    note: str
    lines: list[Line]
    changes: list[Change]
    digest: str
    is_fact: bool
    redacted_at: datetime | None
    is_message = False

    @property
    def is_redacted(self) -> bool:
        return self.redacted_at is not None

    @property
    def content_digest(self) -> str:
        return bytes(self.event.content_digest).hex()

    @property
    def previous_digest(self) -> str:
        return bytes(self.event.previous_digest).hex()

    @property
    def took_words(self) -> str:
        return wording.span(self.took) if self.took else ""


def timeline(
    submission: Submission, *, team: bool, by_name: bool = False, events: list[Event] | None = None
) -> list[Entry]:
    """Return an entry per event, oldest first, for the team or for the producer, in the reader's time zone.

    `by_name` names the producer, for pages that are passed on. `events`, if given, are in order and `with_people`;
    otherwise one query. Expects the submission with its label.
    """
    if events is None:
        events = list(Event.objects.of(submission).with_people())
    genres = wording.genre_names(copy_view.genres_in_events(events))
    entries, since = list[Entry](), None
    for event in events:
        entries.append(_entry(event, submission, since, genres, team=team, by_name=by_name))
        if event.transition not in QUIET:
            since = event.recorded_at
    return entries


def _entry(
    event: Event,
    submission: Submission,
    since: datetime | None,
    genres: Mapping[str, str],
    *,
    team: bool,
    by_name: bool = False,
) -> Entry:
    return Entry(
        event=event,
        state=event.to_state,
        icon=RULES[event.transition].icon,
        who=who(event, submission, team=team, by_name=by_name),
        what=what(event),
        when=event.recorded_at,
        took=event.recorded_at - since if since and event.transition not in QUIET else None,
        note=event.note,
        lines=detail_lines(event, team=team, by_name=by_name),
        changes=copy_view.event_changes(visible_part(event.private, team=team).get("diff", []), genres),
        digest=event.digest_hex,
        is_fact=RULES[event.transition].is_fact,
        redacted_at=event.redacted_at,
    )
