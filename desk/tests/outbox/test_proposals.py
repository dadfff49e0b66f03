"""A reviewer prepares, a manager releases: both are named to the team, one to the producer."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_track
from desk.models import Proposal
from desk.outbox.service import discard, propose, send
from labels.choices import Role
from labels.tests.builders import make_member
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Event, Submission
from submissions.tests.builders import act, history, make_submission
from submissions.timeline import timeline
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

PASSING = {"reason": "genre", "welcome": "another"}


def prepare(cast: Cast, demo: Submission, transition: str = "reject", **said: Any) -> Proposal:
    said = {"details": PASSING, "note": "Not for us.", "user": cast.reviewer, "turn": demo.turn, **said}
    return propose(demo, transition, key=uuid4(), **said)


def settle(user: User, proposal: Proposal, name: str, **more: str) -> Any:
    said = {"key": str(proposal.key), **more}
    return client_of(user).post(url(name, proposal.submission), said)


def words(demo: Submission, *, team: bool) -> str:
    return str([(entry.who, entry.lines) for entry in timeline(demo, team=team)])


def test_reviewer_proposes_and_manager_releases(cast: Cast) -> None:
    demo = cast.demo()
    answer = post(cast.reviewer, demo, "reject", "propose", note="Not for us.", **PASSING)
    assert answer.status_code == 303
    assert history(demo) == ["submit", "start_review"]
    proposal = Proposal.objects.get()
    assert settle(cast.manager, proposal, "proposal-send").status_code == 303
    event = Event.objects.of(demo).last()
    assert event
    assert (event.actor, event.note, event.payload) == (
        cast.manager,
        "Not for us.",
        {**PASSING, "heard_elsewhere": False},
    )
    assert event.key == proposal.key
    settled = Proposal.objects.get()
    assert (settled.event, settled.settled_by) == (event, cast.manager)


def test_release_names_both_to_the_team_and_one_to_the_producer(cast: Cast) -> None:
    cast.label.shows_names = True
    cast.label.save()
    demo = cast.demo()
    send(prepare(cast, demo), user=cast.manager)
    demo = Submission.objects.select_related("label").get(pk=demo.pk)
    assert "Mona (manager)" in words(demo, team=True)
    assert "Rita" in words(demo, team=True)
    assert "Mona (manager)" in words(demo, team=False)
    assert "Rita" not in words(demo, team=False)


def test_open_proposal_never_reaches_the_producer(cast: Cast) -> None:
    demo = cast.demo()
    prepare(cast, demo, note="A secret draft.")
    page = client_of(cast.producer).get(demo.get_absolute_url())
    assert page.status_code == 200
    assert "A secret draft." not in page.content.decode()
    assert "Rita" not in page.content.decode()


def test_bad_proposal_keeps_what_was_typed(cast: Cast) -> None:
    answer = post(
        cast.reviewer, cast.demo(), "reject", "propose", note="Kept words", reason="", welcome="another"
    )
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


def test_second_proposal_is_refused_with_who_proposed_what(cast: Cast) -> None:
    demo = cast.demo()
    prepare(cast, demo)
    answer = post(cast.manager, demo, "accept", "propose", text="All of it.")
    assert answer.status_code == 409
    assert "Rita proposes to pass on it." in answer.content.decode()
    assert "All of it." in answer.content.decode()
    assert Proposal.objects.count() == 1


def test_double_click_makes_one_proposal(cast: Cast) -> None:
    demo, key = cast.demo(), uuid4()
    for _ in range(2):
        assert post(cast.reviewer, demo, "reject", "propose", key=key, **PASSING).status_code == 303
    assert Proposal.objects.count() == 1


def test_key_of_another_proposal_is_refused(cast: Cast) -> None:
    demo, key = cast.demo(), uuid4()
    post(cast.reviewer, demo, "reject", "propose", key=key, **PASSING)
    assert post(cast.manager, demo, "reject", "propose", key=key, **PASSING).status_code == 409


def test_stale_proposal_is_refused(cast: Cast) -> None:
    demo = cast.demo()
    act(demo, "shortlist", manager=cast.manager)
    answer = post(cast.reviewer, demo, "reject", "propose", **PASSING)
    assert answer.status_code == 409
    assert "Mona (manager) shortlisted it meanwhile." in answer.content.decode()


@pytest.mark.parametrize("state", ["accepted", "rejected", "signed", "withdrawn"])
def test_nothing_is_proposed_from_a_state_that_forbids_it(cast: Cast, state: str) -> None:
    with pytest.raises(NotPossible):
        prepare(cast, cast.demo(state))


def test_only_decisions_are_proposed(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        prepare(cast, cast.demo(), "shortlist")


def test_release_after_the_submission_moved_on_sends_it_back(cast: Cast) -> None:
    demo = cast.demo()
    proposal = prepare(cast, demo)
    act(demo, "shortlist", manager=cast.manager)
    answer = settle(cast.owner, proposal, "proposal-send")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mona (manager) shortlisted it meanwhile." in page
    assert "It went back to Rita." in page
    assert not Proposal.objects.open().exists()
    assert history(demo) == ["submit", "start_review", "shortlist"]
    back = Proposal.objects.get()
    assert (back.settled_by, back.event) == (cast.owner, None)
    assert back.sent_back_because.startswith("Mona (manager) shortlisted it meanwhile.")


def test_released_twice_by_one_manager_is_one_event(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    for _ in range(2):
        assert settle(cast.manager, proposal, "proposal-send").status_code == 303
    assert history(demo) == ["submit", "start_review", "reject"]


def test_slower_manager_is_told_who_released(cast: Cast) -> None:
    proposal = prepare(cast, cast.demo())
    settle(cast.manager, proposal, "proposal-send")
    for name in ("proposal-send", "proposal-discard"):
        answer = settle(cast.owner, proposal, name)
        assert answer.status_code == 409
        assert "Mona sent this proposal meanwhile." in answer.content.decode()


def test_discarded_proposal_cannot_be_released(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    discard(proposal, user=cast.reviewer)
    with pytest.raises(Stale, match="Rita discarded this proposal meanwhile"):
        send(proposal, user=cast.manager)
    assert history(demo) == ["submit", "start_review"]


def test_another_reviewer_does_not_discard(cast: Cast) -> None:
    proposal = prepare(cast, cast.demo())
    with pytest.raises(NotAllowed):
        discard(proposal, user=make_member(cast.label, Role.REVIEWER))


def test_who_lost_the_role_neither_proposes_nor_releases(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    cast.manager.memberships.update(role=Role.REVIEWER)
    cast.reviewer.memberships.update(role=Role.VIEWER)
    with pytest.raises(NotAllowed):
        send(proposal, user=cast.manager)
    with pytest.raises(NotAllowed):
        discard(proposal, user=cast.reviewer)
    with pytest.raises(NotAllowed):
        prepare(cast, demo)


@pytest.mark.parametrize("key", ["", "x", "\x00", "0" * 32])
def test_unknown_key_is_not_found(cast: Cast, key: str) -> None:
    prepare(cast, demo := cast.demo())
    answer = client_of(cast.manager).post(url("proposal-send", demo), {"key": key})
    assert answer.status_code == 404


def test_list_shows_what_waits_with_buttons_for_managers(cast: Cast) -> None:
    prepare(cast, cast.demo())
    stale = cast.demo()
    prepare(cast, stale, note="Overtaken words")
    act(stale, "shortlist", manager=cast.manager)
    address = reverse("desk:outbox", args=[cast.label.slug])
    page = client_of(cast.manager).get(address).content.decode()
    assert page.count("Rita proposes to pass on it.") == 2
    assert page.count("Send in my name") == 1
    assert page.count("The submission has moved on since.") == 1
    seen = client_of(cast.viewer).get(address).content.decode()
    assert "Overtaken words" in seen
    assert "Send in my name" not in seen
    assert "Discard" not in seen


def test_release_from_the_list_leads_back_to_it(cast: Cast) -> None:
    answer = settle(cast.manager, prepare(cast, cast.demo()), "proposal-send", **{"from": "list"})
    assert answer["Location"] == reverse("desk:outbox", args=[cast.label.slug])


def test_members_own_submission_is_not_on_their_list(cast: Cast) -> None:
    demo = make_submission(
        "in_review", manager=cast.manager, label=cast.label, track=make_track(cast.insider)
    )
    prepare(cast, demo, note="About the insider")
    page = client_of(cast.insider).get(reverse("desk:outbox", args=[cast.label.slug]))
    assert "About the insider" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_six_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        prepare(cast, cast.demo())
    client = client_of(cast.manager)
    with django_assert_num_queries(6):  # session with user, desks, suspensions, waiting, came back, unread
        client.get(reverse("desk:outbox", args=[cast.label.slug]))
