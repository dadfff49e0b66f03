"""Small audio files for tests: synthesised by PyAV and libsndfile, each kind once in a process."""

import io
from collections.abc import Mapping
from functools import cache
from typing import Any

KINDS: Mapping[str, tuple[str, str, int]] = {
    "wav": ("wav", "pcm_s24le", 44_100),
    "aiff": ("aiff", "pcm_s16be", 44_100),
    "flac": ("flac", "flac", 44_100),
    "mp3": ("mp3", "libmp3lame", 44_100),
    "m4a": ("ipod", "aac", 44_100),
    "ogg": ("ogg", "vorbis", 44_100),
    "opus": ("ogg", "libopus", 48_000),
}
"""Ending, and how FFmpeg calls format and codec, with the sample rate."""


@cache
def sound(ending: str = "wav", *, seconds: float = 0.5, pitch: float = 440.0) -> bytes:
    """Return a file that holds a tone; other pitches and lengths are other audio."""
    import av
    import numpy as np
    import soundfile

    form, codec, rate = KINDS[ending]
    whole = io.BytesIO()
    times = np.arange(int(rate * seconds)) / rate
    tone = np.stack([np.sin(2 * np.pi * pitch * times) / 4] * 2).astype("float32")
    if codec == "vorbis":  # FFmpeg's own encoder is experimental
        soundfile.write(whole, tone.T, rate, format="OGG", subtype="VORBIS")
        return whole.getvalue()
    with av.open(whole, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=rate, layout="stereo")
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="stereo")
        frame.sample_rate = rate
        fitted = av.AudioResampler(format=stream.format, layout="stereo", rate=rate)
        for part in [*fitted.resample(frame), *fitted.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return whole.getvalue()
