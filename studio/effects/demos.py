"""A finished project becomes a demo, and what labels answer comes back."""

from typing import Any

from catalog.tracks.track_form_set import TrackFormSet
from studio.choices import State
from studio.effects.context import Context
from studio.effects.facts import link_track
from studio.errors import NotPossible
from submissions.choices import Transition
from submissions.models import Event

FINISHED = frozenset({State.FINISHED, State.RELEASED})


def make_demo(context: Context, *, forms: TrackFormSet) -> dict[str, Any]:
    """Save the track that valid forms describe, and let it be what the project makes."""
    project = context.project
    if project.state not in FINISHED:
        raise NotPossible("It is not finished yet. Move it to “Finished”, then make it a demo.")
    if project.track_id not in (None, forms.track.pk):
        raise NotPossible("Another track was linked to it meanwhile. Reload the page.")
    track = forms.save()
    return {"track": track.code} if project.track_id else link_track(context, track=track)


def move_demo(context: Context, *, event: Event) -> dict[str, Any]:
    """Write down what a submission's event says of the project's track; one that is out is released."""
    project = context.project
    if event.submission.track_id != project.track_id:
        raise NotPossible("It is linked to another track now.")
    said = {
        "submission": event.submission.reference,
        "sequence": event.sequence,
        "transition": event.transition,
        "demo": event.to_state,
    }
    if event.transition != Transition.RELEASE or project.state == State.RELEASED:
        return said
    before = project.state
    project.state, project.released_at = State.RELEASED, event.recorded_at
    project.save(update_fields=["state", "released_at"])
    return said | {"before": before, "state": State.RELEASED}
