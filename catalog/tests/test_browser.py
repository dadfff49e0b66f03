"""Fast add and the avatar in a real browser; without JavaScript the same things work."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from accounts.tests.pictures import picture_bytes
from catalog.models import Profile, ShortLink, Track
from catalog.tests.builders import make_producer
from trackflow.testing.clients import sign_in

Browse = Callable[..., Page]
pytestmark = pytest.mark.browser

LINK = "https://soundcloud.com/mara/low-tide-extended-mix/s-MjcQ5BtcRPp"


def test_pasted_link_becomes_a_track_in_one_press(browse: Browse, server: str) -> None:
    page = browse()
    sign_in(page, make_producer(), server)
    page.goto("/tracks/")
    page.get_by_label("Paste a link").fill("https://we.tl/t-AbCdEf1234")
    expect(page.locator("#link")).to_contain_text("Use one that stays")
    page.get_by_label("Paste a link").fill(LINK)
    preview = page.locator("#link")
    expect(preview.get_by_role("button", name="Play from SoundCloud")).to_be_visible()
    expect(page.get_by_label("Paste a link")).to_be_focused()
    expect(preview.get_by_label("Title")).to_have_value("Low Tide")
    preview.get_by_role("button", name="Add this track").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Low Tide (Extended Mix)")
    assert Track.objects.get().audio_url == LINK


def test_short_link_is_waited_for_and_its_full_address_shown(
    browse: Browse, server: str, settings: Settings
) -> None:
    settings.LINK_CHECKS = True
    page = browse()
    sign_in(page, make_producer(), server)
    page.goto("/tracks/")
    page.get_by_label("Paste a link").fill("Hear this: https://on.soundcloud.com/aB3dE!")
    expect(page.locator("#link")).to_contain_text("We are looking up where this short link leads")
    ShortLink.objects.update(target=LINK)  # what the worker does
    expect(page.locator("#link")).to_contain_text(f"Your short link leads to {LINK}")
    page.locator("#link").get_by_role("button", name="Add this track").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Low Tide (Extended Mix)")
    assert Track.objects.get().audio_url == LINK


def test_words_looked_over_go_along_into_the_whole_form(browse: Browse, server: str) -> None:
    page = browse()
    sign_in(page, make_producer(), server)
    page.goto("/tracks/new/")
    page.get_by_label("Paste a link").fill(LINK)
    page.locator("#link").get_by_label("Title").fill("High Tide")
    page.get_by_role("button", name="Fill in the rest first").click()
    expect(page.get_by_label("Title")).to_have_value("High Tide")
    page.get_by_role("button", name="Save track").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("High Tide (Extended Mix)")


def test_without_javascript_a_pasted_link_fills_in_the_form(browse: Browse, server: str) -> None:
    page = browse(java_script_enabled=False)
    sign_in(page, make_producer(), server)
    page.goto("/tracks/")
    page.get_by_label("Paste a link").fill(LINK)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Mix name")).to_have_value("Extended Mix")
    page.get_by_role("button", name="Save track").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Low Tide (Extended Mix)")


def test_avatar_is_chosen_and_drawn(browse: Browse, server: str, tmp_path: Path) -> None:
    photo = tmp_path / "me.jpg"
    photo.write_bytes(picture_bytes("JPEG", (2000, 1500)))
    page = browse()
    sign_in(page, make_producer(), server)
    page.goto("/profile/")
    page.get_by_label("Avatar").set_input_files(photo)
    page.get_by_role("button", name="Save profile").click()
    expect(page.locator("#messages")).to_contain_text("Your profile is saved.")
    drawn = page.locator("main img.avatar")
    assert drawn.evaluate("image => image.decode().then(() => image.naturalWidth)") == 256
    assert Profile.objects.get().avatar
