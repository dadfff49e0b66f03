"""The queue as a power tool, in a real browser: list and pane, keys, phones, and without JavaScript."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect

from accounts.models import User
from kit.clock import at, now
from submissions.models import Submission
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import post

QUEUE = "/desk/harbour/?q="
PHONE = {"width": 360, "height": 740}
pytestmark = pytest.mark.browser


def demos(cast: Cast, count: int, state: str = "submitted") -> list[Submission]:
    """Return demos named Demo 0, Demo 1 ..., the oldest first."""
    made = []
    for number in range(count):
        with at(now() - timedelta(hours=2 * count - number)):
            made.append(cast.demo(state, title=f"Demo {number}"))
    return made


def arrive(page: Page, user: object, server: str, path: str = QUEUE) -> Page:
    sign_in(page, user, server)  # type: ignore[arg-type]  # whoever the cast holds
    page.goto(path)
    return page


def pane_shows(page: Page, title: str) -> None:
    expect(page.locator("#pane-title")).to_have_text(title)
    expect(page.locator("[data-waits]")).to_have_count(0)


def keep(page: Page, selector: str) -> None:
    """Remember an element, to see later that it was not drawn anew."""
    page.locator(selector).evaluate("element => element.dataset.kept = 'yes'")


def test_twenty_demos_are_triaged_with_at_most_sixty_keys_and_no_mouse(browse: Browse, server: str) -> None:
    cast = Cast()
    all_of_them = demos(cast, 20)
    page, pressed = arrive(browse(), cast.manager, server), 0

    def press(key: str, selector: str, said: str) -> None:
        nonlocal pressed
        pressed += 1
        page.keyboard.press(key)
        expect(page.locator(selector)).to_contain_text(said)
        expect(page.locator("[data-waits]")).to_have_count(0)

    press("j", "#pane-title", "Demo 0")
    for number, _ in enumerate(all_of_them):
        if number % 2 == 0:
            press("s", "#messages", f"Demo {number}: You shortlisted it.")
            continue
        press("r", "#panel-title", "Pass")
        if number == 1:  # a reason is chosen once, and passing unheard is confirmed once
            press("1", "#panel label:has(:checked) >> nth=0", "Not our genre")
            press("Enter", "#panel", "Nobody at your label has played this here.")
        press("Enter", "#messages", f"Demo {number}: You passed on it.")
    expect(page.locator("#messages")).to_contain_text("That was the last one here.")
    assert pressed == 33
    assert [history(each)[1:] for each in all_of_them] == [["shortlist"], ["reject"]] * 10


def test_reviewers_keys_propose(browse: Browse, server: str) -> None:
    cast = Cast()
    first, _ = demos(cast, 2)
    page = arrive(browse(), cast.reviewer, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    page.keyboard.press("r")
    expect(page.locator("#panel-title")).to_be_focused()
    expect(page.locator("[data-waits]")).to_have_count(0)
    for key in ("2", "y", "Enter"):
        page.keyboard.press(key)
    pane_shows(page, "Demo 1")
    expect(page.locator("#messages")).to_contain_text("Your proposal waits for a manager.")
    expect(page.locator(f"#row-{first.reference}")).to_contain_text("outbox")
    assert history(first) == ["submit"]


def test_split_view_keeps_the_lists_scroll_and_filter(browse: Browse, server: str) -> None:
    cast = Cast()
    shown = demos(cast, 30)
    cast.demo("submitted", title="Other")
    page = arrive(
        browse(viewport={"width": 1280, "height": 700}), cast.manager, server, "/desk/harbour/?q=demo"
    )
    expect(page.locator("#rows > .row")).to_have_count(30)
    page.locator(f"#row-{shown[25].reference} a:first-child").click()
    keep(page, "#rows")
    pane_shows(page, "Demo 25")
    before = page.locator("#list").evaluate("list => list.scrollTop")
    assert before > 0
    page.keyboard.press("k")
    pane_shows(page, "Demo 24")
    expect(page.locator("#rows[data-kept]")).to_have_count(1)
    assert page.locator("#list").evaluate("list => list.scrollTop") == before
    expect(page).to_have_url(re.compile(r"\?q=demo$"))
    expect(page.locator(f"#row-{shown[24].reference} [aria-current]")).to_have_count(1)
    expect(page).to_have_title("Demo 24 · Harbour: queue · Trackflow")
    page.go_back()
    pane_shows(page, "Demo 25")
    expect(page).to_have_title("Demo 25 · Harbour: queue · Trackflow")
    expect(page.locator("#rows[data-kept]")).to_have_count(1)
    page.go_back()
    pane_shows(page, "Choose a demo")
    expect(page).to_have_title("Harbour: queue · Trackflow")


def test_next_and_previous_follow_the_filtered_order(browse: Browse, server: str) -> None:
    cast = Cast()
    for title, tempo, state in (
        ("Slow", 100, "submitted"),
        ("Fast", 140, "submitted"),
        ("Mid", 120, "submitted"),
    ):
        cast.demo(state, title=title, tempo=tempo)
    cast.demo("shortlisted", title="Elsewhere", tempo=110)
    page = arrive(browse(), cast.viewer, server, "/desk/harbour/?q=is:new+sort:slowest")
    for title in ("Slow", "Mid", "Fast"):
        page.keyboard.press("j")
        pane_shows(page, title)
    page.keyboard.press("j")
    page.keyboard.press("k")
    pane_shows(page, "Mid")


def test_infinite_scroll_loads_the_next_page_behind_a_real_link(
    browse: Browse, server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desk.queue.listing.ROWS", 12)
    cast = Cast()
    demos(cast, 30)
    page = arrive(browse(viewport={"width": 1280, "height": 700}), cast.viewer, server)
    rows = page.locator("#rows > .row")
    for number in range(30):
        page.keyboard.press("j")
        pane_shows(page, f"Demo {number}")
    expect(rows).to_have_count(30)
    assert len({row.get_attribute("id") for row in rows.all()}) == 30
    plain = arrive(browse(java_script_enabled=False), cast.viewer, server)
    expect(plain.locator("#rows > .row")).to_have_count(12)
    plain.get_by_role("link", name="More").click()
    expect(plain.locator("#rows")).to_contain_text("Demo 12")
    expect(plain.get_by_role("link", name="Earlier in this list")).to_have_count(1)


def test_phone_shows_the_list_then_the_pane_then_the_list(browse: Browse, server: str) -> None:
    cast = Cast()
    shown = demos(cast, 12)
    page = arrive(browse(viewport=PHONE), cast.manager, server)
    expect(page.locator("#pane")).to_be_hidden()
    page.locator(f"#row-{shown[8].reference} a:first-child").click()
    pane_shows(page, "Demo 8")
    expect(page.locator("#queue")).to_be_hidden()
    expect(page.locator("#actions")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("link", name="Back to the list").click()
    expect(page.locator("#pane")).to_be_hidden()
    expect(page.locator(f"#row-{shown[8].reference}")).to_be_in_viewport()
    expect(page.locator(f"#row-{shown[8].reference}")).to_contain_text("New")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_without_javascript_all_of_it_is_plain_pages(browse: Browse, server: str) -> None:
    cast = Cast()
    first, second = demos(cast, 2)
    page = arrive(browse(java_script_enabled=False), cast.manager, server)
    page.locator("#rows").get_by_role("link", name="Demo 0").click()
    pane_shows(page, "Demo 0")
    page.get_by_role("button", name="Start review").click()
    expect(page.locator("#standing .badge")).to_have_text("In review")
    expect(page.locator("#rows > .row")).to_have_count(2)
    page.get_by_label("For the team alone").fill("Nice break.")
    page.get_by_role("button", name="Save memo").click()
    expect(page.locator("#memos blockquote")).to_have_text("Nice break.")
    page.get_by_role("button", name="Shortlist").click()
    pane_shows(page, "Demo 1")
    page.get_by_role("link", name="Demo 0").first.click()
    pane_shows(page, "Demo 0")
    page.get_by_role("link", name="Next").click()
    pane_shows(page, "Demo 1")
    assert history(first) == ["submit", "start_review", "shortlist"]
    assert history(second) == ["submit"]


def test_help_names_every_key_that_does_something(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 3, "in_review")
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    page.keyboard.press("j")
    pane_shows(page, "Demo 1")
    keys = page.locator("[aria-keyshortcuts]").evaluate_all(
        "all => all.map(each => each.getAttribute('aria-keyshortcuts'))"
    )
    page.keyboard.press("?")
    help_dialog = page.get_by_role("dialog", name="Keys")
    expect(help_dialog).to_contain_text("show these keys")
    told = help_dialog.locator("kbd").all_inner_texts()
    assert {key for each in keys for key in each.split()} <= {*told}
    assert {"j", "k", "Enter", "Space", "s", "a", "r", "c", "n", "x", "/", "?"} <= {*told}
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(help_dialog).to_be_hidden()
    pane_shows(page, "Demo 1")


def test_keys_do_not_fire_while_typing_nor_with_modifiers(browse: Browse, server: str) -> None:
    cast = Cast()
    first, *_ = demos(cast, 3, "in_review")
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    for key in ("Control+j", "Alt+s", "Meta+s"):
        page.keyboard.press(key)
    page.keyboard.press("n")
    page.keyboard.type("js rax? just words")
    expect(page.get_by_label("For the team alone")).to_have_value("js rax? just words")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("sj")
    expect(page.get_by_role("searchbox")).to_have_value("sj")
    page.keyboard.press("Escape")
    pane_shows(page, "Demo 0")
    assert history(first) == ["submit", "start_review"]
    page.keyboard.press("x")
    expect(page.locator("#picked")).to_contain_text("1 selected")


def test_keys_wait_in_order_while_an_answer_is_under_way(browse: Browse, server: str) -> None:
    cast = Cast()
    made = demos(cast, 5)
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    for key in "bsjnsj":  # begin and shortlist the first, pass over the second, write about the third
        page.keyboard.press(key)
    pane_shows(page, "Demo 2")
    expect(page.get_by_label("For the team alone")).to_have_value("sj")
    expect(page.get_by_label("For the team alone")).to_be_focused()
    assert [history(each)[1:] for each in made] == [["start_review", "shortlist"], [], [], [], []]


def test_next_demo_is_there_before_its_key_unless_its_row_is_newer(browse: Browse, server: str) -> None:
    cast = Cast()
    _, second, third = demos(cast, 3)
    page = arrive(browse(), cast.manager, server)
    asked: list[str] = []

    page.on(
        "request", lambda request: asked.append(request.url) if "x-prefetch" not in request.headers else None
    )
    with page.expect_response(lambda answer: second.reference in answer.url):
        page.keyboard.press("j")
        pane_shows(page, "Demo 0")
    page.wait_for_timeout(100)
    page.keyboard.press("j")
    pane_shows(page, "Demo 1")
    expect(page).to_have_url(re.compile(second.reference))
    assert not [address for address in asked if f"{second.reference}/?q=" in address]
    with page.expect_response(lambda answer: third.reference in answer.url):
        pass
    post(cast.owner, third, "shortlist")
    page.locator(f"#row-{third.reference}").evaluate("row => { row.dataset.version = '2'; }")
    page.keyboard.press("j")
    pane_shows(page, "Demo 2")
    expect(page.locator("#standing .badge")).to_have_text("Shortlisted")


def test_keys_after_a_refusal_are_dropped_and_named(browse: Browse, server: str) -> None:
    cast = Cast()
    first, second = demos(cast, 2)
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    post(cast.owner, first, "start_review")
    asked = list[Route]()
    page.route(lambda address: "shortlist" in address, lambda route: asked.append(route))
    with page.expect_request(lambda request: request.method == "POST" and "shortlist" in request.url):
        page.keyboard.press("s")  # the pane still says New
    page.keyboard.press("s")  # while the answer is awaited
    asked[0].continue_()
    expect(page.locator("#messages")).to_contain_text("Not pressed: s. The step before was refused.")
    expect(page.locator("#panel")).to_contain_text("Olga (owner) opened it meanwhile.")
    assert (history(first)[1:], history(second)[1:]) == (["start_review"], [])


@pytest.mark.parametrize(
    ("key", "code", "does"),
    [("&", "Digit1", "1"), ("\u044b", "KeyS", "s"), ("S", "KeyS", "s"), ("o", "KeyS", "o")],
    ids=["French digits", "Russian letters", "Caps Lock", "Dvorak letters"],
)
def test_keys_mean_the_same_on_other_layouts(
    browse: Browse, server: str, key: str, code: str, does: str
) -> None:
    cast = Cast()
    demos(cast, 1)
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    pressed = """([key, code, does]) => {
      const button = document.createElement("button");
      button.setAttribute("aria-keyshortcuts", does);
      button.textContent = does;
      button.onclick = () => { document.title = "pressed"; };
      document.getElementById("panel").append(button);
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true }));
      return document.title;
    }"""
    assert page.evaluate(pressed, [key, code, does]) == "pressed"


def test_two_reviewers_on_one_submission_cannot_overwrite_each_other(browse: Browse, server: str) -> None:
    cast = Cast()
    first, second = demos(cast, 2)
    slow, fast = (arrive(browse(), who, server) for who in (cast.manager, cast.owner))
    for page in (fast, slow):
        page.keyboard.press("j")
        pane_shows(page, "Demo 0")
    fast.keyboard.press("b")
    expect(fast.locator("#standing .badge")).to_have_text("In review")
    slow.keyboard.press("b")  # its pane still says New
    expect(slow.locator("#panel")).to_contain_text("Olga (owner) opened it meanwhile.")
    expect(slow.locator(f"#row-{first.reference}")).to_contain_text("In review")
    slow.keyboard.press("c")
    slow.get_by_label("Note to the producer").fill("A shorter intro.")
    fast.keyboard.press("s")
    pane_shows(fast, "Demo 1")
    slow.locator("#panel").get_by_role("button", name="Send now").click()
    expect(slow.locator("#panel")).to_contain_text("Olga (owner) shortlisted it meanwhile.")
    expect(slow.get_by_label("Note to the producer")).to_have_value("A shorter intro.")
    expect(slow.locator("#standing .badge")).to_have_text("Shortlisted")
    assert history(first) == ["submit", "start_review", "shortlist"]
    assert post(cast.owner, second, "start_review").status_code == 303


def test_panel_opened_while_an_answer_arrives_stays_open(browse: Browse, server: str) -> None:
    cast = Cast()
    [demo] = demos(cast, 1)
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    page.evaluate("""() => {
        document.querySelector('#actions button').click();
        document.querySelector('#actions a[aria-keyshortcuts=r]').click();
    }""")
    expect(page.locator("#standing .badge")).to_have_text("In review")
    expect(page.locator("[data-waits]")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator("#panel-title")).to_be_visible()
    assert history(demo) == ["submit", "start_review"]


def test_own_keys_take_the_place_of_the_usual_ones(browse: Browse, server: str) -> None:
    cast = Cast()
    first, _ = demos(cast, 2)
    User.objects.filter(pk=cast.manager.pk).update(shortcuts={"s": "l", "x": "f", "b": ""})
    page = arrive(browse(), cast.manager, server)
    page.keyboard.press("j")
    pane_shows(page, "Demo 0")
    for key in "sbxf":  # only the last one means something
        page.keyboard.press(key)
    expect(page.locator("#picked")).to_contain_text("1 selected")
    expect(page.locator("#actions")).to_contain_text("Shortlist l")
    page.keyboard.press("l")
    pane_shows(page, "Demo 1")
    assert history(first)[1:] == ["shortlist"]
    expect(page.locator("#actions")).to_contain_text("Shortlist l")
    User.objects.filter(pk=cast.manager.pk).update(shortcuts={"off": True})
    page.reload()
    for key in "lsjk1?":
        page.keyboard.press(key)
    pane_shows(page, "Demo 1")
    expect(page.locator("#pane kbd").first).to_be_hidden()
    assert history(first)[1:] == ["shortlist"]
