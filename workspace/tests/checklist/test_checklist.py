"""The checklist: its steps as facts have them, its page, and the ways that lead to it."""

from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from accounts.tests.pictures import upload
from activity.models import Activity
from activity.sentences import lines_of
from activity.tasks import log_profile
from activity.tests.log_lines import logged
from catalog.tests.builders import make_producer, make_track
from labels.choices import ProofState, Role, Status
from labels.models import Invitation, Label, Membership, Proof
from labels.tests.builders import make_label, make_member
from submissions.tests.builders import make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post
from trackflow.testing.queued_jobs import arguments_of
from workspace.checklist.page import Facts, StepState, checklist_of, facts_of

NAMES = [
    "Describe the label",
    "Add a logo",
    "Say what you want",
    "Review your intake",
    "Prove it is your label",
    "Get verified",
    "Invite your team",
    "Embed your page",
    "Receive the first demo",
    "Answer the first demo",
]
DESCRIBED: dict[str, Any] = {"is_described": True, "has_logo": True, "has_about": True}
PROVEN: dict[str, Any] = {**DESCRIBED, "proof": ProofState.WAITING}
VERIFIED: dict[str, Any] = {**DESCRIBED, "proof": ProofState.GRANTED, "is_verified": True}
WAY: list[tuple[dict[str, Any], str | None]] = [
    ({}, "Describe the label"),
    ({"proof": ProofState.ASKED_BACK}, "Prove it is your label"),
    ({"is_described": True}, "Add a logo"),
    ({"is_described": True, "has_logo": True}, "Say what you want"),
    (DESCRIBED, "Prove it is your label"),
    ({**PROVEN, "is_unconfirmed": True}, "Prove it is your label"),
    ({**DESCRIBED, "proof": ProofState.ASKED_BACK}, "Prove it is your label"),
    (PROVEN, "Review your intake"),
    ({**PROVEN, "has_custom_intake": True, "has_team": True, "has_embed": True}, None),
    (VERIFIED, "Receive the first demo"),
    ({**VERIFIED, "has_received": True}, "Answer the first demo"),
    ({**VERIFIED, "has_received": True, "has_answered": True}, "Review your intake"),
]

PROFILE = {
    "name": "Harbour",
    "slug": "harbour",
    "time_zone": "UTC",
    "message_rule": "always",
    "most_unanswered": "3",
}


@pytest.mark.parametrize(("facts", "name"), WAY)
def test_next_step_is_the_first_that_leads_on(facts: dict[str, Any], name: str | None) -> None:
    checklist = checklist_of(Facts(**facts))
    assert [step.name for step in checklist.steps] == NAMES
    assert (checklist.next.name if checklist.next else None) == name
    assert sum(step.state == StepState.NEXT for step in checklist.steps) == (name is not None)


def test_checklist_only_ever_goes_forward_and_is_complete_at_the_end() -> None:
    done = [checklist_of(Facts(**facts)).done for facts, _ in WAY]
    assert all(one <= other for one, other in pairwise(done))
    assert [checklist_of(Facts(**facts)).is_complete for facts, _ in WAY] == [False] * 11 + [True]


def test_what_only_we_can_do_is_said_to_wait_and_offers_no_button() -> None:
    steps = {step.name: step for step in checklist_of(Facts(**PROVEN)).steps}
    for name in ("Get verified", "Receive the first demo", "Answer the first demo"):
        assert (steps[name].state, steps[name].route) == (StepState.WAITING, "")


@pytest.fixture
def label() -> Label:
    return make_label("Harbour", status=Status.UNVERIFIED)


@pytest.mark.django_db
def test_facts_are_read_from_what_is_there(label: Label) -> None:
    owner = make_member(label)
    assert facts_of(label, owner) == Facts()
    label.country, label.links, label.about = "DK", ["https://a.example/"], "Slow."
    label.embed_sites = ["https://a.example"]
    Proof.objects.create(label=label, address="a@a.example", given_by=owner)
    label.intakes.update(promise_days=7)
    Invitation.objects.create(label=label, email="b@a.example", invited_by=owner, expires_at=label.created_at)
    assert facts_of(label, owner) == Facts(
        is_described=True,
        has_about=True,
        has_custom_intake=True,
        proof=ProofState.WAITING,
        is_unconfirmed=True,
        has_team=True,
        has_embed=True,
    )


