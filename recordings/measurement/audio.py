"""A file as audio: its format as declared, and its sound in blocks, through FFmpeg's loudness meter."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import av
import av.error
import av.filter

from recordings.formats import FORMATS
from recordings.measurement.wave import wave_ms

_LOSSLESS = ("flac", "alac", "wavpack", "tta", "ape", "mlp", "truehd")
_SILENCE = -69.9
"""LUFS at which the meter's gate shuts: there is nothing to measure."""


class Unreadable(Exception):
    """A file is no audio that can be read; says why, in a sentence for people."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a file's container says; `declared_ms` is None where it does not say how long it is."""

    codec: str
    sample_rate: int
    bit_depth: int | None
    channels: int
    declared_ms: int | None


class Audio:
    """An open file. `samples` and `damaged` packets are counted while its frames are read."""

    def __init__(self, container: Any, stream: Any, declared_ms: int | None = None) -> None:
        self._container, self._stream, self._declared = container, stream, declared_ms
        self.samples = 0
        self.damaged = 0
        self._said: dict[str, str] = {}

    @property
    def format(self) -> Format:
        context = self._stream.codec_context
        return Format(
            codec=context.codec.canonical_name,
            sample_rate=context.sample_rate,
            bit_depth=_bit_depth(context),
            channels=context.channels,
            declared_ms=self._declared_ms(),
        )

    def frames(self) -> Iterator[Any]:
        """Yield tenths of a second as floats, a plane for each channel; damaged packets are left out."""
        graph, source = self._graph()
        for frame in self._decoded():
            graph.push(frame)
            yield from self._pulled(graph)
        if self.samples:
            source.push(None)
            yield from self._pulled(graph)

    def loudness(self) -> tuple[float | None, float | None]:
        """Return LUFS, and the range in LU, of all frames read; None for silence."""
        integrated = float(self._said.get("lavfi.r128.I", "-70"))
        if not integrated > _SILENCE:
            return None, None
        return integrated, float(self._said.get("lavfi.r128.LRA", "0"))

    def _graph(self) -> tuple[Any, Any]:
        graph = av.filter.Graph()
        source = graph.add_abuffer(template=self._stream)
        meter = graph.add("ebur128", "peak=none:metadata=1:framelog=quiet")
        planes = graph.add("aformat", "sample_fmts=fltp")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(planes)
        planes.link_to(sink)
        graph.configure()
        return graph, source

    def _decoded(self) -> Iterator[Any]:
        """Frames of one sample rate and layout: a stream that changes them midway goes on as it began."""
        like: tuple[int, str, str] | None = None
        for packet in self._container.demux(self._stream):
            try:
                frames = packet.decode()
            except (av.error.InvalidDataError, av.error.EOFError):
                self.damaged += 1
                continue
            for frame in frames:
                kind = (frame.sample_rate, frame.layout.name, frame.format.name)
                like = like or kind
                if kind == like:
                    self.samples += frame.samples
                    yield frame

    def _pulled(self, graph: Any) -> Iterator[Any]:
        with suppress(av.error.BlockingIOError, av.error.EOFError):
            while True:
                frame = graph.pull()
                self._said = dict(frame.metadata) or self._said
                yield frame

    def _declared_ms(self) -> int | None:
        if self._declared:
            return self._declared
        if self._stream.duration:
            return int(self._stream.duration * self._stream.time_base * 1000)
        return self._container.duration // 1000 if self._container.duration else None


@contextmanager
def open_audio(path: str) -> Iterator[Audio]:
    """Open a file. Raises Unreadable for what holds no sound, and when reading it fails."""
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "none"}
    try:
        with (
            open(path, "rb") as stream,
            av.open(stream, options=options, metadata_errors="replace") as container,
        ):
            streams = container.streams.audio
            if not streams or not streams[0].codec_context or not streams[0].codec_context.sample_rate:
                raise Unreadable("There is no audio in it that can be read.")
            yield Audio(container, streams[0], wave_ms(stream))
    except (OSError, av.error.FFmpegError) as error:
        raise _unreadable(error) from error


def _unreadable(error: Exception) -> Unreadable:
    """Some of FFmpeg's errors are errors of the system too."""
    if isinstance(error, FileNotFoundError):
        return Unreadable("This file is no longer there.")
    if isinstance(error, PermissionError):
        return Unreadable("Trackflow may not read it: check its permissions.")
    return Unreadable("There is no audio in it that can be read.")


def _bit_depth(context: Any) -> int | None:
    """Bits per sample of what is kept without loss; None for MP3 and the like, which have none."""
    name, header = context.name, bytes(context.extradata or b"")
    if name.startswith("pcm_"):
        digits = "".join(filter(str.isdigit, name))
        return int(digits) if digits else 8
    if name == "flac" and len(header) >= 34:
        return ((header[-22] & 1) << 4 | header[-21] >> 4) + 1
    if name == "alac" and len(header) >= 18:
        return header[17]
    return context.format.bits if name in _LOSSLESS else None
