"""The form of a message, and those of its reader."""

import uuid
from typing import Any

from django import forms

from kit.forms import CleanText

LONGEST = 4000


class MessageForm(CleanText, forms.Form):
    """A message; a repeated key writes nothing."""

    text = forms.CharField(
        label="Message",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Plain text. Links and positions such as 1:24 become clickable; files go along as links.",
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, to: str, keys: str = "", **options: Any) -> None:
        super().__init__(*args, auto_id="message_%s", **options)  # a memo’s form may stand beside it
        self.fields["text"].label = f"Write to {to}"
        if keys:
            self.fields["text"].widget.attrs["rows"] = 2
            self.fields["text"].widget.attrs["aria-keyshortcuts"] = keys


class UpToForm(forms.Form):
    """Up to which message somebody has read."""

    up_to = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class MuteForm(forms.Form):
    """Whether somebody is told of new messages."""

    is_muted = forms.BooleanField(required=False)


class KeyForm(forms.Form):
    """Marks a question as answered, once for each key."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
