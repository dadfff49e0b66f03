"""Every act of the studio: to what it is done, and the level that it needs. The tests read the matrix from here too."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.choices import Act, Level

PROJECT, PACK = "project", "pack"


@dataclass(frozen=True, slots=True)
class Rule:
    """The lowest level that may do it, and to what."""

    level: Level
    on: tuple[str, ...] = (PROJECT,)
    works_on_it: bool = True
    """Whether it counts as working on the music: then the project or pack moves up."""


def _edit(*on: str) -> Rule:
    return Rule(Level.EDIT, on or (PROJECT,))


def _own(*on: str) -> Rule:
    return Rule(Level.OWN, on or (PROJECT, PACK), works_on_it=False)


RULES: Mapping[Act, Rule] = MappingProxyType(
    {
        Act.EDIT: _edit(PROJECT, PACK),
        Act.SET_COVER: _edit(PROJECT, PACK),
        Act.SET_STATE: _edit(),
        Act.PLACE: Rule(Level.OWN),  # whoever edits the pack edits it too
        Act.TAKE_OUT: _edit(),
        Act.ADD_STEPS: _edit(),
        Act.CHANGE_STEP: _edit(),
        Act.COMPLETE_STEP: _edit(),
        Act.REOPEN_STEP: _edit(),
        Act.SKIP_STEP: _edit(),
        Act.REMOVE_STEP: _edit(),
        Act.ORDER_STEPS: _edit(),
        Act.ADD_LINK: _edit(),
        Act.REMOVE_LINK: _edit(),
        Act.ORDER_PROJECTS: _edit(PACK),
        Act.ADD_ENTRIES: _edit(PACK),
        Act.MARK_ENTRY: _edit(PACK),
        Act.REMOVE_ENTRY: _edit(PACK),
        Act.ORDER_ENTRIES: _edit(PACK),
        Act.SET_VISIBILITY: _own(),
        Act.LINK_TRACK: _own(PROJECT),
        Act.UNLINK_TRACK: _own(PROJECT),
        Act.MAKE_DEMO: _own(PROJECT),
        Act.DEMO_MOVED: Rule(Level.STUDIO, works_on_it=False),
        Act.DISCARD: _own(),
        Act.RESTORE: _own(),
        Act.ADD_CREW: _own(),
        Act.REMOVE_CREW: _own(),
        Act.ACCEPT_REQUEST: _own(PROJECT),
        Act.REFUSE_REQUEST: _own(PROJECT),
        Act.REOPEN_REQUEST: _own(PROJECT),
        Act.LEAVE: Rule(Level.VIEW, (PROJECT, PACK), works_on_it=False),
        Act.ASK_TO_JOIN: Rule(Level.SEE, works_on_it=False),
        Act.WITHDRAW_REQUEST: Rule(Level.NONE, works_on_it=False),  # their own, also once they see it no more
    }
)
"""By act; `make` has no row, since what is not there yet has no level."""
