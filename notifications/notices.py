"""Notify people of what no event tells: a team of its own work, a producer of what is overdue, or one person."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from accounts.models import User
from labels.models import Label
from notifications.audience import notice_recipients
from notifications.audience_table import EVERY_CHANNEL
from notifications.choices import NoticeKind, Side
from notifications.deliveries import deliver
from notifications.kind_table import KINDS
from notifications.models import Notice
from submissions.models import Submission


@transaction.atomic
def tell(
    people: Iterable[User],
    *,
    label: Label,
    who: User | None,
    what: str,
    path: str,
    key: str | UUID,
    title: str = "",
    text: str = "",
    submission: Submission | None = None,
    kind: NoticeKind = NoticeKind.TEAM,
) -> Notice:
    """Notify people, in the app and by mail, that `who` (None: Trackflow) did `what`; return the notice.

    `what` follows the name, without a full stop: "mentioned you in a memo". `path` is the page to open. Give the
    `submission` or a `title`. `kind` is the row of people's settings that it belongs to. Only active members of the
    label are notified, never `who` and never the submission's producer. A second call with the same label and `key`
    keeps the first notice and notifies only new people. Mails are queued in this transaction.
    """
    fields = {
        "submission": submission,
        "who": who,
        "what": what,
        "path": path,
        "text": text,
        "kind": kind,
    }
    own_title = "" if submission else title
    notice, _ = Notice.objects.get_or_create(
        label=label, key=str(key), defaults={**fields, "title": own_title}
    )
    _deliver_to(notice_recipients(people, notice), notice)
    return notice


@transaction.atomic
def tell_producer(submission: Submission, *, what: str, path: str, key: str, text: str = "") -> Notice:
    """Notify a submission's producer, in the app and by mail, that Trackflow did `what`; return the notice.

    It belongs to what they settled for releases. A second call with the same `key` notifies nobody again.
    """
    fields = {"submission": submission, "what": what, "path": path, "text": text, "kind": NoticeKind.RELEASES}
    notice, _ = Notice.objects.get_or_create(label=submission.label, key=key, defaults=fields)
    if submission.producer.is_active:
        _deliver_to([submission.producer], notice)
    return notice


@transaction.atomic
def tell_person(
    person: User,
    *,
    who: User | None,
    what: str,
    title: str,
    path: str,
    key: str,
    kind: NoticeKind,
    text: str = "",
) -> Notice:
    """Notify one person, in the app and by mail, of what no label has to do with; return the notice.

    As `tell`; `kind` is one of those that producers settle (ValueError for others). Nobody is told of what they did
    themselves, nor who is no longer active. A second call with the same `key` notifies nobody again.
    """
    if (Side.PRODUCER, kind) not in KINDS:
        raise ValueError(f"producers settle no notifications of {kind}")
    fields = {"who": who, "what": what, "title": title, "path": path, "text": text, "kind": kind}
    notice, _ = Notice.objects.get_or_create(person=person, key=key, defaults=fields)
    if person.is_active and person != who:
        _deliver_to([person], notice)
    return notice


def _deliver_to(people: Iterable[User], notice: Notice) -> None:
    deliver([(person, EVERY_CHANNEL) for person in people], notice.created_at, notice=notice)
