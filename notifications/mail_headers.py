"""Headers of mails that stay the same when a mail is sent again."""

from email.utils import parseaddr

from django.conf import settings

from kit.urls import split_url
from notifications.models import Delivery
from notifications.unsubscribe import links


def mail_headers(delivery: Delivery) -> dict[str, str]:
    """Return headers that are the same when a mail is sent again, with one thread per submission."""
    domain = mail_domain()
    thread = _thread(delivery)
    root = f"<{thread}@{domain}>"
    return {
        "Message-ID": f"<delivery-{delivery.pk}.{thread}@{domain}>",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f"Trackflow <notifications.{domain}>",
        "Auto-Submitted": "auto-generated",
        **links.headers(links.path_for(delivery)),
    }


def _thread(delivery: Delivery) -> str:
    if delivery.submission:
        return delivery.submission.reference
    about = delivery.notice
    return f"notice-{about.pk}" if about else f"suspension-{delivery.suspension_id}"


def mail_domain() -> str:
    """Return the domain of our Message-IDs."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return sender.rpartition("@")[2] or split_url(settings.BASE_URL).hostname or "localhost"
