"""From a delivery to a mail: headers that are the same each time, text and HTML."""

import re
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from notifications.letters import Letter, letter_of
from notifications.models import Delivery

FOLDER = "notifications/email"


def build(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the mail of a delivery, in its person's time zone; expects it `with_subject`."""
    with timezone.override(delivery.person.zone):
        letter = letter_of(delivery)
        text, html = (written(letter, delivery.person, kind) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(
        letter.subject, text, to=[delivery.person.email], headers=headers_of(delivery)
    )
    message.attach_alternative(html, "text/html")
    return message


def written(letter: Letter, person: User, kind: str) -> str:
    """Return a letter to a person as "txt" or "html"; their time zone is the caller's to set."""
    context = {**letter.context, "base_url": settings.BASE_URL, "zone": person.time_zone}
    return rendered(letter.template, kind, context)


def headers_of(delivery: Delivery) -> dict[str, str]:
    """Return the headers that name a mail: sent twice, it is the same mail; one thread per submission."""
    domain = domain_of_ours()
    thread = _thread(delivery)
    root = f"<{thread}@{domain}>"
    return {
        "Message-ID": f"<delivery-{delivery.pk}.{thread}@{domain}>",
        "In-Reply-To": root,
        "References": root,
        "List-Id": f"Trackflow <notifications.{domain}>",
        "Auto-Submitted": "auto-generated",
    }


def _thread(delivery: Delivery) -> str:
    about = delivery.event or delivery.notice
    if about and about.submission:
        return about.submission.reference
    return f"notice-{about.pk}" if about else f"suspension-{delivery.suspension_id}"


def domain_of_ours() -> str:
    """Return what stands behind the @ of our mails' ids."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return sender.rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname or "localhost"


def rendered(template: str, kind: str, context: dict[str, Any]) -> str:
    """Return a mail's template as "txt" or "html"."""
    text = render_to_string(f"{FOLDER}/{template}.{kind}", context)
    return text if kind == "html" else re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
