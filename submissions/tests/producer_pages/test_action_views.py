import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from catalog.tests.builders import make_producer
from kit.clock import at, now
from labels.choices import Role
from labels.status import suspend
from labels.tests.builders import make_member
from submissions.models import Event
from submissions.tests.builders import act, history, make_submission
from submissions.tests.posting import fresh, own_client, post, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

ACTS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "withdraw": ("in_review", "withdrawn", {"reason": "elsewhere", "note": "It found a home."}),
    "sign": ("accepted", "signed", {"note": "Great! Write to my manager."}),
    "decline": ("accepted", "declined", {"note": "Not for us."}),
    "counter": ("accepted", "countered", {"note": "A little more?"}),
    "replace-link": ("in_review", "in_review", {"slot": "audio", "url": "https://soundcloud.com/mara/again"}),
}


@pytest.mark.parametrize("name", ACTS)
def test_page_says_what_the_label_will_see_and_changes_nothing(name: str) -> None:
    state, _, _ = ACTS[name]
    submission = make_submission(state)
    page = own_client(submission).get(url_of(name, submission))
    assert page.status_code == 200
    assert "Harbour" in page.context["choice"].effect
    assert page.context["choice"].effect.replace("’", "’") in page.content.decode()
    assert fresh(submission).version == submission.version


@pytest.mark.parametrize("name", ACTS)
def test_producer_acts(name: str) -> None:
    state, after, said = ACTS[name]
    submission = make_submission(state)
    answer = post(submission, name, **said)
    assert (answer.status_code, answer.url) == (303, url_of("submission", submission))
    event = Event.objects.of(submission).last()
    assert fresh(submission).state == after
    assert event is not None
    assert (event.actor, event.note) == (submission.producer, said.get("note", ""))


@pytest.mark.parametrize("name", ACTS)
def test_replayed_post_makes_one_event(name: str) -> None:
    state, _, said = ACTS[name]
    submission, key = make_submission(state), uuid.uuid4()
    answers = [post(submission, name, key=key, **said).status_code for _ in range(2)]
    assert answers == [303, 303]
    assert fresh(submission).version == submission.version + 1


