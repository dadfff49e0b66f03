"""What ends before an account is anonymised: its submissions, its places in teams, and what is found by its name."""

import uuid

from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, Value
from django.db.models.functions import Replace
from django.template.loader import render_to_string
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from accounts.tasks import SEND_MAIL
from catalog.models import Profile, Track
from kit import jobs
from kit.clock import now
from kit.models import JobFailure
from labels.choices import Status
from labels.models import Invitation, Membership, MembershipChange
from notifications.models import Notice
from submissions.choices import State, Transition
from submissions.drafts.service import discard
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.transition_table import UNDECIDED
from submissions.workflow import perform
from workspace.team import service as team

WITHDRAWN, DECLINED = UNDECIDED, frozenset({State.ACCEPTED, State.COUNTERED})
"""States that the producer can end."""
SOMEBODY = "somebody who left"


def end_submissions(person: User) -> None:
    """Delete drafts, withdraw what runs and decline what is offered, each through the door; again it does nothing."""
    for submission in Submission.objects.filter(producer=person).order_by("pk"):
        if submission.state == State.DRAFT:
            discard(submission)
        elif submission.state in WITHDRAWN | DECLINED:
            act = Transition.WITHDRAW if submission.state in WITHDRAWN else Transition.DECLINE
            key = uuid.uuid5(person.secret, f"deletion {submission.reference} {submission.version}")
            perform(submission, act, actor=Actor.producer(person), turn=None, key=key)


def leave_teams(person: User) -> None:
    """Leave every team, but for a closed label that nobody else owns."""
    members = Membership.objects.filter(user=person).select_related("label", "user")
    for membership in members.exclude(label__status=Status.CLOSED).order_by("pk"):
        team.leave(membership)


def forget_by_name(person: User) -> None:
    """Take name and addresses out of what holds them as text; afterwards nobody knows what to look for."""
    addresses = {person.email, *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    open_ones = Invitation.objects.open().filter(email__in=addresses)
    open_ones.update(email=f"anonymous-{person.pk}@invalid.example", revoked_at=now())
    _forget_in_notices(person)
    _forget_in_admin_log(person)
    for address in addresses:
        ended = ProcrastinateJob.objects.filter(status__in=["failed", "cancelled", "succeeded"])
        ended.filter(args__to=address).delete()
        JobFailure.objects.filter(error__contains=address).update(error="")


def _forget_in_notices(person: User) -> None:
    labels = MembershipChange.objects.filter(person=person).values("label")
    theirs = Q(label__in=labels) | Q(person=person) | Q(who=person)
    for text in filter(None, (person.name, person.email)):
        for name in ("what", "title", "text"):
            found = Notice.objects.filter(theirs, **{f"{name}__contains": text})
            found.update(**{name: Replace(name, Value(text), Value(SOMEBODY))})


def _forget_in_admin_log(person: User) -> None:
    """Rename their profile and tracks in the admin's log; the account itself is renamed where it is anonymised."""
    about = Q()
    for model in (Profile, Track):
        own = model.objects.filter(Q(user=person) if model is Profile else Q(owner=person))
        about |= _about(model, [str(pk) for pk in own.values_list("pk", flat=True)])
    LogEntry.objects.filter(about).update(object_repr="(removed)", change_message="")


def _about(model: type[Model], keys: list[str]) -> Q:
    return Q(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


def say_goodbye(person: User) -> None:
    """Queue the last mail; it goes out after the address is forgotten, and its job is deleted once it is sent."""
    text = render_to_string("privacy/email/deleted.txt", {"person": person})
    jobs.defer([SEND_MAIL], to=person.email, subject="Your account is deleted", text=text, html="")
