"""Forms of a release's facts, and of what happens to it as a whole."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django import forms

from labels.models import Label
from releases.choices import Kind, Transition
from releases.forms import ReleaseForm, day_field, words_field
from releases.models import Release, Series

TOLD = "The producers of its tracks read it in their history."
CODES = re.compile(r"[\s,;]+")


class DetailsForm(ReleaseForm):
    """All facts of a release but its date, codes and tracks."""

    kind = forms.ChoiceField(label="Kind", choices=Kind.choices)
    title = forms.CharField(label="Title", max_length=150)
    edition = forms.CharField(
        label="Edition", max_length=80, required=False, help_text="For example “Deluxe” or “Remixes”."
    )
    artist = forms.CharField(label="Artist", max_length=200, required=False)
    genre = forms.CharField(label="Genre", max_length=60, required=False)
    p_line = forms.CharField(
        label="℗ line", max_length=200, required=False, help_text="Who owns the recording: 2026 Harbour."
    )
    c_line = forms.CharField(
        label="© line", max_length=200, required=False, help_text="Who owns artwork and text."
    )
    artwork_url = forms.CharField(label="Artwork link", max_length=2000, required=False)
    original_on = day_field(
        "Original release date", required=False, help_text="For what came out before, elsewhere."
    )
    pre_order_on = day_field("Pre-order date", required=False)
    territories = forms.CharField(
        label="Territories",
        max_length=1200,
        required=False,
        help_text="Country codes, such as GB IE DE. Empty: the whole world.",
    )
    excluded = forms.CharField(label="Except", max_length=1200, required=False, help_text="Country codes.")
    series = forms.ModelChoiceField(
        label="Series", queryset=Series.objects.none(), required=False, to_field_name="code"
    )
    part = forms.IntegerField(label="Part", required=False, min_value=1, max_value=999)

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options = {"label": label}
        self.fields["series"].queryset = Series.objects.of(label)  # type: ignore[attr-defined]
        self.fields["series"].empty_label = "None"  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        said = super().details()
        countries = {name: [each for each in CODES.split(said[name]) if each] for name in COUNTRIES}
        return said | countries


COUNTRIES = ("territories", "excluded")
FACTS: tuple[str, ...] = ("kind", "title", "edition", "artist", "genre", "p_line", "c_line", "artwork_url")
FACTS += ("original_on", "pre_order_on", "part")


def details_of(release: Release) -> dict[str, Any]:
    """Return a release's facts as the form shows them."""
    facts = {name: getattr(release, name) for name in FACTS}
    countries = {name: " ".join(getattr(release, name)) for name in COUNTRIES}
    return facts | countries | {"series": release.series.code if release.series else None}


class PlanForm(DetailsForm):
    """A release that is not there yet; a signed demo may be its first track."""

    submission = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class ToldForm(ReleaseForm):
    note = words_field("Why", required=True, help_text="For your team.")
    told = words_field("Note to the producers", help_text=TOLD)


class RecallForm(ReleaseForm):
    note = words_field("Why", required=True, help_text="For your team.")


FORMS: Mapping[str, type[ReleaseForm]] = MappingProxyType(
    {
        Transition.UNSCHEDULE.value: ToldForm,
        Transition.DELIVER.value: ReleaseForm,
        Transition.RECALL.value: RecallForm,
        Transition.RELEASE.value: ReleaseForm,
        Transition.CANCEL.value: ToldForm,
    }
)
"""The form of each transition that has a page of its own and no more to say."""
