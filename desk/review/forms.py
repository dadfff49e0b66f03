"""The desk's own forms; those that act on a submission are `submissions.forms`."""

import uuid
from typing import Any

from django import forms

from accounts.models import User
from kit.forms import ActionForm, CleanText
from submissions.models import Submission

LEAST_HEARD = 5
"""Seconds worth a fact; `static/js/listening.js` knows the same number."""


class ListeningForm(ActionForm):
    """A sitting at a player, in whole seconds. It is based on no page, so it knows no turn."""

    turn = forms.IntegerField(required=False)
    seconds = forms.IntegerField(min_value=LEAST_HEARD)
    total = forms.IntegerField(min_value=LEAST_HEARD)

    def clean_turn(self) -> None:
        """Whatever was sent, nothing it could be compared with was shown."""


class AssignForm(CleanText, forms.Form):
    """Who of the team looks after a submission."""

    assignee = forms.ModelChoiceField(
        User.objects.none(), label="Looked after by", required=False, empty_label="Nobody"
    )

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        super().__init__(*args, initial={"assignee": submission.team_assignee_id}, **options)
        team = User.objects.filter(memberships__label=submission.label_id, is_active=True)
        others = team.exclude(pk=submission.producer_id).order_by("name", "email")
        self.fields["assignee"].queryset = others  # type: ignore[attr-defined]  # a ModelChoiceField


class MemoForm(CleanText, forms.Form):
    """A memo for the team; the key makes a repetition write nothing."""

    text = forms.CharField(
        label="Memo",
        max_length=4000,
        widget=forms.Textarea(
            attrs={"rows": 3, "aria-keyshortcuts": "n", "placeholder": "@Name calls a colleague"}
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
