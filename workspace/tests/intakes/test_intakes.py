"""Intakes at the desk: the list, the form of every rule, closing for now, deleting, and the log of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.tests.log_lines import logged
from catalog.models import Genre
from catalog.tests.builders import make_track
from kit.clock import at, now
from labels.intakes.service import MOST_CALLS, stamp_of
from labels.models import Intake
from labels.status import suspend
from labels.tests.builders import make_intake, make_question
from submissions.models import Submission
from submissions.tests.builders import make_draft, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

LIST = "/desk/harbour/intakes/"
PLAIN = {
    "message": "",
    "genre_strictness": "warn",
    "tempo_strictness": "warn",
    "ai_policy": "any",
    "exclusivity_policy": "any",
    "promise_days": "14",
    "grace_days": "14",
    "answer_days": "14",
}
ALL_RULES = {
    "call_name": "Techno compilation",
    "message": "Until June.",
    "opens_at": "2027-01-01T09:00",
    "closes_at": "2027-06-30T23:59",
    "access_code": "Kiln-2027",
    "genre_strictness": "block",
    "tempo_from": "128",
    "tempo_to": "142",
    "tempo_strictness": "block",
    "required_fields": ["isrc", "key"],
    "ai_policy": "none",
    "exclusivity_policy": "exclusive",
    "unreleased_only": "on",
    "most_open": "2",
    "most_weekly": "3",
    "promise_days": "7",
    "grace_days": "10",
    "answer_days": "5",
}


def standing(cast: Cast) -> Intake:
    return cast.label.intakes.get(call_name="")


def path(name: str, intake: Intake) -> str:
    return reverse(f"workspace:{name}", args=[intake.label.slug, intake.code])


def edit(user: User, intake: Intake, stamp: str | None = None, **fields: Any) -> Any:
    """Save an intake's form as this person, on a page that is up to date unless `stamp` says otherwise."""
    said = {**PLAIN, "stamp": stamp or stamp_of(Intake.objects.get(pk=intake.pk)), **fields}
    return client_of(user).post(path("intake", intake), said)


def pause(user: User, intake: Intake, **fields: Any) -> Any:
    stamp = stamp_of(Intake.objects.get(pk=intake.pk))
    return client_of(user).post(path("intake-pause", intake), {"stamp": stamp, "message": "", **fields})


# The list


def test_intakes_are_listed_with_state_promise_and_counts(cast: Cast) -> None:
    cast.label.time_zone = "Europe/Berlin"
    cast.label.save()
    later, past = now() + timedelta(days=9), now() - timedelta(days=1)
    make_intake(cast.label, call_name="Soon", opens_at=later)
    make_intake(cast.label, call_name="Gone", closes_at=past)
    make_intake(cast.label, call_name="Full", is_paused=True)
    make_intake(cast.label, call_name="Secret", access_code="Kiln")
    cast.demo("submitted")
    cast.demo("rejected")
    make_submission("submitted", label=cast.label, track=make_track(cast.insider))
    answer = client_of(cast.viewer).get(LIST)
    rows = answer.context["rows"]
    said = {row.intake.title: str(row.opening) for row in rows}
    assert said == {"Demos": "open", "Secret": "open", "Full": "paused", "Gone": "over", "Soon": "later"}
    assert (rows[0].promise, rows[0].received, rows[0].waiting) == ("Answers within 14 days", "3", "2")
    own = client_of(cast.insider).get(LIST).context["rows"][0]
    assert (own.received, own.waiting) == ("2", "1")
    page = answer.content.decode()
    assert "Private" in page
    assert f'data-copy="{rows[1].link}"' in page
    assert rows[1].link.endswith(f"/labels/harbour/{rows[1].intake.code}/#code=Kiln")
    assert "(Europe/Berlin)" in page
    assert "New call" not in page
    assert "Close for now" not in page


@pytest.mark.parametrize("calls", [1, 5])
def test_list_asks_as_few_queries_for_five_calls_as_for_one(
    calls: int, cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(calls):
        call = make_intake(cast.label, call_name=f"Call {number}", genres=["house"])
        make_question(call)
    client = client_of(cast.manager)
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)


# The form


def test_manager_announces_a_call_with_every_rule(cast: Cast) -> None:
    cast.label.time_zone = "Europe/Berlin"
    cast.label.save()
    genre = Genre.objects.get(slug="house")
    answer = client_of(cast.manager).post(f"{LIST}new/", {**ALL_RULES, "genres": [genre.pk]})
    assert answer.status_code == 303
    call = Intake.objects.get(call_name="Techno compilation")
    assert call.opens_at == datetime(2027, 1, 1, 8, tzinfo=UTC)
    assert call.closes_at == datetime(2027, 6, 30, 21, 59, tzinfo=UTC)
    assert list(call.genres.all()) == [genre]
    assert (set(call.required_fields), call.access_code) == ({"isrc", "key"}, "Kiln-2027")
    assert (call.ai_policy, call.exclusivity_policy, call.unreleased_only) == ("none", "exclusive", True)
    assert (call.most_open, call.most_weekly) == (2, 3)
    assert (call.promise_days, call.grace_days, call.answer_days) == (7, 10, 5)
    assert logged() == ["created the call “Techno compilation”"]


