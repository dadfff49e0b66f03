"""Who was taken out of a team: every door is closed at once, and what they did stays with their name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from activity.choices import BulkAct
from activity.models import Activity
from activity.sentences import lines_of
from desk.bulk.orders import order
from desk.bulk.runner import run
from desk.choices import BulkResult
from desk.memos import service as memos
from desk.models import Proposal
from desk.outbox.service import propose
from kit.clock import at, now
from labels.choices import Role
from labels.models import Membership
from labels.team.service import end_membership
from notifications import notices
from notifications.models import Delivery
from notifications.tasks import send
from submissions.errors import NotAllowed
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.workflow import perform
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url
from trackflow.tests.access_table import ADDRESSES, ROLES
from trackflow.tests.test_access import Visitors, make_visitors, said

pytestmark = pytest.mark.django_db
CLOSED = ("desk:", "labels:settings")


@pytest.fixture
def visitors(settings: Settings, tmp_path: Path) -> Iterator[Visitors]:
    """All roles, one of whom is removed, at a pinned time: an invitation stays just sent."""
    settings.SHELVES = [tmp_path]
    with at(now()):
        yield make_visitors()


def answers(client: Client, visitors: Visitors, method: str) -> dict[str, str]:
    """Return what one browser is answered at every address of the desk, each asked as if it were the first."""
    found = {}
    for name in ADDRESSES:
        if name.startswith(CLOSED):
            with transaction.atomic():
                found[name] = said(getattr(client, method)(visitors.path(name, "manager")))
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("method", ["get", "post"])
def test_removed_member_loses_every_address_within_the_same_session(visitors: Visitors, method: str) -> None:
    manager, client = visitors.people["manager"], visitors.clients["manager"]
    place = ROLES.index("manager")
    told = {name: getattr(ADDRESSES[name], method)[place] for name in ADDRESSES if name.startswith(CLOSED)}
    assert answers(client, visitors, method) == told
    end_membership(Membership.objects.get(user=manager), by=visitors.people["owner"])
    assert answers(client, visitors, method) == {
        name: "M" if was == "M" else "N" for name, was in told.items()
    }


def removed(cast: Cast, member: User) -> None:
    end_membership(Membership.objects.get(label=cast.label, user=member), by=cast.owner)


def test_bulk_job_of_a_removed_member_does_nothing(cast: Cast) -> None:
    demo = cast.demo()
    bulk = order(
        BulkAct.SHORTLIST,
        Submission.objects.filter(pk=demo.pk),
        label=cast.label,
        user=cast.manager,
        key=uuid4(),
    )
    removed(cast, cast.manager)
    run(bulk)
    item = bulk.items.get()
    assert item.result == BulkResult.SKIPPED
    assert item.because
    assert Submission.objects.get(pk=demo.pk).state == "in_review"


def test_removed_member_acts_through_no_back_door(cast: Cast) -> None:
    demo = cast.demo()
    removed(cast, cast.manager)
    with pytest.raises(NotAllowed):
        perform(demo, "shortlist", actor=Actor.member(cast.manager), turn=demo.turn, key=uuid4())
    assert post(cast.manager, demo, "shortlist").status_code == 404


def test_what_a_removed_member_prepared_waits_with_their_name(cast: Cast) -> None:
    demo = cast.demo()
    said_no: dict[str, Any] = {"details": {"reason": "genre", "welcome": "another"}, "note": "No."}
    propose(demo, "reject", user=cast.reviewer, turn=demo.turn, key=uuid4(), **said_no)
    removed(cast, cast.reviewer)
    assert Proposal.objects.open().get().prepared_by == cast.reviewer
    page = client_of(cast.manager).get(reverse("desk:outbox", args=["harbour"])).content.decode()
    assert "Rita" in page


def test_notices_and_mails_of_the_label_stop(cast: Cast, mailoutbox: list[Any]) -> None:
    told: dict[str, Any] = {
        "label": cast.label,
        "who": cast.owner,
        "what": "called",
        "path": "/",
        "title": "A thing",
    }
    notices.tell([cast.reviewer], key="before", **told)
    mail = Delivery.objects.get(person=cast.reviewer, channel="email")
    removed(cast, cast.reviewer)
    send(delivery_id=mail.pk)
    notices.tell([cast.reviewer], key="after", **told)
    assert mailoutbox == []
    assert not Delivery.objects.unread_by(cast.reviewer).exists()
    assert "A thing" not in client_of(cast.reviewer).get(reverse("notifications:list")).content.decode()
    assert Delivery.objects.filter(person=cast.reviewer, notice__key="after").count() == 0


def test_desk_is_gone_from_the_masthead_and_from_home(cast: Cast) -> None:
    client = client_of(cast.reviewer)
    desk = reverse("desk:queue", args=["harbour"])
    assert client.get(reverse("home"))["Location"] == desk
    client.get(desk)
    removed(cast, cast.reviewer)
    assert client.get(reverse("home"))["Location"] != desk
    assert desk not in client.get(reverse("labels:directory")).content.decode()


def test_name_of_a_removed_member_stays_in_history_timeline_and_log(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.reviewer, demo, "shortlist")
    memos.write(demo, author=cast.reviewer, text="Good low end.", key=uuid4())
    removed(cast, cast.reviewer)
    page = client_of(cast.owner).get(url("submission", demo)).content.decode()
    event = demo.events.get(transition="shortlist")
    assert event.actor == cast.reviewer
    assert page.count("Rita") >= 2
    assert [line.who for line in lines_of(Activity.objects.with_people())] == ["Rita"]
    log = client_of(cast.owner).get(reverse("desk:log", args=["harbour"])).content.decode()
    assert "Rita" in log


def test_who_is_invited_again_finds_their_views_as_they_were(cast: Cast) -> None:
    client = client_of(cast.reviewer)
    views = reverse("desk:views", args=["harbour"])
    client.post(views, {"name": "Mine", "query": "is:shortlisted"})
    assert "Mine" in client.get(views).content.decode()
    removed(cast, cast.reviewer)
    assert client.get(views).status_code == 404
    assert "Mine" not in client_of(cast.manager).get(views).content.decode()
    Membership.objects.create(label=cast.label, user=cast.reviewer, role=Role.REVIEWER)
    assert "Mine" in client.get(views).content.decode()
