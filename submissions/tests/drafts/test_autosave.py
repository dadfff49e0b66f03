"""A draft that saves itself: incomplete, out loud, and never over what another tab saved."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from kit.clock import at
from labels.choices import QuestionKind
from labels.models import Question
from labels.tests.builders import make_question
from submissions.models import Draft, Event, Submission
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.posting import fresh, own_client, post, url_of
from trackflow.testing.chromium import Browse

NOON = datetime(2026, 6, 1, 10, 4, tzinfo=UTC)


@pytest.fixture
def draft(db: None) -> Submission:
    return make_draft()


@pytest.fixture
def question(draft: Submission) -> Question:
    return make_question(draft.intake, QuestionKind.NUMBER, text="How many?", is_required=True)


def save(submission: Submission, **fields: Any) -> Any:
    return post(submission, "autosave", **fields)


def said(answer: Any) -> str:
    return answer.content.decode()


def stamp(submission: Submission) -> str:
    return Draft.objects.get(submission=submission).stamp


def test_producer_reads_when_it_was_saved_in_their_own_zone(draft: Submission) -> None:
    draft.producer.time_zone = "Europe/Copenhagen"
    draft.producer.save()
    with at(NOON):
        answer = save(draft, note="Hello")
    assert answer.status_code == 200
    assert "Saved 12:04" in said(answer)
    assert Draft.objects.get().note == "Hello"


def test_autosave_takes_incomplete_answers_and_never_sends(draft: Submission, question: Question) -> None:
    assert save(draft, note="Hello", do="send").status_code == 200
    assert fresh(draft).state == "draft"
    assert not Event.objects.exists()


def test_answer_that_will_not_do_is_left_out_and_said(draft: Submission, question: Question) -> None:
    name = f"q{question.pk}"
    save(draft, **{name: "3"})
    answer = save(draft, note="Hello", **{name: "a lot"})
    assert answer.status_code == 422
    assert "How many?: Enter a number." in said(answer)
    assert (Draft.objects.get().note, Draft.objects.get().answers) == ("Hello", {name: "3"})


@pytest.mark.parametrize("field", ["turn", "key"])
def test_damaged_page_saves_nothing(draft: Submission, field: str) -> None:
    answer = save(draft, note="Hello", **{field: "x"})
    assert answer.status_code == 422
    assert "Not saved" in said(answer)
    assert Draft.objects.get().note == ""


def test_autosave_renews_what_the_label_holds_against_the_track(draft: Submission) -> None:
    draft.track.genre = None
    draft.track.save()
    page = said(save(draft))
    assert 'id="problems" hx-swap-oob="true"' in page
    assert "Your genre is missing." in page


def test_second_tab_is_told_and_writes_nothing(draft: Submission) -> None:
    opened = stamp(draft)
    with at(NOON):
        save(draft, note="First tab", saved=opened)
        answer = save(draft, note="Second tab", saved=opened)
    assert answer.status_code == 409
    assert "Another tab saved this draft at 10:04." in said(answer)
    assert Draft.objects.get().note == "First tab"


def test_own_tab_saves_on_without_knowing_its_last_answer(draft: Submission) -> None:
    opened, key = stamp(draft), uuid.uuid4()
    for note in ("One", "Two", "Three"):
        assert save(draft, note=note, saved=opened, key=key).status_code == 200
    assert Draft.objects.get().note == "Three"


def test_second_tab_may_put_its_words_in_place_of_the_others(draft: Submission) -> None:
    opened = stamp(draft)
    save(draft, note="First tab", saved=opened)
    assert stamp(draft) in said(save(draft, note="Second tab", saved=opened))
    assert save(draft, note="Second tab", saved=stamp(draft)).status_code == 200
    assert Draft.objects.get().note == "Second tab"


@pytest.mark.parametrize("do", ["save", "send"])
def test_without_scripts_the_second_tab_gets_its_words_back(draft: Submission, do: str) -> None:
    opened = stamp(draft)
    save(draft, note="First tab", saved=opened)
    answer = post(draft, "edit", do=do, note="Second tab", saved=opened)
    assert answer.status_code == 409
    assert "Another tab saved this draft" in said(answer)
    assert "Second tab</textarea>" in said(answer)
    assert fresh(draft).state == "draft"
    again = answer.context["form"]["saved"].value()
    assert post(draft, "edit", do=do, note="Second tab", saved=again).status_code == 303


def test_draft_that_was_sent_meanwhile_is_said(draft: Submission) -> None:
    act(draft, "submit")
    answer = save(draft, note="Too late")
    assert answer.status_code == 409
    assert "You sent it meanwhile" in said(answer)
    assert not Draft.objects.exists()


@pytest.mark.django_db
def test_new_revision_saves_itself_and_shows_what_changes() -> None:
    submission = make_submission("changes_requested")
    submission.track.tempo = 125
    submission.track.save()
    page = said(save(submission, note="Faster now", saved="new"))
    assert 'id="changes" hx-swap-oob="true"' in page
    assert "125" in page
    assert Draft.objects.get().note == "Faster now"


@pytest.fixture
def sign_in(browse: Browse) -> Callable[[Submission], Page]:
    """Opens a draft in a new browser as its producer."""

    def open_draft(submission: Submission) -> Page:
        page = browse()
        cookie = own_client(submission).cookies[settings.SESSION_COOKIE_NAME].value
        page.goto("/")
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
        page.goto(url_of("edit", submission))
        return page

    return open_draft


@pytest.mark.browser
def test_draft_saves_itself_while_typing(sign_in: Callable[[Submission], Page]) -> None:
    submission = make_draft()
    page = sign_in(submission)
    page.locator("#id_note").press_sequentially("Made at night")
    expect(page.locator("#autosave[role=status]")).to_contain_text("Saved")
    assert Draft.objects.get().note == "Made at night"
    page.locator("#id_note").press_sequentially(", by the sea")
    page.get_by_role("button", name="Send to Harbour").click()
    expect(page.locator("main")).to_contain_text("Waiting to be opened")
    assert submission.events.get().note == "Made at night, by the sea"


@pytest.mark.browser
def test_what_could_not_be_saved_is_said_and_nothing_typed_is_lost(
    sign_in: Callable[[Submission], Page],
) -> None:
    submission = make_draft()
    page = sign_in(submission)
    page.context.set_offline(True)
    page.locator("#id_note").press_sequentially("Offline")
    expect(page.locator("#autosave[role=status]")).to_contain_text("Not saved: the server is out of reach")
    page.context.set_offline(False)
    expect(page.locator("#autosave[role=status]")).to_contain_text("Saved")
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#id_note").press_sequentially(", then signed out")
    expect(page.locator("#autosave[role=status]")).to_contain_text("Not saved: you are signed out")
    expect(page.locator("#id_note")).to_have_value("Offline, then signed out")
    page.context.clear_cookies()
    page.context.add_cookies([each for each in cookies if each["name"] == settings.SESSION_COOKIE_NAME])  # type: ignore[misc]  # the same shape
    page.locator("#id_note").press_sequentially(" and in")
    expect(page.locator("#autosave[role=status]")).to_contain_text("Saved")
    assert Draft.objects.get().note == "Offline, then signed out and in"


@pytest.mark.browser
def test_two_tabs_do_not_write_over_each_other_in_silence(sign_in: Callable[[Submission], Page]) -> None:
    submission = make_draft()
    first, second = sign_in(submission), sign_in(submission)
    first.locator("#id_note").press_sequentially("First")
    expect(first.locator("#autosave[role=status]")).to_contain_text("Saved")
    second.locator("#id_note").press_sequentially("Second")
    expect(second.locator("#autosave[role=status]")).to_contain_text("Another tab saved this draft")
    assert Draft.objects.get().note == "First"
    second.get_by_role("button", name="Keep this version").click()
    expect(second.locator("#autosave[role=status]")).to_contain_text("Saved")
    assert Draft.objects.get().note == "Second"
