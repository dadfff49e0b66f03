"""The desk in a real browser: HTMX renews what changed; without JavaScript all of it works too."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from submissions.models import Submission
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import post, url

Browse = Callable[..., Page]
pytestmark = pytest.mark.browser


def mark(page: Page, selector: str) -> None:
    """Remember an element, to see later whether it is still the same one."""
    page.locator(selector).evaluate("element => element.dataset.kept = 'yes'")


@pytest.mark.parametrize("script", [True, False])
def test_manager_reviews_and_passes(browse: Browse, server: str, script: bool) -> None:
    cast = Cast()
    demo = cast.demo("submitted")
    page = browse(java_script_enabled=script)
    sign_in(page, cast.manager, server)
    page.goto(url("submission", demo))
    if script:
        mark(page, "[data-player] >> nth=0")
    page.get_by_role("button", name="Start review").click()
    expect(page.locator("#standing .badge")).to_have_text("In review")
    expect(page.locator("#messages")).to_contain_text("You opened it.")
    expect(page.locator("#timeline")).to_contain_text("Mona (manager) opened it")
    expect(page.locator("[data-kept]")).to_have_count(int(script))
    page.get_by_role("link", name="Pass", exact=True).click()
    panel = page.locator("#panel")
    panel.get_by_label("Not our genre").check()
    panel.get_by_label("Another track").check()
    panel.get_by_label("Note to the producer").fill("Not our sound.")
    panel.get_by_label("Pass without anybody having played it here").check()
    panel.get_by_role("button", name="Send now").click()
    expect(page.locator("#standing .badge")).to_have_text("Passed")
    expect(page.locator("[data-player]")).to_have_count(0)
    expect(page.locator("#panel form")).to_have_count(0)
    expect(page).to_have_url(re.compile(f"{demo.reference}/$"))
    assert history(demo) == ["submit", "start_review", "reject"]


@pytest.mark.parametrize("script", [True, False])
def test_slower_manager_keeps_the_note(browse: Browse, server: str, script: bool) -> None:
    cast = Cast()
    demo = cast.demo()
    page = browse(java_script_enabled=script)
    sign_in(page, cast.manager, server)
    page.goto(url("submission", demo))
    page.get_by_role("link", name="Request changes").click()
    page.get_by_label("Note to the producer").fill("A shorter intro.")
    assert post(cast.owner, demo, "shortlist").status_code == 303
    page.locator("#panel").get_by_role("button", name="Send now").click()
    expect(page.locator("#panel")).to_contain_text("Olga (owner) shortlisted it meanwhile.")
    expect(page.get_by_label("Note to the producer")).to_have_value("A shorter intro.")
    if script:
        expect(page.locator("#standing .badge")).to_have_text("Shortlisted")
    page.locator("#panel").get_by_role("button", name="Send now").click()
    expect(page.locator("#standing .badge")).to_have_text("Changes requested")


@pytest.mark.parametrize("script", [True, False])
def test_bad_input_stays_in_the_panel(browse: Browse, server: str, script: bool) -> None:
    cast = Cast()
    page = browse(java_script_enabled=script)
    sign_in(page, cast.manager, server)
    page.goto(url("submission", cast.demo("signed")))
    page.get_by_role("link", name="Set the release date").click()
    date = page.get_by_label("Release date", exact=True)
    date.evaluate("input => { input.removeAttribute('min') }")
    date.fill("2001-01-01")
    page.get_by_label("Note to the producer").fill("Soon!")
    page.locator("#panel").get_by_role("button", name="Set the release date").click()
    expect(page.locator("#panel .field__errors")).to_contain_text("The release date has passed")
    expect(page.get_by_label("Note to the producer")).to_have_value("Soon!")


def test_filter_renews_the_list_and_the_address(browse: Browse, server: str) -> None:
    cast = Cast()
    cast.demo("submitted", title="Slow", tempo=100)
    cast.demo("submitted", title="Fast", tempo=170)
    page = browse()
    sign_in(page, cast.viewer, server)
    page.goto("/desk/harbour/")
    mark(page, "h1")
    page.locator("summary", has_text="Filters").click()
    page.locator('[name="bpm"]').fill("150-")
    page.locator('[name="bpm"]').press("Enter")
    expect(page.get_by_role("link", name="Slow")).to_have_count(0)
    expect(page.get_by_role("link", name="Fast")).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=bpm%3A150-"))
    page.locator('[name="bpm"]').fill("")
    page.locator('[name="bpm"]').press("Enter")
    expect(page.get_by_role("link", name="Slow")).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?q=$"))
    page.locator("summary", has_text="Leave out").click()
    page.get_by_label("Not BPM").fill("150-")
    page.get_by_label("Not BPM").press("Enter")
    expect(page).to_have_url(re.compile(r"q=-bpm%3A150-"))
    expect(page.get_by_role("link", name="Slow")).to_be_visible()
    expect(page.get_by_role("link", name="Fast")).to_have_count(0)
    expect(page.get_by_label("Not BPM")).to_have_value("150-")
    page.locator('[name="bpm"]').fill("fast")
    page.locator('[name="bpm"]').press("Enter")
    expect(page.locator("#queue .field__errors, #queue .errorlist").first).to_be_visible()
    expect(page.locator("h1[data-kept]")).to_have_count(1)


def test_what_one_types_stays_while_the_answer_to_another_field_comes(browse: Browse, server: str) -> None:
    cast = Cast()
    cast.demo("submitted", title="Slow", tempo=100)
    cast.demo("submitted", title="Fast", tempo=170)
    page = browse()
    sign_in(page, cast.viewer, server)
    page.goto("/desk/harbour/")
    page.locator("summary", has_text="Filters").click()
    page.locator("summary", has_text="Leave out").click()
    page.get_by_label("Not BPM").fill("150-")
    with page.expect_response(lambda answer: "-bpm=150-" in answer.url):
        page.get_by_label("Not these words").press_sequentially("nig")  # leaving the other field sends it
    expect(page.get_by_role("link", name="Fast")).to_have_count(0)
    typed = page.get_by_label("Not these words")
    expect(typed).to_be_focused()
    expect(typed).to_have_value("nig")
    page.keyboard.type("ht")
    expect(typed).to_have_value("night")


def test_errors_of_the_filter_go_with_their_cause(browse: Browse, server: str) -> None:
    cast = Cast()
    cast.demo("submitted", title="Slow", tempo=100)
    page = browse()
    sign_in(page, cast.viewer, server)
    page.goto("/desk/harbour/")
    page.locator("summary", has_text="Filters").click()
    for typed, errors in (("fast", 1), ("90-", 0)):
        page.locator('[name="bpm"]').fill(typed)
        page.locator('[name="bpm"]').press("Enter")
        expect(page.locator("#controls .field__errors, #controls .errorlist")).to_have_count(errors)
    expect(page.get_by_role("link", name="Slow")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_help_is_fetched_when_it_is_opened(browse: Browse, server: str, script: bool) -> None:
    cast = Cast()
    page = browse(java_script_enabled=script)
    sign_in(page, cast.viewer, server)
    page.goto("/desk/harbour/")
    page.locator("summary", has_text="Filters").click()
    page.locator("summary", has_text="How to write a query").click()
    if not script:
        page.get_by_role("link", name="All terms").click()
    page.get_by_role("link", name="due:..friday").click()
    expect(page).to_have_url(re.compile(r"/desk/harbour/\?q=due(:|%3A)\.\.friday$"))


def test_taking_it_oneself_renews_the_card(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    page = browse()
    sign_in(page, cast.reviewer, server)
    page.goto(url("submission", demo))
    mark(page, "h1")
    page.get_by_role("button", name="Assign to me").click()
    expect(page.get_by_role("button", name="Assign to me")).to_have_count(0)
    expect(page.get_by_label("Assigned to")).to_have_value(str(cast.reviewer.pk))
    expect(page.locator("h1[data-kept]")).to_have_count(1)
    assert Submission.objects.get(pk=demo.pk).team_assignee == cast.reviewer
