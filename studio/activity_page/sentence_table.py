"""What is said of each act, after who did it: "You" or a name; of what nobody here did, a whole sentence."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from django.utils.text import get_text_list

from studio.activity_page.event_words import Telling
from studio.choices import Act, Level, Mark, State, Visibility
from submissions.choices import Transition

Sentence = Callable[[Telling], str]

FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "title": "the title",
        "artist": "the artist",
        "album": "the album",
        "year": "the year",
        "notes": "the notes",
        "description": "the description",
        "is_optional": "whether it is optional",
        "download_url": "the download link",
        "video_url": "the video link",
        "kind": "the kind",
        "series_number": "the number in the series",
        "priority": "the priority",
        "name": "the name",
        "isrc": "the ISRC",
        "weight": "the weight",
        "note": "the note",
        "assignee": "who it is assigned to",
        "assignee_name": "who it is assigned to",
    }
)
MARKS: Mapping[str, str] = MappingProxyType(
    {
        Mark.OPEN: "as open",
        Mark.EXISTS: "as existing already",
        Mark.IRRELEVANT: "as irrelevant",
        Mark.PROJECT: "as in the making",
    }
)


DEMOS: Mapping[str, str] = MappingProxyType(
    {
        Transition.ACCEPT: "A label offered to sign the demo",
        Transition.SIGN: "The demo was signed",
        Transition.SCHEDULE: "A release date was set for the demo",
        Transition.UNSCHEDULE: "The release date of the demo was removed",
        Transition.RELEASE: "The demo was released",
    }
)
"""Whole sentences: nobody of the studio did it."""


def _fields(telling: Telling) -> str:
    """Name what was changed, each once."""
    named = dict.fromkeys(FIELDS.get(name, "details") for name in telling.details.get("fields", []))
    return get_text_list(list(named), "and")


def _edit(telling: Telling) -> str:
    return f"changed {_fields(telling)}" if telling.details.get("fields") else "saved it without changes"


def _set_state(telling: Telling) -> str:
    before, state = (State(telling.details[name]).label for name in ("before", "state"))
    return f"moved it from “{before}” to “{state}”"


def _complete(telling: Telling) -> str:
    began = "; the project is now in progress" if "state" in telling.details else ""
    return f"completed {telling.step()}{began}"


def _change_step(telling: Telling) -> str:
    changed = _fields(telling)
    return f"changed {telling.step()}: {changed}" if changed else f"saved {telling.step()} without changes"


def _counted(telling: Telling, name: str, one: str) -> str:
    count = len(telling.details.get(name, []))
    return f"a {one}" if count == 1 else f"{count} {one}s"


def _give_access(telling: Telling) -> str:
    return f"gave {telling.person()} {Level(telling.details['level']).label} access"


def _restore(telling: Telling) -> str:
    left = ", without its pack, which was in the bin" if telling.details.get("pack") else ""
    return f"restored it from the bin{left}"


def _whose(telling: Telling) -> str:
    person = telling.person()
    return "your" if person == "you" else f"{person}’s"


def _visibility(telling: Telling) -> str:
    is_public = telling.details["visibility"] == Visibility.PUBLIC
    return f"made it visible to {'everybody who is signed in' if is_public else 'its owner and crew only'}"


def _demo(telling: Telling) -> str:
    return DEMOS.get(telling.details.get("transition", ""), "The offer for the demo ended")


def _mark(telling: Telling) -> str:
    return f"marked {telling.entry()} {MARKS[telling.details['mark']]}"


SENTENCES: Mapping[str, Sentence] = MappingProxyType(
    {
        Act.MAKE: lambda telling: f"created the {telling.thing}",
        Act.EDIT: _edit,
        Act.SET_COVER: lambda t: "chose a cover" if t.details.get("has_cover") else "removed the cover",
        Act.SET_STATE: _set_state,
        Act.SET_VISIBILITY: _visibility,
        Act.PLACE: lambda telling: "added it to a pack",
        Act.TAKE_OUT: lambda telling: "removed it from its pack",
        Act.LINK_TRACK: lambda telling: "linked it to a track",
        Act.UNLINK_TRACK: lambda telling: "unlinked it from its track",
        Act.MAKE_DEMO: lambda telling: "made it a demo",
        Act.DEMO_MOVED: _demo,
        Act.DISCARD: lambda telling: "moved it to the bin",
        Act.RESTORE: _restore,
        Act.ADD_STEPS: lambda telling: f"added {_counted(telling, 'steps', 'step')}",
        Act.CHANGE_STEP: _change_step,
        Act.COMPLETE_STEP: _complete,
        Act.REOPEN_STEP: lambda telling: f"reopened {telling.step()}",
        Act.SKIP_STEP: lambda telling: f"skipped {telling.step()}",
        Act.REMOVE_STEP: lambda telling: "removed a step",
        Act.ORDER_STEPS: lambda telling: "changed the order of the steps",
        Act.ADD_LINK: lambda telling: "added a link",
        Act.REMOVE_LINK: lambda telling: "removed a link",
        Act.ADD_CREW: _give_access,
        Act.REMOVE_CREW: lambda telling: f"removed {telling.person()} from the crew",
        Act.LEAVE: lambda telling: "left the crew",
        Act.ASK_TO_JOIN: lambda telling: "asked to join the crew",
        Act.WITHDRAW_REQUEST: lambda telling: "withdrew the request to join",
        Act.ACCEPT_REQUEST: lambda telling: f"accepted {_whose(telling)} request to join",
        Act.REFUSE_REQUEST: lambda telling: f"declined {_whose(telling)} request to join",
        Act.REOPEN_REQUEST: lambda telling: f"reopened {_whose(telling)} request to join",
        Act.ORDER_PROJECTS: lambda telling: "changed the order of the projects",
        Act.ADD_ENTRIES: lambda t: f"added {_counted(t, 'entries', 'song')} to the tracklist",
        Act.MARK_ENTRY: _mark,
        Act.REMOVE_ENTRY: lambda telling: "removed a song from the tracklist",
        Act.ORDER_ENTRIES: lambda telling: "changed the order of the tracklist",
    }
)
"""By act; a test finds acts without a row."""
