"""Recordings as rows: one for each audio on a shelf."""

from recordings.choices import Kind
from recordings.models import Recording, Shelf
from recordings.shelves.identity import Identity

SET_FROM_MS = 20 * 60 * 1000
"""What is longer is taken for a DJ set until somebody says otherwise."""


def recording_of(shelf: Shelf, identity: Identity) -> Recording | None:
    """Return the shelf's recording of this audio, made if it is new; None for what holds no audio.

    Call it under the shelf's lock: two copies that are read at once have one recording.
    """
    audio = identity.audio
    if audio is None:
        return None
    known = Recording.objects.filter(shelf=shelf, audio_digest=audio.digest).first()
    if known:
        if identity.fingerprint and not known.fingerprint:
            known.fingerprint = identity.fingerprint
            known.save(update_fields=["fingerprint"])
        return known
    made = Recording(
        shelf=shelf,
        kind=Kind.SET if (audio.length_ms or 0) > SET_FROM_MS else Kind.MASTER,
        audio_digest=audio.digest,
        fingerprint=identity.fingerprint,
        codec=audio.codec,
        sample_rate=audio.sample_rate,
        bit_depth=audio.bit_depth,
        channels=audio.channels,
        length_ms=audio.length_ms,
        declared_ms=audio.declared_ms,
    )
    made.save()
    return made
