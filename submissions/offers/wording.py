"""Terms in words: names and values of each field, in one line, explained, and compared with the offer before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from catalog.music.countries import COUNTRIES
from submissions.choices import Deal
from submissions.offers.currency_table import CURRENCIES
from submissions.offers.terms import Terms

COUNTRY_NAMES: Mapping[str, str] = MappingProxyType(dict(COUNTRIES))
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "deal": "Deal",
        "percentage": "Producers’ share",
        "advance": "Advance",
        "territories": "Territories",
        "years": "Term",
        "options": "Options",
        "months": "Out within",
    }
)
"""The lines in which terms are read, in order."""

EXPLAINED: Mapping[str, str] = MappingProxyType(
    {
        Deal.LICENCE: "You keep your rights and let this label alone use the recording, where and as long as agreed.",
        Deal.ASSIGNMENT: "The rights in the recording pass to the label, where and as long as agreed.",
        Deal.NON_EXCLUSIVE: "The label may use the recording, and so may you and others.",
        Deal.CONTRACT: "What counts is the contract below. The other lines repeat its main points.",
        "percentage": "The part of what the label earns with the recording that goes to all its producers together.",
        "advance": "Paid ahead, and kept back later from the producers’ share until it is earned.",
        "territories": "Where the label may use the recording.",
        "years": "For how long the deal runs.",
        "options": "How many further tracks of yours the label may take on the same terms.",
        "months": "If it is not out by then, you can ask for your rights back.",
    }
)
"""What the words mean; no part of the offer, and of no digest."""


@dataclass(frozen=True)
class TermLine:
    """One line of an offer: its name, its value in words, and whether the offer before says something else."""

    field: str
    name: str
    value: str
    is_changed: bool = False

    @property
    def explanation(self) -> str:
        return EXPLAINED.get(self.field, "")


def lines_of(terms: Terms, before: Terms | None = None) -> list[TermLine]:
    """Return the terms line by line, those marked that differ from the terms before."""
    said, former = _words(terms), _words(before) if before else None
    return [
        TermLine(field, name, said[field], former is not None and former[field] != said[field])
        for field, name in NAMES.items()
    ]


def summary(terms: Terms) -> str:
    """Return the terms in one line: “Exclusive licence, 50 % to the producers, 500 EUR advance, world, 10 years”."""
    said = _words(terms)
    parts = [said["deal"]]
    parts += [f"{said['percentage']} to the producers"] if terms.percentage else []
    parts += [f"{said['advance']} advance"] if terms.advance else []
    if terms.deal != Deal.CONTRACT or terms.territories or terms.years:
        parts += [said["territories"].replace("World", "world", 1), said["years"].lower()]
    parts += [f"{said['options']} option" + ("" if terms.options == 1 else "s")] if terms.options else []
    parts += [f"out within {said['months']}"] if terms.months else []
    return ", ".join(parts)


def money(amount: int, currency: str) -> str:
    """Return an amount in minor units as `1,500.50 EUR`."""
    digits = CURRENCIES.get(currency, ("", 2))[1]
    major = Decimal(amount).scaleb(-digits)
    is_whole = major == major.to_integral_value()
    return f"{major:,.{0 if is_whole else digits}f} {currency}"


def _words(terms: Terms) -> dict[str, str]:
    return {
        "deal": Deal(terms.deal).label if terms.deal else "",
        "percentage": f"{Decimal(terms.percentage).normalize():f} %" if terms.percentage else "Not given",
        "advance": money(terms.advance, terms.currency) if terms.advance else "None",
        "territories": _territories(terms),
        "years": _count(terms.years, "year") if terms.years else "For ever",
        "options": str(terms.options) if terms.options else "None",
        "months": _count(terms.months, "month") if terms.months else "No date agreed",
    }


def _territories(terms: Terms) -> str:
    if terms.territories:
        return _names(terms.territories)
    return f"World, except {_names(terms.exceptions)}" if terms.exceptions else "World"


def _names(codes: Iterable[str]) -> str:
    return ", ".join(sorted(COUNTRY_NAMES.get(code, code) for code in codes))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def plain_text(values: Mapping[str, Any]) -> str:
    """Return stored terms in one line, "" for those of a redacted offer."""
    return summary(Terms(**values)) if values else ""