def test_change_is_saved_and_logged_with_what_changed(cast: Cast) -> None:
    intake = standing(cast)
    answer = edit(cast.manager, intake, promise_days="7", tempo_to="130", message="Hello.")
    assert answer.status_code == 303
    intake.refresh_from_db()
    assert (intake.promise_days, intake.message, str(intake.tempo_to)) == (7, "Hello.", "130.00")
    assert logged() == [
        "changed the intake “Demos”: message; tempo from “any” to “at most 130 BPM”; promise from 14 to 7 days"
    ]
    assert edit(cast.manager, intake, promise_days="7", tempo_to="130", message="Hello.").status_code == 303
    assert len(logged()) == 1


def test_promise_edited_at_the_desk_leaves_what_was_sent_alone(cast: Cast) -> None:
    sent = cast.demo("submitted")
    edit(cast.manager, standing(cast), promise_days="1", grace_days="1")
    fresh = Submission.objects.get(pk=sent.pk)
    assert (fresh.due_at, fresh.expires_at) == (sent.due_at, sent.expires_at)
    later = cast.demo("submitted")
    assert later.due_at
    assert sent.due_at
    assert later.due_at < sent.due_at


WRONG = [
    ({"opens_at": "2027-03-28T02:30"}, "opens_at", "Clocks are put forward then"),
    ({"closes_at": "2026-10-25T02:30"}, "closes_at", "comes twice"),
    (
        {"opens_at": "2027-01-02T00:00", "closes_at": "2027-01-01T00:00"},
        "closes_at",
        "after the opening time",
    ),
    ({"tempo_from": "130", "tempo_to": "129.99"}, "tempo_to", "must not be lower"),
    ({"tempo_from": "39"}, "tempo_from", "40"),
    ({"promise_days": "0"}, "promise_days", "1"),
    ({"promise_days": "366"}, "promise_days", "365"),
    ({"most_open": "0"}, "most_open", "1"),
    ({"required_fields": ["shoe_size"]}, "required_fields", "shoe_size"),
]


