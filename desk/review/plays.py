"""Who of the team played a demo in our pages, and how much of it. No play is no proof that nobody listened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.links.players import player_for
from catalog.music.duration import display_duration
from catalog.tracks.completeness import read_link
from submissions import timeline
from submissions.choices import LinkSlot, Transition
from submissions.models import Event, Revision, Submission
from submissions.transition_table import REVISING

T = Transition


@dataclass(frozen=True)
class Hearing:
    """What one person's player ran of it: seconds of their longest sitting, and how many there were."""

    who: str
    seconds: int
    total: int
    sittings: int = 1

    @property
    def words(self) -> str:
        """Return "1:32 of 4:05"."""
        ran = f"{display_duration(self.seconds)} of {display_duration(self.total)}"
        return ran if self.sittings == 1 else f"{ran} in the longest of {self.sittings} sittings"


@dataclass(frozen=True)
class Heard:
    """`recording`: since the audio link was last changed; `by_revision`: what was played of each revision."""

    recording: list[Hearing]
    by_revision: Mapping[int, list[Hearing]]


def heard_of(events: Iterable[Event], submission: Submission) -> Heard:
    """Return who played what, from a whole history in order and `with_people`. No query."""
    recording: list[Event] = []
    by_revision: dict[int, list[Event]] = {}
    number = 0
    for event in events:
        if event.transition in REVISING:
            number = event.payload["revision"]
        if brings_new_audio(event.transition, event.payload):
            recording = []
        if event.transition == T.LISTENED:
            recording.append(event)
            by_revision.setdefault(number, []).append(event)
    told = {each: _hearings(facts, submission) for each, facts in by_revision.items()}
    return Heard(_hearings(recording, submission), told)


def is_unheard(submission: Submission) -> bool:
    """Whether nobody played it here since its audio link was last changed. One query."""
    return bool(unheard_among([submission.pk]))


def unheard_among(numbers: Iterable[int]) -> set[int]:
    """Return those submissions that nobody played here since their audio link was last changed. One query."""
    unheard = set(numbers)
    told = Event.objects.filter(
        submission__in=list(unheard), transition__in=[T.LISTENED, T.RESUBMIT, T.REPLACE_LINK]
    )
    for number, transition, payload in told.order_by("sequence").values_list(
        "submission", "transition", "payload"
    ):
        if transition == T.LISTENED:
            unheard.discard(number)
        elif brings_new_audio(transition, payload):
            unheard.add(number)
    return unheard


def silent_host(revision: Revision | None) -> str:
    """Return the host of a revision's audio link where its player tells nothing, else ""."""
    link = read_link(revision.copy.get("audio_url", "")) if revision else None
    if link is None:
        return ""
    player = player_for(link)
    return "" if player and player.protocol else link.host_name


def brings_new_audio(transition: str, payload: Mapping[str, Any]) -> bool:
    if transition == T.REPLACE_LINK:
        return bool(payload["slot"] == LinkSlot.AUDIO)
    return transition == T.RESUBMIT and LinkSlot.AUDIO in payload["changed_links"]


def _hearings(facts: list[Event], submission: Submission) -> list[Hearing]:
    """Return the facts by person, who listened longest first."""
    people: dict[int | None, list[Event]] = {}
    for fact in facts:
        people.setdefault(fact.actor_id, []).append(fact)
    hearings = [_hearing(theirs, submission) for theirs in people.values()]
    return sorted(hearings, key=lambda each: -each.seconds)


def _hearing(facts: list[Event], submission: Submission) -> Hearing:
    longest = max(facts, key=lambda fact: int(fact.payload["seconds"])).payload
    who = timeline.who(facts[-1], submission, team=True)
    return Hearing(who, longest["seconds"], longest["total"], len(facts))
