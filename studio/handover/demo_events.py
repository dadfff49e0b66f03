"""What becomes of a project's demo, written down among the project's own events."""

import uuid

from studio.actions import perform
from studio.choices import Act
from studio.models import Project, StudioEvent
from submissions.choices import State, Transition
from submissions.models import Event

NEWS = frozenset(
    {Transition.ACCEPT, Transition.SIGN, Transition.SCHEDULE, Transition.UNSCHEDULE, Transition.RELEASE}
)
OFFERED = frozenset({State.ACCEPTED, State.COUNTERED, State.SIGNED, State.SCHEDULED})
ENDED = frozenset({State.REJECTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED})


def is_news(event: Event) -> bool:
    """Whether a crew hears of it: an offer and what follows from one. Reviews and passes are the producer's alone."""
    is_end = event.from_state in OFFERED and event.to_state in ENDED
    return is_end or (event.transition in NEWS and not event.is_fact)


def write_down(event: Event) -> StudioEvent | None:
    """Write news of a submission to the project that made its track, once; None if there is none."""
    if not is_news(event):
        return None
    project = Project.objects.filter(track=event.submission.track_id).first()
    if project is None:
        return None
    return perform(project, Act.DEMO_MOVED, user=None, key=_key_of(event), event=event)


def _key_of(event: Event) -> uuid.UUID:
    """Return the same key each time: events' own keys are unique in their submission only."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"submission {event.submission_id} event {event.sequence}")
