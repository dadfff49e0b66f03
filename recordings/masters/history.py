"""What the history of a demo is told of its master: that it arrived, and that it was matched by mistake."""

from dataclasses import asdict
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from recordings.choices import FileState, Kind
from recordings.models import Recording
from submissions.choices import Transition
from submissions.errors import NotPossible
from submissions.masters.effects import is_sound
from submissions.masters.status import read_masters
from submissions.models import Event, Submission
from submissions.payloads import MasterReceived
from submissions.permissions import SYSTEM
from submissions.transition_table import DEALS
from submissions.workflow import perform

T = Transition


def tell_received(recording: Recording) -> Event | None:
    """Say in its demo's history that a master has arrived, once; not before all is known of it."""
    submission, said = recording.submission, _said_of(recording)
    if submission is None or said is None or submission.state not in DEALS:
        return None
    events = list(Event.objects.of(submission))
    if any(each.audio_digest == recording.audio_digest for each in read_masters(events)):
        return None
    key = _key(submission, T.MASTER_RECEIVED, recording, events)
    return _perform(submission, T.MASTER_RECEIVED, key, said)


def tell_removed(recording: Recording, submission: Submission) -> Event | None:
    """Say that a master which had arrived was matched by mistake, unless another copy of it still is."""
    events = list(Event.objects.of(submission))
    here = {master.audio_digest: master for master in read_masters(events)}
    known = here.get(recording.audio_digest)
    others = Recording.objects.filter(
        submission=submission, kind=Kind.MASTER, audio_digest=recording.audio_digest
    )
    if known is None or submission.state not in DEALS or others.exists():
        return None
    key = _key(submission, T.MASTER_REMOVED, recording, events)
    said = {"file_digest": known.file_digest, "audio_digest": known.audio_digest}
    return _perform(submission, T.MASTER_REMOVED, key, said)


def _perform(submission: Submission, transition: T, key: UUID, said: dict[str, Any]) -> Event | None:
    """Write the fact; None if another worker was faster, or the deal has ended meanwhile."""
    try:
        return perform(submission, transition, actor=SYSTEM, turn=None, key=key, **said)
    except NotPossible:
        return None


def _said_of(recording: Recording) -> dict[str, Any] | None:
    """Return the payload; None for what is no master, was cut off, or is not known enough yet."""
    present = recording.files.filter(state=FileState.PRESENT).exclude(sha256="").order_by("pk").first()
    if recording.kind != Kind.MASTER or present is None or recording.is_cut_off:
        return None
    said = MasterReceived(
        codec=recording.codec,
        sample_rate=recording.sample_rate or 0,
        bit_depth=recording.bit_depth or None,
        length_ms=recording.length_ms or 0,
        file_digest=present.sha256,
        audio_digest=recording.audio_digest,
    )
    return asdict(said) if is_sound(said) else None


def _key(submission: Submission, transition: T, recording: Recording, events: list[Event]) -> UUID:
    """Return the same key for a job that runs twice: of this sound, and how often it was removed before."""
    removed = sum(
        each.transition == T.MASTER_REMOVED and each.payload["audio_digest"] == recording.audio_digest
        for each in events
    )
    name = f"{transition} {submission.reference} {recording.audio_digest} {removed}"
    return uuid5(NAMESPACE_URL, name)
