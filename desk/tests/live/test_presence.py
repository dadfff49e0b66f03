"""Presence: who else has a submission open, and when that expires."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from desk.live import presence
from desk.models import Presence
from desk.models.presence import STAYS
from desk.tasks import sweep
from kit.clock import at, now
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

QUERIES = 5
"""Session with user, desks, submission, the row, who else is there."""


def here(user: User | None, submission: Submission, **fields: Any) -> Any:
    return client_of(user).post(url("here", submission), fields)


def others(user: User, submission: Submission) -> list[str]:
    return [str(each) for each in here(user, submission).context["others"]]


def test_members_see_each_other_but_never_themselves(cast: Cast) -> None:
    demo = cast.demo()
    assert others(cast.manager, demo) == []
    assert others(cast.reviewer, demo) == ["Mona"]
    assert others(cast.manager, demo) == ["Rita"]
    page = here(cast.owner, demo)
    assert [str(each) for each in page.context["others"]] == ["Mona", "Rita"]
    assert "Also here: <strong>Mona</strong>, <strong>Rita</strong>" in page.text


def test_viewers_count_too(cast: Cast) -> None:
    demo = cast.demo()
    here(cast.viewer, demo)
    assert others(cast.manager, demo) == [str(cast.viewer)]


def test_who_says_nothing_for_a_while_is_gone(cast: Cast) -> None:
    demo = cast.demo()
    with at(now() - STAYS):
        here(cast.reviewer, demo)
        assert presence.others_at(demo, cast.manager) == [cast.reviewer]
    assert presence.others_at(demo, cast.manager) == []


def test_saying_it_again_keeps_one_row(cast: Cast) -> None:
    demo, moment = cast.demo(), now()
    with at(moment - timedelta(seconds=15)):
        here(cast.reviewer, demo)
    with at(moment):
        here(cast.reviewer, demo)
    assert [each.seen_at for each in Presence.objects.all()] == [moment]


def test_moving_on_gives_up_what_one_left_and_nothing_else(cast: Cast) -> None:
    first, second, other_tab = cast.demo(), cast.demo(), cast.demo()
    for each in (first, other_tab):
        here(cast.reviewer, each)
    here(cast.owner, first)
    here(cast.reviewer, second, left=first.reference)
    rows = set(Presence.objects.values_list("submission", "user"))
    reviewer, owner = cast.reviewer.pk, cast.owner.pk
    assert rows == {(second.pk, reviewer), (other_tab.pk, reviewer), (first.pk, owner)}


@pytest.mark.parametrize("left", ["TF-4K7Q", "no sense at all", "TF-UUUU-UUUU", "\x00"])
def test_leaving_what_is_none_is_refused(cast: Cast, left: str) -> None:
    assert here(cast.reviewer, cast.demo(), left=left).status_code == 400
    assert not Presence.objects.exists()


def test_leaving_the_same_keeps_one_there(cast: Cast) -> None:
    demo = cast.demo()
    here(cast.reviewer, demo, left=demo.reference)
    assert Presence.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 200), ("viewer", 200), ("rival", 404), ("producer", 404), ("stranger", 404)],
)
def test_only_the_team_can_be_there(cast: Cast, who: str, status: int) -> None:
    assert here(getattr(cast, who), cast.demo()).status_code == status
    assert Presence.objects.count() == (status == 200)


def test_insider_is_not_there_at_their_own_submission(cast: Cast) -> None:
    cast.producer = cast.insider
    assert here(cast.insider, cast.demo()).status_code == 404


def test_producer_never_reads_who_is_there(cast: Cast) -> None:
    demo = cast.demo()
    here(cast.reviewer, demo)
    page = client_of(cast.producer).get(demo.get_absolute_url())
    assert (page.status_code, "Rita" in page.text) == (200, False)


def test_looking_is_no_event(cast: Cast) -> None:
    demo = cast.demo()
    here(cast.reviewer, demo)
    assert Submission.objects.get(pk=demo.pk).version == demo.version


@pytest.mark.parametrize("count", [1, 5])
def test_saying_it_takes_the_same_few_queries_whoever_is_there(cast: Cast, count: int) -> None:
    demo = cast.demo()
    for who in ("owner", "manager", "viewer", "insider")[: count - 1]:
        here(getattr(cast, who), demo)
    client = client_of(cast.reviewer)
    with CaptureQueriesContext(connection) as queries:
        client.post(url("here", demo))
    assert len(queries) == QUERIES


def test_sweep_forgets_who_left_without_a_word(cast: Cast) -> None:
    demo = cast.demo()
    with at(now() - STAYS):
        here(cast.reviewer, demo)
    here(cast.manager, demo)
    assert sweep() == 1
    assert [each.user for each in Presence.objects.all()] == [cast.manager]
