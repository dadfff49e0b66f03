"""A session ends while somebody types: after signing in the form is there, filled, in every part of the site."""

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from playwright.sync_api import Page, expect

from accounts.models import User
from accounts.tests.conftest import PASSWORD
from catalog.models import Track
from labels.models import Label
from notifications.models import Delivery
from submissions.models import Submission
from trackflow.testing.cast import Cast, make_cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import url as at_desk

pytestmark = pytest.mark.browser
EITHER = pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
NOTE = "Not for us, but\nthe <b>low</b> end & the \u201cair\u201d are yours."


@pytest.fixture
def cast(committed_db: str) -> Cast:
    made = make_cast()
    for person in (made.producer, made.manager, made.stranger):
        person.set_password(PASSWORD)
        person.makes_music = True
        person.save()
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return made


@pytest.fixture
def at(browse: Browse, server: str) -> Callable[..., Page]:
    """Opens a page as somebody."""

    def open_page(person: User, path: str, *, scripts: bool = True) -> Page:
        page: Page = browse(java_script_enabled=scripts)
        sign_in(page, person, server)
        page.goto(path)
        return page

    return open_page


def end_session(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def sign_in_again(page: Page, person: User) -> None:
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def expect_unsent(page: Page) -> None:
    expect(page.get_by_text("Not sent yet.")).to_be_in_viewport()


@EITHER
def test_producer_finds_the_long_form_of_a_track_as_typed(
    cast: Cast, at: Callable[..., Page], *, scripts: bool
) -> None:
    page = at(cast.producer, "/tracks/new/", scripts=scripts)
    page.get_by_label("Title").first.fill("Slow “Tide”")
    page.locator("[name=audio_url]").fill("https://soundcloud.com/mara/slow-tide")
    page.locator("[name=pitch]").fill(NOTE)
    genre = page.locator("[name=genre]")
    genre.select_option(index=3)
    chosen = genre.input_value()
    end_session(page)
    page.locator("main").get_by_role("button", name="Save").click()
    sign_in_again(page, cast.producer)
    expect_unsent(page)
    expect(page.get_by_label("Title").first).to_have_value("Slow “Tide”")
    expect(page.locator("[name=pitch]")).to_have_value(NOTE)
    expect(page.locator("[name=genre]")).to_have_value(chosen)
    assert not Track.objects.filter(owner=cast.producer).exists()


@EITHER
def test_manager_finds_the_profile_of_the_label_as_typed_and_saves_it(
    cast: Cast, at: Callable[..., Page], *, scripts: bool
) -> None:
    page = at(cast.manager, f"/labels/{cast.label.slug}/settings/", scripts=scripts)
    page.locator("[name=about]").fill(NOTE)
    page.locator("[name=shows_names]").check()
    end_session(page)
    page.locator("main").get_by_role("button", name="Save").click()
    sign_in_again(page, cast.manager)
    expect_unsent(page)
    expect(page.locator("[name=about]")).to_have_value(NOTE)
    expect(page.locator("[name=shows_names]")).to_be_checked()
    assert Label.objects.get(pk=cast.label.pk).about != NOTE
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page).not_to_have_url(re.compile("unsent="))
    assert Label.objects.get(pk=cast.label.pk).about == NOTE


@EITHER
def test_manager_finds_the_reply_at_the_desk_as_typed_with_its_turn_and_key(
    cast: Cast, at: Callable[..., Page], *, scripts: bool
) -> None:
    demo = cast.demo()
    page = at(cast.manager, f"/desk/{cast.label.slug}/", scripts=scripts)
    page.goto(at_desk("submission", demo))
    page.locator("#actions").get_by_role("link", name=re.compile("Pass")).click()
    page.locator("[name=reason][value=genre]").check()
    page.locator("[name=note]").fill(NOTE)
    key = page.locator("#panel [name=key]").first.input_value()
    end_session(page)
    page.locator("#panel form .button--state").click()
    sign_in_again(page, cast.manager)
    expect_unsent(page)
    expect(page.locator("[name=note]")).to_have_value(NOTE)
    expect(page.locator("[name=reason][value=genre]")).to_be_checked()
    expect(page.locator("#panel [name=key]").first).to_have_value(key)
    expect(page.locator("#panel [name=turn]").first).to_have_value(str(demo.turn))
    assert Submission.objects.get(pk=demo.pk).state == "in_review"
    assert not Delivery.objects.exists()


def test_manager_finds_a_memo_beside_the_queue_as_typed(cast: Cast, at: Callable[..., Page]) -> None:
    demo = cast.demo()
    page = at(cast.manager, f"{at_desk('submission', demo)}?q=")
    page.locator("#memos [name=text]").fill(NOTE)
    end_session(page)
    page.get_by_role("button", name="Save memo").click()
    sign_in_again(page, cast.manager)
    expect_unsent(page)
    expect(page.locator("#memos [name=text]")).to_have_value(NOTE)


def test_somebody_else_who_signs_in_there_sees_nothing_of_it(cast: Cast, at: Callable[..., Page]) -> None:
    page = at(cast.producer, "/profile/")
    page.locator("[name=bio]").fill(NOTE)
    end_session(page)
    page.locator("main").get_by_role("button", name="Save").click()
    sign_in_again(page, cast.stranger)
    expect(page.get_by_text("belongs to another account")).to_be_visible()
    page.goto("/profile/")
    expect(page.locator("[name=bio]")).to_have_value("")


@EITHER
def test_tab_of_an_earlier_session_sends_nothing_and_keeps_what_was_typed(
    cast: Cast, at: Callable[..., Page], server: str, *, scripts: bool
) -> None:
    page = at(cast.producer, "/profile/", scripts=scripts)
    page.locator("[name=bio]").fill(NOTE)
    page.context.clear_cookies()
    sign_in(page, cast.producer, server)
    page.locator("main").get_by_role("button", name="Save").click()
    expect_unsent(page)
    expect(page.locator("[name=bio]")).to_have_value(NOTE)
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your profile is saved")).to_be_visible()


def test_tab_of_another_person_keeps_it_for_that_person(
    cast: Cast, at: Callable[..., Page], server: str
) -> None:
    page = at(cast.producer, "/profile/")
    page.locator("[name=bio]").fill(NOTE)
    page.context.clear_cookies()
    sign_in(page, cast.stranger, server)
    page.locator("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="This page has expired")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("air")
    page.get_by_role("button", name="Sign out and switch account").click()
    page.get_by_label("Email").fill(cast.producer.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect_unsent(page)
    expect(page.locator("[name=bio]")).to_have_value(NOTE)
