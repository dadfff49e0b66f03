"""The form in which an admin enters a list of songs."""

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import CleanText
from studio.models import ReferenceList
from studio.reference_lists.reader import Song, read_songs

LARGEST_FILE = 5_000_000
HELP = (
    "A CSV file, UTF-8, at most 5 MB, whose first row names the columns “Artist” and “Title”. "
    "Its songs replace those already in the list."
)


class ReferenceListForm(CleanText, forms.ModelForm):
    """A list's name and note, and the file with its songs: needed at first, later only to replace them."""

    file = forms.FileField(label="File with the songs", required=False, help_text=HELP)

    class Meta:
        model = ReferenceList
        fields = ("name", "note")
        help_texts = {"name": "Producers read it: “is already in Official downloads”."}

    def clean_file(self) -> list[Song] | None:
        given = self.cleaned_data["file"]
        if given is None:
            if not self.instance.pk:
                raise ValidationError("Choose the file with the songs.")
            return None
        if given.size > LARGEST_FILE:
            raise ValidationError("This file is larger than 5 MB. Split it into several lists.")
        try:
            reading = read_songs(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValidationError("Save the file as UTF-8, and try again.") from error
        if reading.faults:
            raise ValidationError(reading.faults)
        if not reading.songs:
            raise ValidationError("There are no songs in this file.")
        return reading.songs

    @property
    def songs(self) -> list[Song] | None:
        """The songs of the file, None where none was chosen."""
        found: list[Song] | None = self.cleaned_data.get("file")
        return found
