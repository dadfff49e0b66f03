"""What the demo's label often answers."""

from datetime import datetime, timedelta

from accounts.models import User
from activity import log
from activity.models import Activity
from kit.clock import at
from labels import reply_templates
from labels.models import Label, ReplyTemplate

REPLIES = (
    (
        "reject",
        "Not our sound",
        "Dear {artist},\n\nthank you for “{title}”. It is well made, and it is not what {label} puts out: we look for "
        "something slower and rougher. Do send us what you think fits.\n\n{me}",
        "genre",
        "another",
    ),
    (
        "reject",
        "Good idea, mix not yet",
        "Dear {artist},\n\nthe idea of “{title}” stays with us, the mix does not carry it yet: low end and voice are "
        "in each other’s way. Give it another week and send it again, we would like to hear it.\n\n{me}",
        "production",
        "this_again",
    ),
    (
        "reject",
        "Calendar full",
        "Dear {artist},\n\nwe like “{title}” and have no slot left this year. We would rather say so now than keep you "
        "waiting.\n\n{me}",
        "calendar",
        "another",
    ),
    (
        "request_changes",
        "A shorter intro",
        "Dear {artist},\n\n“{title}” ({reference}) takes long to begin. Could you send a version that is in after 16 "
        "bars? Nothing else needs to change.\n\n{me}",
        "",
        "",
    ),
    (
        "accept",
        "Our usual offer",
        "Dear {artist},\n\nwe would like to release “{title}” on {label}. Our terms are above; ask whatever you "
        "want to know.\n\n{me}",
        "",
        "",
    ),
)
"""Outcome, name, text, reason, welcome next."""


def keep_replies(label: Label, author: User, today: datetime) -> None:
    """Let a manager write them, five weeks ago."""
    for place, (outcome, name, text, reason, welcome) in enumerate(REPLIES):
        with at(today - timedelta(days=35, minutes=-7 * place)):
            reply_templates.keep(
                ReplyTemplate(
                    label=label, outcome=outcome, name=name, text=text, reason=reason, welcome=welcome
                )
            )
            log.write(Activity.Kind.TEMPLATE_WRITTEN, label=label, actor=author, template=name)
