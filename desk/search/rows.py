"""Submissions found by a query."""

from accounts.models import User
from desk.search import full_text
from desk.search.conditions import SearchContext
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.term_table import BY_NAME, SORTS
from kit.clock import now
from labels.models import Label
from submissions.models import Submission
from submissions.models.search_index import CATALOGUE_KEY, DUE_ORDER, RELEASE_ORDER, SCORE_ORDER, TEMPO_ORDER
from submissions.models.submission_rows import SubmissionQuerySet

Rows = SubmissionQuerySet
COLUMNS = {
    "due_order": DUE_ORDER,
    "tempo_order": TEMPO_ORDER,
    "score_order": SCORE_ORDER,
    "release_order": RELEASE_ORDER,
}


def search(text: str, user: User, label: Label) -> Rows:
    """Return what a query's text finds on a member's desk, unordered; raises QueryError."""
    return filter_rows(Submission.objects.at_desk(user, label), parse(text), user, label)


def filter_rows(rows: Rows, query: Query, user: User, label: Label) -> Rows:
    """Filter rows of `Submission.objects.at_desk(user, label)` by a query.

    Annotates the columns of `order_of`, without ordering.
    """
    return in_states(matching(rows, query, user, label), query)


def in_states(rows: Rows, query: Query) -> Rows:
    """Limit rows to the states that a query searches."""
    if (searched_states := query.searched_states) is None:
        return rows
    return rows.filter(state__in=searched_states) if searched_states else rows.none()


def matching(rows: Rows, query: Query, user: User, label: Label) -> Rows:
    """Filter rows by all of a query but its states."""
    rows = rows.annotate(**COLUMNS).alias(catalogue_key=CATALOGUE_KEY)
    context = SearchContext(user, label, now())
    for name, value in query.term_values.items():
        if condition := BY_NAME[name].condition:
            rows = rows.filter(condition(value, context))
    for name, value in query.excluded:
        if condition := BY_NAME[name].condition:
            rows = rows.exclude(condition(value, context))
    if query.unwanted:
        rows = rows.exclude(full_text.contains_any(query.unwanted))
    return rows.filter(full_text.contains_all(query.words, label.pk)) if query.words else rows


def order_of(query: Query) -> tuple[str, ...]:
    """Return the order for `kit.pages.page`."""
    return SORTS[query.order][1]
