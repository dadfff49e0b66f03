"""The mail that asks somebody to confirm that their address is the label's."""

from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from kit.urls import split_url
from labels.models import Proof
from labels.verification.service import LINK_DAYS, token_of
from notifications.mail import LONGEST_NAME, one_line

TEMPLATE = "workspace/verification/email/proof"


def build(proof: Proof, *, asked_at: int) -> EmailMultiAlternatives:
    """Return the mail; the same `asked_at` gives the same Message-ID, so a retried job is recognised."""
    context = context_of(proof)
    text, html = (render_to_string(f"{TEMPLATE}.{kind}", context) for kind in ("txt", "html"))
    subject = f"Is this {context['label'][:LONGEST_NAME]}’s address?"
    headers = {"Message-ID": _message_id(proof, asked_at), "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[proof.address], headers=headers)
    message.attach_alternative(html, "text/html")
    return message


def context_of(proof: Proof) -> dict[str, str]:
    """Return the context of the mail's templates."""
    person = proof.given_by
    path = reverse("proof-confirm", args=[proof.label.slug, token_of(proof)])
    return {
        "label": one_line(proof.label.name),
        "who": one_line(f"{person.name} ({person.email})" if person.name else person.email),
        "url": f"{settings.BASE_URL}{path}",
        "base_url": settings.BASE_URL,
        "days": str(LINK_DAYS),
    }


def _message_id(proof: Proof, asked_at: int) -> str:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<proof-{proof.pk}.{asked_at}@{sender or split_url(settings.BASE_URL).hostname or 'localhost'}>"
