"""The form of a track list: a row for each line, and what is added below them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.music.units import display_duration
from kit.form_rows import count_rows
from kit.forms import CleanText
from releases.choices import Line
from releases.forms import ReleaseForm, words_field
from releases.models import ReleaseTrack
from releases.release_page.forms import TOLD
from releases.track_list import TrackLine
from releases.track_list_reader import read_length, read_text
from submissions.models import Submission

MOST_ROWS = 200
LARGEST_FILE = 200_000
OWN_LINES = [(each.value, each.label) for each in Line if each != Line.SUBMISSION]
EXAMPLE = "1. Maya Ray - Tides (Extended Mix) 6:24\n2. Old Song 4:10 GB-ABC-24-00001 [exists]\nTF-4K7Q-9XMD"


class RowForm(CleanText, forms.Form):
    """A line of the list; that of a signed demo stays one."""

    place = forms.IntegerField(label="Place", min_value=1, max_value=999)
    submission = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    line = forms.ChoiceField(label="What it is", choices=OWN_LINES, required=False)
    fill = forms.ChoiceField(label="Fill with", required=False)
    title = forms.CharField(label="Title", max_length=150, required=False)
    mix = forms.CharField(label="Mix", max_length=80, required=False)
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    length = forms.CharField(label="Length", max_length=9, required=False)
    isrc = forms.CharField(label="ISRC", max_length=20, required=False)
    is_explicit = forms.BooleanField(label="Explicit", required=False)
    copies = forms.BooleanField(label="Take over what the demo says", required=False)
    removed = forms.BooleanField(label="Remove", required=False)

    def __init__(self, *args: Any, demos: Sequence[Submission] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.reference, f"{each.shown_title}, {each.reference}") for each in demos]
        self.fields["fill"].choices = [("", "Not yet"), *choices]  # type: ignore[attr-defined]

    def clean_length(self) -> int | None:
        text = self.cleaned_data["length"]
        if text and read_length(text) is None:
            raise ValidationError("Write minutes and seconds, such as 6:24.")
        return read_length(text) if text else None

    @property
    def reference(self) -> str:
        """The demo that fills the line, "" for none."""
        return str(self["submission"].value() or "")

    def read(self) -> TrackLine:
        """Return the line as it was typed."""
        said = self.cleaned_data
        reference = said["submission"] or said["fill"]
        line = Line.SUBMISSION if reference else said["line"] or Line.PLACEHOLDER
        if said["fill"] and not said["submission"]:
            return TrackLine(line, submission=reference)
        words = {name: said[name] for name in ("title", "mix", "artist", "isrc")}
        explicit = {"seconds": said["length"], "is_explicit": said["is_explicit"]}
        return TrackLine(line, submission=reference or None, **words, **explicit)


class TrackListForm(ReleaseForm):
    """The whole list in order, and what is added: signed demos, pasted lines, a CSV, lines to be filled."""

    many = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_ROWS)
    demos = forms.MultipleChoiceField(
        label="Signed demos", required=False, widget=forms.CheckboxSelectMultiple
    )
    pasted = words_field(
        "Type or paste tracks",
        rows=4,
        max_length=40_000,
        help_text="One line each: number, artist, title, length and ISRC as far as known, or a demo’s reference.",
    )
    file = forms.FileField(
        label="Or a CSV file", required=False, help_text="With a heading that names at least “Title”."
    )
    blanks = forms.IntegerField(label="Lines to be filled later", required=False, min_value=0, max_value=50)
    told = words_field("Note to the producers", rows=2, help_text=TOLD)

    def __init__(
        self,
        *args: Any,
        tracks: Sequence[ReleaseTrack] = (),
        available: Sequence[Submission] = (),
        facts: dict[str, dict[str, Any]] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.given: dict[str, Any] = {"tracks": tracks, "available": available, "facts": facts}
        self.facts = facts or {}
        self.fields["pasted"].widget.attrs["placeholder"] = EXAMPLE
        choices = [(each.reference, f"{each.shown_title} by {each.artist}") for each in available]
        self.fields["demos"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["demos"]
        self.initial.setdefault("many", len(tracks))
        self.rows = [
            RowForm(self.data or None, prefix=f"row{number}", initial=initial, demos=available)
            for number, initial in enumerate(self._known(tracks))
        ]

    def _known(self, tracks: Sequence[ReleaseTrack]) -> list[dict[str, Any]]:
        """Return what each row shows at first; a form that was sent says itself how many there are."""
        if not self.is_bound:
            return [_row_of(track) for track in tracks]
        return [{}] * count_rows(self.data, MOST_ROWS, first=0)

    def is_valid(self) -> bool:
        are_valid = [row.is_valid() for row in self.rows]
        return super().is_valid() and all(are_valid)

    def renewed(self, turn: int) -> "TrackListForm":
        """Return the form with what was typed, to be sent again."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        fresh = type(self)(turn=turn)
        data["turn"], data["key"] = str(turn), str(fresh["key"].value())
        return type(self)(data, **self.given)

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > LARGEST_FILE:
            raise ValidationError("The file is too large for a track list.")
        try:
            return str(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError("Save the file as UTF-8, and try again.") from error

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["added"] = []
        for name in ("pasted", "file"):
            if text := found.get(name):
                found["added"] += self._read(name, text)
        return found

    def _read(self, name: str, text: str) -> list[TrackLine]:
        try:
            reading = read_text(text)
        except ValidationError as error:
            self.add_error(name, error.messages)
            return []
        if reading.faults:
            self.add_error(name, reading.faults)
        return reading.lines

    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        kept = [row for row in self.rows if not row.cleaned_data["removed"]]
        lines = [self._line(row) for row in sorted(kept, key=lambda row: row.cleaned_data["place"])]
        demos = [TrackLine(Line.SUBMISSION, submission=each) for each in said.get("demos", [])]
        blanks = [TrackLine()] * (said["blanks"] or 0)
        return {"tracks": [*lines, *demos, *said["added"], *blanks], "told": said["told"]}

    def _line(self, row: RowForm) -> TrackLine:
        line = row.read()
        if row.cleaned_data["copies"] and (facts := self.facts.get(line.submission or "")):
            return replace(line, **{name: value for name, value in facts.items() if value not in ("", None)})
        return line


def _row_of(track: ReleaseTrack) -> dict[str, Any]:
    said = {name: getattr(track, name) for name in ("line", "title", "mix", "artist", "isrc", "is_explicit")}
    length = display_duration(track.seconds) if track.seconds else ""
    reference = track.submission.reference if track.submission else ""
    return said | {"place": track.position, "length": length, "submission": reference}
