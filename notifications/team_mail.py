"""Mails to people outside a label's team: invited to it, or removed from it."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import truncatechars

from accounts.models import User
from labels.choices import Role
from labels.models import Invitation, Label
from labels.team.invitations import token_of
from notifications.bounces.service import token_of as address_token
from notifications.mail import LONGEST_NAME, one_line, render_mail
from notifications.mail_headers import mail_domain
from notifications.models import RefusedAddress


def invitation_mail(invitation: Invitation) -> EmailMultiAlternatives:
    """Return the mail with an invitation's link; its Message-ID stays the same when sent again."""
    label, who = one_line(invitation.label.name), one_line(str(invitation.invited_by))
    context = {
        "label": label,
        "who": who,
        "role": Role(invitation.role).label,
        "code": invitation.code,
        "token": token_of(invitation),
        "expires_at": invitation.expires_at,
    }
    subject = f"{_short(who)} invites you to the team of {_short(label)}"
    name = f"invitation-{invitation.code}.{invitation.sent_at:%Y%m%d%H%M%S}"
    return mail_to_address("invitation", subject, context, to=invitation.email, name=name)


def farewell_mail(label: Label, person: User, *, by: User | None) -> EmailMultiAlternatives:
    """Return the mail to somebody who was removed from a team; without `by` it was Trackflow."""
    names = {"label": one_line(label.name), "who": one_line(str(by)) if by else "Trackflow"}
    name = f"farewell-{label.pk}.{person.pk}"
    subject = f"You are no longer in the team of {_short(names['label'])}"
    return mail_to_address("farewell", subject, names, to=person.email, name=name)


def address_mail(row: RefusedAddress) -> EmailMultiAlternatives:
    """Return the mail that asks an address whether mail reaches it again."""
    context = {"address": row.address, "is_complaint": row.reason == "complaint", "token": address_token(row)}
    name = f"address-{row.pk}.{row.asked_at or row.refused_at:%Y%m%d%H%M%S}"
    return mail_to_address("address", "Confirm your address", context, to=row.address, name=name)


def mail_to_address(
    template: str, subject: str, context: dict[str, Any], *, to: str, name: str
) -> EmailMultiAlternatives:
    values = {**context, "base_url": settings.BASE_URL}
    headers = {"Message-ID": f"<{name}@{mail_domain()}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(subject, render_mail(template, "txt", values), to=[to], headers=headers)
    message.attach_alternative(render_mail(template, "html", values), "text/html")
    return message


def _short(words: str) -> str:
    return truncatechars(words, LONGEST_NAME)
