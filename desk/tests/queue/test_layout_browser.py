"""Room: how much of the queue and of a demo is in sight, measured in a real browser."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect

from desk.memos import service as memos
from desk.models import Tag
from desk.outbox.service import propose
from desk.saved_views.access import view_access_of
from desk.saved_views.service import save_view
from desk.scores.service import give, saved_criteria_of
from desk.tests.review.test_split_browser import PHONE, arrive, demos, pane_shows
from kit.clock import at, now
from submissions.models import Submission
from submissions.tests.builders import act, history
from submissions.tests.conversation.talk import asks
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.desk_client import url

DESK, LARGE = {"width": 1280, "height": 800}, {"width": 1440, "height": 900}
TOUCH = {"viewport": PHONE, "has_touch": True, "is_mobile": True}
LONG = "x" * 150
pytestmark = pytest.mark.browser

ROWS = """() => [...document.querySelectorAll('#rows > .row')].map(row => {
    const {top, bottom, height} = row.getBoundingClientRect();
    return {top, bottom, height, inSight: top >= 0 && bottom <= innerHeight};
})"""
BOX = "element => { const {top, bottom, height} = element.getBoundingClientRect(); return {top, bottom, height}; }"
COVERED = """() => {
    const field = document.activeElement.getBoundingClientRect();
    const bars = [...document.querySelectorAll('.deckbar, .pane__next, #demo > .player [data-player-button]')];
    return bars.filter(bar => bar.checkVisibility({visibilityProperty: true})).some(bar => {
        if (!['sticky', 'fixed'].includes(getComputedStyle(bar).position)) return false;
        const over = bar.getBoundingClientRect();
        return over.top < field.bottom && over.bottom > field.top && over.left < field.right && over.right > field.left;
    });
}"""
PROTRUDING = """() => [...document.querySelectorAll("#rows .row *")].filter((part) => {
    const row = part.closest(".row").getBoundingClientRect();
    const {left, right, width} = part.getBoundingClientRect();
    return width > 0 && (left < row.left - 1 || right > row.right + 1);
}).map((part) => part.className)"""
FIELDS = "#pane :is(textarea, select, input:not([type=hidden], [type=radio], [type=checkbox]))"


def box(page: Page, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).evaluate(BOX)
    return found


def busy_demo(cast: Cast) -> Submission:
    """Return a demo with all that a row can show: tags, an assignee, two scores, question, prepared pass, dead link."""
    demo = cast.demo("in_review", title="A title that is long enough to be cut off at the end")
    tags = [
        Tag.objects.create(label=cast.label, name=name, hue="teal") for name in ("Vocal", "For Friday", "Dub")
    ]
    for member, mark in ((cast.reviewer, 4), (cast.owner, 3)):
        give(demo, member, dict.fromkeys(saved_criteria_of(cast.label), mark), "", 1)
    Submission.objects.filter(pk=demo.pk).update(
        team_tags=[tag.pk for tag in tags], team_assignee=cast.reviewer
    )
    asks(demo)
    fresh = act(demo, "link_failed").submission
    propose(
        fresh,
        "reject",
        user=cast.reviewer,
        turn=fresh.turn,
        key=uuid4(),
        note="No.",
        details={"reason": "genre", "welcome": "another"},
    )
    return demo


@pytest.mark.parametrize(
    ("viewport", "top", "count"),
    [(DESK, 260, 8), (LARGE, 260, 12), (PHONE, 400, 6)],
    ids=["1280", "1440", "360"],
)
def test_rows_begin_high_and_many_are_in_sight(
    browse: Browse, server: str, viewport: dict[str, int], top: int, count: int
) -> None:
    cast = Cast()
    demos(cast, 14)
    busy_demo(cast)
    access = view_access_of(cast.manager, cast.label.slug)
    save_view(access, name="Hot", query="is:shortlisted sort:due", is_team=True)
    page = arrive(browse(viewport=viewport), cast.manager, server)
    expect(page.locator("#view-links a")).to_have_count(1)
    rows: list[dict[str, Any]] = page.evaluate(ROWS)
    assert rows[0]["top"] < top
    assert sum(row["inSight"] for row in rows) >= count
    assert len({row["height"] for row in rows}) == 1, "no row is higher than two lines"
    assert page.evaluate(PROTRUDING) == []


@pytest.mark.parametrize("viewport", [DESK, LARGE], ids=["1280", "1440"])
def test_list_and_pane_scroll_and_the_page_does_not(
    browse: Browse, server: str, viewport: dict[str, int]
) -> None:
    cast = Cast()
    demos(cast, 14)
    page = arrive(browse(viewport=viewport), cast.manager, server)
    for _ in range(12):
        page.keyboard.press("j")
    pane_shows(page, "Demo 11")
    page.keyboard.press("s")
    pane_shows(page, "Demo 12")
    expect(page.locator("#messages")).to_contain_text("You shortlisted it.")
    assert page.evaluate("document.scrollingElement.scrollHeight") == viewport["height"]
    assert page.locator(".masthead").evaluate(BOX)["top"] == 0


def test_opened_row_keeps_all_it_shows_and_its_height(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = busy_demo(cast)
    page = arrive(browse(viewport=DESK), cast.manager, server)
    row = page.locator(f"#row-{demo.reference}")
    before, height = row.inner_text(), box(page, f"#row-{demo.reference}")["height"]
    assert "Rita" in before
    page.keyboard.press("j")
    pane_shows(page, demo.title)
    assert (row.inner_text(), box(page, f"#row-{demo.reference}")["height"]) == (before, height)
    page.reload()
    assert (row.inner_text(), box(page, f"#row-{demo.reference}")["height"]) == (before, height)


def test_list_is_made_wider_by_keys_and_by_hand_and_stays_so(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 1)
    page = arrive(browse(viewport=DESK), cast.manager, server)
    edge, width = page.get_by_role("separator", name="Width of the list"), "list => list.offsetWidth"
    edge.press("Home")
    assert page.locator("#list").evaluate(width) == 380
    edge.press("ArrowRight")
    assert page.locator("#list").evaluate(width) == 400
    edge.press("End")
    assert page.locator("#list").evaluate(width) == 560
    expect(edge).to_have_attribute("aria-valuenow", "560")
    grip = edge.bounding_box()
    assert grip
    page.mouse.move(grip["x"] + grip["width"] / 2, grip["y"] + 100)
    page.mouse.down()
    page.mouse.move(grip["x"] - 70, grip["y"] + 100)
    page.mouse.up()
    dragged = page.locator("#list").evaluate(width)
    assert 380 < dragged < 560
    page.reload()
    assert page.locator("#list").evaluate(width) == dragged
    expect(edge).to_have_attribute("aria-valuenow", str(dragged))


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "360"])
def test_bulk_bar_docks_and_never_hides_the_row(
    browse: Browse, server: str, viewport: dict[str, int]
) -> None:
    cast = Cast()
    demos(cast, 20)
    page = arrive(browse(viewport=viewport), cast.manager, server)
    for row in page.locator("#rows > .row").all()[4:16]:
        row.locator("[name=pick]").check()
        bar = page.locator("#picked").evaluate(BOX)
        assert row.evaluate(BOX)["bottom"] <= bar["top"]
        assert bar["bottom"] <= viewport["height"]
    expect(page.locator("#picked")).to_contain_text("12 selected")


def test_without_javascript_the_bulk_bar_counts_nothing(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 2)
    page = arrive(browse(java_script_enabled=False), cast.manager, server)
    page.locator("[name=pick]").first.check()
    expect(page.locator("#picked")).to_be_visible()
    expect(page.get_by_text("0 selected")).to_be_hidden()
    expect(page.get_by_role("separator", name="Width of the list")).to_be_hidden()


def test_search_box_opens_the_filters(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 2)
    page = arrive(browse(viewport=DESK), cast.manager, server)
    assert box(page, "#filter")["height"] <= 44
    page.locator("summary", has_text="Filters").click()
    page.locator("#controls [name=bpm]").fill("150-")
    page.locator("#controls [name=bpm]").press("Enter")
    expect(page.locator("#queue")).to_contain_text("Nothing found here")
    page.locator(".filter__sheet").get_by_role("link", name="Clear filters").click()
    expect(page.locator("#rows")).to_contain_text("Demo 1")


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "360"])
def test_player_is_slim_before_and_while_it_plays(
    browse: Browse, server: str, viewport: dict[str, int]
) -> None:
    cast = Cast()
    demo = cast.demo("in_review")
    page = browse(viewport=viewport)
    page.route("https://w.soundcloud.com/**", lambda route: blank(route))
    arrive(page, cast.manager, server, f"{url('submission', demo)}?q=")
    assert box(page, "#demo .player >> nth=0")["height"] <= 140
    page.locator("[data-player-button]").first.click()
    expect(page.locator("#demo iframe")).to_have_count(1)
    assert box(page, "#demo .player >> nth=0")["height"] <= 140


def blank(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<!doctype html><title>Player</title>")


def heard_demo(cast: Cast) -> Submission:
    """Return a demo with two memos and five events."""
    demo = cast.demo("in_review", title="Long Story")
    for transition in ("listened", "request_changes", "resubmit"):
        with at(now() + timedelta(minutes=1)):
            demo = act(demo, transition, manager=cast.manager).submission
    assert len(history(demo)) == 5
    for text in (
        "Play this on Friday, the second drop is what we miss.",
        "I like it, the vocal is a sample.",
    ):
        memos.write(demo, author=cast.reviewer, text=text, key=uuid4())
    return demo


def test_phone_shows_all_of_a_demo_on_a_short_page(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 2)
    demo = heard_demo(cast)
    page = arrive(browse(**TOUCH), cast.manager, server, f"{url('submission', demo)}?q=sort:newest")
    assert page.evaluate("document.documentElement.scrollHeight") < 2500
    for part in ("[data-player-button] >> nth=0", ".pane__next"):
        assert PHONE["height"] - 80 < box(page, part)["top"] < box(page, part)["bottom"] <= PHONE["height"]
    page.evaluate("scrollTo(0, 900)")
    expect(page.locator("[data-player-button]").first).to_be_in_viewport()
    expect(page.locator(".pane__next")).to_be_in_viewport()
    expect(page.locator("[data-opens=keys]:visible")).to_have_count(0)
    lefts = page.locator("#actions .button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect().left)"
    )
    assert len(set(lefts)) == 2, "the decisions stand in two columns"


@pytest.mark.parametrize("viewport", [DESK, {"width": 1280, "height": 600}, PHONE], ids=["800", "600", "360"])
def test_action_bar_never_covers_what_is_typed(browse: Browse, server: str, viewport: dict[str, int]) -> None:
    cast = Cast()
    demos(cast, 1)
    demo = cast.demo("shortlisted")
    page = arrive(browse(viewport=viewport), cast.manager, server, f"{url('submission', demo)}?q=")
    for opened in ("", "r", "c"):
        if opened:
            page.locator(f"#actions [aria-keyshortcuts={opened}]").click()
            expect(page.locator("#panel-title")).to_be_visible()
        for field in page.locator(f":is({FIELDS}):visible").all():
            for place in (
                "scrollTo(0, 0)",
                "document.getElementById('pane').scrollTo(0, 99999); scrollTo(0, 99999)",
            ):
                page.evaluate(place)
                field.focus()
                page.keyboard.type("a")
                assert page.evaluate(COVERED) is False, (opened, field)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["1280", "360"])
def test_fingerprints_are_folded_away(browse: Browse, server: str, viewport: dict[str, int]) -> None:
    cast = Cast()
    demo = cast.demo("in_review")
    for person, path in ((cast.manager, url("submission", demo)), (cast.producer, demo.get_absolute_url())):
        page = arrive(browse(viewport=viewport), person, server, path)
        digest = demo.events.latest("sequence").digest_hex
        assert digest not in page.locator("body").inner_text()
        page.get_by_text("Proof", exact=True).click()
        expect(page.get_by_text(digest)).to_be_visible()


@pytest.mark.parametrize("path", ["submission", "queue"])
def test_a_word_without_end_widens_no_page(browse: Browse, server: str, path: str) -> None:
    cast = Cast()
    demo = cast.demo("in_review", title=LONG)
    page = arrive(
        browse(viewport=PHONE),
        cast.manager,
        server,
        url("submission", demo) if path == "submission" else "/desk/harbour/?q=ball:any",
    )
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
