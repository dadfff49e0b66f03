"""What labels of the demo ask to be changed, what is then changed, and what producers write with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Change:
    """`edit` holds the track's new values, `longer` seconds more of it; `singer` joins the collaborators."""

    asked: str
    answered: str
    edit: Mapping[str, Any] = field(default_factory=dict)
    longer: int = 0
    singer: str = ""
    has_new_link: bool = False


CHANGES = {
    "intro": Change(
        "Everyone here likes {title}. Nobody here can mix it. Could you give us sixty-four more beats at "
        "the front, "
        "kick and hats only? Then we would like to hear it again.",
        "Here is the extended mix: 32 bars at the front, and the break comes one phrase later. Same link as "
        "before "
        "for the short one.",
        {"mix": "Extended Mix"},
        longer=62,
        has_new_link=True,
    ),
    "vocals": Change(
        "Whose voice is that at {mark}? You say it is yours. If a friend sang it we need her name and a "
        "signed "
        "agreement, otherwise we cannot touch it.",
        "You are right, that was lazy of me. It is Efua. She has signed and gets twenty percent; she is "
        "named now.",
        {"vocal_use": "session"},
        singer="Efua Sarpong",
    ),
    "title": Change(
        "A small thing and a large one. The small one: the title says nothing, and the music says a lot. "
        "The large "
        "one: please name the violinist if it is not you.",
        "It is me, and I have said so now. I also called it what I called it before I got shy.",
        {"title": "Monsoon Ledger, Page Two", "references": "Rival Consoles, Recondite, L. Subramaniam"},
    ),
    "samples": Change(
        "That string loop around {mark}: where is it from? We pressed an uncleared one in 2019 and are "
        "still paying.",
        "Replayed it on a friend’s cello. Took a weekend, sounds better, nothing left to clear.",
        {"sample_use": "none", "has_stems": True},
        has_new_link=True,
    ),
    "mix": Change(
        "Strings and snare fight at {mark}. Two dB less of either, and it has a home here. Send the tempo "
        "again too: "
        "we count 173.5.",
        "Strings down 1.5, snare shortened. And you count right, sorry.",
        {"tempo": "173.50", "mix": "Basin Mix"},
        has_new_link=True,
    ),
    "ending": Change(
        "It stops as if somebody had pulled the plug. If that is meant, tell us why; if not, give it an "
        "ending.",
        "It was the plug. There is an ending now.",
        longer=24,
        has_new_link=True,
    ),
    "isrc": Change(
        "We would like to take this further. Before we do: has it an ISRC, and who else owns a part of the "
        "recording? "
        "Your form leaves both open.",
        "It has a code now, and nobody else owns a part.",
        {"isrc": 31},
    ),
}
