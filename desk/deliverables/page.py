"""The page of what a label asks of a producer for one record, and its summary on the submission's page."""

from typing import Any

from desk.context import DeskContext
from labels.access import read_only_because
from submissions.choices import Transition
from submissions.deliverables.forms import AskForForm, ItemForm
from submissions.deliverables.page import Row, rows_of, summary_of
from submissions.forms import form_for
from submissions.transition_table import MADE

T = Transition
ITEM_ACTS = (T.APPROVE, T.ASK_AGAIN, T.WAIVE)


def deliverables_of(context: DeskContext) -> dict[str, Any]:
    """Return what was asked for, in short, once it is signed; nothing before. One query then."""
    if context.submission.state not in MADE:
        return {}
    rows = item_rows(context)
    return {
        "asked": rows,
        "asked_summary": summary_of(rows),
        "deliverables_url": context.url_of("deliverables"),
    }


def item_rows(context: DeskContext) -> list[Row]:
    """Return what was asked for, as this member may see it. One query."""
    return rows_of(context.submission, team=True, sees_personal=context.is_manager)


def page_of(
    context: DeskContext,
    *,
    ask_form: AskForForm | None = None,
    item_form: ItemForm | None = None,
    item: str = "",
    sentence: str = "",
) -> dict[str, Any]:
    """Return the context of the page; with forms for those who may ask now. `item_form` is that of one `item`."""
    rows, submission = item_rows(context), context.submission
    may_ask = context.refusal_of(T.ASK_FOR) is None
    fresh: Any = form_for(submission, T.ASK_FOR) if may_ask else None
    return {
        "desk_context": context,
        "label": context.desk.label,
        "submission": submission,
        "rows": rows,
        "summary": summary_of(rows),
        "ask_form": (ask_form or fresh) if may_ask else None,
        "answer_form": form_for(submission, T.WAIVE) if may_ask else None,
        "item_form": item_form,
        "item": item,
        "sentence": sentence,
        "read_only_because": read_only_because(context.desk.label),
        "templates_url": context.desk.label.slug,
    }
