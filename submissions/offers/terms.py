"""The terms of an offer: what they are, what is refused, and the plain values that a digest covers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from django.core.exceptions import ValidationError

from catalog.music.countries import COUNTRIES
from submissions.choices import Deal
from submissions.offers.currency_table import CURRENCIES

LONGEST_TEXT = 20_000
MOST = {"years": 99, "options": 10, "months": 60}
MOST_ADVANCE = 10**11
"""In minor units."""
KNOWN_COUNTRIES = frozenset(code for code, _ in COUNTRIES)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Terms:
    """What an offer offers, in values of canonical JSON.

    `percentage` is the producers' share, `advance` in minor units of `currency`. No `territories` mean the world, but
    for the `exceptions` (ISO 3166 both); no `years` mean for ever. `options` counts further tracks that the label may
    take, `months` those until the record must be out.
    """

    deal: str = ""
    percentage: str | None = None
    advance: int | None = None
    currency: str = ""
    territories: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    years: int | None = None
    options: int = 0
    months: int | None = None

    @classmethod
    def read(cls, values: Mapping[str, Any]) -> Self:
        """Return the terms from a form's or a template's values. Raises ValidationError by field."""
        faults: dict[str, str] = {}
        terms = cls(
            deal=str(values.get("deal") or ""),
            percentage=_percentage(values.get("percentage"), faults),
            advance=_number("advance", values.get("advance"), MOST_ADVANCE, faults),
            currency=str(values.get("currency") or ""),
            territories=_countries("territories", values.get("territories"), faults),
            exceptions=_countries("exceptions", values.get("exceptions"), faults),
            years=_number("years", values.get("years"), MOST["years"], faults) or None,
            options=_number("options", values.get("options"), MOST["options"], faults) or 0,
            months=_number("months", values.get("months"), MOST["months"], faults) or None,
        )
        faults = terms._faults() | faults
        if faults:
            raise ValidationError(dict(faults))
        return terms

    def plain(self) -> dict[str, Any]:
        """Return the terms as they are stored and digested."""
        return asdict(self)

    @property
    def is_exclusive(self) -> bool:
        """Whether signing them binds the track: any deal does but a non-exclusive one."""
        return self.deal != Deal.NON_EXCLUSIVE

    def _faults(self) -> dict[str, str]:
        """Return what the fields say against each other."""
        faults = {}
        if self.deal not in Deal.values:
            faults["deal"] = "Choose the kind of deal."
        elif self.percentage is None and self.deal != Deal.CONTRACT:
            faults["percentage"] = (
                "Say what share the producers get. Only a separate contract needs no number here."
            )
        if self.currency and self.currency not in CURRENCIES:
            faults["currency"] = "Choose a currency from the list."
        elif self.advance and not self.currency:
            faults["currency"] = "Choose the currency of the advance."
        if self.territories and self.exceptions:
            faults["exceptions"] = (
                "Exceptions are from the world. List the territories alone, or leave them empty."
            )
        return faults


def terms_of(stored: Mapping[str, Any]) -> Terms:
    """Return stored terms; those of a redacted offer are empty."""
    return Terms(**stored)


def _percentage(value: Any, faults: dict[str, str]) -> str | None:
    if value in (None, ""):
        return None
    try:
        share = Decimal(str(value))
        if not (share.is_finite() and 0 <= share <= 100 and share == share.quantize(CENT)):
            raise InvalidOperation
    except InvalidOperation:
        faults["percentage"] = "Type a share between 0 and 100, with two decimals at most."
        return None
    return str(share.quantize(CENT))


def _number(name: str, value: Any, most: int, faults: dict[str, str]) -> int | None:
    if value in (None, ""):
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        faults[name] = f"Type a number from 0 to {most:,}."
        return None
    return value


def _countries(name: str, value: Iterable[str] | None, faults: dict[str, str]) -> list[str]:
    codes = sorted({str(code) for code in value or ()})
    if unknown := [code for code in codes if code not in KNOWN_COUNTRIES]:
        faults[name] = f"“{unknown[0]}” is no country that we know."
    return codes
