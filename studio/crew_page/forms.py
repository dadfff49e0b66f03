"""Forms of a crew: who is in it, with which level and parts, and who sees what it works on."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import Resolver404, resolve

from accounts.models import User
from kit.forms import KeyedForm
from kit.mailboxes import LONGEST, mailbox
from kit.urls import split_url
from studio.choices import CREW_LEVELS, Level, Visibility
from studio.form_fields import PartsField

WORDS = {
    Level.VIEW: "View: see everything",
    Level.EDIT: "Edit: see and change everything",
}
LEVELS = [(value, WORDS[Level(value)]) for value, _ in CREW_LEVELS]
NOBODY = (
    "No account has this email address or producer page. Check it, or ask them to sign up first. "
    "They can also ask to join a public project themselves."
)
SEEN_BY = [
    (Visibility.PRIVATE.value, "Owner and crew"),
    (Visibility.PUBLIC.value, "Everybody who is signed in"),
]


class CrewForm(KeyedForm):
    """A level, and parts."""

    level = forms.TypedChoiceField(label="Access", choices=LEVELS, coerce=int, initial=Level.VIEW)
    parts = PartsField(label="What they do")


class AddForm(CrewForm):
    """Somebody with an account, by its address or by their producer page."""

    person = forms.CharField(
        label="Who",
        max_length=LONGEST,
        help_text="The email address of their account, or the link of their producer page.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("person", "level", "parts")

    def clean_person(self) -> User:
        typed = self.cleaned_data["person"]
        found = _with_address(typed) if "@" in typed else _with_page(typed)
        if found is None:
            raise ValidationError(NOBODY)
        return found


class VisibilityForm(KeyedForm):
    visibility = forms.ChoiceField(label="Who can see it", choices=SEEN_BY, widget=forms.RadioSelect)


def _with_address(typed: str) -> User | None:
    verified = Q(emailaddress__email__iexact=mailbox(typed), emailaddress__verified=True)
    return User.objects.filter(Q(email=mailbox(typed)) | verified, is_active=True).first()


def _with_page(typed: str) -> User | None:
    """Return the producer whose public page this is, typed as its link, its path or its last part."""
    path = split_url(typed).path
    shown = Q(profile__is_public=True, is_active=True)
    return User.objects.filter(shown, profile__slug=_slug(path)).first()


def _slug(path: str) -> str:
    try:
        match: Any = resolve(f"{path.rstrip('/')}/")
    except Resolver404:
        return path.strip("/").lower()
    return str(match.kwargs["slug"]) if match.view_name == "catalog:producer" else ""
