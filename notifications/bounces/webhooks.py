"""What mail services tell of our mails, through django-anymail: hard bounces and complaints are heeded."""

from collections.abc import Callable
from typing import Any

from anymail.exceptions import AnymailError
from anymail.signals import AnymailTrackingEvent, EventType, RejectReason
from anymail.webhooks import brevo, mailgun, mailjet, postmark, sparkpost
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.bounces.service import refuse
from notifications.choices import Refusal

VIEWS: dict[str, Callable[..., Any]] = {
    "brevo": brevo.BrevoTrackingWebhookView,
    "mailgun": mailgun.MailgunTrackingWebhookView,
    "mailjet": mailjet.MailjetTrackingWebhookView,
    "postmark": postmark.PostmarkTrackingWebhookView,
    "sparkpost": sparkpost.SparkPostTrackingWebhookView,
}
UNREADABLE = (
    AnymailError,
    ImproperlyConfigured,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RecursionError,
)


@csrf_exempt  # a mail service posts here; its name and password are the permission
@login_not_required
@require_http_methods(["HEAD", "POST"])
def mail_events(request: HttpRequest, provider: str) -> HttpResponse:
    """Take what a mail service tells; there is no such page while no password is set."""
    if provider not in VIEWS or not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        raise Http404
    if request.method == "POST":
        for event in _events(request, provider):
            heed(event, provider)
    return HttpResponse()


def _events(request: HttpRequest, provider: str) -> list[AnymailTrackingEvent]:
    """Return the events of a request that the service proves to be its own."""
    try:
        view = VIEWS[provider]()
        view.run_validators(request)
        return list(view.parse_events(request))
    except UNREADABLE as error:
        raise BadRequest(f"This is no message of {provider} to us.") from error


def heed(event: AnymailTrackingEvent, provider: str) -> None:
    """Stop mail to an address that does not exist or complained; what may pass by itself changes nothing."""
    reason = _reason(event)
    if reason and event.recipient:
        detail = " ".join(str(event.description or event.mta_response or "").split())
        refuse(event.recipient, reason, provider=provider, detail=detail, moment=event.timestamp)


def _reason(event: AnymailTrackingEvent) -> Refusal | None:
    if event.event_type == EventType.COMPLAINED:
        return Refusal.COMPLAINT
    gone = event.reject_reason in (RejectReason.BOUNCED, RejectReason.INVALID)
    is_final = event.event_type in (EventType.BOUNCED, EventType.REJECTED) and gone and not _is_soft(event)
    return Refusal.BOUNCE if is_final else None


def _is_soft(event: AnymailTrackingEvent) -> bool:
    """Whether the service says itself that the address may work later."""
    told: Any = event.esp_event
    return isinstance(told, dict) and (told.get("Type") == "SoftBounce" or told.get("event") == "soft_bounce")
