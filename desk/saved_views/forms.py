"""Forms that save and rename a view."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from desk.models import SavedView
from desk.search.parser import parse
from kit.forms import CleanText, StampedForm
from kit.query.text import LONGEST, QueryError

NAME: dict[str, Any] = {"max_length": SavedView._meta.get_field("name").max_length}


class SaveViewForm(CleanText, forms.Form):
    """Name and query of a new view; `is_team` only for those who may share."""

    name = forms.CharField(**NAME)
    q = forms.CharField(
        label="Query",
        required=False,
        max_length=LONGEST,
        help_text="As in the queue’s search box. Leave empty for what waits for the label.",
    )
    is_team = forms.BooleanField(label="Share with the team", required=False)

    def __init__(self, *args: Any, may_share: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_share:
            del self.fields["is_team"]

    @property
    def values(self) -> dict[str, Any]:
        """Arguments of `service.save_view`."""
        cleaned = self.cleaned_data
        return {"name": cleaned["name"], "query": cleaned["q"], "is_team": cleaned.get("is_team", False)}

    def clean_q(self) -> str:
        """Return the canonical text."""
        try:
            return parse(self.cleaned_data["q"]).text
        except QueryError as error:
            raise ValidationError(error.messages) from error


class RenameForm(CleanText, StampedForm):
    name = forms.CharField(label="New name", **NAME)
