"""Breakdowns of a label's figures by genre, tempo, country, call and reviewer."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from django.db.models import Exists, OuterRef

from accounts.models import User
from catalog.models import Genre
from catalog.music import query_values
from catalog.music.countries import COUNTRIES
from insights import bands
from insights.drilldown import Drilldown
from insights.figures import Breakdown, Dimension, Line, Name, Names, Share
from insights.percentiles import times_of
from insights.sums import Sum, Sums, counted
from kit.query.values import quoted
from labels.models import Label, Membership
from submissions import query_words
from submissions.query_words import TermName

MOST = 12
"""Lines of a breakdown; the rest is summed up in one more."""

UNOPENED, UNKNOWN, OTHERS = "Not opened yet", "Unknown", "Others"
FORMER = "A former member"
COUNTRY_NAMES = dict(COUNTRIES)
PLAIN_QUOTES = str.maketrans({'"': ""})

Values = Mapping[Dimension, Iterable[str]]


def values_of(sums: Sums) -> Values:
    """Return the values of each dimension, "" for unknown."""
    return {dimension: [value for key, value in sums if key == dimension] for dimension in NAMED}


def names_of(values: Values, label: Label) -> Names:
    """Return the current names of values. At most three queries."""
    return {dimension: _names(dimension, values[dimension], label) for dimension in NAMED}


def _names(dimension: Dimension, values: Iterable[str], label: Label) -> Mapping[str, Name]:
    found = NAMED[dimension]([value for value in values if value], label)
    return {value: found.get(value) or _unknown(dimension) for value in values}


def breakdowns_of(sums: Sums, names: Names, drilldown: Drilldown) -> list[Breakdown]:
    """Return all breakdowns of a label's sums."""
    return [_breakdown(dimension, names[dimension], sums, drilldown) for dimension in NAMED]


def _breakdown(
    dimension: Dimension, names: Mapping[str, Name], sums: Sums, drilldown: Drilldown
) -> Breakdown:
    found = [(value, each) for (key, value), each in sums.items() if key == dimension]
    found.sort(key=lambda pair: (-pair[1].received, pair[0]))
    shown, rest = found[:MOST], found[MOST:]
    if dimension == Dimension.TEMPO:
        shown.sort(key=lambda pair: int(pair[0]) if pair[0] else bands.BEYOND)
    lines = [_line(names[value], each, dimension, drilldown) for value, each in shown]
    if rest:
        lines.append(_line(Name(OTHERS, ""), _total(rest), dimension, drilldown))
    return Breakdown(dimension.value, str(dimension.label), lines)


def _line(name: Name, total: Sum, dimension: Dimension, drilldown: Drilldown) -> Line:
    narrow = drilldown.narrowed(TermName(dimension.value), name.term)
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


def _unknown(dimension: Dimension) -> Name:
    if dimension == Dimension.REVIEWER:
        return Name(UNOPENED, query_words.NOBODY)
    return Name(UNKNOWN, query_values.UNKNOWN)


def _genres(slugs: list[str], label: Label) -> Mapping[str, Name]:
    found = Genre.objects.filter(slug__in=slugs).values_list("slug", "name") if slugs else []
    return {slug: Name(name, slug) for slug, name in found}


def _bands(starts: list[str], label: Label) -> Mapping[str, Name]:
    return {start: Name(bands.name_of(int(start)), bands.range_of(int(start))) for start in starts}


def _countries(codes: list[str], label: Label) -> Mapping[str, Name]:
    return {code: Name(COUNTRY_NAMES.get(code, code), code) for code in codes}


def _calls(pks: list[str], label: Label) -> Mapping[str, Name]:
    found = label.intakes.filter(pk__in=pks).only("label", "call_name", "code") if pks else []
    return {
        str(each.pk): Name(each.title, each.code if each.call_name else query_words.DEMOS) for each in found
    }


def _reviewers(pks: list[str], label: Label) -> Mapping[str, Name]:
    """Return the names of the first openers, and the term that finds each in the queue.

    The term is an email address if the name is ambiguous: the queue searches the team first and matches prefixes.
    """
    team = Membership.objects.filter(label=label)
    # a union, since PostgreSQL scans all accounts for an OR
    either = User.objects.filter(pk__in=pks).values("pk").union(team.values("user"))
    known = User.objects.filter(pk__in=either) if pks else User.objects.none()
    known = known.only("name", "email", "anonymised_at")
    people = list(known.annotate(belongs=Exists(team.filter(user=OuterRef("pk")))))
    names = Counter(_folded(person.name) for person in people)
    openers = [each for each in people if str(each.pk) in set(pks)]
    return {str(each.pk): Name(_person_name(each), _person_term(each, names)) for each in openers}


def _person_name(person: User) -> str:
    if person.anonymised_at:
        return FORMER
    belongs = getattr(person, "belongs", False)
    return str(person) if belongs else f"{person} (former member)"


def _person_term(person: User, names: Counter[str]) -> str:
    own = _folded(person.name)
    is_alone = own and sum(count for name, count in names.items() if name.startswith(own)) == 1
    is_alone = is_alone and getattr(person, "belongs", False)
    term = " ".join(person.name.translate(PLAIN_QUOTES).split()) if is_alone else person.email
    return quoted(term.casefold())


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


NAMED: Mapping[Dimension, Callable[[list[str], Label], Mapping[str, Name]]] = {
    Dimension.GENRE: _genres,
    Dimension.TEMPO: _bands,
    Dimension.COUNTRY: _countries,
    Dimension.CALL: _calls,
    Dimension.REVIEWER: _reviewers,
}
