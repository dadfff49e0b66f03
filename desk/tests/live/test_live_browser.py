"""Two people at one desk: what one does, the other sees where it stands, without losing their place."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from accounts.models import User
from desk.live import presence
from desk.models import Presence
from desk.tests.queue.test_queue_browser import mark, sign_in
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import post, url

Browse = Callable[..., Page]
pytestmark = pytest.mark.browser

QUEUE = "/desk/harbour/?q="


@pytest.fixture
def open_queue(browse: Browse, server: str) -> Callable[[User, str], Page]:
    """Opens the queue for a member in a browser of their own."""

    def open_page(user: User, address: str = QUEUE) -> Page:
        page = browse(viewport={"width": 1280, "height": 700})
        sign_in(page, user, server)
        page.goto(address)
        return page

    return open_page


OpenQueue = Callable[..., Page]


def focus_window(page: Page) -> None:
    """Return to the window, which polls at once."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def row(page: Page, submission: Submission) -> str:
    return f"#row-{submission.reference}"


def top_of(found: Locator) -> float:
    box = found.bounding_box()
    assert box
    return box["y"]


def presences() -> set[tuple[int, int]]:
    return set(Presence.objects.values_list("submission", "user"))


def test_what_a_colleague_does_shows_up_in_the_row_and_the_place_is_kept(open_queue: OpenQueue) -> None:
    cast = Cast()
    demos = [cast.demo(title=f"Track {number}") for number in range(25)]
    near, ticked = demos[18], demos[20]
    page = open_queue(cast.reviewer)
    page.locator(row(page, near)).scroll_into_view_if_needed()
    page.locator(f"{row(page, near)} [name=pick]").check()
    page.locator(f"{row(page, ticked)} [name=pick]").check()
    page.locator(f"{row(page, near)} a:first-child").focus()
    mark(page, row(page, ticked))
    before = page.locator("#list").evaluate("list => list.scrollTop")
    page_before = page.evaluate("scrollY")
    other = open_queue(cast.manager, url("submission", near) + "?q=")
    other.get_by_role("button", name="Shortlist").click()
    expect(other.locator("#messages")).to_contain_text("shortlisted")
    focus_window(page)
    expect(page.locator(f"{row(page, near)} .badge")).to_have_text("Shortlisted")
    expect(page.locator(f"{row(page, near)} [name=pick]")).to_be_checked()
    expect(page.locator(f"{row(page, near)} a:first-child")).to_be_focused()
    expect(page.locator(f"{row(page, ticked)} [name=pick]")).to_be_checked()
    expect(page.locator(f"{row(page, ticked)}[data-kept]")).to_have_count(1)
    assert before > 0
    assert page.locator("#list").evaluate("list => list.scrollTop") == before
    assert page.evaluate("scrollY") == page_before


def test_row_that_leaves_the_view_stays_marked(open_queue: OpenQueue) -> None:
    cast = Cast()
    demo = cast.demo("submitted")
    page = open_queue(cast.reviewer)
    post(cast.manager, demo, "reject", reason="genre", welcome="nothing")
    focus_window(page)
    expect(page.locator(row(page, demo))).to_contain_text("moved out of this view")
    expect(page.locator(f"{row(page, demo)} .badge")).to_have_text("Passed")


def test_what_arrives_stands_above_the_list_and_opens_like_any_row(open_queue: OpenQueue) -> None:
    cast = Cast()
    demos = [cast.demo(title=f"Track {number}") for number in range(25)]
    page = open_queue(cast.reviewer)
    anchor = page.locator(row(page, demos[18]))
    anchor.scroll_into_view_if_needed()
    page.locator("#list").evaluate("list => list.scrollBy(0, 200)")
    before = top_of(anchor)
    fresh = cast.demo("submitted", title="Fresh")
    focus_window(page)
    expect(page.locator("#arrived")).to_contain_text("1 new or changed since you opened this list")
    assert top_of(anchor) == pytest.approx(before, abs=1)
    page.locator(f"#arrived {row(page, fresh)} a:first-child").click()
    expect(page.locator("#pane-title")).to_have_text("Fresh")
    expect(page.locator("#arrived [aria-current]")).to_have_text("Fresh")
    cast.demo("submitted", title="Fresher")
    focus_window(page)
    expect(page.locator("#arrived .row")).to_have_count(2)
    expect(page.locator("#arrived h2")).to_contain_text("2 new or changed")


