"""What is imported, from where, and where it goes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from kit.charsets import text_of
from kit.forms import CONTROL, CleanText, KeyedForm, tidy
from studio.choices import PackKind
from studio.imports.list_reader import LAYOUTS
from studio.imports.service import Place
from studio.models import Pack
from studio.song_sources import sources_on
from studio.step_lists import choices_of, default_of

LONGEST_LIST = 100_000
LARGEST_FILE = 4 * LONGEST_LIST
PROJECTS, ENTRIES = "projects", "entries"
MADE_AS = [(PROJECTS, "Projects"), (ENTRIES, "Songs on the tracklist, to work through")]
NO_PACK = "none"
KINDS = [*PackKind.choices, (NO_PACK, "No pack, just projects")]
EXAMPLE = "1. Nova – Night Shift\n2. Nova feat. Ola – Tides (Extended Mix)\n3. Low Water"


class OpenField(forms.CharField):
    """A text that the form itself asks for where it is needed, and so is not called optional."""

    def validate(self, value: str) -> None: ...


class ListForm(CleanText, forms.Form):
    """A pasted list, or a file that is read into it."""

    text = OpenField(
        label="Songs",
        max_length=LONGEST_LIST,
        widget=forms.Textarea({"rows": 12, "placeholder": EXAMPLE, "spellcheck": "false"}),
        help_text="One song per line, with or without numbers; or cells copied from a spreadsheet.",
        error_messages={"max_length": "This is too long. Paste 100,000 characters at most."},
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        widget=forms.FileInput({"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text="CSV or text. You can edit what it says before you import it.",
    )
    layout = forms.ChoiceField(label="Format", choices=LAYOUTS, required=False)
    line_artist = forms.CharField(label="Artist for lines without one", max_length=200, required=False)

    def clean_file(self) -> str:
        given = self.cleaned_data["file"]
        if given is None:
            return ""
        if given.size > LARGEST_FILE:
            raise ValidationError("This file is too large for a list of songs.")
        text = text_of(given.read())
        if CONTROL.search(tidy(text)):
            raise ValidationError("This is not a text file. Save the list as CSV, then choose that file.")
        return text

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.errors:
            return found
        if found["text"] and found["file"]:
            raise ValidationError({"file": "There is already a list above. Clear it to use a file."})
        if found["file"]:
            self._take(found)
        elif not found["text"]:
            raise ValidationError({"text": "Paste at least one song, or choose a file."})
        return found

    def _take(self, found: dict[str, Any]) -> None:
        """Show what the file says as if it had been pasted."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data["text"] = found["file"]
        try:
            found["text"] = self.fields["text"].clean(found["file"])
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        self.data = data


class SearchForm(CleanText, forms.Form):
    """An album by its name, or an address at a source."""

    album = forms.CharField(
        label="Album title or link",
        max_length=500,
        help_text="A title, or the link to an album or a track on Spotify or MusicBrainz.",
        error_messages={"required": "Type the title of an album, or paste a link to it."},
    )
    by = forms.CharField(label="Artist", max_length=200, required=False)
    source = forms.ChoiceField(label="Search on", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(each.source.value, each.source.label) for each in sources_on()]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.fields["source"].initial = choices[0][0] if choices else ""


class PlaceForm(KeyedForm):
    """Where songs go: a new pack, or one that is there; as projects or, in a series, as lines of its tracklist."""

    kind = forms.ChoiceField(label="Kind of pack", choices=KINDS)
    title = OpenField(label="Title", max_length=150)
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    made_as = forms.ChoiceField(label="Import songs as", choices=MADE_AS, widget=forms.RadioSelect)

    steps = forms.ChoiceField(
        label="Steps for each project",
        required=False,
        help_text="Copied from a template; you can change them later.",
    )

    def __init__(self, *args: Any, user: User, into: Pack | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.into = into
        self.fields["steps"].choices = [("", "No steps yet"), *choices_of(user)]  # type: ignore[attr-defined]
        self.initial.setdefault("steps", default_of(user))
        self.initial.setdefault("made_as", PROJECTS)
        if into:
            for name in ("kind", "title", "artist"):
                del self.fields[name]
            if into.kind != PackKind.SERIES:
                del self.fields["made_as"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind = found.get("kind")
        if kind and kind != NO_PACK and not found.get("title"):
            self.add_error("title", "Give it a title, even a working one.")
        if kind and kind != PackKind.SERIES and found.get("made_as") == ENTRIES:
            self.add_error("made_as", "Only a series has a tracklist. Choose projects, or make it a series.")
        return found

    def place(self) -> Place:
        said = self.cleaned_data
        as_entries = said.get("made_as") == ENTRIES
        if self.into or said["kind"] == NO_PACK:
            return Place(self.into, as_entries=as_entries, steps=said["steps"])
        new = {name: said[name] for name in ("kind", "title", "artist")}
        return Place(new_pack=new, as_entries=as_entries, steps=said["steps"])
