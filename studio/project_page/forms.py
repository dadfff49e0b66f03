"""Forms of a project: its facts, and what is said of it in one word."""

from typing import Any

from django import forms

from accounts.models import User
from catalog.models import Track
from kit.forms import KeyedForm, StampedForm
from studio.choices import State, Visibility
from studio.form_fields import MOST_OFFERED, NewestField, TitleField, YearField
from studio.models import Pack, Project

FACTS = ("title", "artist", "album", "year", "is_optional", "notes", "download_url", "video_url")
OF_TRACK = ("title", "artist")
"""What a catalogue track says itself."""
MORE_PACKS = f"Your {MOST_OFFERED} packs worked on most recently. Open an older pack to add it there."
MORE_TRACKS = f"Your {MOST_OFFERED} newest tracks. Archive some of them to see older ones."


def _link(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"})
    said = "Only you and the crew can see it."
    return forms.CharField(label=label, max_length=2000, required=False, widget=widget, help_text=said)


class FactsForm(StampedForm, KeyedForm):
    """The facts of a project; make the bound form from the locked row."""

    title = TitleField()
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    album = forms.CharField(label="Album", max_length=150, required=False)
    year = YearField()
    is_optional = forms.BooleanField(
        label="Optional in its pack",
        required=False,
        help_text="An optional project does not count in the pack’s progress.",
    )
    download_url = _link("Download link")
    video_url = _link("Video link")
    notes = forms.CharField(
        label="Notes", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, data: Any = None, *, project: Project) -> None:
        known: dict[str, Any] = {name: getattr(project, name) for name in FACTS}
        if data is not None:
            known["key"] = data.get("key")
        super().__init__(data, initial=known)
        left_out = [*(OF_TRACK if project.track else ()), *(() if project.pack_id else ("is_optional",))]
        for name in left_out:
            del self.fields[name]

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "stamp"}

    def _shown(self, name: str) -> str:
        return "" if name == "key" else super()._shown(name)


class MoveForm(KeyedForm):
    """Where a project goes, and the state that the page showed."""

    state = forms.ChoiceField(label="State", choices=State.choices)
    seen = forms.ChoiceField(choices=State.choices, required=False)


class VisibilityForm(KeyedForm):
    """Who sees a project besides its owner and crew."""

    visibility = forms.ChoiceField(
        label="Who can see it", choices=Visibility.choices, widget=forms.RadioSelect()
    )


class PlaceForm(KeyedForm):
    """The pack that a project is put into: one that the person may edit."""

    pack = NewestField(label="Pack", model=Pack, empty_label="Choose a pack")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Pack.objects.current().edited_by(user).order_by("-touched_at", "-id")
        field: Any = self.fields["pack"]
        field.offer(rows, MORE_PACKS)


class TrackForm(KeyedForm):
    """The owner's catalogue track that a project makes; one that no other project makes."""

    track = NewestField(label="Track", model=Track, empty_label="Choose a track")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Track.objects.owned_by(user).current().filter(project=None).order_by("-created_at", "-id")
        field: Any = self.fields["track"]
        field.label_from_instance = lambda track: track.full_title
        field.offer(rows, MORE_TRACKS)
