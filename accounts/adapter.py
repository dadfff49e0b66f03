"""How allauth behaves here: its mail leaves through the worker."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings

from accounts.tasks import send_mail


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail; no request talks SMTP."""
        about = {"request": self.request, "email": email, "current_site": _site()}
        message = self.render_mail(template_prefix, email, {**about, **context})
        html = next((str(content) for content, _ in getattr(message, "alternatives", [])), "")
        send_mail.defer(to=email, subject=str(message.subject), text=str(message.body), html=html)


def _site() -> dict[str, str]:
    """What allauth's mails call this place."""
    return {"name": "Trackflow", "domain": urlsplit(settings.BASE_URL).netloc}
