"""From a query to rows."""

from accounts.models import User
from desk.search import full_text
from desk.search.conditions import Asking
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.term_table import BY_NAME, SORTS
from kit.clock import now
from labels.models import Label
from submissions.models import Submission
from submissions.models.search_index import DUE_ORDER, SCORE_ORDER, TEMPO_ORDER
from submissions.models.submission import SubmissionQuerySet

Rows = SubmissionQuerySet


def found_by(text: str, user: User, label: Label) -> Rows:
    """Return what a query's text finds on this member's desk, without order; raises QueryError."""
    return narrowed(Submission.objects.at_desk(user, label), parse(text), user, label)


def narrowed(rows: Rows, query: Query, user: User, label: Label) -> Rows:
    """Return those of a label's rows (`Submission.objects.at_desk(user, label)`) that fit a query.

    Adds the columns that `order_of` names; does not order them.
    """
    rows = rows.annotate(due_order=DUE_ORDER, tempo_order=TEMPO_ORDER, score_order=SCORE_ORDER)
    if (reach := query.reach) is not None:
        rows = rows.filter(state__in=reach) if reach else rows.none()
    asking = Asking(user, label, now())
    for name, value in query.said.items():
        if narrow := BY_NAME[name].narrow:
            rows = rows.filter(narrow(value, asking))
    return rows.filter(full_text.matching(query.words, label.pk)) if query.words else rows


def order_of(query: Query) -> tuple[str, ...]:
    """Return the columns for `kit.pages.page`."""
    return SORTS[query.sort][1]
