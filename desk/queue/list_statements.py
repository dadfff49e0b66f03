"""The statements of a desk's list, compiled once for each shape of its query."""

from functools import lru_cache

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, OuterRef
from django.http import QueryDict

from accounts.models import User
from desk.queue.annotations import with_list_annotations
from desk.search import full_text
from desk.search.query import Query
from desk.search.rows import Rows, filter_rows, order_of
from desk.search.score_conditions import BY_SCORE
from kit.bundles import TextRow
from kit.pages import AroundStatement, Page, TextPageStatements
from kit.statements import Statement, param
from labels.models import Label
from submissions.models import Submission
from submissions.query_words import ME, TermName

TABS = frozenset({TermName.IS, TermName.BALL, TermName.SORT, TermName.ASSIGNEE})
FIXED = TABS | {TermName.KEY, TermName.MIXES, TermName.AI, TermName.COUNTRY, TermName.WAV, TermName.EXCLUSIVE}
"""Terms whose conditions depend on neither the moment nor what a label or the vocabulary has."""

COLUMNS = (
    *("reference", "version", "state", "label", "producer", "title", "mix", "artist", "genre", "subgenre"),
    *("key", "tempo", "release_on", "catalogue_number", "submitted_at", "due_at", "dead_links"),
    *("team_assignee", "team_score", "team_score_spread", "team_score_count", "team_score_is_old"),
    "asked_at",
)
"""What a row shows of a submission."""

Listed = Submission | TextRow[Submission]
"""A row as it was read: by a statement compiled before, unread."""


def list_page(
    user: User, label: Label, query: Query, data: QueryDict, *, size: int, is_shown: bool = True
) -> Page[Listed] | None:
    """Return a page of what a query finds; None where the query has to be built anew each time.

    Rows that are not shown have no more than their reference and their place.
    """
    if not _is_fixed(query):
        return None
    try:
        statements = _statements(query.with_values(words=()), bool(query.words), size, is_shown)
    except EmptyResultSet:
        return None
    words = full_text.all_of(query.words, label.pk) if query.words else ""
    return statements.page(data, user=user.pk, label=label.pk, words=words)


def list_around(
    user: User, label: Label, query: Query, submission: Submission, data: QueryDict, *, above: int, below: int
) -> tuple[Page[Listed], Page[Listed]] | None:
    """Return what stands before and after a submission, in the same way. One query."""
    if not _is_fixed(query):
        return None
    try:
        statement = _around(query.with_values(words=()), bool(query.words), above, below)
    except EmptyResultSet:
        return None
    words = full_text.all_of(query.words, label.pk) if query.words else ""
    return statement.read(submission, data, user=user.pk, label=label.pk, words=words)


def list_has(user: User, label: Label, query: Query, submission: Submission) -> bool | None:
    """Return whether a query finds a submission; None where the query has to be built anew. One query."""
    if not _is_fixed(query):
        return None
    words = full_text.all_of(query.words, label.pk) if query.words else ""
    try:
        statement = _membership(query.with_values(words=()), bool(query.words))
    except EmptyResultSet:
        return False
    return bool(statement.rows(user=user.pk, label=label.pk, words=words, submission=submission.pk))


def list_row(user: User, label: Label, query: Query, reference: str) -> Submission | None:
    """Return a submission as `with_place_in` does; None if it is not at the desk, or built anew. One query."""
    if not _is_fixed(query):
        return None
    words = full_text.all_of(query.words, label.pk) if query.words else ""
    statement = _row(query.with_values(words=()), bool(query.words))
    return statement.first(user=user.pk, label=label.pk, words=words, reference=reference)


def submission_of(listed: Listed) -> Submission:
    return listed.object if isinstance(listed, TextRow) else listed


def with_place_in(found: Rows, user: User, label: Label) -> Rows:
    """Return a desk's submissions as rows show them, with `fits`: whether they are among those found."""
    rows = with_list_annotations(Submission.objects.at_desk(user, label), user).only(*COLUMNS)
    return rows.annotate(fits=Exists(found.filter(pk=OuterRef("pk"))))


def _is_fixed(query: Query) -> bool:
    names = query.term_values.keys() | {name for name, _ in query.excluded}
    is_own = query.assignee in ("", ME) and "assignee" not in dict(query.excluded)
    return names <= FIXED and is_own and not query.unwanted and query.order != BY_SCORE


@lru_cache(maxsize=100)
def _statements(query: Query, has_words: bool, size: int, is_shown: bool) -> TextPageStatements[Submission]:
    rows = _rows(query, has_words, is_shown)
    return TextPageStatements(rows, order=order_of(query), size=size, prepares=_is_tab(query, has_words))


@lru_cache(maxsize=100)
def _around(query: Query, has_words: bool, above: int, below: int) -> AroundStatement[Submission]:
    rows, is_tab = _rows(query, has_words, below > 1), _is_tab(query, has_words)
    return AroundStatement(rows, order=order_of(query), above=above, below=below, prepares=is_tab)


@lru_cache(maxsize=100)
def _membership(query: Query, has_words: bool) -> Statement[Submission]:
    found = _found(query, has_words).filter(pk=param("submission"))
    return Statement(found.values_list("pk"), prepares=_is_tab(query, has_words))


@lru_cache(maxsize=100)
def _row(query: Query, has_words: bool) -> Statement[Submission]:
    rows = with_place_in(_found(query, has_words), param("user"), param("label"))
    return Statement(rows.filter(reference=param("reference")))


def _found(query: Query, has_words: bool) -> Rows:
    user, label = param("user"), param("label")
    rows = filter_rows(Submission.objects.at_desk(user, label), query, user, label)
    return rows.filter(full_text.matches(param("words"))) if has_words else rows


def _rows(query: Query, has_words: bool, is_shown: bool) -> Rows:
    rows, user = _found(query, has_words), param("user")
    return with_list_annotations(rows, user).only(*COLUMNS) if is_shown else _bare(rows, query)


def _is_tab(query: Query, has_words: bool) -> bool:
    """Whether its statements are prepared: in a tab every desk's rows are alike, of terms some find few, some many."""
    is_narrow = has_words or query.excluded or len(query.states) > 1
    return not is_narrow and query.term_values.keys() <= TABS


def _bare(rows: Rows, query: Query) -> Rows:
    columns = {name.lstrip("-") for name in order_of(query)} - set(rows.query.annotations)
    return rows.only("reference", *columns)
