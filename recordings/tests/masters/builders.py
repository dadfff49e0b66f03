"""Recordings of which everything is known, as a shelf's jobs leave them."""

from typing import Any

from recordings.models import Recording, Shelf
from recordings.tests.builders import make_file, make_recording

WAV: dict[str, Any] = {
    "codec": "pcm_s24le",
    "sample_rate": 44_100,
    "bit_depth": 24,
    "channels": 2,
    "length_ms": 384_512,
    "declared_ms": 384_512,
}


def kept(shelf: Shelf, path: str = "", digest: str = "a1", **fields: Any) -> Recording:
    """Return a recording with one file, of which everything is known."""
    recording = make_recording(shelf, **{**WAV, "audio_digest": digest * 32, **fields})
    make_file(recording, path, sha256="f1" * 32)
    return recording
