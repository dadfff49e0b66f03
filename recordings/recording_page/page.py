"""What a recording's page says."""

from dataclasses import dataclass
from typing import Any

from catalog.music.units import display_duration
from recordings.access import SeenRecording
from recordings.choices import Fact
from recordings.facts.known import known_from, said_of
from recordings.models import Recording
from recordings.recording_page.facts import fact_rows
from recordings.recording_page.file_history import history_of
from recordings.recording_page.forms import FactForm, KindForm
from recordings.recording_page.line import line_of_set
from recordings.recording_page.part_table import PARTS
from recordings.tempo_buttons import TEMPO_BUTTONS

KHZ = 1000
CHANNELS = {1: "mono", 2: "stereo"}


@dataclass(frozen=True)
class Format:
    """What the container says, as pairs of name and words."""

    recording: Recording

    @property
    def facts(self) -> list[tuple[str, str]]:
        it = self.recording
        said = (
            ("Length", display_duration(it.length_ms // 1000) if it.length_ms is not None else ""),
            ("Codec", it.codec),
            ("Sample rate", f"{it.sample_rate / KHZ:g} kHz" if it.sample_rate else ""),
            ("Bits per sample", f"{it.bit_depth} bit" if it.bit_depth else ""),
            ("Channels", CHANNELS.get(it.channels, str(it.channels)) if it.channels else ""),
        )
        return [(name, words) for name, words in said if words]

    @property
    def cut(self) -> str:
        """A sentence about a file that ends before it should, "" for others."""
        it = self.recording
        if not it.is_cut_off or it.length_ms is None or it.declared_ms is None:
            return ""
        parts = (display_duration(each // 1000) for each in (it.length_ms, it.declared_ms))
        return "The file is cut off: {} of {} can be read.".format(*parts)


def page_context(seen: SeenRecording, wrong: FactForm | None = None) -> dict[str, Any]:
    """Return what the page is drawn with; `wrong` is a form with mistakes."""
    recording = seen.recording
    files = list(recording.files.order_by("id"))
    said = said_of(recording)
    rows = fact_rows(known_from(said), may_change=seen.may_change, wrong=wrong)
    name = files[0].shown_path.rsplit("/", 1)[-1] if files else ""
    context = {
        "seen": seen,
        "recording": recording,
        "title": recording.title or name or recording.reference,
        "files": files,
        "history": history_of(recording, files),
        "facts": rows,
        "has_tempo": any(row.fact == Fact.TEMPO and row.said for row in rows),
        "format": Format(recording),
        "line": line_of_set(said),
        "kind_form": KindForm(initial={"kind": recording.kind}) if seen.may_change else None,
        "tempo_buttons": TEMPO_BUTTONS,
        "parts": [part.template for part in PARTS],
    }
    for part in PARTS:
        context |= part.context(seen)
    return context
