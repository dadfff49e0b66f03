"""Mails about exports and deletions, in the reader's time zone."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from notifications.mail_headers import mail_domain
from privacy.deletion.service import labels_without
from privacy.models import Export

SUBJECTS = {
    "ready": "Your data is ready to download",
    "asked": "Your account will be deleted in 7 days",
    "tomorrow": "Your account will be deleted tomorrow",
    "kept": "You keep your account",
}


def tell_ready(export_id: int) -> None:
    """Mail the link of an export, unless it is gone; whoever has the link still has to sign in."""
    export = Export.objects.select_related("person").filter(pk=export_id).first()
    if export and export.is_ready and export.person.is_active:
        _send("ready", export.person, name=f"export-{export.code}", export=export)


def tell_deletion(user_id: int, kind: str, due: str) -> None:
    """Mail that an account will be deleted, or is kept, as long as that is so."""
    person = User.objects.get(pk=user_id)
    stands = person.deletes_at.isoformat() if person.deletes_at else ""
    if person.is_active and (kind == "kept" or stands == due):
        name = f"deletion-{person.pk}.{kind}.{due}".replace(":", "").replace("+", "")
        _send(kind, person, name=name, labels=labels_without(person))


def _send(kind: str, person: User, *, name: str, **context: Any) -> None:
    values = context | {"person": person, "base_url": settings.BASE_URL}
    with timezone.override(person.zone):
        text = render_to_string(f"privacy/email/{kind}.txt", values)
    headers = {"Message-ID": f"<{name}@{mail_domain()}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(SUBJECTS[kind], text, to=[person.email], headers=headers).send()
