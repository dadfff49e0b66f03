"""The splits on a submission's page, with the owner's way to settle them."""

from typing import Any

from desk.context import DeskContext
from submissions.choices import Transition
from submissions.splits.page import sheet_page
from submissions.transition_table import SPLITTABLE


def splits_of(context: DeskContext) -> dict[str, Any]:
    """Return the last sheet once there is an offer; nothing before. Two queries then."""
    submission = context.submission
    if submission.state not in SPLITTABLE and not submission.splits:
        return {}
    page = sheet_page(submission)
    may_override = not page.is_settled and context.refusal_of(Transition.OVERRIDE_SPLITS) is None
    override = context.url_of("act", Transition.OVERRIDE_SPLITS.value) if may_override else ""
    return {"splits": page, "override_url": override}
