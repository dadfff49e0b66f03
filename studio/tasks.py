"""Background jobs of the studio."""

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from sources import retries
from studio.forget import forget
from studio.handover.demo_events import write_down
from studio.similar_songs import public_songs
from studio.song_search.at_once import look_up_new
from submissions.models import Event

RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)


@app.task(name="studio.forget_person", retry=RETRY)
def forget_person(*, user_id: int) -> None:
    """Empty what an anonymised person typed in the studio, and take them out of crews; safe to repeat."""
    with transaction.atomic():
        forget(user_id)


@app.task(name="studio.follow_demo", retry=RETRY)
def follow_demo(*, event_id: int) -> None:
    """Write down what a label's answer means for the project that made the track; a listener of events."""
    write_down(Event.objects.select_related("submission").get(pk=event_id))


@app.task(name="studio.look_up_song", retry=retries.RETRY)
def look_up_song(*, project_id: int) -> None:
    """Fill in what a source knows of a new project's song, if its owner wants that; safe to repeat."""
    look_up_new(project_id)


@app.task(name="studio.follow_names", retry=RETRY)
def follow_names(*, user_id: int) -> None:
    """Let a person's public projects be found by what they are called now; safe to repeat."""
    public_songs.follow_names(user_id)
