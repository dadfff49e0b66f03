"""What stays of an impersonation: two lines in the log, two in the office, and a mail to whose account it was."""

import logging
from datetime import datetime

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.tasks import send_mail
from kit.clock import now
from notifications.mail import one_line
from trackflow.impersonation.session import Standing

log = logging.getLogger("trackflow.impersonation")

SUBJECT = "Trackflow’s staff opened your account"


def write_start(admin: User, person: User, *, why: str) -> None:
    """Log that it began, in the office too, and tell the person by mail."""
    log.info("admin %s acts as user %s: %r", admin.pk, person.pk, why)
    _enter(admin, person, f"Began to act as them: {why}" if why else "Began to act as them.")
    _tell(admin, person, why)


def write_end(admin: User, person: User, since: datetime, *, how: str) -> None:
    """Log that it ended, how and after how long."""
    lasted = int((now() - since).total_seconds())
    log.info("admin %s acts as user %s no more: %s after %s seconds", admin.pk, person.pk, how, lasted)
    _enter(admin, person, f"Stopped acting as them: {how} after {lasted} seconds.")


def write_break(standing: Standing, person: object) -> None:
    """Log that it was cut off: somebody may not act as somebody any more."""
    log.warning("acting as user %s was cut off, begun %s", person, standing.since.isoformat())


def write_request(request: HttpRequest, admin: User, name: str, *, refused: str) -> None:
    """Log an attempt to change something."""
    answer = "refused" if refused else "let through"
    log.info("admin %s as user %s: %s %s, %s", admin.pk, request.user.pk, request.method, name, answer)


def _enter(admin: User, person: User, words: str) -> None:
    LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=str(person)[:200],
        action_flag=CHANGE,
        change_message=words,
    )


def _tell(admin: User, person: User, why: str) -> None:
    context = {"admin": one_line(admin.name), "person": person, "why": why, "since": now()}
    context["may_act"] = settings.IMPERSONATORS_MAY_ACT
    with timezone.override(person.zone):
        text = render_to_string("impersonation/email/opened.txt", context)
    send_mail.defer(to=person.email, subject=SUBJECT, text=text, html="")
