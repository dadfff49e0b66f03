"""Values of facts in words, with their units."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from catalog.music.keys import UNKNOWN_KEY, musical
from catalog.music.known_genres import genres
from catalog.music.units import display_tempo
from recordings.choices import Fact

MINUS = "−"


def words_of(fact: str, value: str) -> str:
    """Return a value as a page shows it; what is not written as we write it stays as it is."""
    try:
        return _WORDS.get(Fact(fact), str)(value)
    except (ValueError, InvalidOperation, ValidationError):
        return value


def _key(value: str) -> str:
    return "Unknown or atonal" if value == UNKNOWN_KEY else f"{value} · {musical(value)}"


def _genre(value: str) -> str:
    known = genres().get(value)
    return known.full_name if known else value


def _with_unit(unit: str) -> Callable[[str], str]:
    return lambda value: f"{Decimal(value).normalize():f} {unit}".replace("-", MINUS)


_WORDS: Mapping[Fact, Callable[[str], str]] = {
    Fact.TEMPO: lambda value: f"{display_tempo(Decimal(value))} BPM",
    Fact.KEY: _key,
    Fact.GENRE: _genre,
    Fact.LOUDNESS: _with_unit("LUFS"),
    Fact.LOUDNESS_RANGE: _with_unit("LU"),
    Fact.TRUE_PEAK: _with_unit("dBTP"),
    Fact.CLIPPED: lambda value: f"{int(value):,}" if int(value) else "None",
    Fact.BRIGHTNESS: lambda value: f"{int(value):,} Hz",
}
