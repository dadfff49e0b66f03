"""A page that shows a submission marks its notifications as read."""

from typing import Any

from django import template

from notifications.models import Delivery
from submissions.models import Submission

register = template.Library()


@register.inclusion_tag("notifications/_seen.html", takes_context=True)
def seen(context: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """Return the form that the page posts once it is shown, empty with nothing unread.

    `up_to` is the newest notification that the page can know of: what comes later stays unread. Nothing is marked for
    somebody else.
    """
    if context.get("impersonator"):
        return {}
    request = context["request"]
    up_to = _newest_unread(context, submission)
    return {"up_to": up_to, "submission": submission, "back": request.get_full_path()}


def _newest_unread(context: dict[str, Any], submission: Submission) -> int | None:
    """Return it as the submission was annotated, else by one query if the bell has a number."""
    if hasattr(submission, "newest_unread"):
        return submission.newest_unread  # as the desk annotates it
    if not context.get("unread_count"):
        return None
    unread = Delivery.objects.unread_by(context["request"].user).about(submission.reference)
    return unread.order_by("-pk").values_list("pk", flat=True).first()
