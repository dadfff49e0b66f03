"""A submission's history as one side reads it, an entry per event, the first one first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from submissions import differences, sentences, wording
from submissions.choices import Transition
from submissions.details import visible_part
from submissions.differences import Change
from submissions.event_details import Line, particulars
from submissions.models import Event, Submission
from submissions.transition_table import QUIET, RULES


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
    """Return the history as the team reads it, or else the producer; times of day are the reader's.

    `by_name` names the producer, for what is handed on to others. `events`, if at hand, come in order and
    `with_people`; else this is one query. Expects the submission with its label.
    """
    if events is None:
        events = list(Event.objects.of(submission).with_people())
    genres = wording.genre_names(differences.genres_told(events))
    entries, since = list[Entry](), None
    for event in events:
        entries.append(_entry(event, submission, since, genres, team=team, by_name=by_name))
        if event.transition not in QUIET:
            since = event.recorded_at
    return entries


def offer_of(submission: Submission) -> Entry | None:
    """Return the last offer as the producer reads it."""
    offers = Event.objects.of(submission).with_people().filter(transition=Transition.ACCEPT)
    last = offers.last()
    return _entry(last, submission, None, {}, team=False) if last else None


def _entry(
    event: Event,
    submission: Submission,
    since: datetime | None,
    genres: Mapping[str, str],
    *,
    team: bool,
    by_name: bool = False,
) -> Entry:
    is_loud = event.transition not in QUIET
    return Entry(
        event=event,
        state=event.to_state,
        icon=event.transition,
        who=sentences.who(event, submission, team=team, by_name=by_name),
        what=sentences.what(event),
        when=event.recorded_at,
        took=event.recorded_at - since if since and is_loud else None,
        note=event.note,
        lines=particulars(event, team=team, by_name=by_name),
        changes=differences.told(visible_part(event.private, team=team).get("diff", []), genres),
        digest=event.digest_hex,
        is_fact=RULES[event.transition].is_fact,
        redacted_at=event.redacted_at,
    )
