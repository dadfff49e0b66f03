from typing import Any

from django import forms

from accounts.models import User
from kit.mailboxes import mailbox


class DeleteForm(forms.Form):
    """One's own address, typed: nobody deletes an account by one press."""

    email = forms.CharField(
        label="Your email address", max_length=254, help_text="Type it to confirm that you mean this account."
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["email"].widget.attrs |= {"autocomplete": "off", "inputmode": "email"}

    def clean_email(self) -> str:
        typed: str = self.cleaned_data["email"]
        if mailbox(typed) != mailbox(self.person.email):
            raise forms.ValidationError(f"This is not the address of this account, {self.person.email}.")
        return typed
