"""The landing page's example timeline: built in memory by the code that builds real histories."""

import uuid
from datetime import tzinfo
from functools import cache, lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone

from labels.models import Label
from submissions import details, history
from submissions.choices import State
from submissions.models import Event, Submission
from submissions.timeline import Entry, timeline
from trackflow.example_table import ARTIST, LABEL, REFERENCE, SENT_AT, STEPS, TITLE, Step


def example() -> tuple[Submission, list[Entry]]:
    """Return the submission and its timeline, as either side could share it. No query."""
    submission, events = _history()
    return submission, timeline(submission, team=False, by_name=True, events=events)


def draw_example() -> SafeString:
    """Return the timeline as HTML."""
    return _drawn(get_current_timezone())


@lru_cache(maxsize=32)
def _drawn(_zone: tzinfo) -> SafeString:
    """Draw it in the current time zone, in which it is the same each time."""
    return render_to_string("submissions/_timeline.html", {"entries": example()[1]})


@cache
def _history() -> tuple[Submission, list[Event]]:
    names = {"reference": REFERENCE, "title": TITLE, "artist": ARTIST}
    submission = Submission(label=Label(name=LABEL), state=State.RELEASED, **names)
    events, moment = list[Event](), SENT_AT
    for step in STEPS:
        moment += step.after
        last = events[-1] if events else None
        events.append(history.build(submission, last, _entry(step), moment=moment))
    return submission, events


def _entry(step: Step) -> history.Entry:
    return history.Entry(
        transition=step.transition.value,
        actor_role=step.role.value,
        key=uuid.uuid4(),
        payload=details.plain_part(step.payload),
        private=details.plain_part(step.private),
        note=step.note,
    )
