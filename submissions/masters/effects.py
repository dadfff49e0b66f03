"""Effects of the facts about masters: what the label's copy is, and that a file was matched by mistake."""

import re

from django.core.exceptions import ValidationError

from submissions import payloads
from submissions.details import Context, Effect
from submissions.errors import NotPossible
from submissions.masters.status import read_masters

DIGEST = re.compile(r"[0-9a-f]{64}")
CODEC = re.compile(r"[a-z0-9_.-]{1,40}")
MOST_RATE, MOST_BITS = 1_000_000, 64


def master_received(
    context: Context,
    *,
    codec: str,
    sample_rate: int,
    bit_depth: int | None,
    length_ms: int,
    file_digest: str,
    audio_digest: str,
) -> Effect:
    """The label's copy has arrived; once for each sound, unless it was removed since."""
    payload = payloads.MasterReceived(codec, sample_rate, bit_depth, length_ms, file_digest, audio_digest)
    if not is_sound(payload):
        raise ValidationError("Say what the file is: codec, sample rate, bits, length and both digests.")
    if _is_here(context, audio_digest):
        raise NotPossible("This master was received already.")
    return Effect(payload)


def master_removed(context: Context, *, file_digest: str, audio_digest: str) -> Effect:
    """A file was no master of this track; the fact that it had arrived stays."""
    here = {master.audio_digest: master.file_digest for master in read_masters(context.events)}
    if here.get(audio_digest) != file_digest:
        raise NotPossible("This master was not received.")
    return Effect(payloads.MasterRemoved(file_digest, audio_digest))


def _is_here(context: Context, audio_digest: str) -> bool:
    return any(master.audio_digest == audio_digest for master in read_masters(context.events))


def is_sound(said: payloads.MasterReceived) -> bool:
    """Whether a payload describes a file; the database asks the same."""
    numbers = (said.sample_rate, said.length_ms, 1 if said.bit_depth is None else said.bit_depth)
    if not all(isinstance(number, int) and number > 0 for number in numbers):
        return False
    is_usual = said.sample_rate <= MOST_RATE and (said.bit_depth or 1) <= MOST_BITS
    digests = all(DIGEST.fullmatch(str(each)) for each in (said.file_digest, said.audio_digest))
    return is_usual and digests and CODEC.fullmatch(str(said.codec)) is not None
