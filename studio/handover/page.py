"""What a project's page says of its demo: the owner sees labels and states, the crew how far it is."""

from dataclasses import dataclass, field

from studio.access import SeenProject
from studio.choices import Act, Level
from studio.effects.demos import FINISHED
from submissions.choices import State
from submissions.models import Submission

FURTHEST_FIRST = (
    *(State.RELEASED, State.SCHEDULED, State.SIGNED, State.COUNTERED, State.ACCEPTED),
    *(State.CHANGES_REQUESTED, State.SHORTLISTED, State.IN_REVIEW, State.SUBMITTED),
    *(State.REJECTED, State.DECLINED, State.EXPIRED, State.WITHDRAWN),
)
SAID_TO_CREW = {
    State.RELEASED: "It was released on a label.",
    State.SCHEDULED: "It is signed and has a release date.",
    State.SIGNED: "It is signed to a label.",
    State.COUNTERED: "A label offered to sign it.",
    State.ACCEPTED: "A label offered to sign it.",
}
SENT = "It was sent to labels as a demo."
MOST = 5


@dataclass(frozen=True)
class DemoPanel:
    """Where a project's demo stands, for its owner (`sent`, and what can be done) or its crew (`sentence`)."""

    sentence: str = ""
    sent: list[Submission] = field(default_factory=list)
    more: int = 0
    can_make: bool = False
    can_send: bool = False

    @property
    def is_shown(self) -> bool:
        return bool(self.sentence or self.sent or self.can_make or self.can_send)


def demo_panel(seen: SeenProject) -> DemoPanel:
    """Return the panel of a project; one query if it has a track, else none."""
    if seen.level < Level.VIEW:
        return DemoPanel()
    project, is_owner = seen.project, seen.may(Act.MAKE_DEMO)
    is_finished = project.state in FINISHED and project.discarded_at is None
    sent = _sent(seen)
    if not is_owner:
        return DemoPanel(sentence=SAID_TO_CREW.get(State(sent[0].state), SENT) if sent else "")
    return DemoPanel(
        sent=sent[:MOST],
        more=max(0, len(sent) - MOST),
        can_make=is_finished and not sent,
        can_send=project.track is not None and project.track.archived_at is None,
    )


def _sent(seen: SeenProject) -> list[Submission]:
    """Return what was sent of a project's track, the furthest first."""
    if seen.project.track_id is None:
        return []
    rows = Submission.objects.filter(track=seen.project.track_id).exclude(state=State.DRAFT)
    by_state = {state: place for place, state in enumerate(FURTHEST_FIRST)}
    return sorted(rows.select_related("label").order_by("-id"), key=lambda each: by_state[State(each.state)])
