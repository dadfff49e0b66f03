"""The record of an impersonation: log lines, admin log entries, and a mail to the account's owner."""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from accounts.tasks import SEND_MAIL
from activity import log as activity_log
from activity.models import Activity
from kit import jobs
from kit.clock import now
from notifications.mail import one_line
from trackflow.impersonation.session import ActingSession

Kind = Activity.Kind
log = logging.getLogger("trackflow.impersonation")

SUBJECT = "Trackflow’s staff opened your account"


def write_start(admin: User, person: User, *, why: str) -> None:
    """Log the start, in the admin log too, and mail the account's owner."""
    log.info("admin %s acts as user %s: %r", admin.pk, person.pk, why)
    told: dict[str, Any] = {"because": why} if why else {}
    activity_log.write(Kind.ACTING_STARTED, actor=admin, person=person, **told)
    _log_entry(admin, person, f"Began to act as them: {why}" if why else "Began to act as them.")
    _mail_owner(admin, person, why)


def write_end(admin: User, person: User, since: datetime, *, how: str) -> None:
    """Log the end, how and after how long."""
    lasted = int((now() - since).total_seconds())
    log.info("admin %s acts as user %s no more: %s after %s seconds", admin.pk, person.pk, how, lasted)
    activity_log.write(Kind.ACTING_ENDED, actor=admin, person=person, seconds=lasted, because=f"Ended {how}.")
    _log_entry(admin, person, f"Stopped acting as them: {how} after {lasted} seconds.")


def write_cut_off(session: ActingSession, person: object) -> None:
    """Log that it was cut off, since the admin may not act as this user any more."""
    log.warning("acting as user %s was cut off, begun %s", person, session.since.isoformat())


def write_request(request: HttpRequest, admin: User, name: str, *, refused: str) -> None:
    """Log an attempt to change something."""
    answer = "refused" if refused else "let through"
    log.info("admin %s as user %s: %s %s, %s", admin.pk, request.user.pk, request.method, name, answer)
    if not refused and isinstance(request.user, User):
        activity_log.write(Kind.ACTED_FOR, actor=admin, person=request.user, page=name)


def _log_entry(admin: User, person: User, words: str) -> None:
    LogEntry.objects.create(
        user=admin,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(person.pk),
        object_repr=str(person)[:200],
        action_flag=CHANGE,
        change_message=words,
    )


def _mail_owner(admin: User, person: User, why: str) -> None:
    context = {"admin": one_line(admin.name), "person": person, "why": why, "since": now()}
    context["may_act"] = settings.IMPERSONATORS_MAY_ACT
    with timezone.override(person.zone):
        text = render_to_string("impersonation/email/opened.txt", context)
    jobs.defer([SEND_MAIL], to=person.email, subject=SUBJECT, text=text, html="")
