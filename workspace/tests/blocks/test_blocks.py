"""Blocking a producer at the desk: who may, what the team reads, and what a blocked colleague does not."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.anonymisation import anonymise
from accounts.models import User
from activity.models import Activity
from catalog.tests.builders import make_producer, make_track
from labels import blocks
from labels.choices import Role
from labels.models import Block, Membership
from labels.status import suspend
from submissions.models import Submission
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url
from workspace.blocks import service as blocks_service

LIST = reverse("workspace:blocks", args=["harbour"])


def block(user: User, demo: Submission, why: str = "Insults by mail") -> Any:
    return client_of(user).post(url("block", demo), {"why": why})


def lift(user: User, kept: Block) -> Any:
    return client_of(user).post(reverse("workspace:unblock", args=["harbour", kept.pk]))


def main(user: User, path: str) -> str:
    return client_of(user).get(path).content.decode().split("<main")[1]


def test_label_blocks_a_producer_from_a_submission(cast: Cast) -> None:
    demo = cast.demo()
    assert f'href="{url("block", demo)}"' in main(cast.manager, url("submission", demo))
    assert "Reason, for your team only" in main(cast.manager, url("block", demo))
    answer = block(cast.manager, demo)
    assert (answer.status_code, answer.headers["Location"]) == (303, url("submission", demo))
    kept = Block.objects.get()
    assert (kept.label, kept.producer, kept.blocked_by, kept.why) == (
        cast.label,
        cast.producer,
        cast.manager,
        "Insults by mail",
    )
    assert blocks.is_blocked(producer=cast.producer, label=cast.label)


def test_team_sees_on_the_submission_that_its_producer_is_blocked(cast: Cast) -> None:
    demo, other = cast.demo(), cast.demo(title="Other")
    block(cast.manager, demo)
    for person in (cast.manager, cast.viewer):
        for each in (demo, other):
            page = main(person, url("submission", each))
            assert "Insults by mail" in page
            assert "Block this producer" not in page


def test_only_managers_block(cast: Cast) -> None:
    demo = cast.demo()
    for person, status in ((cast.viewer, 403), (cast.reviewer, 403), (cast.rival, 404), (cast.producer, 404)):
        assert block(person, demo).status_code == status
    assert "Block this producer" not in main(cast.reviewer, url("submission", demo))
    assert not Block.objects.exists()


@pytest.mark.parametrize("why", ["", "   ", "x" * 301, "nul \x00"])
def test_reason_is_asked_for_and_kept_when_it_will_not_do(cast: Cast, why: str) -> None:
    answer = block(cast.manager, cast.demo(), why)
    assert answer.status_code == 422
    assert why.strip("\x00") in answer.content.decode()
    assert not Block.objects.exists()


def test_second_block_says_that_a_colleague_was_faster(cast: Cast) -> None:
    demo = cast.demo()
    block(cast.manager, demo)
    answer = block(cast.owner, demo, "Spam")
    assert answer.status_code == 409
    assert "blocked this producer already" in answer.content.decode()
    assert "Spam</textarea>" in answer.content.decode()


def test_owner_who_makes_music_cannot_be_blocked(cast: Cast) -> None:
    theirs = make_submission(label=cast.label, manager=cast.manager, track=make_track(cast.insider))
    assert block(cast.manager, theirs).status_code == 409
    assert not Block.objects.exists()


def test_blocks_are_listed_with_who_when_why_and_how_many_demos(cast: Cast) -> None:
    demo, last = cast.demo(), cast.demo(title="Last")
    block(cast.manager, demo)
    page = main(cast.owner, LIST)
    for word in (last.artist, "Mona", "Insults by mail", "2 demos", last.reference):
        assert word in page
    assert cast.producer.email not in page


def test_manager_lifts_a_block(cast: Cast) -> None:
    block(cast.manager, cast.demo())
    kept = Block.objects.get()
    assert lift(cast.reviewer, kept).status_code == 403
    assert lift(cast.rival, kept).status_code == 404
    assert lift(cast.owner, kept).status_code == 303
    kept.refresh_from_db()
    assert kept.lifted_by == cast.owner
    assert "Nobody is blocked" in main(cast.manager, LIST)
    assert lift(cast.manager, kept).status_code == 404


def test_block_and_lifting_stand_in_the_teams_log(cast: Cast) -> None:
    demo = cast.demo()
    block(cast.manager, demo)
    lift(cast.owner, Block.objects.get())
    page = main(cast.viewer, reverse("desk:log", args=["harbour"]))
    for word in ("blocked the producer", "Insults by mail", "unblocked", demo.reference):
        assert word in page
    assert demo.artist not in str(list(Activity.objects.values_list("details", flat=True)))


def test_blocked_member_finds_nothing_of_it_at_their_own_desk(cast: Cast) -> None:
    both = make_producer()
    Membership.objects.create(label=cast.label, user=both, role=Role.MANAGER)
    own = make_submission(label=cast.label, manager=cast.manager, track=make_track(both))
    blocks_service.block(own, actor=cast.owner, why="quarkvogel")
    kept = Block.objects.get()
    for path in (LIST, reverse("desk:log", args=["harbour"])):
        assert "quarkvogel" in main(cast.manager, path)
        page = main(both, path)
        assert "quarkvogel" not in page
        assert own.reference not in page
    assert lift(both, kept).status_code == 404
    blocks_service.lift(kept, actor=cast.owner)
    assert "lifted" not in main(both, reverse("desk:log", args=["harbour"]))


def test_block_of_who_was_anonymised_vanishes(cast: Cast) -> None:
    demo = cast.demo()
    block(cast.manager, demo)
    User.objects.filter(pk=cast.producer.pk).update(is_active=False)
    anonymise(cast.producer)
    assert "Nobody is blocked" in main(cast.manager, LIST)
    assert "Insults by mail" not in main(cast.manager, url("submission", demo)).split('id="log"')[0]


def test_suspended_label_reads_its_blocks_but_changes_none(cast: Cast) -> None:
    demo, other = cast.demo(), make_submission(label=cast.label, manager=cast.manager)
    block(cast.manager, demo)
    suspend(cast.label, reason="Asked for money.")
    assert "Insults by mail" in main(cast.manager, LIST)
    assert lift(cast.manager, Block.objects.get()).status_code == 409
    assert block(cast.manager, other, "Typed").status_code == 409
    assert Block.objects.standing().count() == 1


def test_decisions_on_what_a_blocked_producer_sent_go_on(cast: Cast) -> None:
    demo = cast.demo()
    block(cast.manager, demo)
    assert post(cast.manager, demo, "accept", terms="Half").status_code == 303
    assert Submission.objects.get().state == "accepted"


@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_four_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        submission = make_submission(label=cast.label, manager=cast.manager)
        blocks_service.block(submission, actor=cast.manager, why="Spam")
    client = client_of(cast.manager)
    with django_assert_num_queries(4):  # session with user, desks, rows, unread
        client.get(LIST)
