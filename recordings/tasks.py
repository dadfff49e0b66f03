"""Jobs of files, on a queue of their own: what a file is, what can be measured of it, who waits for that."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from kit import jobs
from kit.log_context import say
from kit.outages import is_outage
from recordings.file_access import NotRead
from recordings.lookup import tasks as lookup_tasks  # noqa: F401  # the same
from recordings.masters import tasks as masters_tasks  # noqa: F401  # registers its own, which procrastinate would not find
from recordings.measurement.service import measure_file
from recordings.models import File, Recording
from recordings.shelves import catalogue as catalogued
from recordings.shelves.catalogue import MEASURE
from recordings.shelves.file_rows import CATALOGUE
from recordings.tracklists import own_music
from recordings.tracklists.cue_import import import_beside

RETRY = RetryStrategy(max_attempts=8, exponential_wait=4)
"""After 4 seconds, 16, and so on; the last time after about six hours."""


@app.task(name=CATALOGUE, queue=jobs.FILES, retry=RETRY)
def catalogue(*, file_id: int, size: int, mtime_ns: int) -> None:
    """Read a file of this size and time, and write down what it is."""
    say(file=file_id)
    try:
        catalogued.catalogue(file_id, size, mtime_ns)
    except Exception as error:
        if not isinstance(error, NotRead) and not is_outage(error):
            catalogued.note_failure(file_id, size, mtime_ns)
        raise


@app.task(name=MEASURE, queue=jobs.FILES, retry=RETRY)
def measure(*, file_id: int) -> None:
    """Measure what a file sounds like, and let whoever waits for such a recording look at it."""
    file = File.objects.select_related("recording", "shelf").filter(pk=file_id).first()
    if file is None or file.recording is None:
        return
    say(file=file_id, recording=file.recording.reference)
    try:
        measure_file(file, file.recording)
    finally:  # what measuring cannot tell is waited for by nobody
        jobs.announce("recording", queue=jobs.FILES, recording_id=file.recording.pk)


@app.task(name="recordings.read_cue", queue=jobs.FILES, retry=RETRY)
def read_cue(*, recording_id: int) -> None:
    """Read the CUE sheet beside a recording's file."""
    for recording in Recording.objects.filter(pk=recording_id):
        say(recording=recording.reference)
        import_beside(recording)


@app.task(name="recordings.find_music", queue=jobs.FILES, retry=RETRY)
def find_music(*, recording_id: int) -> None:
    """Look for our masters in a set, or for a master in our sets."""
    for recording in Recording.objects.select_related("shelf").filter(pk=recording_id):
        say(recording=recording.reference)
        own_music.match(recording)
