"""The form of a release's codes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from catalog.music.barcodes import display_barcode
from catalog.music.isrc import display_isrc
from releases.choices import Line
from releases.forms import ReleaseForm, words_field
from releases.models import Release, ReleaseTrack
from releases.release_page.forms import TOLD


class CodesForm(ReleaseForm):
    """Number, UPC and an ISRC for each track; what can be given out here is offered."""

    catalogue_number = forms.CharField(label="Catalogue number", max_length=40, required=False)
    upc = forms.CharField(label="UPC or EAN", max_length=20, required=False)
    takes_upc = forms.BooleanField(label="Take the next one from the pool", required=False)
    issues_isrcs = forms.BooleanField(label="Issue the next ISRCs for tracks that have none", required=False)
    told = words_field("Note to the producers", rows=2, help_text=TOLD)

    def __init__(self, *args: Any, tracks: Sequence[ReleaseTrack] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.options = {"tracks": tracks}
        self.names = {}
        for track in tracks:
            if track.line == Line.PLACEHOLDER:
                continue
            name = f"isrc{track.position}"
            self.names[name] = track.position
            label = f"ISRC of {track.position}. {track.shown_title}"
            self.fields[name] = forms.CharField(label=label, max_length=20, required=False)

    @property
    def isrc_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.names]

    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        isrcs = {place: said[name] for name, place in self.names.items() if said[name]}
        chosen = {
            name: said[name] for name in ("catalogue_number", "upc", "takes_upc", "issues_isrcs", "told")
        }
        return chosen | {"isrcs": isrcs}


def known_of(release: Release, tracks: Sequence[ReleaseTrack]) -> dict[str, Any]:
    """Return the codes as the form shows them."""
    codes = {f"isrc{each.position}": display_isrc(each.isrc) if each.isrc else "" for each in tracks}
    upc = display_barcode(release.upc) if release.upc else ""
    return codes | {"catalogue_number": release.catalogue_number, "upc": upc}
