"""Pressing buttons: what was typed stays, presses count once, who was slower is told."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kit.clock import now
from labels.status import suspend
from submissions.models import Event, Submission
from submissions.tests.builders import SUMMARY, act, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import PANEL, post, url

PASSING = {"reason": "genre", "welcome": "another"}


def last(submission: Submission) -> Event:
    event = Event.objects.of(submission).last()
    assert event is not None
    return event


def fresh(submission: Submission) -> Submission:
    return Submission.objects.get(pk=submission.pk)


def test_manager_offers_with_terms_and_note(cast: Cast) -> None:
    demo = cast.demo()
    answer = post(cast.manager, demo, "accept", text="Two singles.", note="We love it.")
    assert (answer.status_code, answer["Location"]) == (303, url("submission", demo))
    assert (last(demo).private["terms"], last(demo).note) == (SUMMARY, "We love it.")
    assert demo.offers.get().text == "Two singles."


def test_manager_passes_with_reason(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.manager, demo, "reject", **PASSING)
    assert last(demo).payload == {**PASSING, "heard_elsewhere": False}


def test_release_date_is_prefilled_when_it_is_set_again(cast: Cast) -> None:
    demo = cast.demo("scheduled")
    page = client_of(cast.manager).get(url("act", demo, "schedule")).content.decode()
    assert 'value="2999-01-01"' in page
    assert 'value="TF001"' in page


def test_extension_lasts_to_the_end_of_the_labels_day(cast: Cast) -> None:
    cast.label.time_zone = "Pacific/Auckland"
    cast.label.save()
    day = (now().astimezone(cast.label.zone) + timedelta(days=20)).date()
    post(cast.manager, demo := cast.demo(), "extend", until=day)
    due = fresh(demo).due_at
    assert due
    assert due.astimezone(cast.label.zone).strftime("%Y-%m-%d %H:%M:%S") == f"{day} 23:59:59"


def test_extension_takes_the_thirtieth_day_but_not_the_next(cast: Cast) -> None:
    latest = (now().astimezone(cast.label.zone) + timedelta(days=30)).date()
    assert post(cast.manager, cast.demo(), "extend", until=latest + timedelta(days=1)).status_code == 422
    assert post(cast.manager, cast.demo(), "extend", until=latest).status_code == 303


@pytest.mark.parametrize(
    ("state", "transition", "fields", "said"),
    [
        ("in_review", "request_changes", {"note": "   "}, "This field is required"),
        ("in_review", "request_changes", {"note": "x" * 10_000}, "at most 4000 characters"),
        ("in_review", "request_changes", {"note": "nul \x00"}, "characters that are not text"),
        (
            "in_review",
            "reject",
            {"note": "Kept words", "reason": "", "welcome": "another"},
            "This field is required",
        ),
        (
            "in_review",
            "reject",
            {"note": "Kept words", "reason": "vibes", "welcome": "another"},
            "not one of the",
        ),
        (
            "in_review",
            "reject",
            {"note": "Kept words", "reason": "genre", "welcome": "cake"},
            "not one of the",
        ),
        ("in_review", "extend", {"note": "Kept words", "until": "soon"}, "Enter a valid date"),
        ("in_review", "extend", {"note": "Kept words", "until": "9999-12-31"}, "Choose a day from today to"),
        ("in_review", "extend", {"note": "Kept words", "until": "0001-01-01"}, "Choose a day from today to"),
        (
            "signed",
            "schedule",
            {"note": "Kept words", "release_on": "2001-01-01"},
            "The release date has passed",
        ),
        ("signed", "schedule", {"note": "Kept words", "release_on": "2999-02-30"}, "Enter a valid date"),
        ("accepted", "rescind", {"reason": "terms", "note": ""}, "This field is required"),
        ("in_review", "accept", {"note": "Kept words", "text": "x" * 20_001}, "at most 20000 characters"),
        ("in_review", "accept", {"note": "Kept words", "percentage": ""}, "Say what share"),
        ("in_review", "accept", {"note": "Kept words", "days": "61"}, "less than or equal to 60"),
        ("in_review", "accept", {"note": "Kept words", "advance": "5"}, "Choose the currency"),
        ("countered", "revise_offer", {"note": "Kept words", "territories": "Atlantis"}, "no country"),
        ("in_review", "hold", {"note": "Kept words", "days": "31"}, "less than or equal to 30"),
    ],
)
def test_bad_input_is_said_and_kept(
    cast: Cast, state: str, transition: str, fields: dict[str, str], said: str
) -> None:
    demo = cast.demo(state)
    answer = post(cast.manager, demo, transition, **fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert fields["note"] != "Kept words" or "Kept words" in page
    assert fresh(demo).version == demo.version


@pytest.mark.parametrize("broken", [{"turn": ""}, {"turn": "x"}, {"key": ""}, {"key": "1"}, {"turn": "-1"}])
def test_forged_hidden_fields_are_refused(cast: Cast, broken: dict[str, str]) -> None:
    assert post(cast.manager, cast.demo(), "shortlist", **broken).status_code == 422


def test_double_click_makes_one_event(cast: Cast) -> None:
    demo, key = cast.demo("submitted"), uuid4()
    first = post(cast.reviewer, demo, "start_review", key=key)
    second = post(cast.reviewer, demo, "start_review", key=key)
    assert (first.status_code, second.status_code) == (303, 303)
    assert history(demo) == ["submit", "start_review"]


def test_slower_manager_is_told_who_did_what_and_keeps_the_note(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.owner, demo, "shortlist")
    answer = post(cast.manager, demo, "request_changes", note="Shorter intro, please.")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Olga (owner) shortlisted it meanwhile." in page
    assert "Shorter intro, please." in page
    assert f'name="turn" value="{fresh(demo).turn}"' in page


def test_slower_manager_presses_again_and_it_counts(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.owner, demo, "shortlist")
    assert post(cast.manager, demo, "request_changes", note="Shorter.").status_code == 409
    assert post(cast.manager, fresh(demo), "request_changes", note="Shorter.").status_code == 303


def test_button_for_a_state_that_is_gone_answers_409_without_a_button(cast: Cast) -> None:
    demo = cast.demo("rejected")
    answer = client_of(cast.manager).get(url("act", demo, "accept"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "This cannot be done while it says “Passed”." in page
    assert "Close" in page


def test_suspended_label_can_only_look(cast: Cast) -> None:
    demo = cast.demo()
    suspend(cast.label, reason="Asked for money.")
    page = client_of(cast.manager).get(url("submission", demo))
    assert page.status_code == 200
    assert "this desk is read-only" in page.content.decode()
    assert post(cast.manager, demo, "reject", **PASSING).status_code == 409
    assert post(cast.reviewer, demo, "reject", "propose", **PASSING).status_code == 409
    assigning = client_of(cast.manager).post(url("assign", demo), {"assignee": cast.manager.pk})
    assert assigning.status_code == 409
    assert fresh(demo).team_assignee is None


def test_panel_says_what_the_producer_will_see(cast: Cast) -> None:
    demo = cast.demo()
    page = client_of(cast.manager).get(url("act", demo, "accept")).content.decode()
    assert "offers to sign it, reads your terms and your note, and has until the date you give" in page
    assert "Signed “Harbour’s manager”" in page
    cast.label.shows_names = True
    cast.label.save()
    page = client_of(cast.manager).get(url("act", demo, "accept")).content.decode()
    assert "Signed “Mona (manager)”" in page


@pytest.mark.parametrize("headers", [{}, PANEL])
def test_panel_is_a_page_or_its_part(cast: Cast, headers: dict[str, str]) -> None:
    answer = client_of(cast.manager).get(url("act", cast.demo(), "accept"), headers=headers)
    page = answer.content.decode()
    assert ("<html" in page) == (not headers)
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in answer["Vary"].split(",")}
    assert 'id="panel"' in page


def test_bad_input_by_htmx_answers_the_panel_alone(cast: Cast) -> None:
    answer = post(cast.manager, cast.demo(), "request_changes", headers=PANEL, note="")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.lstrip().startswith('<div id="panel"')
    assert 'id="standing"' not in page


def test_slower_manager_by_htmx_gets_panel_and_fresh_state(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.owner, demo, "reject", **PASSING)
    answer = post(cast.manager, demo, "shortlist", headers=PANEL)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(f'id="{part}"' in page for part in ("panel", "standing", "dates", "timeline", "demo"))
    assert "soundcloud.com" not in page
    assert "<html" not in page


def test_colleague_without_the_role_gets_a_sentence_by_htmx(cast: Cast) -> None:
    answer = post(cast.viewer, cast.demo(), "shortlist", headers=PANEL)
    assert answer.status_code == 403
    assert answer.content.decode().lstrip().startswith('<div id="panel">')


def test_extension_is_offered_once(cast: Cast) -> None:
    demo = cast.demo()
    act(demo, "extend", manager=cast.manager)
    page = client_of(cast.manager).get(url("submission", demo)).content.decode()
    assert url("act", demo, "extend") not in page
    again = post(cast.manager, fresh(demo), "extend", until=date.today() + timedelta(days=5))
    assert again.status_code == 409
