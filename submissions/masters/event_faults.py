"""What `verify_history` asks of the events about masters; the guards ask the same."""

from collections.abc import Iterator, Sequence

from submissions import payloads
from submissions.choices import Transition
from submissions.masters.effects import is_sound
from submissions.masters.status import read_masters
from submissions.models import Event

T = Transition


def master_faults(before: Sequence[Event], event: Event) -> Iterator[str]:
    """Yield the errors of an event, as sentences; none for a history that cannot be added up, which is told anyhow."""
    if event.transition not in (T.MASTER_RECEIVED, T.MASTER_REMOVED):
        return
    try:
        here = {master.audio_digest: master.file_digest for master in read_masters(before)}
        digest = event.payload["audio_digest"]
        if event.transition == T.MASTER_REMOVED:
            is_right = here.get(digest) == event.payload["file_digest"]
        else:
            is_right = digest not in here and is_sound(payloads.MasterReceived(**event.payload))
    except (LookupError, TypeError, ValueError, AttributeError):
        return
    if not is_right:
        yield f"event {event.sequence} does not fit the masters that were received"
