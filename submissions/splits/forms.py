"""The forms of the splits: a sheet of rows, an answer to it, and the owner's override."""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Self, cast

from django import forms
from django.core.exceptions import ValidationError

from catalog.choices import CollaboratorRole
from kit.form_rows import Rows
from kit.forms import ActionForm, CleanText
from submissions.models import Share
from submissions.splits.effects import LONGEST_NAME, MOST
from submissions.splits.sheets import CENT, WHOLE

SPARE_ROWS = 3
PREFIX = "shares"


class ShareForm(CleanText, forms.Form):
    """One person with a share."""

    name = forms.CharField(max_length=LONGEST_NAME)
    email = forms.EmailField(
        label="Email",
        required=False,
        max_length=254,
        help_text="They get the link there; nobody else sees it.",
    )
    role = forms.ChoiceField(choices=[("", "Choose a role"), *CollaboratorRole.choices])
    percentage = forms.DecimalField(
        label="Share in percent", min_value=CENT, max_value=WHOLE, max_digits=5, decimal_places=2
    )


class BaseRows(Rows):
    """The rows of a sheet; blank ones are ignored."""

    def add_fields(self, form: ShareForm, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = "Remove"

    def shares(self) -> list[dict[str, Any]]:
        """Return what valid rows say."""
        rows = [row.cleaned_data for row in self.forms if row.has_changed() or row.initial]
        kept = [row for row in rows if row.get("name") and not row.get("DELETE")]
        return [{name: row[name] for name in ("name", "email", "role", "percentage")} for row in kept]

    def total(self) -> Decimal:
        """Return the sum of the rows as they stand, typed or stored; what is no number counts as nothing."""
        found = [self._percentage(row) for row in self.forms]
        return sum(found, Decimal())

    def _percentage(self, row: ShareForm) -> Decimal:
        values = getattr(row, "cleaned_data", {}) if self.is_bound else row.initial
        return Decimal() if values.get("DELETE") else values.get("percentage") or Decimal()


_Rows = cast(
    "type[BaseRows]",
    forms.formset_factory(
        ShareForm,
        formset=BaseRows,
        extra=SPARE_ROWS,
        can_delete=True,
        max_num=MOST,
        absolute_max=2 * MOST,
        validate_max=True,
    ),
)


class SplitsForm(ActionForm):
    """A sheet: rows that add up to 100.00 percent."""

    def __init__(self, data: Any = None, *, shares: Sequence[Mapping[str, Any]] = (), **options: Any) -> None:
        super().__init__(data, **options)
        row_options = {"empty_permitted": True, "use_required_attribute": False}
        stored = [{**share, "percentage": Decimal(share["percentage"])} for share in shares]
        self.rows = _Rows(data, prefix=PREFIX, initial=stored or None, form_kwargs=row_options)

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.rows.is_valid()])

    def details(self) -> dict[str, Any]:
        return {"shares": self.rows.shares()}

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, shares=self.rows.shares())

    def with_more_rows(self) -> Self:
        """Return the form with what was typed, right or wrong, and as many rows more."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict
        data[f"{PREFIX}-TOTAL_FORMS"] = str(min(self.rows.total_form_count() + SPARE_ROWS, MOST))
        return type(self)(data)

    def refuse(self, error: ValidationError) -> None:
        self.add_error(None, error.messages)


class AnswerForm(CleanText, forms.Form):
    """What somebody with a share answers: the sheet they saw, and why they object."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    sheet = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label="What is wrong with it?",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The producer and the label read this.",
    )

    @classmethod
    def of(cls, share: Share) -> Self:
        """Return the form for the sheet of this share."""
        return cls(initial={"sheet": share.sheet.digest_hex})
