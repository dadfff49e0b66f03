"""A page that shows a submission marks its notifications as read."""

from typing import Any

from django.template.loader import render_to_string
from jinja2 import pass_context
from jinja2.runtime import Context

from notifications.models import Delivery
from submissions.models import Submission


@pass_context
def read_mark(context: Context, submission: Submission) -> str:
    """Return the form that the page posts once it is shown, "" with nothing unread.

    It names the newest notification that the page can know of: what comes later stays unread. Nothing is marked for
    somebody else.
    """
    request: Any = context.get("request")
    newest = None if context.get("impersonator") else _newest_unread(context, submission)
    if newest is None:
        return ""
    values = {"up_to": newest, "submission": submission, "back": request.get_full_path()}
    return render_to_string("notifications/_seen.html", values, request)


def _newest_unread(context: Context, submission: Submission) -> int | None:
    """Return it as the submission was annotated, else by one query if the bell has a number."""
    if hasattr(submission, "newest_unread"):
        return submission.newest_unread  # an annotation
    if not context.get("unread_count"):
        return None
    unread = Delivery.objects.unread_by(context["request"].user).about(submission.reference)
    return unread.order_by("-pk").values_list("pk", flat=True).first()
