"""By genre, tempo, country, call and reviewer: the lines of each, by name."""

from collections.abc import Callable, Iterable, Mapping

from catalog.country import COUNTRIES
from catalog.models import Genre
from insights import bands
from insights.asking import Asking
from insights.choices import Word
from insights.figures import Breakdown, Line, Name, Names, Share
from insights.percentiles import times_of
from insights.reviewers import reviewers_of
from insights.sums import Sum, Sums, counted
from labels.models import Label

MOST = 12
"""Lines; what is left is one more."""

NOBODY, UNKNOWN, OTHERS = "Not opened yet", "Unknown", "Others"
COUNTRY_NAMES = dict(COUNTRIES)

Values = Mapping[Word, Iterable[str]]


def values_of(sums: Sums) -> Values:
    """Return the values that tell the received apart, "" where one is unknown."""
    return {word: [value for key, value in sums if key == word] for word in NAMED}


def names_of(values: Values, label: Label) -> Names:
    """Return what values are called now. Three queries at most."""
    return {word: _names(word, values[word], label) for word in NAMED}


def _names(word: Word, values: Iterable[str], label: Label) -> Mapping[str, Name]:
    found = NAMED[word]([value for value in values if value], label)
    return {value: found.get(value) or _unknown(word) for value in values}


def breakdowns_of(sums: Sums, names: Names, asking: Asking) -> list[Breakdown]:
    """Return all breakdowns of a label's sums."""
    return [_breakdown(word, names[word], sums, asking) for word in NAMED]


def _breakdown(word: Word, names: Mapping[str, Name], sums: Sums, asking: Asking) -> Breakdown:
    found = [(value, each) for (key, value), each in sums.items() if key == word]
    found.sort(key=lambda pair: (-pair[1].received, pair[0]))
    shown, rest = found[:MOST], found[MOST:]
    if word == Word.TEMPO:
        shown.sort(key=lambda pair: int(pair[0]) if pair[0] else bands.BEYOND)
    lines = [_line(names[value], each, word, asking) for value, each in shown]
    if rest:
        lines.append(_line(Name(OTHERS, ""), _total(rest), word, asking))
    return Breakdown(word.value, str(word.label), lines)


def _line(name: Name, total: Sum, word: Word, asking: Asking) -> Line:
    narrow = asking.narrowed(f"{word.value}:{name.term}" if name.term else "")
    return Line(
        name=name.text,
        received=narrow.received(total),
        opened=narrow.opened(total),
        answered=narrow.answered(total),
        expired=narrow.expired(total),
        in_time=Share(narrow.in_time(total), narrow.settled(total)),
        answering=times_of(counted(total.hours)),
    )


def _total(rest: list[tuple[str, Sum]]) -> Sum:
    total = Sum()
    for _, each in rest:
        total.add(each)
    return total


def _unknown(word: Word) -> Name:
    return Name(NOBODY, "none") if word == Word.REVIEWER else Name(UNKNOWN, "unknown")


def _genres(slugs: list[str], label: Label) -> Mapping[str, Name]:
    found = Genre.objects.filter(slug__in=slugs).values_list("slug", "name") if slugs else []
    return {slug: Name(name, slug) for slug, name in found}


def _bands(starts: list[str], label: Label) -> Mapping[str, Name]:
    return {start: Name(bands.name_of(int(start)), bands.range_of(int(start))) for start in starts}


def _countries(codes: list[str], label: Label) -> Mapping[str, Name]:
    return {code: Name(COUNTRY_NAMES.get(code, code), code) for code in codes}


def _calls(pks: list[str], label: Label) -> Mapping[str, Name]:
    found = label.intakes.filter(pk__in=pks) if pks else []
    return {str(each.pk): Name(each.title, each.code if each.call_name else "demos") for each in found}


def _reviewers(pks: list[str], label: Label) -> Mapping[str, Name]:
    return {pk: Name(*said) for pk, said in reviewers_of(pks, label).items()}


NAMED: Mapping[Word, Callable[[list[str], Label], Mapping[str, Name]]] = {
    Word.GENRE: _genres,
    Word.TEMPO: _bands,
    Word.COUNTRY: _countries,
    Word.CALL: _calls,
    Word.REVIEWER: _reviewers,
}
