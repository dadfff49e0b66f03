"""By genre, tempo, country, call and reviewer: the lines of each, by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.models import Genre
from catalog.music.countries import COUNTRIES
from insights import bands
from insights.asking import Asking
from insights.choices import Word
from insights.figures import Breakdown, Line, Share
from insights.hours import times_of
from insights.reviewers import reviewers_of
from insights.sums import Sum, Sums
from labels.models import Label
from submissions import query_words
from submissions.query_words import TermName

MOST = 12
"""Lines; what is left is one more."""

UNOPENED, UNKNOWN, OTHERS = "Not opened yet", "Unknown", "Others"
COUNTRY_NAMES = dict(COUNTRIES)


@dataclass(frozen=True)
class Said:
    """What a value is called, and how the queue's term says it; "" for what it cannot find."""

    name: str
    value: str


Names = Mapping[str, Said]


def breakdowns_of(sums: Sums, asking: Asking, label: Label) -> list[Breakdown]:
    """Return all breakdowns of a label's sums. Three queries at most, for names."""
    return [_breakdown(word, name_values, sums, asking, label) for word, name_values in NAMED.items()]


def _breakdown(
    word: Word, name_values: Callable[[list[str], Label], Names], sums: Sums, asking: Asking, label: Label
) -> Breakdown:
    found = [(value, each) for (key, value), each in sums.items() if key == word and each.received]
    found.sort(key=lambda pair: (-pair[1].received, pair[0]))
    names = name_values([value for value, _ in found if value], label)
    shown, rest = found[:MOST], found[MOST:]
    if word == Word.TEMPO:
        shown.sort(key=lambda pair: int(pair[0]) if pair[0] else bands.BEYOND)
    lines = [_line(names.get(value) or _unknown(word), each, word, asking) for value, each in shown]
    if rest:
        lines.append(_line(Said(OTHERS, ""), _total(rest), word, asking))
    return Breakdown(word.value, str(word.label), lines)


def _line(said: Said, total: Sum, word: Word, asking: Asking) -> Line:
    narrow = asking.narrowed(TermName(word.value), said.value)
    return Line(
        name=said.name,
        received=narrow.received(total),
        opened=narrow.opened(total),
        answered=narrow.answered(total),
        expired=narrow.expired(total),
        in_time=Share(narrow.in_time(total), narrow.settled(total)),
        answering=times_of(total.hours),
    )


def _total(rest: list[tuple[str, Sum]]) -> Sum:
    total = Sum()
    for _, each in rest:
        total.add(each)
    return total


def _unknown(word: Word) -> Said:
    return Said(UNOPENED, query_words.NOBODY) if word == Word.REVIEWER else Said(UNKNOWN, query_words.UNKNOWN)


def _genres(slugs: list[str], label: Label) -> Names:
    found = Genre.objects.filter(slug__in=slugs).values_list("slug", "name") if slugs else []
    return {slug: Said(name, slug) for slug, name in found}


def _bands(starts: list[str], label: Label) -> Names:
    return {start: Said(bands.name_of(int(start)), bands.range_of(int(start))) for start in starts}


def _countries(codes: list[str], label: Label) -> Names:
    return {code: Said(COUNTRY_NAMES.get(code, code), code) for code in codes}


def _calls(pks: list[str], label: Label) -> Names:
    found = label.intakes.filter(pk__in=pks) if pks else []
    return {
        str(each.pk): Said(each.title, each.code if each.call_name else query_words.DEMOS) for each in found
    }


def _reviewers(pks: list[str], label: Label) -> Names:
    return {pk: Said(*said) for pk, said in reviewers_of(pks, label).items()}


NAMED: Mapping[Word, Callable[[list[str], Label], Names]] = {
    Word.GENRE: _genres,
    Word.TEMPO: _bands,
    Word.COUNTRY: _countries,
    Word.CALL: _calls,
    Word.REVIEWER: _reviewers,
}
