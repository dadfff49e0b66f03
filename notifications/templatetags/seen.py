"""A page that shows a submission marks its notifications as read."""

from typing import Any

from django import template
from django.db.models import Max

from notifications.models import Delivery
from submissions.models import Submission

register = template.Library()


@register.inclusion_tag("notifications/_seen.html", takes_context=True)
def seen(context: dict[str, Any], submission: Submission) -> dict[str, Any]:
    """Return the form that the page posts once it is shown, empty with nothing unread. One query.

    `up_to` is the newest notification that the page can know of: what comes later stays unread. Nothing is marked for
    somebody else.
    """
    request = context["request"]
    if context.get("impersonator"):
        return {}
    unread = Delivery.objects.unread_by(request.user).about(submission.reference)
    return {
        "up_to": unread.aggregate(newest=Max("pk"))["newest"],
        "submission": submission,
        "back": request.get_full_path(),
    }
