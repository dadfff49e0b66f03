"""A row in a real browser: what is clicked, what is shown where there is room, what is read aloud."""

import pytest
from playwright.sync_api import Page, expect

from desk.models import Tag
from desk.tests.review.test_split_browser import arrive, demos, pane_shows
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse

pytestmark = pytest.mark.browser

SHOWN = """() => [...document.querySelectorAll(".row__tags > *")]
    .filter(each => each.getBoundingClientRect().width > 1).map(each => each.textContent)"""
SAID = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.row__tags::after { content: "all " counter(tags) ", more " counter(more) !important; }');
    document.adoptedStyleSheets = [sheet];
}"""
"""Lets what the style sheet counts be read; it is drawn without words for who listens."""


def tagged(cast: Cast, names: str) -> Submission:
    demo = cast.demo(title="Tagged")
    tags = [Tag.objects.create(label=cast.label, name=name, hue="teal") for name in names]
    Submission.objects.filter(pk=demo.pk).update(team_tags=[tag.pk for tag in tags])
    return demo


def read_aloud(page: Page) -> list[str]:
    """Return all texts of the accessibility tree as Chromium itself builds it."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "StaticText"]


@pytest.mark.parametrize(("width", "shown"), [(900, ["a", "b", "c"]), (1280, [])], ids=["wide", "narrow"])
def test_row_shows_three_tags_and_how_many_more_or_only_how_many(
    browse: Browse, server: str, width: int, shown: list[str]
) -> None:
    cast = Cast()
    tagged(cast, "abcde")
    page = arrive(browse(viewport={"width": width, "height": 800}), cast.manager, server)
    assert page.evaluate(SHOWN) == shown
    assert [text for text in read_aloud(page) if text in {*"abcde"}] == [*"abcde"]
    page.evaluate(SAID)
    assert "all 5, more 2" in "".join(read_aloud(page))


@pytest.mark.parametrize(
    ("names", "is_counted"), [("abc", False), ("abcd", True)], ids=["three tags", "four tags"]
)
def test_wide_row_counts_further_tags_only_where_there_are_any(
    browse: Browse, server: str, names: str, is_counted: bool
) -> None:
    cast = Cast()
    tagged(cast, names)
    page = arrive(browse(viewport={"width": 900, "height": 800}), cast.manager, server)
    drawn = page.locator(".row__tags").evaluate("tags => getComputedStyle(tags, '::after').content")
    assert (drawn != "none") == is_counted


@pytest.mark.parametrize("width", [900, 1280])
def test_artists_demos_are_read_aloud_in_words(browse: Browse, server: str, width: int) -> None:
    cast = Cast()
    first, _ = demos(cast, 2)
    page = arrive(browse(viewport={"width": width, "height": 800}), cast.manager, server)
    named = page.locator(f"#row-{first.reference} a").nth(1)
    expect(named).to_have_accessible_name(f"{first.artist} 2 demos")
    assert read_aloud(page).count("2 demos") == 2


def test_click_opens_beside_the_list_and_with_control_in_another_tab(browse: Browse, server: str) -> None:
    cast = Cast()
    first, second = demos(cast, 2)
    page: Page = arrive(browse(), cast.manager, server)
    with page.context.expect_page() as opened:
        page.locator(f"#row-{second.reference} a:first-child").click(modifiers=["ControlOrMeta"])
    expect(opened.value.locator("#pane-title")).to_have_text("Demo 1")
    opened.value.close()
    expect(page.locator("#pane-title")).to_have_text("Choose a demo")
    page.locator("#rows").evaluate("rows => rows.dataset.kept = 'yes'")
    page.locator(f"#row-{first.reference} a:first-child").click()
    pane_shows(page, "Demo 0")
    expect(page.locator("#rows[data-kept]")).to_have_count(1)


def test_without_javascript_keys_and_the_form_of_a_view_are_pages(browse: Browse, server: str) -> None:
    cast = Cast()
    demos(cast, 1)
    page = arrive(browse(java_script_enabled=False), cast.manager, server)
    page.locator("#places summary").click()
    page.locator("#places").get_by_role("link", name="Keys").click()
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.goto("/desk/harbour/?q=is:new")
    page.get_by_text("Save this view").click()
    page.get_by_role("link", name="Name it and save it").click()
    expect(page.get_by_label("Query")).to_have_value("is:new")
