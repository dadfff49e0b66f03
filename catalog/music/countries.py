"""Countries as choices. Source: ISO 3166-1 as packaged in pycountry, everyday names where it has them."""

import unicodedata

import pycountry


def _name(country: object) -> str:
    return str(getattr(country, "common_name", None) or getattr(country, "name", ""))


def _sort_key(choice: tuple[str, str]) -> str:
    decomposed = unicodedata.normalize("NFKD", choice[1])
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()


COUNTRIES: tuple[tuple[str, str], ...] = tuple(
    sorted(((country.alpha_2, _name(country)) for country in pycountry.countries), key=_sort_key)
)
"""(alpha-2 code, name), sorted by name with accents ignored: Åland stands among the A's."""


def country_choices() -> tuple[tuple[str, str], ...]:
    """Return `COUNTRIES`, for model fields, whose migrations then name this function."""
    return COUNTRIES
