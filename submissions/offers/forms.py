"""The fields of an offer: on the desk's forms, on the producer's counter-offer, and in a label's offer templates."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from catalog.music.countries import COUNTRIES
from kit.forms import ActionForm, without_invisible
from submissions.choices import Deal
from submissions.offers.currency_table import CURRENCIES
from submissions.offers.effects import FEWEST_DAYS, LONGEST_NAME, MOST_DAYS
from submissions.offers.terms import LONGEST_TEXT, MOST, MOST_ADVANCE

CURRENCY_CHOICES = [("", "Currency"), *((code, f"{code} · {name}") for code, (name, _) in CURRENCIES.items())]
_CODES = {name.casefold(): code for code, name in COUNTRIES} | {
    code.casefold(): code for code, _ in COUNTRIES
}
_NAMES = dict(COUNTRIES)
TERM_FIELDS = (
    "deal",
    "percentage",
    "advance",
    "currency",
    "territories",
    "exceptions",
    "years",
    "options",
    "months",
)
LONGEST_NOTE = 4000


class CountriesField(forms.Field):
    """Countries by name or ISO 3166 code, separated by commas; the value is a list of codes."""

    def to_python(self, value: Any) -> Any:
        text = without_invisible(str(value or ""))
        words = [word for word in re.split(r"\s*[,;\n]\s*", text.strip()) if word]
        unknown = [word for word in words if word.casefold() not in _CODES]
        if unknown:
            raise ValidationError(f"“{unknown[0]}” is no country that we know.", code="unknown")
        return sorted({_CODES[word.casefold()] for word in words})

    def prepare_value(self, value: Any) -> Any:
        return (
            ", ".join(_NAMES.get(str(code), str(code)) for code in value)
            if isinstance(value, list)
            else value
        )


def number(label: str, most: int, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, help_text=help_text)


class TermsFields(forms.Form):
    """The terms of an offer, and what `Terms.read` is given of them."""

    deal = forms.ChoiceField(choices=Deal.choices, widget=forms.RadioSelect, initial=Deal.LICENCE)
    percentage = forms.DecimalField(
        label="Producers’ share in %",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="The part of what the record earns that goes to its producers together.",
    )
    advance = forms.DecimalField(label="Advance", required=False, min_value=0, max_digits=14)
    currency = forms.ChoiceField(choices=CURRENCY_CHOICES, required=False)
    territories = CountriesField(
        required=False, help_text="Empty: the world. Otherwise countries, separated by commas."
    )
    exceptions = CountriesField(label="Except", required=False, help_text="Countries left out of the world.")
    years = number("Years", MOST["years"], "Empty: for ever.")
    options = number("Options", MOST["options"], "Further tracks that may be taken on the same terms.")
    months = number("Out within months", MOST["months"], "Empty: no date agreed.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        advance, currency = cleaned.get("advance"), cleaned.get("currency")
        if advance and not currency:
            self.add_error("currency", "Choose the currency of the advance.")
        elif advance and currency and (minor_units(advance, currency) is None):
            self.add_error("advance", f"Type an amount that can be paid in {currency}.")
        return cleaned

    def terms(self) -> dict[str, Any]:
        """Return the values for `Terms.read`."""
        values = {name: self.cleaned_data[name] for name in TERM_FIELDS if name in self.cleaned_data}
        advance, currency = values.get("advance"), values.get("currency", "")
        return values | {
            "percentage": None if values.get("percentage") is None else str(values["percentage"]),
            "advance": minor_units(advance, currency) if advance else None,
            "currency": currency if advance else "",
        }


def minor_units(amount: Decimal, currency: str) -> int | None:
    """Return an amount in its currency's minor units, None if it has a fraction of one or is too large."""
    scaled = amount.scaleb(CURRENCIES[currency][1])
    return int(scaled) if scaled == scaled.to_integral_value() and scaled <= MOST_ADVANCE else None


def initial_of(details: Mapping[str, Any]) -> dict[str, Any]:
    """Return details of an offer, as a proposal or `details()` holds them, as initial values of its form."""
    terms = details.get("terms")
    if not isinstance(terms, Mapping):
        return dict(details)
    values = dict(terms)
    if values.get("advance") and values.get("currency") in CURRENCIES:
        values["advance"] = (
            f"{Decimal(values['advance']).scaleb(-CURRENCIES[values['currency']][1]).normalize():f}"
        )
    rest = {name: value for name, value in details.items() if name != "terms"}
    return values | rest


def text_field(**options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 8})
    return forms.CharField(label="Text", required=False, max_length=LONGEST_TEXT, widget=widget, **options)


class OfferForm(TermsFields, ActionForm):
    """A label's offer: terms, text, days to answer, and a note."""

    text = text_field(help_text="Becomes part of the offer, word for word. A separate contract goes here.")
    days = forms.IntegerField(label="Days to answer", min_value=FEWEST_DAYS, max_value=MOST_DAYS)
    note = forms.CharField(
        label="Note to the producer",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Goes with the offer and is no part of it.",
    )
    template_name = "submissions/offers/_offer_form.html"

    def details(self) -> dict[str, Any]:
        rest = {name: self.cleaned_data[name] for name in ("text", "days", "note")}
        return {"terms": self.terms(), **rest}

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=initial_of(self.details()), prefix=self.prefix)


class CounterForm(TermsFields, ActionForm):
    """A producer's counter-offer: other terms for the same text, and a note."""

    note = forms.CharField(
        label="Note to the label", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    template_name = "submissions/offers/_offer_form.html"

    def details(self) -> dict[str, Any]:
        return {"terms": self.terms(), "note": self.cleaned_data["note"]}

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=initial_of(self.details()), prefix=self.prefix)


class CloseField(forms.MultipleChoiceField):
    """Which other open demos of the track to close; the form's page gives the choices."""

    def validate(self, value: Any) -> None:
        """The door checks them under its lock."""


class ClosingForm(ActionForm):
    """A form that may close other open demos of the same track."""

    close = CloseField(required=False, widget=forms.CheckboxSelectMultiple)


class SignForm(ClosingForm):
    """The producer's yes: the digest of the offer that the page showed, and their name, typed."""

    offer_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label="Your full name",
        max_length=LONGEST_NAME,
        help_text="Typing it accepts the offer. The label sees it; nobody else does.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    note = forms.CharField(
        label="Note to the label", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
