"""Passing on what nobody played here asks once: the form carries a question, and a plain yes answers it."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from desk.context import DeskContext
from desk.review.plays import is_unheard, silent_host
from kit.forms import ActionForm
from submissions.choices import Transition
from submissions.forms import RejectForm, form_for

PLAYABLE = "Pass without anybody having played it here"
UNKNOWABLE = "Pass although nothing here shows that it was played"


class UnheardRejectForm(RejectForm):
    """The usual form and the question; the answer stays at the desk."""

    unheard = forms.BooleanField(
        label=PLAYABLE,
        required=False,
        widget=forms.CheckboxInput(attrs={"aria-keyshortcuts": "y"}),
        template_name="desk/review/_unheard.html",
    )

    template_name = "desk/review/_reject.html"

    @property
    def asks_only(self) -> bool:
        """Whether all that is missing is the answer to the question."""
        return set(self.errors) == {"unheard"}

    def clean_unheard(self) -> bool:
        if not self.cleaned_data["unheard"]:
            raise ValidationError(
                "Nobody at your label has played this here. Pass all the same?", code="unheard"
            )
        return True

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "unheard"}

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=self.details() | {"unheard": True}, prefix=self.prefix)


def form_of(context: DeskContext, transition: str, data: Any = None) -> ActionForm:
    """Return the form of an action at the desk; of passing, the one that asks where it must."""
    submission = context.submission
    if transition != Transition.REJECT or not is_unheard(submission):
        return form_for(submission, transition, data)
    form = UnheardRejectForm(data, turn=submission.turn)
    if host := silent_host(submission.revisions.order_by("number").last()):
        form.fields["unheard"].label = UNKNOWABLE
        form.fields["unheard"].help_text = f"{host} does not tell us what is played, so nobody can know."
    return form
