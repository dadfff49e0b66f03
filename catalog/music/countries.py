"""Countries and languages as choices. Source: ISO 3166-1 and 639 as packaged in pycountry, common names if given."""

import re
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
"""(alpha-2 code, name), sorted by name without accents: Åland is among the A's."""


def country_choices() -> tuple[tuple[str, str], ...]:
    """Return `COUNTRIES`; a function, so that migrations do not copy the list."""
    return COUNTRIES


INSTRUMENTAL = "zxx"
"""ISO 639's code for "no linguistic content"."""

_REMARK = re.compile(r"\s*\(.*\)$")


def _named_languages() -> list[tuple[str, str]]:
    """Return the languages with a two-letter code, which are the widely written ones."""
    return [
        (str(language.alpha_2), _REMARK.sub("", language.name))
        for language in pycountry.languages
        if getattr(language, "alpha_2", None)
    ]


LANGUAGES: tuple[tuple[str, str], ...] = (
    (INSTRUMENTAL, "Instrumental (no words)"),
    *sorted(_named_languages(), key=lambda choice: choice[1].casefold()),
)
"""(code, name): instrumental first, then sorted by name."""


def language_choices() -> tuple[tuple[str, str], ...]:
    """Return `LANGUAGES`; a function, so that migrations do not copy the list."""
    return LANGUAGES
