"""The form around board and table: select projects and move them, or move one by its own button."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.forms import KeyedForm
from studio.choices import State
from studio.state_moves import MOST, Pick, read_pick, read_step

DAMAGED = "The selection could not be read. Select the projects again."


class StateForm(KeyedForm):
    """`pick` names projects with the state shown; `state` says where they go, or `by` how far.

    `move` is a pick and a state in one, of the project whose own button it is.
    """

    state = forms.ChoiceField(choices=State.choices, required=False)
    by = forms.TypedChoiceField(choices=[(1, "on"), (-1, "back")], coerce=int, required=False)
    move = forms.CharField(max_length=40, required=False)

    picks: list[Pick]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        typed: list[str] = self.data.getlist("pick")  # type: ignore[attr-defined]  # a QueryDict
        if not typed and not found.get("move"):
            raise ValidationError("Nothing is selected. Select projects, then choose where to move them.")
        if len(typed) > MOST:
            raise ValidationError(f"You can move at most {MOST} projects at once. Select fewer.")
        try:
            self.picks = self._read(found, typed)
        except ValueError:
            raise ValidationError(DAMAGED) from None
        return found

    @property
    def sentence(self) -> str:
        """What is wrong with what was posted."""
        return " ".join(str(each) for errors in self.errors.values() for each in errors)

    def _read(self, found: dict[str, Any], typed: list[str]) -> list[Pick]:
        if found.get("move"):
            one, _, state = found["move"].rpartition(".")
            return [read_pick(one, state)]
        if found.get("by"):
            return [read_step(each, found["by"]) for each in typed]
        return [read_pick(each, found.get("state", "")) for each in typed]
