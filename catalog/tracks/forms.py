"""Forms of a track."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from catalog.choices import MIX_NAMES, Exclusivity
from catalog.models import Genre, Track
from catalog.music.genres import genre_choices, offered_to, subgenre_choices
from catalog.music.titles import SplitTitle, refuse_in_title, split_mix
from catalog.tracks import fields
from catalog.tracks.copy import STARRED, TRACK_FIELDS
from kit import clock
from kit.forms import CleanText

STARRED_TEMPLATE = "catalog/tracks/_starred_field.html"
TITLE_TEMPLATE = "catalog/tracks/_title_field.html"
MOVE_MIX = "move_mix"
"""The button that moves a mix name out of the title."""


class LinkForm(CleanText, forms.Form):
    """A pasted link, to start a track from."""

    link = fields.LinkField(
        label="Paste a link",
        help_text="Where the music is: SoundCloud, Dropbox, Google Drive, YouTube and others.",
        widget=fields.link_input(),
    )


class TrackForm(CleanText, forms.ModelForm[Track]):
    """A track; only the title is required."""

    tempo = fields.TempoField(label="Tempo", required=False, help_text="In BPM, such as 128 or 127.5.")
    key = fields.KeyField(
        label="Musical key", required=False, help_text="Am, F♯ minor, 8A or 1m; “unknown” if it has none."
    )
    duration = fields.DurationField(label="Length", required=False, help_text="Such as 6:32.")
    isrc = fields.ISRCField(label="ISRC", required=False, help_text="If it has one already.")
    ipi = fields.IPIField(label="IPI number", required=False)
    audio_url = fields.LinkField(
        label="Audio link",
        required=False,
        help_text="A private SoundCloud link, an unlisted video, a file on Dropbox or Google Drive.",
    )
    backup_url = fields.LinkField(
        label="Backup link", required=False, help_text="At another host, in case the first one fails."
    )

    class Meta:
        model = Track
        fields = [*TRACK_FIELDS, "genre", "subgenre"]
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "mix": forms.TextInput(attrs={"list": "mix-names", "autocomplete": "off"}),
            "licence_proof": forms.Textarea(attrs={"rows": 2}),
            "exclusive_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "pitch": forms.Textarea(attrs={"rows": 5}),
            "link_password": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = {
            "title": "Without the mix name, which has its own field.",
            "licence_proof": "For a remix, an edit or a cover: who commissioned or licensed it.",
            "link_password": "Only if the host asks for one. Labels you send to will see it.",
            "ai": "Generative AI in the music. Mastering, clean-up and stem separation do not count.",
            "pro": "Such as GEMA, PRS or ASCAP.",
            "pitch": "What a label should know before pressing play. At most 600 characters.",
            "references": "Artists or tracks it sounds like.",
            "release_window": "Such as “spring 2027”.",
        }

    mix_names = MIX_NAMES

    def __init__(self, *args: Any, artist_name: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.artist_name = artist_name
        self.initial.update({**fields.typed_values(self.instance), **(options.get("initial") or {})})
        self._offer_genres()
        self._mark_starred()
        self._name_blanks()

    @property
    def split_title(self) -> SplitTitle | None:
        """The typed title without the mix name in it, None if there is none to move."""
        return split_mix(self["title"].value() or "", self["mix"].value() or "") if self.is_bound else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_title(cleaned)
        self._check_subgenre(cleaned)
        self._check_exclusivity(cleaned)
        return cleaned

    def _mark_starred(self) -> None:
        for name in STARRED.keys() & self.fields.keys() - {"title"}:
            self.fields[name].template_name = STARRED_TEMPLATE  # type: ignore[attr-defined]  # not in the stubs
        self.fields["title"].template_name = TITLE_TEMPLATE  # type: ignore[attr-defined]

    def _name_blanks(self) -> None:
        for field in self.fields.values():
            if isinstance(field, forms.TypedChoiceField):
                field.widget.choices = [("", "Not answered"), *list(field.widget.choices)[1:]]

    def _offer_genres(self) -> None:
        questions: dict[str, Any] = self.fields
        genres = offered_to(self.instance)
        parents = [genre.pk for genre in genres if genre.parent_id is None]
        offered = Genre.objects.filter(pk__in=[genre.pk for genre in genres]).select_related("parent")
        questions["genre"].queryset = offered.filter(pk__in=parents)
        questions["genre"].choices = genre_choices(genres)
        questions["subgenre"].queryset = offered.exclude(pk__in=parents)
        questions["subgenre"].choices = subgenre_choices(genres)

    def _check_title(self, cleaned: dict[str, Any]) -> None:
        try:
            refuse_in_title(cleaned.get("title", ""), mix=cleaned.get("mix", ""))
        except ValidationError as refusal:
            self.add_error("title", refusal)

    def _check_subgenre(self, cleaned: dict[str, Any]) -> None:
        genre, subgenre = cleaned.get("genre"), cleaned.get("subgenre")
        if subgenre and not genre and "genre" not in self.errors:
            cleaned["genre"] = subgenre.parent
        elif subgenre and genre and subgenre.parent_id != genre.pk:
            self.add_error("subgenre", f"{subgenre} is not a subgenre of {genre}.")

    def _check_exclusivity(self, cleaned: dict[str, Any]) -> None:
        until = cleaned.get("exclusive_until")
        if cleaned.get("exclusivity") != Exclusivity.EXCLUSIVE_UNTIL:
            cleaned["exclusive_until"] = None
        elif not until and "exclusive_until" not in self.errors:
            self.add_error("exclusive_until", "Enter the date until which it is exclusive.")
        elif until and "exclusive_until" in self.changed_data and until < timezone.localdate(clock.now()):
            self.add_error("exclusive_until", "This date has passed. Choose a later one.")


def with_mix_moved(data: QueryDict) -> QueryDict:
    """Return what was posted; after the button `MOVE_MIX`, with the title's mix name in its own field."""
    split = split_mix(data.get("title", ""), data.get("mix", "")) if MOVE_MIX in data else None
    if split is None:
        return data
    moved = data.copy()
    moved["title"], moved["mix"] = split
    return moved
