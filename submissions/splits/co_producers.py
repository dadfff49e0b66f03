"""Co-producers: invited once a demo is sent, following it by their link, and ended by the producer."""

from collections.abc import Iterator

from django.db import transaction

from accounts.models import User
from catalog.models import Collaborator
from kit import jobs
from kit.clock import now
from kit.mailboxes import mailbox
from submissions.models import CoProducer, Share, Submission
from submissions.splits.link_mail import may_be_mailed, spend_mail_to
from submissions.splits.sheets import addresses_of

SEND = "notifications.send_co_producer_link"


@transaction.atomic
def invite(submission: Submission) -> int:
    """Invite those whom the producer wants to follow this demo, each once, by mail; return how many are new."""
    Submission.objects.select_for_update(of=("self",), no_key=True).get(pk=submission.pk)
    known = set(CoProducer.objects.of(submission).values_list("email", flat=True))
    count = len(known)
    for person in _invited(submission):
        address = mailbox(person.email)
        if address in known:
            continue
        known.add(address)
        made = CoProducer.objects.create(
            submission=submission, number=len(known), name=person.name, email=address, role=person.role
        )
        jobs.defer([SEND], co_producer_id=made.pk)
    return len(known) - count


def _invited(submission: Submission) -> Iterator[Collaborator]:
    """Yield the people on the track who are to be invited, but the producer."""
    producer = submission.producer
    own = addresses_of(producer) | {mailbox(producer.email)}
    people = Collaborator.objects.filter(track=submission.track_id, is_invited=True).exclude(email="")
    yield from (person for person in people if mailbox(person.email) not in own)


def mail_again(person: CoProducer) -> bool:
    """Queue the mail with the link once more; False where it was ended or the address got enough today."""
    if person.ended_at or not may_be_mailed(person.email):
        return False
    with transaction.atomic():
        CoProducer.objects.filter(pk=person.pk, ended_at=None).update(mailed_at=None)
        jobs.defer([SEND], co_producer_id=person.pk)
    return True


def spend(person: CoProducer) -> bool:
    """Count a mail that is about to be sent; False if it was sent or ended, or the address got enough today."""
    return not (person.mailed_at or person.ended_at) and spend_mail_to(person.email)


def follow(person: CoProducer, user: User | None) -> None:
    """Record that somebody has followed the link, once; `user` is an account that confirmed the address."""
    rows = CoProducer.objects.filter(pk=person.pk, followed_at=None, ended_at=None)
    rows.update(followed_at=now(), followed_by=user)


def end(person: CoProducer) -> bool:
    """End somebody's access; their link is dead from now on. False if it was ended already."""
    return bool(CoProducer.objects.filter(pk=person.pk, ended_at=None).update(ended_at=now()))


def share_of_person(person: CoProducer) -> Share | None:
    """Return the line of the last sheet that names this address, None without one. Two queries at most."""
    rows = Share.objects.current().with_submission().select_related("answered")
    lines = rows.filter(sheet__submission=person.submission_id, is_own=False)
    return next((line for line in lines if line.address == person.email), None)


def co_producer_at(submission: Submission, address: str) -> CoProducer | None:
    """Return who was invited at this address."""
    return CoProducer.objects.filter(submission=submission, email=address).first() if address else None


def followed_by_account(user: User) -> list[CoProducer]:
    """Return what a confirmed address of this account may follow, newest first. Two queries."""
    rows = CoProducer.objects.with_submission().filter(email__in=addresses_of(user), ended_at=None)
    return list(rows.order_by("-pk")[:100])