@pytest.mark.parametrize("name", ["withdraw", "sign", "counter", "decline"])
def test_act_on_what_is_over_is_told_who_was_faster(name: str) -> None:
    state, _, said = ACTS[name]
    submission = make_submission(state)
    transition = "reject" if state == "in_review" else "rescind"
    act(submission, transition, manager=make_member(submission.label, Role.MANAGER))
    answer = post(submission, name, **said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Harbour’s manager" in page
    assert "meanwhile. Look again before you decide." in page
    assert "They passed" in page


def test_stale_form_that_still_may_act_keeps_what_was_typed() -> None:
    submission = make_submission("in_review")
    act(submission, "shortlist", manager=make_member(submission.label, Role.MANAGER))
    answer = post(submission, "withdraw", reason="mind", note="My own words")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Harbour’s manager shortlisted it meanwhile" in page
    assert "My own words</textarea>" in page
    assert 'value="mind" selected' in page
    assert fresh(submission).state == "shortlisted"


@pytest.mark.parametrize("name", ACTS)
def test_what_is_not_possible_leads_back_to_the_page(name: str) -> None:
    submission = make_submission("rejected")
    answer = own_client(submission).get(url_of(name, submission), follow=True)
    assert answer.redirect_chain == [(url_of("submission", submission), 302)]
    assert "is not possible at the moment" in answer.content.decode()


@pytest.mark.parametrize(("name", "status"), [("sign", 409), ("counter", 409), ("decline", 303)])
def test_suspended_label_may_be_declined_and_not_signed(name: str, status: int) -> None:
    submission = make_submission("accepted")
    suspend(submission.label, reason="Asked for money.")
    assert post(submission, name).status_code == status


def test_late_label_is_reminded_and_the_page_says_so() -> None:
    with at(now() - timedelta(days=20)):
        submission = make_submission("in_review")
    own = own_client(submission)
    page = own.get(url_of("nudge", submission)).content.decode()
    assert "Harbour gets one polite reminder" in page
    assert post(submission, "nudge").status_code == 303
    page = own.get(url_of("submission", submission)).content.decode()
    assert "You reminded the label" in page
    assert "You reminded Harbour. One reminder is sent for each promised date." in page
    assert url_of("nudge", submission) not in page
    assert post(submission, "nudge").status_code == 409
    assert own.get(url_of("nudge", submission)).status_code == 302
    assert history(submission).count("nudge") == 1


def test_label_with_time_left_is_not_reminded() -> None:
    submission = make_submission("in_review")
    assert own_client(submission).get(url_of("nudge", submission)).status_code == 302
    answer = post(submission, "nudge")
    assert answer.status_code == 409
    assert "The label still has time to answer." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "field", "typed"),
    [
        ("withdraw", "reason", "boredom"),
        ("withdraw", "note", "a\x00b"),
        ("withdraw", "note", "x" * 10_000),
        ("decline", "note", "a\x00b"),
        ("sign", "note", "x" * 10_000),
        ("sign", "name", ""),
        ("counter", "deal", "lease"),
        ("counter", "percentage", "101"),
        ("counter", "percentage", ""),
        ("counter", "years", "many"),
        ("counter", "advance", "-1"),
        ("counter", "territories", "Atlantis"),
        ("counter", "note", "a\x00b"),
        ("replace-link", "slot", "third"),
        ("replace-link", "url", "javascript:alert(1)"),
        ("replace-link", "url", "https://we.tl/t-AbCdEf1234"),
        ("replace-link", "url", "x" * 10_000),
        ("replace-link", "url", ""),
    ],
)
def test_bad_input_is_refused_at_its_field(name: str, field: str, typed: str) -> None:
    state, _, said = ACTS[name]
    submission = make_submission(state)
    answer = post(submission, name, **{**said, field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert fresh(submission).version == submission.version


def test_link_the_label_has_already_is_refused_at_its_field() -> None:
    submission = make_submission("submitted")
    answer = post(submission, "replace-link", slot="audio", url=submission.track.audio_url)
    assert answer.status_code == 422
    assert "The label already has this link." in answer.content.decode()


def test_dead_link_is_the_one_that_is_chosen() -> None:
    submission = act(make_submission("submitted"), "link_failed", slot="backup").submission
    page = own_client(submission).get(url_of("replace-link", submission)).content.decode()
    assert 'value="backup" required id="id_slot_1" checked' in page
    assert post(submission, "replace-link", slot="backup", url="https://soundcloud.com/a/b").url
    assert fresh(submission).dead_links == []


@pytest.mark.parametrize("name", ACTS)
def test_nobody_else_acts(name: str) -> None:
    state, _, said = ACTS[name]
    submission = make_submission(state)
    for user in (make_producer(), make_member(submission.label)):
        assert client_of(user).get(url_of(name, submission)).status_code == 404
        assert post(submission, name, client_of(user), **said).status_code == 404
    assert fresh(submission).version == submission.version


@pytest.mark.parametrize("name", ACTS)
def test_anonymous_is_sent_to_sign_in(client: Client, name: str) -> None:
    submission = make_submission("in_review")
    assert client.post(url_of(name, submission)).status_code == 302


@pytest.mark.parametrize("name", ["sign", "decline"])
def test_offer_is_in_sight_when_it_is_answered(name: str) -> None:
    submission = make_submission("in_review")
    manager = make_member(submission.label, Role.MANAGER)
    act(submission, "accept", manager=manager, text="All of it.", note="In spring?", prepared_by="Ravi")
    page = own_client(submission).get(url_of(name, submission)).content.decode()
    assert "Exclusive licence" in page
    assert "All of it." in page
    assert "In spring?" in page
    assert "Ravi" not in page
