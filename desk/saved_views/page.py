"""The page of saved views, and the part of it that the queue carries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from desk.models import SavedView
from desk.saved_views.access import Shelf
from desk.saved_views.forms import RenameForm, SaveViewForm
from desk.search.parser import QueryError, parse
from desk.search.query import Query
from desk.search.rows import narrowed
from kit.counts import capped_counts, display_count
from submissions.models import Submission

IN_BAR = 12


@dataclass(frozen=True)
class ViewRow:
    """A saved view with its query as it is read today; `problem` says why it no longer is.

    `count` is "" until somebody counts.
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
class Bar:
    """The views one may go to from the queue, read when the page draws them.

    `current` is the canonical text of the query that is shown, None where nobody understands it.
    """

    shelf: Shelf
    current: str | None
    is_counted: bool = False

    @cached_property
    def rows(self) -> list[ViewRow]:
        """The default view, then the team's, then one's own; the one that is shown is always among them."""
        in_order = sorted(self._all, key=lambda row: not row.is_default)
        shown = [*in_order[:IN_BAR], *(row for row in in_order[IN_BAR:] if row.is_current)]
        kept = [*shown[: IN_BAR - 1], shown[-1]] if len(shown) > IN_BAR else shown
        return counted(self.shelf, kept) if self.is_counted else kept

    @property
    def total(self) -> int:
        return len(self._all)

    @cached_property
    def _all(self) -> list[ViewRow]:
        return rows_of(self.shelf, current=self.current)


def rows_of(shelf: Shelf, *, current: str | None = None) -> list[ViewRow]:
    """Return all that lies on a shelf, uncounted; `current` is the canonical text of the query shown."""
    return [_row(shelf, view, current) for view in shelf.kept]


def counted(shelf: Shelf, rows: Iterable[ViewRow]) -> list[ViewRow]:
    """Return the rows with how much each view holds. One query."""
    rows, user, label = list(rows), shelf.user, shelf.desk.label
    everything = Submission.objects.at_desk(user, label)
    queries = [row.query for row in rows if row.query]
    counts = iter(capped_counts([narrowed(everything, query, user, label) for query in queries]))
    return [replace(row, count=display_count(next(counts))) if row.query else row for row in rows]


def _row(shelf: Shelf, view: SavedView, current: str | None) -> ViewRow:
    is_still = view.is_team and shelf.is_read_only
    may_change = shelf.may_change(view) and not is_still
    row = ViewRow(
        view,
        _address(shelf, view.query),
        may_change=may_change,
        is_own=shelf.owns(view),
        is_default=view.is_default,
    )
    try:
        query = parse(view.query)
    except QueryError as error:
        return replace(row, problem=str(error))
    return replace(row, query=query, href=_address(shelf, query.text), is_current=query.text == current)


def _address(shelf: Shelf, text: str) -> str:
    """Return where the queue shows a query, or says what is wrong with it."""
    return f"{reverse('desk:queue', args=[shelf.desk.label.slug])}?{urlencode({'q': text})}"


def views_page_of(
    shelf: Shelf, *, form: SaveViewForm | None = None, renaming: tuple[SavedView, RenameForm] | None = None
) -> dict[str, Any]:
    """Return the context of the page: every view counted, each that may be renamed with a form for it."""
    rows = counted(shelf, rows_of(shelf))
    forms = {row.view.pk: rename_form_of(row.view) for row in rows if row.may_change}
    if renaming:
        forms[renaming[0].pk] = renaming[1]
    return {
        **_frame(shelf),
        "save_form": form or save_form_of(shelf),
        "team": [(row, forms.get(row.view.pk)) for row in rows if row.view.is_team],
        "own": [(row, forms.get(row.view.pk)) for row in rows if not row.view.is_team],
    }


def views_of(
    shelf: Shelf, text: str | None, *, form: SaveViewForm | None = None, is_counted: bool = False
) -> dict[str, Any]:
    """Return the context of `desk/saved_views/_views.html` for a queue that shows this query; None for none at all."""
    text = canonical(text) if text is not None else None
    return {
        **_frame(shelf),
        "bar": Bar(shelf, text, is_counted),
        "save_form": form or save_form_of(shelf, text or ""),
    }


def save_form_of(shelf: Shelf, text: str = "", data: Any = None) -> SaveViewForm:
    """Return the form under which a query is saved; its ids differ from the filter's."""
    return SaveViewForm(data, initial={"q": text}, may_share=shelf.may_share, auto_id="save_%s")


def rename_form_of(view: SavedView, data: Any = None) -> RenameForm:
    return RenameForm(data, initial={"name": view.name}, auto_id=f"view-{view.pk}-%s")


def canonical(text: str) -> str:
    """Return a query as it would be saved, and as it is where it cannot be read."""
    try:
        return parse(text).text
    except QueryError:
        return text


def _frame(shelf: Shelf) -> dict[str, Any]:
    return {"shelf": shelf, "desk": shelf.desk, "label": shelf.desk.label}
