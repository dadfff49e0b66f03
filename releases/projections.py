"""A release's rows, computed from its events; pure functions.

`workflow.perform` writes them, `verify_history` recomputes them, and the database refuses to change them without an
event.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from releases.choices import Line, State, Transition
from releases.pictures import Happening, Picture, StepRow
from releases.transition_table import QUIET
from steps.due_dates import due_dates
from steps.progress import progress_of

T = Transition
WORDS = ("title", "edition", "artist", "p_line", "c_line", "artwork_url", "genre")
TRACK_WORDS = ("title", "mix", "artist")
STEP_WORDS = ("name", "note", "assignee_name")
PLAN = ("position", "area", "weight", "days_before", "waits_for", "is_shared")
LAST_DAY = date.max


def replay(events: Sequence[Happening]) -> Picture:
    """Return what the events of a release, in order, add up to."""
    picture = Picture(empty_columns())
    for event in events:
        before = {number: dict(step.values) for number, step in picture.steps.items()}
        picture.columns |= {
            "state": str(event.to_state),
            "version": event.sequence,
            "moved_at": event.recorded_at,
        }
        if event.transition not in QUIET:
            picture.columns["turn"] = event.sequence
        _APPLY[event.transition](picture, event)
        _plan(picture)
        for number, step in picture.steps.items():
            if step.values != before.get(number):
                step.values["turn"] = event.sequence
    _sum_up(picture)
    return picture


def empty_columns() -> dict[str, Any]:
    """Return the columns of a release without events."""
    texts = dict.fromkeys((*WORDS, "kind", "catalogue_number", "upc"), "")
    dates = ("release_on", "first_release_on", "original_on", "pre_order_on", "delivered_at", "released_at")
    numbers = dict.fromkeys(("version", "turn", "words_from"), 0)
    lists: dict[str, Any] = {"territories": [], "excluded": []}
    nothing = dict.fromkeys((*dates, "moved_at", "series", "part"))
    return {"state": State.NEW.value, "is_freed": False, **texts, **nothing, **numbers, **lists}


def _describe(picture: Picture, event: Happening) -> None:
    said = event.payload
    picture.columns |= {name: str(event.private.get(name, "")) for name in WORDS}
    picture.columns |= {name: said[name] for name in ("kind", "territories", "excluded", "series", "part")}
    picture.columns |= {name: _day(said[name]) for name in ("original_on", "pre_order_on")}
    picture.columns["words_from"] = event.sequence


def _schedule(picture: Picture, event: Happening) -> None:
    day = _day(event.payload["release_on"])
    picture.columns["catalogue_number"] = event.payload["catalogue_number"]
    picture.columns["release_on"] = day
    picture.columns["first_release_on"] = picture.columns["first_release_on"] or day


def _unschedule(picture: Picture, event: Happening) -> None:
    picture.columns["release_on"] = None


def _deliver(picture: Picture, event: Happening) -> None:
    picture.columns["delivered_at"] = event.recorded_at


def _recall(picture: Picture, event: Happening) -> None:
    pass


def _release(picture: Picture, event: Happening) -> None:
    picture.columns["released_at"] = event.recorded_at


def _cancel(picture: Picture, event: Happening) -> None:
    picture.columns["release_on"] = None
    picture.columns["is_freed"] = picture.columns["delivered_at"] is None
    for track in picture.tracks:
        if track["comes_out"]:
            track |= {"comes_out": False, "turn": event.sequence}


def _set_tracks(picture: Picture, event: Happening) -> None:
    lines, words = event.payload["tracks"], event.private.get("tracks", [])
    picture.tracks = [
        {
            **line,
            **{name: str(said.get(name, "")) for name in TRACK_WORDS},
            "position": position,
            "turn": event.sequence,
            "words_from": event.sequence,
        }
        for position, (line, said) in enumerate(zip(lines, words or [{}] * len(lines), strict=True), 1)
    ]


def _assign_codes(picture: Picture, event: Happening) -> None:
    picture.columns |= {name: event.payload[name] for name in ("catalogue_number", "upc")}
    for position, isrc in event.payload["isrcs"].items():
        picture.tracks[int(position) - 1] |= {"isrc": isrc, "turn": event.sequence}


def _lose_track(picture: Picture, event: Happening) -> None:
    """Empty a line; the words of the others are said again, so that earlier events can be redacted."""
    position, words = event.payload["position"], event.private.get("tracks", [])
    picture.tracks[position - 1] |= empty_line()
    for track, said in zip(picture.tracks, words or [{}] * len(picture.tracks), strict=True):
        track |= {name: str(said.get(name, "")) for name in TRACK_WORDS}
        track |= {"turn": event.sequence, "words_from": event.sequence}


def empty_line() -> dict[str, Any]:
    """Return what a payload says of a line that is to be filled."""
    values = {"line": Line.PLACEHOLDER.value, "submission": None, "comes_out": False, "isrc": ""}
    return {**values, "seconds": None, "is_explicit": False}


def _add_steps(picture: Picture, event: Happening) -> None:
    plans, words = event.payload["steps"], event.private.get("steps", [])
    for plan, said in zip(plans, words or [{}] * len(plans), strict=True):
        nothing = dict.fromkeys(("due_on", "done_at", "done_by", "skipped_at"))
        picture.steps[plan["number"]] = StepRow({**plan, **_step_words(event, said), **nothing, "turn": 0})


def _change_step(picture: Picture, event: Happening) -> None:
    step = picture.steps[event.payload["step"]]
    step.values |= {name: event.payload[name] for name in PLAN} | _step_words(event, event.private)


def _step_words(event: Happening, said: dict[str, Any]) -> dict[str, Any]:
    words = {name: str(said.get(name, "")) for name in STEP_WORDS}
    return words | {"assignee": said.get("assignee"), "words_from": event.sequence}


def _complete_step(picture: Picture, event: Happening) -> None:
    picture.steps[event.payload["step"]].values |= {"done_at": event.recorded_at, "done_by": event.actor_id}


def _reopen_step(picture: Picture, event: Happening) -> None:
    step = picture.steps[event.payload["step"]]
    step.values |= dict.fromkeys(("done_at", "done_by", "skipped_at"))


def _skip_step(picture: Picture, event: Happening) -> None:
    picture.steps[event.payload["step"]].values["skipped_at"] = event.recorded_at


def _plan(picture: Picture) -> None:
    """Recompute the due dates of open steps; a cancelled release keeps those that it had."""
    if picture.columns["state"] == State.CANCELLED:
        return
    for number, due in due_dates(picture.steps.values(), picture.release_on).items():
        picture.steps[number].values["due_on"] = due


def _sum_up(picture: Picture) -> None:
    counted = [track for track in picture.tracks if track["line"] != Line.IRRELEVANT]
    opened = [step for step in picture.ordered_steps() if step.is_open]
    following = min(opened, key=lambda step: step.due_on or LAST_DAY, default=None)
    progress = progress_of(picture.steps.values())
    picture.columns |= {
        "is_explicit": any(track["is_explicit"] for track in counted),
        "track_count": len(counted),
        "weight": progress.weight,
        "weight_done": progress.done,
        "open_steps": len(opened),
        "due_next": following.due_on if following else None,
        "next_step": following.number if following else None,
        "next_area": following.area if following else "",
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_APPLY: dict[str, Callable[[Picture, Happening], None]] = {
    T.PLAN: _describe,
    T.EDIT: _describe,
    T.SCHEDULE: _schedule,
    T.UNSCHEDULE: _unschedule,
    T.DELIVER: _deliver,
    T.RECALL: _recall,
    T.RELEASE: _release,
    T.CANCEL: _cancel,
    T.SET_TRACKS: _set_tracks,
    T.ASSIGN_CODES: _assign_codes,
    T.LOSE_TRACK: _lose_track,
    T.ADD_STEPS: _add_steps,
    T.CHANGE_STEP: _change_step,
    T.COMPLETE_STEP: _complete_step,
    T.REOPEN_STEP: _reopen_step,
    T.SKIP_STEP: _skip_step,
}