def test_who_else_has_it_open_is_shown_until_they_move_on(open_queue: OpenQueue) -> None:
    cast = Cast()
    first, second = cast.demo(title="First"), cast.demo(title="Second")
    page = open_queue(cast.reviewer, url("submission", first) + "?q=")
    other = open_queue(cast.manager, url("submission", first) + "?q=")
    expect(other.locator("#presence")).to_contain_text("Also here: Rita")
    expect(page.locator("#presence")).to_be_hidden()
    focus_window(page)
    expect(page.locator("#presence")).to_have_text("Also here: Mona")
    expect(page.locator(f"{row(page, first)} .row__here")).to_have_attribute("title", "Mona has this open")
    with other.expect_response(lambda answer: f"{second.reference}/here/" in answer.url):
        other.keyboard.press("j")
    expect(other.locator("#pane-title")).to_have_text("Second")
    expect(other.locator("#presence[data-here]")).to_be_hidden()
    focus_window(page)
    expect(page.locator("#presence")).to_be_hidden()
    expect(page.locator(f"{row(page, first)} .row__here")).to_have_count(0)
    expect(page.locator(f"{row(page, second)} .row__here")).to_have_count(1)
    assert presences() == {(first.pk, cast.reviewer.pk), (second.pk, cast.manager.pk)}


def test_mark_of_who_is_there_stays_while_one_walks_by(open_queue: OpenQueue) -> None:
    cast = Cast()
    first, second = cast.demo(title="First"), cast.demo(title="Second")
    presence.mark_open(cast.manager, first)
    page = open_queue(cast.reviewer)
    expect(page.locator(f"{row(page, first)} .row__here")).to_be_visible()
    for demo in (first, second):
        page.locator(f"{row(page, demo)} a:first-child").click()
        expect(page.locator("#pane-title")).to_have_text(demo.title)
        expect(page.locator(f"{row(page, first)} .row__here")).to_be_visible()
    presence.mark_closed(cast.manager, first.reference)
    focus_window(page)
    expect(page.locator(f"{row(page, first)} .row__here")).to_have_count(0)


def test_mark_kept_by_a_row_that_was_drawn_anew_goes_with_who_was_there(open_queue: OpenQueue) -> None:
    cast = Cast()
    demo = cast.demo("submitted", title="First")
    presence.mark_open(cast.manager, demo)
    page = open_queue(cast.reviewer, url("submission", demo) + "?q=")
    here = page.locator(f"{row(page, demo)} .row__here")
    expect(here).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.route(
        "**/live/**", lambda route: route.fulfill(status=304)
    )  # nothing is asked before the manager has left
    page.keyboard.press("b")
    expect(page.locator(f"{row(page, demo)} .badge")).to_have_text("In review")
    expect(here).to_be_visible()
    presence.mark_closed(cast.manager, demo.reference)
    page.unroute("**/live/**")
    focus_window(page)
    expect(here).to_have_count(0)


def test_nothing_new_leaves_the_page_as_it_is(open_queue: OpenQueue) -> None:
    cast = Cast()
    demo = cast.demo()
    page = open_queue(cast.reviewer)
    mark(page, row(page, demo))
    with page.expect_response(lambda answer: "/live/" in answer.url and answer.status == 304):
        for _ in range(2):
            page.wait_for_timeout(200)
            focus_window(page)
    expect(page.locator(f"{row(page, demo)}[data-kept]")).to_have_count(1)
    expect(page.locator("#arrived")).to_be_hidden()


def test_page_of_somebody_signed_out_stays_where_it_is(open_queue: OpenQueue) -> None:
    cast = Cast()
    page = open_queue(cast.reviewer, url("submission", cast.demo(title="Mine")) + "?q=")
    expect(page.locator("#pane-title")).to_have_text("Mine")
    page.wait_for_load_state("networkidle")
    page.context.clear_cookies()
    with page.expect_response(lambda answer: "/live/" in answer.url):
        focus_window(page)
    expect(page.locator("#live[data-every]")).to_have_count(0)
    expect(page.locator("#pane-title")).to_have_text("Mine")


def test_long_list_asks_about_what_is_near_in_a_short_address(open_queue: OpenQueue) -> None:
    cast = Cast()
    cast.demo()
    page = open_queue(cast.reviewer)
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """for (let number = 0; number < 300; number++) {
            const row = document.querySelector("#rows .row").cloneNode(true);
            row.id = `row-TF-0000-0${String(number).padStart(3, "0")}`;
            document.getElementById("rows").prepend(row);
        }"""
    )
    with page.expect_response(lambda answer: "/live/" in answer.url) as found:
        focus_window(page)
    address = found.value.url
    assert (found.value.status, len(address) < 3900) == (200, True)
    assert 150 < address.count("~") < 200
    assert "00000299." in address
    assert "00000000." not in address


def test_tabs_count_what_oneself_and_a_colleague_decide(browse: Browse, server: str) -> None:
    cast = Cast()
    for number in range(3):
        cast.demo("submitted", title=f"Demo {number}")
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto("/desk/harbour/?q=")
    tabs = page.locator("#tabs")
    expect(tabs).to_contain_text("Our turn 3")
    page.keyboard.press("j")
    expect(page.locator("#pane-title")).to_have_text("Demo 0")
    post(cast.owner, Submission.objects.get(title="Demo 2"), "reject", reason="genre", welcome="another")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(tabs).to_contain_text("Our turn 2")
    for key in ("r", "1", "y", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("#pane-title")).to_have_text("Demo 1")
    expect(tabs).to_contain_text("Our turn 1")
    expect(tabs).to_contain_text("Done 2")
