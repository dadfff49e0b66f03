"""The footer, and the pages that whoever runs the site fills by setting; help and status."""

import re
from pathlib import Path

import pytest
from django.core import checks
from django.test import Client
from playwright.sync_api import expect
from pytest_django import Settings

from trackflow.site_pages import TITLES
from trackflow.testing.chromium import Browse

WORDS = (
    "# What we keep\n\nYour **address**. <script>alert(1)</script>\n\n[Ask](mailto:office@example.com)\n"
    + "x" * 30_000
)
NONE = dict.fromkeys(TITLES, "")


def footer(client: Client) -> str:
    page = client.get("/").content.decode()
    return page[page.index("<footer") : page.index("</footer")]


@pytest.mark.parametrize("name", TITLES)
def test_page_is_linked_and_shown_only_when_written(
    client: Client, settings: Settings, tmp_path: Path, name: str
) -> None:
    assert f'href="/{name}/"' not in footer(client)
    assert client.get(f"/{name}/").status_code == 404
    file = tmp_path / "words.md"
    file.write_text(WORDS)
    settings.SITE_PAGES = {**NONE, name: str(file)}
    assert f'<a href="/{name}/">{TITLES[name]}</a>' in footer(client)
    page = client.get(f"/{name}/").content.decode()
    assert f"<h1>{TITLES[name]}</h1>" in page
    assert "<strong>address</strong>" in page
    assert "<script>alert" not in page
    assert "x" * 30_000 in page


def test_file_that_is_missing_empty_or_no_text_stops_the_start(settings: Settings, tmp_path: Path) -> None:
    empty, odd = tmp_path / "empty.md", tmp_path / "odd.md"
    empty.write_text(" \n")
    odd.write_bytes(b"\xff\xfe")
    settings.SITE_PAGES = {**NONE, "terms": str(empty), "imprint": str(odd), "contact": "/nowhere.md"}
    found = [fault.msg.partition(":")[0] for fault in checks.run_checks() if fault.id == "trackflow.E001"]
    assert found == ["TERMS_FILE", "IMPRINT_FILE", "CONTACT_FILE"]


def test_footer_leads_to_help_and_status_for_visitors_without_a_query(client: Client) -> None:
    assert re.findall('href="([^"]+)"', footer(client)) == ["/help/", "/status/"]
    page = client.get("/help/").content.decode()  # without the `db` mark a query fails the test
    assert "mailto:" in page


@pytest.mark.usefixtures("committed_db")
def test_status_says_whether_mails_are_late(client: Client) -> None:
    assert "Mails are late" in client.get("/status/").content.decode()


@pytest.mark.browser
def test_landing_page_asks_first_to_sign_up(browse: Browse) -> None:
    page = browse()
    page.goto("/")
    primary = page.locator("main .button--primary")
    expect(primary).to_have_count(1)
    expect(primary).to_have_text("Sign up")
