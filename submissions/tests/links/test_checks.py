"""Counting looks at links, and what they prove."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from catalog.tests.builders import make_track
from kit.clock import at, now
from kit.tests.hosts import bad_host, local_policy
from labels import status as labels_status
from labels.models import Label
from labels.tests.builders import make_label
from submissions.choices import LinkOutcome
from submissions.links.checks import check
from submissions.links.looks import look, request_policy
from submissions.models import LinkCheck, Submission
from submissions.tests.builders import act, announced, history, make_submission
from submissions.tests.watch import Watch
from submissions.verification import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(sent: Submission) -> Watch:
    return Watch(sent)


@pytest.fixture
def others_answer(sent: Submission) -> None:
    """SoundCloud answers well for another link all the time."""
    other = make_submission(label=make_label("Elsewhere"))
    for hours in range(0, 24 * 12, 24):
        row = {"slot": f"a{hours}", "url_digest": f"sha256:{hours}", "host": "SoundCloud", "outcome": "alive"}
        LinkCheck.objects.create(submission=other, **row, checked_at=now() + timedelta(hours=hours))


def test_good_link_makes_no_event(watch: Watch) -> None:
    assert watch.sees(0, "alive") is False
    assert (watch.row.outcome, watch.row.failures, watch.row.host) == ("alive", 0, "SoundCloud")
    assert len(watch.asked) == 2
    assert watch.facts == []


def test_gone_link_fails_at_the_second_look(watch: Watch) -> None:
    assert watch.sees(0, "gone") is True
    assert watch.facts == []
    assert watch.sees(6, "gone") is False
    assert watch.facts == ["link_failed"]
    event = watch.fresh.events.get(transition="link_failed")
    assert event.payload == {"slot": "audio", "problem": "gone"}
    assert (event.actor, event.actor_role) == (None, "system")
    assert announced()[-1] == event.pk
    assert (watch.fresh.dead_links, watch.fresh.due_at) == (["audio"], None)


@pytest.mark.usefixtures("others_answer")
@pytest.mark.parametrize("problem", ["silent", "private"])
def test_silent_or_private_link_fails_at_the_third_look(watch: Watch, problem: str) -> None:
    assert watch.sees(0, problem)
    assert watch.sees(6, problem)
    assert watch.facts == []
    assert not watch.sees(12, problem)
    assert watch.facts == ["link_failed"]
    assert watch.fresh.events.get(transition="link_failed").payload["problem"] == problem


@pytest.mark.parametrize("problem", ["silent", "private"])
def test_where_a_host_answers_nobody_a_link_fails_at_the_seventh_look(watch: Watch, problem: str) -> None:
    """Else a broken network of ours, or a host that turns robots away, would stop every clock."""
    for day in range(6):
        watch.sees(day * 24, problem)
    assert watch.facts == []
    watch.sees(6 * 24, problem)
    assert watch.facts == ["link_failed"]


def test_looks_at_one_time_count_once(watch: Watch) -> None:
    for hour in (0, 0.1, 1, 5.9):
        watch.sees(hour, "gone")
    assert (watch.row.failures, watch.facts) == (1, [])


def test_problems_must_be_the_same_in_a_row(watch: Watch) -> None:
    for hour, outcome in enumerate(["gone", "silent", "gone", "alive", "gone"]):
        watch.sees(hour * 24, outcome)
    assert (watch.row.failures, watch.facts) == (1, [])


def test_answer_that_tells_nothing_leaves_the_count(watch: Watch) -> None:
    for hour, outcome in enumerate(["unclear", "gone", "unclear"]):
        watch.sees(hour * 24, outcome)
    assert watch.row.failures == 1
    watch.sees(72, "gone")
    watch.sees(96, "unclear")
    assert watch.facts == ["link_failed"]


def test_first_good_answer_recovers(watch: Watch) -> None:
    for hour, outcome in [(0, "gone"), (6, "gone"), (30, "gone"), (54, "alive"), (78, "alive")]:
        watch.sees(hour, outcome)
    assert watch.facts == ["link_failed", "link_recovered"]
    assert watch.fresh.dead_links == []
    assert watch.row.failures == 0


def test_link_may_fail_again(watch: Watch) -> None:
    for day, outcome in enumerate(["gone", "gone", "alive", "gone", "gone", "alive"]):
        watch.sees(day * 24, outcome)
    assert watch.facts == ["link_failed", "link_recovered"] * 2
    assert list(faults([watch.submission.reference])) == []


def test_links_are_counted_apart(watch: Watch) -> None:
    watch.sees(0, "alive", backup="gone")
    watch.sees(6, "gone", backup="gone")
    watch.sees(12, "gone", backup="gone")
    assert [each.payload["slot"] for each in watch.fresh.events.filter(transition="link_failed")] == [
        "backup",
        "audio",
    ]


def test_replaced_link_is_counted_anew(watch: Watch) -> None:
    watch.sees(0, "gone")
    with at(watch.moment(1)):
        act(watch.fresh, "replace_link")
    watch.sees(7, "gone")
    assert (watch.row.failures, watch.facts) == (1, [])


def test_what_was_seen_of_a_link_replaced_meanwhile_is_dropped(watch: Watch) -> None:
    watch.sees(0, "gone")

    def replace_and_say_gone(url: str) -> LinkOutcome:
        if "soundcloud" in url:
            act(watch.fresh, "replace_link")
        return LinkOutcome.GONE

    with at(watch.moment(6)):
        check(watch.fresh, replace_and_say_gone)
    assert watch.facts == []


def test_submission_that_ended_meanwhile_gets_no_fact(watch: Watch) -> None:
    watch.sees(0, "gone")

    def withdraw_and_say_gone(url: str) -> LinkOutcome:
        if watch.fresh.is_live:
            act(watch.fresh, "withdraw")
        return LinkOutcome.GONE

    with at(watch.moment(6)):
        assert check(watch.fresh, withdraw_and_say_gone) is False
    assert history(watch.submission)[-1] == "withdraw"


def test_repeated_job_tells_once(watch: Watch) -> None:
    watch.sees(0, "gone")
    for hour in (6, 6, 6.1, 30):
        watch.sees(hour, "gone")
    assert watch.facts == ["link_failed"]


def test_good_answer_serves_other_submissions_of_the_link(maya: User) -> None:
    track = make_track(maya)
    first, second = (Watch(make_submission(track=track, label=make_label(name))) for name in ("One", "Two"))
    first.sees(0, "alive")
    second.sees(0.5, "gone", backup="gone")
    assert (second.asked, second.row.outcome) == ([], "alive")
    assert second.row.checked_at == first.row.checked_at
    second.sees(1.2, "gone")
    assert len(second.asked) == 2


def test_foreign_host_is_left_alone(maya: User, label: Label) -> None:
    track = make_track(maya, audio_url="https://mara.example/song.mp3", backup_url="")
    watch = Watch(make_submission(track=track, label=label))
    assert watch.sees(0, "gone") is False
    assert watch.asked == []
    assert not LinkCheck.objects.exists()


def test_suspended_label_does_not_stop_looks(watch: Watch, label: Label) -> None:
    watch.sees(0, "gone")
    labels_status.suspend(label, reason="Asked for money.")
    watch.sees(6, "gone")
    assert watch.facts == ["link_failed"]


def test_no_token_is_stored_or_logged(watch: Watch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for hour in (0, 6, 12):
        watch.sees(hour, "gone", backup="gone")
    rows = str(list(LinkCheck.objects.values()))
    events = str(list(watch.fresh.events.filter(actor=None).values("payload", "private", "note")))
    assert watch.submission.reference in caplog.text
    for secret in ("s-MjcQ5BtcRPp", "a1b2c3d4e5f6g7h8i9j0k1l2m"):
        assert any(secret in url for url in watch.asked)
        assert secret not in caplog.text + rows + events


def test_from_a_real_server_to_the_event_and_back(watch: Watch) -> None:
    with bad_host() as host:
        policy = local_policy(is_host=request_policy().is_host, look_up=lambda *_: ["127.0.0.1"])

        def answer(status: int) -> Callable[[str], LinkOutcome]:
            host.scripts["mara-lindqvist"] = lambda visit: visit.say(status)
            host.scripts["scl"] = lambda visit: visit.say(200)
            return lambda url: look(
                url.replace("https://", "http://").replace(".com/", f".com:{host.port}/", 1), policy
            )

        for hour, status in [(0, 404), (6, 410), (12, 200)]:
            with at(watch.moment(hour)):
                check(watch.fresh, answer(status))
    assert watch.facts == ["link_failed", "link_recovered"]
