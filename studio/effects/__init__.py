"""What each act changes. An effect changes the locked rows and returns the event's details: numbers, codes, states."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from studio.choices import Act
from studio.effects import crew, demos, entries, facts, links, places, steps

EFFECTS: Mapping[Act, Callable[..., dict[str, Any]]] = MappingProxyType(
    {
        Act.EDIT: facts.edit,
        Act.SET_COVER: facts.set_cover,
        Act.SET_STATE: facts.set_state,
        Act.SET_VISIBILITY: facts.set_visibility,
        Act.LINK_TRACK: facts.link_track,
        Act.UNLINK_TRACK: facts.unlink_track,
        Act.MAKE_DEMO: demos.make_demo,
        Act.DEMO_MOVED: demos.move_demo,
        Act.DISCARD: facts.discard,
        Act.RESTORE: facts.restore,
        Act.PLACE: places.place,
        Act.TAKE_OUT: places.take_out,
        Act.ORDER_PROJECTS: places.order_projects,
        Act.ADD_STEPS: steps.add_steps,
        Act.CHANGE_STEP: steps.change_step,
        Act.COMPLETE_STEP: steps.complete_step,
        Act.REOPEN_STEP: steps.reopen_step,
        Act.SKIP_STEP: steps.skip_step,
        Act.REMOVE_STEP: steps.remove_step,
        Act.ORDER_STEPS: steps.order_steps,
        Act.ADD_LINK: links.add_link,
        Act.REMOVE_LINK: links.remove_link,
        Act.ADD_CREW: crew.add_crew,
        Act.REMOVE_CREW: crew.remove_crew,
        Act.LEAVE: crew.leave,
        Act.ASK_TO_JOIN: crew.ask_to_join,
        Act.WITHDRAW_REQUEST: crew.withdraw_request,
        Act.ACCEPT_REQUEST: crew.accept_request,
        Act.REFUSE_REQUEST: crew.refuse_request,
        Act.REOPEN_REQUEST: crew.reopen_request,
        Act.ADD_ENTRIES: entries.add_entries,
        Act.MARK_ENTRY: entries.mark_entry,
        Act.REMOVE_ENTRY: entries.remove_entry,
        Act.ORDER_ENTRIES: entries.order_entries,
    }
)
