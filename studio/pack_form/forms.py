"""The forms of a pack: its facts, and what comes out with it."""

from typing import Any

from django import forms

from kit.forms import KeyedForm, StampedForm
from studio.choices import PackKind
from studio.form_fields import TitleField
from studio.models import Pack
from studio.models.pack import HIGHEST_PRIORITY, LOWEST_PRIORITY

FACTS = (
    *("kind", "title", "artist", "series_number", "priority"),
    *("description", "download_url", "video_url", "notes"),
)
PRIORITIES = [
    (
        each,
        {HIGHEST_PRIORITY: f"{each}, most urgent", LOWEST_PRIORITY: f"{each}, someday"}.get(each, str(each)),
    )
    for each in range(HIGHEST_PRIORITY, LOWEST_PRIORITY + 1)
]
LONGEST_LINK = 2000


def _text(label: str, rows: int, **options: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=5000, widget=area, **options)


def _link(label: str) -> forms.CharField:
    widget = forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"})
    said = "Only you and the crew can see it."
    return forms.CharField(
        label=label, max_length=LONGEST_LINK, required=False, widget=widget, help_text=said
    )


class PackForm(KeyedForm):
    """The facts of a new pack."""

    kind = forms.ChoiceField(
        label="Kind",
        choices=PackKind.choices,
        help_text="A series works through a tracklist, one song at a time.",
    )
    title = TitleField()
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    series_number = forms.IntegerField(
        label="Number",
        required=False,
        min_value=1,
        max_value=9999,
        help_text="For a series, such as volume 4.",
    )
    priority = forms.TypedChoiceField(label="Priority", coerce=int, choices=PRIORITIES, initial=3)
    description = _text(
        "Description",
        4,
        help_text="What listeners read when it comes out. Everybody who can see the pack can read it.",
    )
    download_url = _link("Download link")
    video_url = _link("Video link")
    notes = _text("Notes", 4, help_text="For you and the crew.")


class PackFactsForm(StampedForm, PackForm):
    """The facts of a pack that is there; make the bound form from what is stored now."""

    def __init__(self, data: Any = None, *, pack: Pack) -> None:
        known: dict[str, Any] = {name: getattr(pack, name) for name in FACTS}
        if data is not None:
            known["key"] = data.get("key")
        super().__init__(data, initial=known)

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "stamp"}

    def _shown(self, name: str) -> str:
        return "" if name == "key" else super()._shown(name)
