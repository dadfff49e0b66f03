"""Every free text has a longest length; other fields are read by rules of their own, which refuse what is longer."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.urls import get_resolver
from django.utils.module_loading import import_string

READ_BY_RULES = {
    "DurationField",
    "IPIField",
    "ISRCField",
    "KeyField",
    "LinesField",
    "LinkField",
    "PageField",
    "PasswordField",
    "SetPasswordField",
    "TempoField",
    "UUIDField",
}
CODES = {(f"{name}Form", "code") for name in ("Authenticate", "CodeReauthenticate", "ActivateTOTP")}
"""Codes of a second factor, which are only compared."""
OTHERS = CODES | {("SignUpForm", "username"), ("AddPasskeyForm", "credential")}
"""Fields of the library: one that is not shown, and JSON from the browser."""
OTHERS |= {("ReplaceLinkForm", "url")} | {("ListFilter", name) for name in ("area", "kind", "risk", "state")}
"""A link, read by the same rules; and filters, which are compared with what there is."""
FOREIGN = ("allauth.", "django.", "trackflow.views")


def form_classes(base: Any) -> Iterator[Any]:
    for each in base.__subclasses__():
        yield each
        yield from form_classes(each)


def test_every_free_text_has_a_longest_length() -> None:
    assert get_resolver().url_patterns  # loads every form but these
    for path in (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()):
        import_string(path)
    endless = {
        (form.__name__, name)
        for form in form_classes(forms.BaseForm)
        if not form.__module__.startswith(FOREIGN) and ".tests." not in form.__module__
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.CharField)
        and field.max_length is None
        and type(field).__name__ not in READ_BY_RULES
    }
    assert endless <= OTHERS