@pytest.mark.parametrize(("fields", "name", "words"), WRONG)
def test_wrong_field_is_told_beside_it_and_what_was_typed_stays(
    fields: dict[str, Any], name: str, words: str, cast: Cast
) -> None:
    cast.label.time_zone = "Europe/Berlin"
    cast.label.save()
    answer = edit(cast.manager, standing(cast), message="Typed.", **fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert words in answer.context["form"].errors[name][0]
    assert "Typed." in answer.content.decode()
    assert standing(cast).message == ""


@pytest.mark.parametrize(("code", "is_fine"), [("abcde", False), ("abcdef", True), ("", True)])
def test_access_code_of_a_call_has_six_characters_at_least(code: str, is_fine: bool, cast: Cast) -> None:
    call = make_intake(cast.label, call_name="Summer")
    answer = edit(cast.manager, call, call_name="Summer", access_code=code)
    assert answer.status_code == (303 if is_fine else 422)
    assert is_fine or "at least 6 characters" in answer.context["form"].errors["access_code"][0]


def test_standing_intake_takes_neither_name_nor_code(cast: Cast) -> None:
    intake = standing(cast)
    assert edit(cast.manager, intake, call_name="Summer", access_code="secret").status_code == 303
    intake.refresh_from_db()
    assert (intake.call_name, intake.access_code) == ("", "")


def test_code_is_suggested_and_nothing_saved(cast: Cast) -> None:
    call = make_intake(cast.label, call_name="Summer", access_code="Kiln")
    answer = edit(cast.manager, call, call_name="Winter", suggest="1")
    assert answer.status_code == 200
    suggested = answer.context["form"]["access_code"].value()
    assert len(suggested) == 9
    assert 'value="Winter"' in answer.content.decode()
    call.refresh_from_db()
    assert (call.call_name, call.access_code) == ("Summer", "Kiln")


def test_second_manager_is_told_what_stands_and_keeps_what_they_typed(cast: Cast) -> None:
    intake = standing(cast)
    stamp = stamp_of(intake)
    edit(cast.owner, intake, promise_days="7")
    answer = edit(cast.manager, intake, stamp, promise_days="10", message="Mine.")
    assert answer.status_code == 409
    assert dict(answer.context["stands"]) == {"message": "none", "promise": "7 days"}
    page = answer.content.decode()
    assert "Somebody else changed this" in page
    assert "Mine." in page
    assert standing(cast).promise_days == 7
    renewed = answer.context["form"]["stamp"].value()
    assert edit(cast.manager, intake, renewed, promise_days="10", message="Mine.").status_code == 303
    assert standing(cast).promise_days == 10


def test_genres_count_as_a_change_too(cast: Cast) -> None:
    intake, house = standing(cast), Genre.objects.get(slug="house")
    stamp = stamp_of(intake)
    edit(cast.owner, intake, genres=[house.pk])
    assert edit(cast.manager, intake, stamp).status_code == 409
    assert logged() == ["changed the intake “Demos”: genres from “any” to “House”"]


@pytest.mark.parametrize("who", ["reviewer", "viewer"])
def test_who_does_not_manage_reads_and_does_not_write(who: str, cast: Cast) -> None:
    user, intake = getattr(cast, who), standing(cast)
    page = client_of(user).get(path("intake", intake))
    assert page.status_code == 200
    assert '<fieldset class="form__section" disabled' in page.content.decode()
    assert edit(user, intake).status_code == 403
    assert pause(user, intake).status_code == 403
    assert client_of(user).post(f"{LIST}new/", ALL_RULES).status_code == 403
    assert client_of(user).post(path("intake-delete", intake)).status_code == 403


def test_intake_of_another_label_is_not_found(cast: Cast) -> None:
    theirs = cast.rival.memberships.get().label.intakes.get()
    found = reverse("workspace:intake", args=["harbour", theirs.code])
    assert client_of(cast.manager).get(found).status_code == 404


def test_suspended_label_keeps_its_rules(cast: Cast) -> None:
    intake = standing(cast)
    suspend(cast.label, reason="Asked for money.")
    assert client_of(cast.manager).get(path("intake", intake)).status_code == 200
    assert edit(cast.manager, intake, promise_days="7").status_code == 409
    assert pause(cast.manager, intake).status_code == 409
    assert client_of(cast.manager).post(f"{LIST}new/", ALL_RULES).status_code == 409
    assert standing(cast).promise_days == 14
    assert Intake.objects.filter(label=cast.label).count() == 1


def test_label_has_so_many_calls_and_no_more(cast: Cast) -> None:
    made = (Intake(label=cast.label, call_name="C", code=f"CL-0000-{n:04}") for n in range(MOST_CALLS))
    Intake.objects.bulk_create(made)
    answer = client_of(cast.manager).post(f"{LIST}new/", ALL_RULES)
    assert answer.status_code == 422
    assert f"at most {MOST_CALLS} calls" in answer.content.decode()


# Closing for now, and for ever


def test_manager_closes_an_intake_with_a_message_and_opens_it_again(cast: Cast) -> None:
    intake = standing(cast)
    assert pause(cast.manager, intake, message="Back in May.").status_code == 303
    intake.refresh_from_db()
    assert (intake.is_paused, intake.message, intake.is_open()) == (True, "Back in May.", False)
    assert "Back in May." in client_of(None).get(cast.label.get_absolute_url()).content.decode()
    assert pause(cast.manager, intake, message="Welcome.", open="1").status_code == 303
    intake.refresh_from_db()
    assert (intake.is_paused, intake.message, intake.is_open()) == (False, "Welcome.", True)
    assert logged() == ["closed the intake “Demos” for now", "opened the intake “Demos” again"]


def test_closing_on_an_old_page_is_refused_and_keeps_the_message(cast: Cast) -> None:
    intake = standing(cast)
    stamp = stamp_of(intake)
    edit(cast.owner, intake, promise_days="7")
    answer = pause(cast.manager, intake, stamp=stamp, message="Back in May.")
    assert answer.status_code == 409
    assert "Back in May." in answer.content.decode()
    assert not standing(cast).is_paused


def test_paused_intake_stays_paused_when_its_rules_change(cast: Cast) -> None:
    intake = standing(cast)
    pause(cast.manager, intake, message="Full.")
    edit(cast.manager, intake, message="Full.", promise_days="7")
    assert standing(cast).is_paused


def test_call_is_deleted_only_while_nobody_began_a_demo_for_it(cast: Cast) -> None:
    untouched = make_intake(cast.label, call_name="Untouched")
    make_question(untouched)
    wanted = make_intake(cast.label, call_name="Wanted")
    draft = make_draft(label=cast.label)
    Submission.objects.filter(pk=draft.pk).update(intake=wanted)
    client = client_of(cast.manager)
    assert client.post(path("intake-delete", untouched)).status_code == 303
    answer = client.post(path("intake-delete", wanted))
    assert answer.status_code == 409
    assert "Set a closing date instead" in answer.content.decode()
    assert client.post(path("intake-delete", standing(cast))).status_code == 409
    assert set(cast.label.intakes.values_list("call_name", flat=True)) == {"", "Wanted"}
    assert logged() == ["deleted the call “Untouched”"]


def test_call_is_over_at_its_last_second_on_the_labels_clocks(cast: Cast) -> None:
    cast.label.time_zone = "Europe/Berlin"
    cast.label.save()
    client_of(cast.manager).post(f"{LIST}new/", {**ALL_RULES, "opens_at": ""})
    call = Intake.objects.select_related("label").get(call_name="Techno compilation")
    closes = datetime(2027, 6, 30, 21, 59, tzinfo=UTC)
    with at(closes - timedelta(seconds=1)):
        assert call.is_open()
    with at(closes):
        assert not call.is_open()
