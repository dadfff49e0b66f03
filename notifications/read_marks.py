"""A page that shows a submission marks its notifications as read."""

from typing import Any

from django.db.models import Max
from django.template.loader import render_to_string
from jinja2 import pass_context
from jinja2.runtime import Context

from notifications.models import Delivery
from submissions.models import Submission


@pass_context
def read_mark(context: Context, submission: Submission) -> str:
    """Return the form that the page posts once it is shown, "" with nothing unread.

    It names the newest notification that the page can know of: what comes later stays unread. Nothing is marked for
    somebody else. One query if the bell has a number, which a whole page counts anyway, else none.
    """
    request: Any = context.get("request")
    if context.get("impersonator") or not context.get("unread_count"):
        return ""
    unread = Delivery.objects.unread_by(request.user).about(submission.reference)
    newest = unread.aggregate(newest=Max("pk"))["newest"]
    if newest is None:
        return ""
    values = {"up_to": newest, "submission": submission, "back": request.get_full_path()}
    return render_to_string("notifications/_seen.html", values, request)
