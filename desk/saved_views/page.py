"""The page of saved views, and their bar on the queue page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from desk.models import SavedView
from desk.saved_views.access import ViewAccess
from desk.saved_views.forms import RenameForm, SaveViewForm
from desk.search.parser import parse
from desk.search.query import Query
from desk.search.rows import filter_rows
from kit.counts import capped_counts, display_count
from kit.query.text import QueryError
from kit.routes import url_for
from submissions.models import Submission

IN_BAR = 12


@dataclass(frozen=True)
class ViewRow:
    """A saved view with its parsed query; `problem` says why it cannot be parsed any more.

    `count` is "" until `with_counts`.
    """

    view: SavedView
    href: str
    query: Query | None = None
    problem: str = ""
    count: str = ""
    is_current: bool = False
    may_change: bool = False
    is_own: bool = False
    is_default: bool = False

    @property
    def text(self) -> str:
        return self.query.text if self.query else self.view.query


@dataclass(frozen=True)
class ViewBar:
    """Links to saved views on the queue page, read when the template needs them.

    `current` is the canonical text of the query shown, None where it is invalid.
    """

    access: ViewAccess
    current: str | None
    is_counted: bool = False

    @cached_property
    def rows(self) -> list[ViewRow]:
        """The default view, the team's, then the member's own; always including the current one."""
        in_order = sorted(self._all, key=lambda row: not row.is_default)
        shown = [*in_order[:IN_BAR], *(row for row in in_order[IN_BAR:] if row.is_current)]
        rows = [*shown[: IN_BAR - 1], shown[-1]] if len(shown) > IN_BAR else shown
        return with_counts(self.access, rows) if self.is_counted else rows

    @property
    def total(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> list[ViewRow]:
        return rows_of(self.access, current=self.current)


def rows_of(access: ViewAccess, *, current: str | None = None) -> list[ViewRow]:
    """Return all views, uncounted; `current` is the canonical text of the query shown."""
    return [_row(access, view, current) for view in access.loaded]


def with_counts(access: ViewAccess, rows: Iterable[ViewRow]) -> list[ViewRow]:
    """Return the rows with the count of each view. One query."""
    rows, user, label = list(rows), access.user, access.desk.label
    everything = Submission.objects.at_desk(user, label)
    queries = [row.query for row in rows if row.query]
    counts = iter(capped_counts([filter_rows(everything, query, user, label) for query in queries]))
    return [replace(row, count=display_count(next(counts))) if row.query else row for row in rows]


def _row(access: ViewAccess, view: SavedView, current: str | None) -> ViewRow:
    is_frozen = view.is_team and access.is_read_only
    may_change = access.may_change(view) and not is_frozen
    row = ViewRow(
        view,
        _queue_url(access, view.query),
        may_change=may_change,
        is_own=access.owns(view),
        is_default=view.is_default,
    )
    try:
        query = parse(view.query)
    except QueryError as error:
        return replace(row, problem=str(error))
    return replace(row, query=query, href=_queue_url(access, query.text), is_current=query.text == current)


def _queue_url(access: ViewAccess, text: str) -> str:
    """Return the URL of the queue with a query, valid or not."""
    return f"{url_for('desk:queue', access.desk.label.slug)}?{urlencode({'q': text})}"


def page_context_of(
    access: ViewAccess,
    *,
    form: SaveViewForm | None = None,
    renaming: tuple[SavedView, RenameForm] | None = None,
) -> dict[str, Any]:
    """Return the context of the page: every view with its count, and a rename form where allowed."""
    rows = with_counts(access, rows_of(access))
    forms = {row.view.pk: rename_form_of(row.view) for row in rows if row.may_change}
    if renaming:
        forms[renaming[0].pk] = renaming[1]
    return {
        **_base_context(access),
        "save_form": form or save_form_of(access),
        "team": [(row, forms.get(row.view.pk)) for row in rows if row.view.is_team],
        "own": [(row, forms.get(row.view.pk)) for row in rows if not row.view.is_team],
    }


def bar_context_of(
    access: ViewAccess, text: str | None, *, form: SaveViewForm | None = None, is_counted: bool = False
) -> dict[str, Any]:
    """Return the context of `desk/saved_views/_views.html` for a queue with this query; None where it is invalid.

    `form` is one with which something is wrong.
    """
    text = canonical(text) if text is not None else None
    return {**_base_context(access), "bar": ViewBar(access, text, is_counted), "save_form": form}


def save_context_of(access: ViewAccess, text: str) -> dict[str, Any]:
    """Return the context of the form that saves a query, alone."""
    return {**_base_context(access), "save_form": save_form_of(access, canonical(text))}


def save_form_of(access: ViewAccess, text: str = "", data: Any = None) -> SaveViewForm:
    """Return the form that saves a query; its ids differ from the filter's."""
    return SaveViewForm(data, initial={"q": text}, may_share=access.may_share, auto_id="save_%s")


def rename_form_of(view: SavedView, data: Any = None) -> RenameForm:
    return RenameForm(data, initial={"name": view.name}, auto_id=f"view-{view.pk}-%s")


def canonical(text: str) -> str:
    """Return the canonical text of a query; unchanged where it is invalid."""
    try:
        return parse(text).text
    except QueryError:
        return text


def _base_context(access: ViewAccess) -> dict[str, Any]:
    return {"access": access, "desk": access.desk, "label": access.desk.label}
