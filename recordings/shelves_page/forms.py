"""Which files are listed: in which state, in which folder."""

from collections.abc import Sequence
from typing import Any

from django import forms

from kit.forms import CleanText
from recordings.access import SeenShelf
from recordings.choices import FileState
from recordings.shelves_page.page import TROUBLE

STATES = [(state.value, state.label) for state in TROUBLE]


class FileFilter(CleanText, forms.Form):
    """Unreadable files of all shelves, unless it says otherwise."""

    state = forms.ChoiceField(label="Files", choices=STATES, required=False)
    folder = forms.TypedChoiceField(label="Shelf", coerce=int, required=False, empty_value=None)

    def __init__(self, *args: Any, shelves: Sequence[SeenShelf], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["folder"]
        field.choices = [("", "All shelves"), *((each.shelf.root, each.shelf.name) for each in shelves)]
        self.shelves = shelves

    @property
    def chosen_state(self) -> FileState:
        return FileState(self.cleaned_data.get("state") or FileState.UNREADABLE)

    @property
    def chosen_shelves(self) -> list[SeenShelf]:
        root = self.cleaned_data.get("folder")
        return [each for each in self.shelves if root in (None, each.shelf.root)]
