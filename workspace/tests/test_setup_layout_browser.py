"""All set-up pages have one layout: their list stays in place and shows the current one, help is under its field."""

import pytest
from playwright.sync_api import Page, expect

from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_question
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in

pytestmark = pytest.mark.browser


def pages_of(label: Label) -> list[str]:
    desk, intake = f"/desk/{label.slug}/", f"/desk/{label.slug}/intakes/{label.intakes.get().code}/"
    of_desk = ["setup", "intakes", "intakes/new", "embed", "templates", "templates/new/reject", "team"]
    of_desk += ["team/leave", "proof", "tags", "settings", "blocks"]
    return [
        f"/labels/{label.slug}/settings/",
        intake,
        f"{intake}questions/",
        *(f"{desk}{each}/" for each in of_desk),
    ]


@pytest.fixture
def label(committed_db: str) -> Label:
    return make_label("A Label With a Name Long Enough to Wrap on a Phone")


def opened(label: Label, browse: Browse, server: str, width: int, role: Role = Role.OWNER) -> Page:
    page = browse(viewport={"width": width, "height": 740})
    sign_in(page, make_member(label, role), server)
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_list_of_pages_stays_in_place_and_shows_the_current_one(
    label: Label, browse: Browse, server: str, width: int
) -> None:
    page, places = opened(label, browse, server, width), set()
    for path in pages_of(label):
        page.goto(path)
        row, current = page.locator(".setup__nav"), page.locator(".setup__nav [aria-current]")
        box, seen = row.bounding_box(), current.bounding_box()
        assert box, path
        assert seen, path
        places.add((box["x"], box["y"], box["width"]))
        assert box["x"] <= seen["x"], path
        assert seen["x"] + seen["width"] <= box["x"] + box["width"], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert len(places) == 1


def test_all_pages_are_in_reach_without_javascript(label: Label, browse: Browse, server: str) -> None:
    page = browse(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    sign_in(page, make_member(label), server)
    page.goto(f"/desk/{label.slug}/blocks/")
    expect(page.locator(".setup__nav [aria-current]")).to_be_in_viewport()


def test_reader_sees_only_the_pages_that_open_for_them(label: Label, browse: Browse, server: str) -> None:
    page = opened(label, browse, server, 1280, Role.VIEWER)
    page.goto(f"/desk/{label.slug}/team/")
    links = page.locator(".setup__nav a")
    assert links.all_inner_texts() == [
        "Intakes",
        "Reply templates",
        "Offer templates",
        "What you ask for",
        "Team",
    ]
    for path in [link.get_attribute("href") for link in links.all()]:
        answer = page.goto(path or "")
        assert answer
        assert answer.ok, path


def test_choices_are_asked_for_only_where_the_kind_has_them(
    label: Label, browse: Browse, server: str
) -> None:
    question = make_question(label.intakes.get(), "choice")
    page = opened(label, browse, server, 1280)
    for path in ("", f"{question.pk}/"):
        page.goto(f"/desk/{label.slug}/intakes/{label.intakes.get().code}/questions/{path}")
        for kind, has_choices in (("short", False), ("choice", True), ("yes_no", False), ("choices", True)):
            page.get_by_label("Kind").select_option(kind)
            expect(page.locator("#id_options")).to_be_visible(visible=has_choices)


def test_help_stands_under_its_field(label: Label, browse: Browse, server: str) -> None:
    page = opened(label, browse, server, 1280)
    for path in pages_of(label):
        page.goto(path)
        above = page.evaluate(
            """[...document.querySelectorAll(".field:not(.field--group) > .field__help")].filter((help) => {
                const control = help.parentElement.querySelector(".field__control");
                return help.getBoundingClientRect().height
                    && help.getBoundingClientRect().top < control.getBoundingClientRect().top;
            }).map((help) => help.textContent)"""
        )
        assert above == [], path
