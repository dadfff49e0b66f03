"""Who of the team played a demo on our pages, and how much of it. They may have listened elsewhere."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from catalog.links.players import player_for, read_link
from catalog.music.units import display_duration
from kit.forms import ActionForm
from submissions import timeline
from submissions.choices import LinkSlot, Transition
from submissions.models import Event, Revision, Submission
from submissions.transition_table import REVISING

T = Transition

LEAST_SECONDS = 5
"""The shortest sitting that is recorded, in seconds; `static/js/listening.js` has the same number."""


@dataclass(frozen=True)
class Play:
    """What one person played: seconds of their longest sitting, and the number of sittings."""

    who: str
    seconds: int
    total: int
    sittings: int = 1

    @property
    def words(self) -> str:
        """Return "1:32 of 4:05"."""
        played = f"{display_duration(self.seconds)} of {display_duration(self.total)}"
        return played if self.sittings == 1 else f"{played} in the longest of {self.sittings} sittings"


@dataclass(frozen=True)
class Plays:
    """`recording`: plays since the audio link last changed; `by_revision`: plays by revision number."""

    recording: list[Play]
    by_revision: Mapping[int, list[Play]]


def plays_of(events: Iterable[Event], submission: Submission) -> Plays:
    """Return the plays in a whole history, in order and `with_people`. No query."""
    recording: list[Event] = []
    by_revision: dict[int, list[Event]] = {}
    number = 0
    for event in events:
        if event.transition in REVISING:
            number = event.payload["revision"]
        if changes_audio(event.transition, event.payload):
            recording = []
        if event.transition == T.LISTENED:
            recording.append(event)
            by_revision.setdefault(number, []).append(event)
    plays = {each: _plays_by_person(played, submission) for each, played in by_revision.items()}
    return Plays(_plays_by_person(recording, submission), plays)


def is_unplayed(submission: Submission) -> bool:
    """Whether nobody played it here since its audio link last changed. One query."""
    return bool(unplayed_among([submission.pk]))


def unplayed_among(numbers: Iterable[int]) -> set[int]:
    """Return the submissions that nobody played here since their audio link last changed. One query."""
    unplayed = set(numbers)
    events = Event.objects.filter(
        submission__in=list(unplayed), transition__in=[T.LISTENED, T.RESUBMIT, T.REPLACE_LINK]
    )
    for number, transition, payload in events.order_by("sequence").values_list(
        "submission", "transition", "payload"
    ):
        if transition == T.LISTENED:
            unplayed.discard(number)
        elif changes_audio(transition, payload):
            unplayed.add(number)
    return unplayed


def silent_host(revision: Revision | None) -> str:
    """Return the host of a revision's audio link if its player does not report plays, else ""."""
    link = read_link(revision.copy.get("audio_url", "")) if revision else None
    if link is None:
        return ""
    player = player_for(link)
    return "" if player and player.protocol else link.host_name


def changes_audio(transition: str, payload: Mapping[str, Any]) -> bool:
    if transition == T.REPLACE_LINK:
        return bool(payload["slot"] == LinkSlot.AUDIO)
    return transition == T.RESUBMIT and LinkSlot.AUDIO in payload["changed_links"]


def _plays_by_person(events: list[Event], submission: Submission) -> list[Play]:
    """Return the plays by person, the longest first."""
    people: dict[int | None, list[Event]] = {}
    for event in events:
        people.setdefault(event.actor_id, []).append(event)
    plays = [_play(theirs, submission) for theirs in people.values()]
    return sorted(plays, key=lambda each: -each.seconds)


def _play(events: list[Event], submission: Submission) -> Play:
    longest = max(events, key=lambda event: int(event.payload["seconds"])).payload
    who = timeline.who(events[-1], submission, team=True)
    return Play(who, longest["seconds"], longest["total"], len(events))


class ListeningForm(ActionForm):
    """One sitting at a player, in whole seconds. It is sent by a script, not a page, so it has no turn."""

    turn = forms.IntegerField(required=False)
    seconds = forms.IntegerField(min_value=LEAST_SECONDS)
    total = forms.IntegerField(min_value=LEAST_SECONDS)

    def clean_turn(self) -> None:
        """Ignore any turn that was sent: none was shown."""
