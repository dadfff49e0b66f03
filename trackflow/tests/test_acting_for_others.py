"""Admin: an impersonator's transitions are refused unless switched on by setting; then the event names both."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from accounts.models import User
from kit.clock import at, now
from submissions.models import Draft, Event, Submission
from submissions.offers.forms import initial_of
from submissions.tests.builders import act, details_of, history, make_draft, make_submission
from submissions.transition_table import AT_DESK as ACTIONS
from submissions.transition_table import RULES
from trackflow.impersonation.rules import RECORDED_PAGES, SENDING_PAGES, refusal
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url as at_desk
from trackflow.tests.impersonators import STOP, acting, make_admin
from trackflow.tests.test_access import names

pytestmark = pytest.mark.django_db

Press = Callable[[Client], Any]
OF_PRODUCER = {
    "sign": "accepted",
    "decline": "accepted",
    "counter": "accepted",
    "agree_hold": "in_review",
    "refuse_hold": "in_review",
    "withdraw": "in_review",
    "replace_link": "in_review",
    "nudge": "in_review",
    "submit": "draft",
    "resubmit": "changes_requested",
}
OF_OWNER = "override_splits"
OF_ITEMS = {"approve": ["hand_in"], "ask_again": ["hand_in"], "waive": []}
"""Acts about something that was asked for, with what happens to it before."""
AT_DESK = sorted({*ACTIONS, "start_review", "listened"} - {OF_OWNER, "ask_for"})


@pytest.fixture
def olga() -> User:
    return make_admin()


@pytest.fixture
def switched_on(settings: Settings) -> None:
    settings.IMPERSONATORS_MAY_ACT = True


def form(submission: Submission, transition: str, **more: Any) -> dict[str, Any]:
    said = {"days": 14} | initial_of(details_of(transition))
    said |= {"turn": submission.turn, "key": uuid.uuid4(), "unheard": "on"}
    if transition == "sign":
        said["offer_digest"] = submission.offers.get().digest_hex
    if transition == "extend":
        said["until"] = (now() + timedelta(days=20)).date()
    return said | more


def producers(transition: str) -> tuple[Submission, Press]:
    """Return a submission, and how its producer presses this button."""
    state: str = OF_PRODUCER[transition]
    with at(now() - timedelta(days=20 if transition == "nudge" else 0)):
        submission = make_draft() if state == "draft" else make_submission(state)
    if RULES[transition].holds:
        manager = submission.label.memberships.earliest("pk").user
        submission = act(submission, "hold", manager=manager).submission
    word = "edit" if transition == "submit" else RULES[transition].url_name
    if transition == "resubmit":
        submission.track.pitch = "A longer intro, as you asked."
        submission.track.save()
    path = reverse(f"submissions:{word}", args=[submission.reference])
    return submission, lambda client: client.post(path, form(submission, transition, do="send"))


def members(cast: Cast, transition: str) -> tuple[Submission, Press]:
    """Return a submission, and how a manager presses this button at the desk."""
    sources = RULES[transition].sources
    first = "signed" if transition in {"schedule", *OF_ITEMS} else min(sources)
    submission = cast.demo("in_review" if "in_review" in sources else first)
    before = ["hold"] if transition == "end_hold" else []
    before += ["ask_for", *OF_ITEMS[transition]] if transition in OF_ITEMS else []
    for each in before:
        submission = act(submission, each, manager=cast.manager).submission
    word = {"listened": ["listened"]}.get(transition, ["act", transition])
    path = at_desk(word[0], submission, *word[1:])
    return submission, lambda client: client.post(path, form(submission, transition, item=1))


@pytest.mark.parametrize("transition", OF_PRODUCER)
def test_impersonator_of_a_producer_is_refused(olga: User, transition: str) -> None:
    submission, press = producers(transition)
    before = history(submission)
    response = press(acting(olga, submission.producer))
    assert response.status_code == 403
    assert "change nothing" in response.content.decode()
    assert history(submission) == before


@pytest.mark.parametrize("transition", AT_DESK)
def test_impersonator_of_a_member_is_refused(olga: User, cast: Cast, transition: str) -> None:
    submission, press = members(cast, transition)
    before = history(submission)
    assert press(acting(olga, cast.manager)).status_code == 403
    assert history(submission) == before


@pytest.mark.parametrize("transition", OF_PRODUCER)
@pytest.mark.usefixtures("switched_on")
def test_switched_on_the_event_names_producer_and_impersonator(olga: User, transition: str) -> None:
    submission, press = producers(transition)
    assert press(acting(olga, submission.producer)).status_code == 303
    assert last(submission) == (transition, submission.producer, olga)
    call_command("verify_history")


@pytest.mark.parametrize("transition", AT_DESK)
@pytest.mark.usefixtures("switched_on")
def test_switched_on_the_event_names_member_and_impersonator(olga: User, cast: Cast, transition: str) -> None:
    submission, press = members(cast, transition)
    assert press(acting(olga, cast.manager)).status_code in (204, 303)
    assert last(submission) == (transition, cast.manager, olga)
    call_command("verify_history")


@pytest.mark.usefixtures("switched_on")
def test_switched_on_a_track_sent_to_several_names_both_each_time(olga: User) -> None:
    draft = make_draft()
    code = draft.intake.code
    said = {"track": draft.track.code, "to": [code], "do": "send", f"{code}-turn": 0}
    said |= {f"{code}-key": uuid.uuid4(), f"{code}-saved": "new"}
    response = acting(olga, draft.producer).post(reverse("submissions:send"), said)
    assert response.status_code == 303
    assert last(draft) == ("submit", draft.producer, olga)


@pytest.mark.usefixtures("switched_on")
def test_both_sides_read_who_acted_for_whom(olga: User, cast: Cast) -> None:
    submission = cast.demo("submitted")
    acting(olga, cast.manager).post(
        at_desk("act", submission, "start_review"), form(submission, "start_review")
    )
    acting(olga, cast.producer).post(
        reverse("submissions:withdraw", args=[submission.reference]),
        form(Submission.objects.get(pk=submission.pk), "withdraw"),
    )
    client = Client()
    client.force_login(cast.producer)
    for path in (submission.get_absolute_url(), reverse("submissions:receipt", args=[submission.reference])):
        page = client.get(path).content.decode()
        assert "Olga (Trackflow’s staff) for Harbour’s manager" in page
    assert "Olga (Trackflow’s staff) for you" in client.get(submission.get_absolute_url()).content.decode()
    client.force_login(cast.owner)
    page = client.get(at_desk("submission", submission)).content.decode()
    assert "Olga (Trackflow’s staff) for Mona (manager)" in page
    assert f"Olga (Trackflow’s staff) for {submission.artist}" in page


def last(submission: Submission) -> tuple[str, User | None, User | None]:
    event = Event.objects.of(submission).last()
    assert event
    return event.transition, event.actor, event.acted_by


def let_through(**posted: str) -> set[str]:
    """Return the addresses that an impersonator may post to."""
    request = RequestFactory().post("/", posted)
    return {name for name in names() if not refusal(request, name)}


def test_switched_off_every_post_is_refused_but_the_way_back(settings: Settings) -> None:
    assert settings.IMPERSONATORS_MAY_ACT is False
    assert let_through() == let_through(do="send") == {"impersonation:stop"}


@pytest.mark.usefixtures("switched_on")
def test_switched_on_only_what_names_both_is_let_through() -> None:
    assert let_through() == RECORDED_PAGES | {"impersonation:stop"}
    assert let_through(do="send") == RECORDED_PAGES | SENDING_PAGES | {"impersonation:stop"}


@pytest.mark.parametrize("may_act", [False, True])
def test_account_team_and_teams_own_work_stay_as_they_are(
    settings: Settings, olga: User, cast: Cast, may_act: bool
) -> None:
    settings.IMPERSONATORS_MAY_ACT = may_act
    submission = cast.demo()
    client = acting(olga, cast.owner)
    slug = cast.label.slug
    paths = [
        *("/accounts/password/change/", "/accounts/email/", "/accounts/2fa/totp/activate/", "/settings/"),
        *("/accounts/2fa/recovery-codes/generate/", "/accounts/2fa/webauthn/add/", "/welcome/"),
        reverse("labels:settings", args=[slug]),
        reverse("desk:settings", args=[slug]),
        reverse("desk:bulk-new", args=[slug]),
        reverse("desk:outbox-send", args=[slug]),
        reverse("notifications:mark-read"),
        *(at_desk(word, submission) for word in ("here", "score", "memo", "tag", "assign")),
        at_desk("propose", submission, "reject"),
        reverse("admin:index"),
    ]
    with CaptureQueriesContext(connection) as asked:
        answers = {path: client.post(path, {"name": "X"}).status_code for path in paths}
    assert answers == dict.fromkeys(paths, 403)
    assert writes(asked) == []


def test_draft_is_not_kept_in_their_name(settings: Settings, olga: User) -> None:
    settings.IMPERSONATORS_MAY_ACT = True
    draft = make_draft()
    path = reverse("submissions:edit", args=[draft.reference])
    given = {"turn": draft.turn, "key": uuid.uuid4(), "do": "save", "note": "Not mine"}
    assert acting(olga, draft.producer).post(path, given).status_code == 403
    assert Draft.objects.get(submission=draft).note == ""


def test_looking_writes_nothing(olga: User, cast: Cast) -> None:
    submission = cast.demo()
    for person, paths in (
        (cast.manager, [at_desk("submission", submission), f"/desk/{cast.label.slug}/", "/notifications/"]),
        (cast.producer, [submission.get_absolute_url(), "/submissions/", "/notifications/", "/tracks/"]),
    ):
        client = acting(olga, person)
        client.get("/home/")  # the session is stored once with what the start put into it
        with CaptureQueriesContext(connection) as asked:
            assert [client.get(path).status_code for path in paths] == [200] * len(paths)
        assert writes(asked) == []


def writes(asked: CaptureQueriesContext) -> list[str]:
    words = ("INSERT", "UPDATE", "DELETE")
    return [query["sql"] for query in asked.captured_queries if query["sql"].lstrip().startswith(words)]


def test_htmx_is_told_among_the_messages(olga: User, cast: Cast) -> None:
    submission = cast.demo()
    client = acting(olga, cast.manager)
    answer = client.post(at_desk("score", submission), headers={"HX-Request": "true", "HX-Target": "scores"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (403, "#messages")
    assert "nothing can be changed" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert client.post(STOP).status_code == 303
