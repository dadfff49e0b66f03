"""The page of saved views, and the part of it that the queue carries."""

from typing import Any

from desk.models import SavedView
from desk.saved_views.access import Shelf
from desk.saved_views.forms import RenameForm, SaveViewForm
from desk.saved_views.rows import Bar, counted, rows_of
from desk.search.parser import QueryError, parse


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
