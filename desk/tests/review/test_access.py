"""Who may open what at the desk, and who may press which button: the table is the rule."""

from itertools import product
from uuid import uuid4

import pytest
from django.urls import reverse

from desk.outbox.service import propose
from submissions.models import Event, Submission
from submissions.tests.builders import details_of
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

VISITORS = {
    "owner": 200,
    "manager": 200,
    "reviewer": 200,
    "viewer": 200,
    "insider": 404,
    "rival": 404,
    "producer": 404,
    "stranger": 404,
    "anonymous": 302,
}
"""What a submission's page answers; `insider` is an owner of the label who made the track."""

LABEL_PAGES = VISITORS | {"insider": 200}
STARTS = {
    "start_review": "submitted",
    "shortlist": "in_review",
    "accept": "in_review",
    "request_changes": "in_review",
    "reject": "in_review",
    "extend": "in_review",
    "schedule": "signed",
    "rescind": "accepted",
    "reopen": "rejected",
}
ANYONE_WITH_A_ROLE = {"start_review", "shortlist"}
STRANGERS = {"insider": 404, "rival": 404, "producer": 404, "stranger": 404, "anonymous": 302}


def act_status(who: str, transition: str) -> int:
    if who in STRANGERS:
        return STRANGERS[who]
    if who == "viewer" or (who == "reviewer" and transition not in ANYONE_WITH_A_ROLE):
        return 403
    return 303


def demo_for(cast: Cast, who: str, state: str) -> Submission:
    """Return a submission; for the insider one of their own."""
    if who == "insider":
        cast.producer = cast.insider
    return cast.demo(state)


@pytest.mark.parametrize("who", VISITORS)
def test_submission_page_opens_for_the_team_alone(cast: Cast, who: str) -> None:
    demo = demo_for(cast, who, "in_review")
    answer = client_of(getattr(cast, who, None)).get(url("submission", demo))
    assert answer.status_code == VISITORS[who]


@pytest.mark.parametrize(("name", "who"), list(product(["queue", "outbox"], LABEL_PAGES)))
def test_label_pages_open_for_the_team_alone(cast: Cast, name: str, who: str) -> None:
    answer = client_of(getattr(cast, who, None)).get(reverse(f"desk:{name}", args=[cast.label.slug]))
    assert answer.status_code == LABEL_PAGES[who]


@pytest.mark.parametrize(("who", "transition"), list(product(VISITORS, STARTS)))
def test_button_answers_by_role(cast: Cast, who: str, transition: str) -> None:
    demo = demo_for(cast, who, STARTS[transition])
    before = Event.objects.of(demo).count()
    details = details_of(transition)
    if "until" in details:
        details["until"] = details["until"].date()
    answer = post(getattr(cast, who, None), demo, transition, **details)
    expected = act_status(who, transition)
    assert answer.status_code == expected
    assert Event.objects.of(demo).count() == before + (expected == 303)


@pytest.mark.parametrize(("who", "transition"), list(product(VISITORS, STARTS)))
def test_panel_opens_by_role_and_writes_nothing(cast: Cast, who: str, transition: str) -> None:
    demo = demo_for(cast, who, STARTS[transition])
    before = Event.objects.of(demo).count()
    answer = client_of(getattr(cast, who, None)).get(url("act", demo, transition))
    expected = act_status(who, transition)
    assert answer.status_code == (200 if expected == 303 else expected)
    assert Event.objects.of(demo).count() == before


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 303), ("manager", 303), ("reviewer", 303), ("viewer", 403), *STRANGERS.items()],
)
def test_proposing_is_for_reviewers_up(cast: Cast, who: str, status: int) -> None:
    demo = demo_for(cast, who, "in_review")
    answer = post(getattr(cast, who, None), demo, "reject", "propose", reason="genre", welcome="another")
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("who", "release", "discard"),
    [
        ("owner", 303, 303),
        ("manager", 303, 303),
        ("reviewer", 403, 303),
        ("viewer", 403, 403),
        ("rival", 404, 404),
        ("producer", 404, 404),
        ("anonymous", 302, 302),
    ],
)
def test_proposals_are_settled_by_managers(cast: Cast, who: str, release: int, discard: int) -> None:
    for name, status in (("proposal-send", release), ("proposal-discard", discard)):
        demo = cast.demo()
        waiting = propose(
            demo, "request_changes", user=cast.reviewer, turn=demo.turn, key=uuid4(), note="Shorter."
        )
        answer = client_of(getattr(cast, who, None)).post(url(name, demo), {"key": waiting.key})
        assert answer.status_code == status


@pytest.mark.parametrize(
    ("who", "status"),
    [("owner", 303), ("manager", 303), ("reviewer", 303), ("viewer", 403), *STRANGERS.items()],
)
def test_assigning_is_for_reviewers_up(cast: Cast, who: str, status: int) -> None:
    demo = demo_for(cast, who, "in_review")
    answer = client_of(getattr(cast, who, None)).post(url("assign", demo), {"assignee": cast.reviewer.pk})
    assert answer.status_code == status
    assert (Submission.objects.get(pk=demo.pk).team_assignee == cast.reviewer) == (status == 303)


@pytest.mark.parametrize("word", ["submit", "sign", "withdraw", "expire", "nonsense", "__class__"])
def test_words_that_no_label_uses_are_unknown(cast: Cast, word: str) -> None:
    demo = cast.demo()
    assert client_of(cast.owner).get(url("act", demo, word)).status_code == 404
    assert post(cast.owner, demo, word).status_code == 404
    assert post(cast.owner, demo, word, "propose").status_code == 404


def test_another_labels_desk_does_not_know_the_submission(cast: Cast) -> None:
    demo = cast.demo()
    address = reverse("desk:submission", args=["rival", demo.reference])
    assert client_of(cast.rival).get(address).status_code == 404


def test_draft_is_on_no_desk(cast: Cast) -> None:
    assert client_of(cast.owner).get(url("submission", cast.demo("draft"))).status_code == 404


def test_former_member_is_a_stranger(cast: Cast) -> None:
    demo = cast.demo()
    cast.manager.memberships.all().delete()
    assert client_of(cast.manager).get(url("submission", demo)).status_code == 404
    assert post(cast.manager, demo, "shortlist").status_code == 404
