"""A track's form and its collaborators' rows, saved together or not at all."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from catalog.models import Collaborator, Profile, Track
from catalog.tracks.forms import TrackForm
from catalog.tracks.short_links import replace_later
from kit import jobs
from kit.form_rows import Rows
from kit.forms import CleanText

MOST = 20
SPARE_ROWS = 3
WHOLE = Decimal(100)
NAMED_BY = {"title", "mix"}
"""The fields that make a track's full title."""


class TrackFormSet:
    """The forms of one track of `user`, new if `track` is None; `data` is what was posted.

    `initial` fills in fields, `people` rows of collaborators where the track has none.
    """

    def __init__(
        self,
        user: User,
        track: Track | None = None,
        data: Any = None,
        initial: dict[str, str] | None = None,
        people: Sequence[dict[str, Any]] = (),
    ) -> None:
        self.track = track or Track(owner=user)
        self.profile = Profile.objects.filter(user=user).first()
        self.form = TrackForm(data, instance=self.track, artist_name=self.artist_name, initial=initial)
        self.people = collaborator_rows(self.track, data, people)

    @property
    def artist_name(self) -> str:
        return self.profile.artist_name if self.profile else ""

    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.people.is_valid()])

    def save(self) -> Track:
        """Save the form's fields alone: the track may be archived meanwhile. Two saves go one after the other."""
        with transaction.atomic():
            track: Track = self.form.save(commit=False)
            is_renamed = bool(track.pk) and not NAMED_BY.isdisjoint(self.form.changed_data)
            if track.pk:
                Track.objects.select_for_update(of=("self",)).get(pk=track.pk)
            track.save(update_fields=TrackForm.Meta.fields if track.pk else None)
            self.form.save_m2m()
            self.people.save(track)
            replace_later(track)
            if is_renamed:
                jobs.announce("rename", user_id=track.owner_id)
        return track


class CollaboratorForm(CleanText, forms.ModelForm[Collaborator]):
    split = forms.DecimalField(
        label="Share in percent",
        required=False,
        min_value=Decimal("0.01"),
        max_value=WHOLE,
        max_digits=5,
        decimal_places=2,
    )

    class Meta:
        model = Collaborator
        fields = ["name", "role", "email", "split", "consents", "is_invited"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("is_invited") and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", "Enter an address to invite them, or do not invite them.")
        return cleaned


class BaseRows(Rows):
    """The collaborators of a track; blank rows are ignored."""

    def add_fields(self, form: CollaboratorForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Remove"

    def clean(self) -> None:
        """Refuse shares that do not add up to 100 percent."""
        if any(self.errors):
            return
        given = [row.instance.split for row in self.kept() if row.instance.split is not None]
        whole = sum(given, Decimal())
        if given and whole != WHOLE:
            raise ValidationError(
                f"The shares add up to {whole.normalize():f} percent, not 100. List everyone, including yourself.",
                code="split",
            )

    def kept(self) -> list[CollaboratorForm]:
        """Return the rows that are filled in and not marked for removal."""
        return [row for row in self.forms if row.has_changed() and not row.cleaned_data.get("DELETE")]

    def save(self, track: Track) -> None:
        """Replace the track's collaborators by these rows, in this order."""
        people = [row.save(commit=False) for row in self.kept()]
        for person in people:
            person.track = track
        track.collaborators.all().delete()
        Collaborator.objects.bulk_create(people)


_Rows = cast(
    "type[BaseRows]",
    forms.formset_factory(
        CollaboratorForm,
        formset=BaseRows,
        extra=SPARE_ROWS,
        can_delete=True,
        max_num=MOST,
        absolute_max=2 * MOST,
        validate_max=True,
    ),
)


def collaborator_rows(track: Track, data: Any = None, offered: Sequence[dict[str, Any]] = ()) -> BaseRows:
    """Return the rows as posted, or those stored, or else offered, and `SPARE_ROWS` blank ones."""
    row_options = {"empty_permitted": True, "use_required_attribute": False}
    shown = None
    if data is None:
        stored = track.collaborators.values(*CollaboratorForm.Meta.fields) if track.pk else ()
        shown = list(stored) or list(offered)
    return _Rows(data, prefix="people", initial=shown, form_kwargs=row_options)
