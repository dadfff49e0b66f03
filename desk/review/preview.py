"""A decision as the producer will see it: the mail and the entry in their history."""

from dataclasses import dataclass

from django.utils import timezone

from desk.context import DeskContext
from kit.forms import ActionForm
from notifications.preview import Mail, mail_of
from submissions.choices import ActorRole
from submissions.dry_run import dry_run
from submissions.models import Event
from submissions.permissions import ROLES
from submissions.timeline import Entry, timeline


@dataclass(frozen=True)
class Preview:
    """What the producer would read, with times in their time zone."""

    mail: Mail
    entry: Entry
    zone: str


def preview_of(context: DeskContext, transition: str, form: ActionForm, *, is_proposal: bool) -> Preview:
    """Return what a valid form would send; writes nothing. Raises NotPossible or ValidationError."""
    event = _rehearsed_event(context, transition, form, is_proposal=is_proposal)
    producer = event.submission.producer
    with timezone.override(producer.zone):
        [entry] = timeline(event.submission, team=False, events=[event])
    return Preview(mail_of(event), entry, producer.time_zone)


def _rehearsed_event(context: DeskContext, transition: str, form: ActionForm, *, is_proposal: bool) -> Event:
    """Return the event that would be written; for a proposal without a user, as its manager is not known yet."""
    context.submission.label = context.desk.label
    role, user = (ActorRole.MANAGER, None) if is_proposal else (ROLES[context.desk.role], context.user)
    return dry_run(context.submission, transition, role=role, user=user, **form.details())
