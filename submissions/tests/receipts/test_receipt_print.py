"""A receipt on paper: no chrome, nothing cut off, in either theme."""

from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from submissions.models import Event
from submissions.tests.builders import make_submission
from submissions.tests.posting import url_of
from trackflow.testing.chromium import Browse


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_receipt_prints_as_paper(browse: Browse, server: str, scheme: Literal["light", "dark"]) -> None:
    submission = make_submission("accepted")
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(submission.producer)
    page = browse(viewport={"width": 720, "height": 1000}, color_scheme=scheme)
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
    page.goto(url_of("receipt", submission))
    page.emulate_media(media="print", color_scheme=scheme)
    for chrome in (".masthead", ".footer", ".crumbs", ".button >> nth=0"):
        expect(page.locator(chrome)).to_be_hidden()
    for event in Event.objects.of(submission):
        expect(page.get_by_text(bytes(event.digest).hex()).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("getComputedStyle(document.body).color").startswith(
        ("rgb(3", "rgb(0", "rgb(2", "rgb(1")
    )


@pytest.mark.browser
def test_receipt_is_printed_by_a_button_and_folds_its_fingerprints(browse: Browse, server: str) -> None:
    submission = make_submission("accepted")
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(submission.producer)
    page = browse(viewport={"width": 360, "height": 740})
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": server}])
    page.goto(url_of("receipt", submission))
    seal = page.get_by_text(bytes(Event.objects.of(submission)[1].digest).hex()).first
    expect(seal).to_be_hidden()
    page.get_by_text("Proof", exact=True).click()
    expect(seal).to_be_visible()
    page.evaluate("window.print = () => document.body.append('Printed.')")
    page.get_by_role("button", name="Print").click()
    expect(page.get_by_text("Printed.")).to_be_visible()