@pytest.mark.django_db
def test_demo_received_and_answered_is_a_fact_and_ones_own_is_none(cast: Cast) -> None:
    label = cast.label
    assert not facts_of(label, cast.owner).has_received
    own = make_track(cast.insider)
    make_submission("rejected", label=label, manager=cast.manager, track=own)
    assert not facts_of(label, cast.insider).has_received
    demo = cast.demo("in_review")
    assert (facts_of(label, cast.insider).has_received, facts_of(label, cast.insider).has_answered) == (
        True,
        False,
    )
    assert post(cast.manager, demo, "reject", reason="genre", welcome="another").status_code == 303
    assert facts_of(label, cast.insider).has_answered


def page(user: User | None) -> Any:
    return client_of(user).get(reverse("workspace:setup", args=["harbour"]))


@pytest.mark.django_db
def test_owners_and_managers_see_the_checklist_and_nobody_else(cast: Cast) -> None:
    for person, status in (
        (cast.owner, 200),
        (cast.manager, 200),
        (cast.reviewer, 403),
        (cast.viewer, 403),
        (cast.rival, 404),
        (cast.producer, 404),
        (None, 302),
    ):
        assert page(person).status_code == status


@pytest.mark.django_db
def test_page_says_each_step_in_words_and_leads_on_by_one_primary_button(label: Label) -> None:
    shown = page(make_member(label)).content.decode().split("<main")[1]
    for name in NAMES:
        assert name in shown
    assert shown.count("button--primary") == 1
    assert 'button--primary" href="/labels/harbour/settings/"' in shown
    assert "0 of 7 done" in shown
    for words in ("next", "to do", "waiting"):
        assert f'step__stand">{words}' in shown


@pytest.mark.django_db
@pytest.mark.parametrize("demos", [1, 5])
def test_page_asks_a_constant_number_of_queries(
    cast: Cast, django_assert_num_queries: Any, demos: int
) -> None:
    for number in range(demos):
        cast.demo("rejected", title=f"Demo {number}")
    client, address = client_of(cast.owner), reverse("workspace:setup", args=["harbour"])
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)


@pytest.mark.django_db
def test_new_owner_lands_on_the_checklist_until_something_came(label: Label) -> None:
    owner = make_member(label)
    client = client_of(owner)
    assert client.get("/home/")["Location"] == "/desk/harbour/setup/"
    assert "Open the checklist" in client.get("/desk/harbour/").content.decode()
    reviewer = client_of(make_member(label, Role.REVIEWER))
    assert reviewer.get("/home/")["Location"] == "/desk/harbour/"
    assert "Open the checklist" not in reviewer.get("/desk/harbour/").content.decode()
    Label.objects.update(status=Status.VERIFIED)
    make_submission("submitted", label=Label.objects.get(), track=make_track(make_producer()))
    assert client.get("/home/")["Location"] == "/desk/harbour/"
    assert "Open the checklist" not in client.get("/desk/harbour/").content.decode()


@pytest.mark.django_db
def test_checklist_follows_what_the_label_does(label: Label) -> None:
    client: Client = client_of(make_member(label))
    said = {
        **PROFILE,
        "country": "DK",
        "website": "harbour.example",
    }

    def leading() -> str:
        return str(client.get("/desk/harbour/setup/").context["checklist"].next.name)

    assert client.post("/labels/harbour/settings/", said).status_code == 303
    assert leading() == "Add a logo"
    assert client.post("/labels/harbour/settings/", said | {"picture": upload()}).status_code == 303
    assert leading() == "Say what you want"
    assert client.post("/labels/harbour/settings/", said | {"about": "Slow."}).status_code == 303
    assert leading() == "Prove it is your label"
    assert client.post("/desk/harbour/proof/", {"link": "https://harbour.example/demos"}).status_code == 303
    assert leading() == "Review your intake"
    assert Membership.objects.count() == 1
    assert logged() == ["submitted proof for verification"]


@pytest.mark.django_db
def test_teams_log_says_what_a_member_changed_about_the_label_once(label: Label) -> None:
    owner = make_member(label)
    said = PROFILE
    settings = "/labels/harbour/settings/"
    assert client_of(owner).post(settings, said | {"about": "Slow.", "links": "a.example"}).status_code == 303
    assert (
        client_of(owner).post(settings, said | {"about": "Slow.", "links": "https://a.example/"}).status_code
        == 303
    )
    (job,) = ProcrastinateJob.objects.filter(task_name="activity.log_profile")
    for _ in range(2):
        log_profile(**arguments_of(job))
    (line,) = lines_of(Activity.objects.with_people())
    assert (line.who, line.what) == (str(owner), "changed the label’s links and what we want")
