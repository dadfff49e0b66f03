"""Accounts that people delete: a week in which they may keep them, then anonymised for good."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts import record
from accounts.anonymisation import anonymise
from accounts.models import User
from kit import clock
from kit.jobs import defer, defer_later, defer_once
from labels.choices import Role, Status
from labels.models import Label, Membership
from privacy.deletion import end
from submissions.choices import State
from submissions.models import Submission

WAIT, NOTICE = timedelta(days=7), timedelta(days=1)
DELETE, MAIL = "privacy.delete_account", "privacy.mail_deletion"
TELL_LABELS = "privacy.tell_labels_of_deletion"


class Refused(Exception):
    """An account cannot be deleted now, or not be kept any more; the message says why."""


def labels_without(person: User) -> list[Label]:
    """Return the open labels that would have no owner without this person, by name. One query."""
    others = Membership.objects.at_least(Role.OWNER).filter(label=OuterRef("pk"), user__is_active=True)
    own = Label.objects.filter(memberships__user=person, memberships__role=Role.OWNER)
    open_ones = own.exclude(status=Status.CLOSED)
    return list(open_ones.exclude(Exists(others.exclude(user=person))).order_by("name", "pk"))


def consequences(person: User) -> dict[str, int]:
    """Return how many submissions are withdrawn, declined, and stay because a deal was signed. One query."""
    states = list(Submission.objects.filter(producer=person).values_list("state", flat=True))
    return {
        "drafts": states.count(State.DRAFT),
        "withdrawn": sum(state in end.WITHDRAWN for state in states),
        "declined": sum(state in end.DECLINED for state in states),
        "deals": sum(state in (State.SIGNED, State.SCHEDULED) for state in states),
        "released": states.count(State.RELEASED),
    }


@transaction.atomic
def ask(person: User) -> User:
    """Let an account be deleted in a week; tell its person, and labels with a deal. Again it changes nothing.

    Raises Refused.
    """
    fresh = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if fresh.deletes_at or not fresh.is_active:
        return fresh
    if fresh.is_staff or fresh.is_superuser:
        raise Refused("You work for Trackflow: another admin has to take your rights first.")
    if labels := labels_without(fresh):
        names = ", ".join(map(str, labels))
        raise Refused(f"You are the only owner of {names}. Hand it over first, or ask us to close it.")
    fresh.deletes_at = clock.now() + WAIT
    fresh.save(update_fields=["deletes_at"])
    said: dict[str, Any] = {"user_id": fresh.pk, "due": fresh.deletes_at.isoformat()}
    defer([MAIL, TELL_LABELS], kind="asked", **said)
    defer_later(MAIL, fresh.deletes_at - NOTICE, kind="tomorrow", **said)
    record.tell("deletion_asked", actor=fresh, person=fresh)
    return fresh


@transaction.atomic
def keep(person: User) -> bool:
    """Keep an account; return whether it was to be deleted. Raises Refused once that has begun."""
    fresh = User.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if fresh.deletes_at is None:
        return False
    if fresh.deletes_at <= clock.now() and not labels_without(fresh):
        raise Refused("Your account is being deleted now. It cannot be kept any more.")
    due, fresh.deletes_at = fresh.deletes_at, None
    fresh.save(update_fields=["deletes_at"])
    defer([MAIL, TELL_LABELS], user_id=fresh.pk, due=due.isoformat(), kind="kept")
    record.tell("deletion_stopped", actor=fresh, person=fresh)
    return True


def go_through() -> int:
    """Queue the deletions that are due; return how many."""
    due = User.objects.filter(deletes_at__lte=clock.now(), anonymised_at=None).order_by("deletes_at")
    keys = list(due.values_list("pk", flat=True))
    return sum(defer_once(DELETE, once=f"{DELETE} {pk}", user_id=pk) for pk in keys)


def delete(user_id: int) -> bool:
    """Delete an account whose time has come: end what runs, then anonymise. Return whether that was done now.

    Each step is a transaction of its own and may be repeated: a job that was killed begins again where it was. An
    account waits while a label would have no owner without it.
    """
    person = User.objects.get(pk=user_id)
    is_due = person.deletes_at is not None and person.deletes_at <= clock.now()
    if person.anonymised_at or not is_due or labels_without(person):
        return False
    end.end_submissions(person)
    end.leave_teams(person)
    with transaction.atomic():
        end.forget_by_name(person)
        end.say_goodbye(person)
        User.objects.filter(pk=person.pk).update(is_active=False)
        anonymise(person)
    return True
