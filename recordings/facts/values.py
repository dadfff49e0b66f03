"""Which facts people may set, and how values are written: a tempo as "124.00", a key as "8A", a genre as its slug."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError

from catalog.music.isrc import parse_isrc
from catalog.music.keys import parse_key
from catalog.music.known_genres import slugs_of
from catalog.music.units import parse_tempo
from recordings.choices import Fact

LONGEST = 300
"""Characters of a value."""
SETTABLE = (*(Fact.TITLE, Fact.ARTIST, Fact.MIX, Fact.ALBUM, Fact.ISRC, Fact.GENRE, Fact.TEMPO, Fact.KEY),)
"""What a person, a tag or a release may say; all else is measured."""


def clean(fact: Fact, typed: str) -> str:
    """Return the value as it is kept. Raises ValidationError with a sentence for whoever typed it."""
    text = " ".join(typed.replace("\0", " ").split())
    if not text:
        raise ValidationError(f"Give the {fact.label.lower()}.", code="required")
    if len(text) > LONGEST:
        raise ValidationError(f"Use at most {LONGEST} characters.", code="max_length")
    return _PARSERS.get(fact, str)(text)


def read_tag(fact: Fact, text: str) -> str:
    """Return a tag's value as it is kept, "" for what is none; a genre that we do not know stays as it is."""
    try:
        return clean(fact, text[:LONGEST])
    except ValidationError:
        return text[:LONGEST].strip() if fact is Fact.GENRE else ""


def _genre(text: str) -> str:
    found = slugs_of(text)
    if not found:
        raise ValidationError("We do not know this genre. Choose one of the list.", code="invalid")
    return found[0]


_PARSERS: Mapping[Fact, Callable[[str], str]] = {
    Fact.TEMPO: lambda text: str(parse_tempo(text)),
    Fact.KEY: parse_key,
    Fact.ISRC: parse_isrc,
    Fact.GENRE: _genre,
}
