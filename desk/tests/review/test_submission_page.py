"""The page of a submission: what the team reads there, and what leaves it when it is closed."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from desk.outbox.service import propose
from kit.clock import at, now
from labels.choices import QuestionKind
from labels.tests.builders import make_question
from submissions.models import Draft, Submission
from submissions.tests.builders import act, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import PANEL, post, url

SECRETS = ("soundcloud.com", "dropbox.com", "open-sesame", "example.org/stems")
QUERIES = 6
"""Session with user, desks, submission, what stands on its page, earlier demos, unread."""


def page_of(user: Any, demo: Submission, headers: dict[str, str] | None = None) -> str:
    return client_of(user).get(url("submission", demo), headers=headers or {}).content.decode()


def buttons(user: Any, demo: Submission) -> list[str]:
    actions = client_of(user).get(url("submission", demo)).context["actions"]
    return [action.button for action in actions]


def secretive(cast: Cast) -> Submission:
    """Return a reviewed submission of two revisions whose links, password and answer are secret."""
    question = make_question(cast.label.intakes.get(), QuestionKind.LINK, text="Where are the stems?")
    demo = cast.demo("draft", link_password="open-sesame")
    Draft.objects.filter(submission=demo).update(answers={f"q{question.pk}": "https://example.org/stems"})
    for step in ("submit", "start_review", "request_changes"):
        act(demo, step, manager=cast.manager)
    track = demo.track
    track.audio_url = "https://soundcloud.com/mara/another-take"
    track.link_password = "open-sesame-two"
    track.save()
    Draft.objects.create(submission=demo, answers={f"q{question.pk}": "https://example.org/stems-two"})
    act(demo, "resubmit")
    return act(demo, "start_review", manager=cast.manager).submission


def test_page_shows_the_demo_as_it_was_sent(cast: Cast) -> None:
    demo = secretive(cast)
    demo.track.title = "Renamed since"
    demo.track.save()
    page = page_of(cast.viewer, demo)
    assert not [secret for secret in SECRETS if secret not in page]
    assert "Renamed since" not in page
    assert "Here it is, with a longer intro." in page
    assert "Where are the stems?" in page


def test_revision_says_what_it_changed(cast: Cast) -> None:
    rows = client_of(cast.viewer).get(url("submission", secretive(cast))).context["revisions"]
    assert [row.revision.number for row in rows] == [2, 1]
    assert "Audio link" in [change.label for change in rows[0].changes]
    assert rows[1].changes == []


@pytest.mark.parametrize(("last", "actor"), [("reject", "label"), ("withdraw", "producer")])
def test_links_leave_the_desk_when_it_is_closed(cast: Cast, last: str, actor: str) -> None:
    demo = secretive(cast)
    act(demo, last, manager=cast.manager)
    page = page_of(cast.owner, demo)
    assert not [secret for secret in SECRETS if secret in page]
    assert "data-player" not in page


@pytest.mark.parametrize("state", ["declined", "expired", "rejected", "withdrawn"])
def test_closed_states_show_no_player(cast: Cast, state: str) -> None:
    page = page_of(cast.owner, cast.demo(state, link_password="open-sesame"))
    assert not [secret for secret in SECRETS if secret in page]


def test_links_come_back_with_reopening(cast: Cast) -> None:
    demo = secretive(cast)
    for step in ("reject", "reopen"):
        act(demo, step, manager=cast.manager)
    page = page_of(cast.owner, demo)
    assert not [secret for secret in SECRETS if secret not in page]
    assert "data-player" in page_of(cast.owner, demo, PANEL)


def test_looking_changes_nothing(cast: Cast) -> None:
    demo = cast.demo("submitted")
    for member in (cast.owner, cast.reviewer, cast.viewer):
        page_of(member, demo)
    assert history(demo) == ["submit"]


@pytest.mark.parametrize(
    ("who", "state", "expected"),
    [
        (
            "manager",
            "submitted",
            ["Start review", "Shortlist", "Offer to sign", "Request changes", "Pass", "Take more time"],
        ),
        (
            "manager",
            "in_review",
            ["Shortlist", "Offer to sign", "Request changes", "Pass", "Take more time", "Ask for a hold"],
        ),
        ("manager", "changes_requested", ["Pass"]),
        ("manager", "accepted", ["Make a new offer", "Withdraw the offer", "Ask for a hold"]),
        ("manager", "countered", ["Make a new offer", "Withdraw the offer", "Ask for a hold"]),
        ("manager", "signed", ["Set the release date", "Withdraw the offer"]),
        ("manager", "scheduled", ["Set the release date", "Withdraw the offer"]),
        ("manager", "rejected", ["Reopen"]),
        ("manager", "released", []),
        (
            "reviewer",
            "submitted",
            [
                "Start review",
                "Shortlist",
                "Propose: offer to sign",
                "Propose: request changes",
                "Propose: pass",
            ],
        ),
        (
            "reviewer",
            "in_review",
            ["Shortlist", "Propose: offer to sign", "Propose: request changes", "Propose: pass"],
        ),
        ("reviewer", "signed", []),
        ("viewer", "in_review", []),
    ],
)
def test_page_offers_what_role_and_state_allow(cast: Cast, who: str, state: str, expected: list[str]) -> None:
    assert buttons(getattr(cast, who), cast.demo(state)) == expected


def test_open_proposal_is_shown_and_leaves_no_second_one(cast: Cast) -> None:
    demo = cast.demo()
    details = {"reason": "too_close", "welcome": "another"}
    said: dict[str, Any] = {"turn": demo.turn, "key": uuid4(), "note": "Like ours.", "details": details}
    propose(demo, "reject", user=cast.reviewer, **said)
    seen = page_of(cast.viewer, demo)
    for words in ("Rita proposes to pass on it.", "Too close to what we have", "Like ours."):
        assert words in seen
    assert "Send in my name" not in seen
    assert "Send in my name" in page_of(cast.manager, demo)
    assert "Discard" in page_of(cast.reviewer, demo)
    assert buttons(cast.reviewer, demo) == ["Shortlist"]


def test_page_says_until_when_and_why_the_clock_stands(cast: Cast) -> None:
    demo = cast.demo()
    assert "<dt>Answer due</dt>" in page_of(cast.viewer, demo)
    act(demo, "link_failed")
    page = page_of(cast.viewer, demo)
    assert "The clock is stopped: The audio link does not answer." in page
    assert "<dt>Answer due</dt>" not in page


def test_page_says_that_the_producer_reminded_the_label(cast: Cast) -> None:
    with at(now() - timedelta(days=20)):
        demo = cast.demo()
    assert "The producer reminded you" not in page_of(cast.viewer, demo)
    act(demo, "nudge")
    page = page_of(cast.viewer, demo)
    assert "The producer reminded you" in page
    assert "reminded the label" in page


def test_assigning_gives_it_to_a_member_and_back_to_nobody(cast: Cast) -> None:
    demo, client = cast.demo(), client_of(cast.reviewer)
    for value, expected in ((str(cast.manager.pk), cast.manager), ("", None)):
        assert client.post(url("assign", demo), {"assignee": value}).status_code == 303
        assert Submission.objects.get(pk=demo.pk).team_assignee == expected
    assert history(demo) == ["submit", "start_review"]


@pytest.mark.parametrize("value", ["stranger", "insider", "x", "9" * 30])
def test_only_members_who_may_see_it_are_assigned(cast: Cast, value: str) -> None:
    if value == "insider":
        cast.producer = cast.insider
    demo = cast.demo()
    chosen = getattr(cast, value, None)
    answer = client_of(cast.manager).post(url("assign", demo), {"assignee": chosen.pk if chosen else value})
    assert answer.status_code == 422
    assert "not one of the available choices" in answer.content.decode()


def test_assigning_by_htmx_answers_its_part(cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Target": "assign"}
    client, demo = client_of(cast.manager), cast.demo()
    said = {"assignee": cast.reviewer.pk}
    page = client.post(url("assign", demo), said, headers=headers, follow=True).content.decode()
    assert re.match(r'\s*<section class="[^"]+" id="assign">', page)


def test_action_by_htmx_renews_the_parts_it_changed(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.reviewer, demo, "shortlist")
    page = page_of(cast.reviewer, demo, PANEL)
    assert "<html" not in page
    assert all(f'id="{part}"' in page for part in ("panel", "standing", "dates", "timeline", "messages"))
    assert 'id="demo"' not in page


@pytest.mark.parametrize("count", [1, 5])
def test_page_asks_as_many_queries_for_one_as_for_five(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    demo = cast.demo("submitted")
    for _ in range(count):
        act(demo, "replace_link")
    client = client_of(cast.manager)
    with django_assert_num_queries(QUERIES):
        client.get(url("submission", demo))


THEIRS_FIRST = "Not before the producer answers. Their answer is due by "


@pytest.mark.parametrize(
    ("state", "buttons", "because"),
    [
        ("in_review", [], ""),
        ("changes_requested", ["Shortlist", "Offer to sign"], THEIRS_FIRST),
        ("accepted", ["Shortlist", "Request changes", "Pass"], THEIRS_FIRST),
        ("released", [], ""),
    ],
)
def test_decision_that_is_not_possible_says_why_and_until_when(
    cast: Cast, state: str, buttons: list[str], because: str
) -> None:
    demo = cast.demo(state)
    page = client_of(cast.manager).get(url("submission", demo))
    assert [button for each in page.context["not_now"] for button in each.buttons] == buttons
    assert all(each.because.startswith(because) for each in page.context["not_now"])
    assert page.content.decode().count('aria-disabled="true"') == sum(
        len(each.buttons) for each in page.context["not_now"]
    )


def test_taking_more_time_twice_says_why_not(cast: Cast) -> None:
    demo = act(cast.demo(), "extend", manager=cast.manager).submission
    [spent] = client_of(cast.manager).get(url("submission", demo)).context["not_now"]
    assert spent.buttons == ["Take more time"]
    assert spent.because.startswith("More time was taken once already. Your answer is due by ")
