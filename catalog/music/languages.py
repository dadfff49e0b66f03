"""Languages of lyrics as choices. Source: ISO 639 as packaged in pycountry, its bracketed remarks dropped."""

import re

import pycountry

INSTRUMENTAL = "zxx"
"""ISO 639's code for "no linguistic content"."""

_REMARK = re.compile(r"\s*\(.*\)$")


def _named_languages() -> list[tuple[str, str]]:
    """Every language with a two-letter code: those are the widely written ones."""
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
    """Return `LANGUAGES`, for model fields, whose migrations then name this function."""
    return LANGUAGES
