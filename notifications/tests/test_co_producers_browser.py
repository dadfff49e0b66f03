"""A co-producer in a real browser, on a phone and without JavaScript: follows, confirms a share by the same link."""

import pytest
from playwright.sync_api import expect

from notifications.tests.test_co_producers import JO, sent_demo, signed_with_shares
from submissions.models import CoProducer
from submissions.splits.links import co_path_of
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("has_script", [True, False])
def test_co_producer_follows_and_confirms(browse: Browse, server: str, has_script: bool) -> None:
    cast = Cast()
    demo = sent_demo(cast.producer, cast.label, JO)
    person = CoProducer.objects.get(submission=demo)
    page = browse(viewport={"width": 360, "height": 740}, java_script_enabled=has_script)
    page.goto(co_path_of(person))
    page.get_by_role("button", name="Follow this demo").click()
    expect(page.get_by_role("heading", name="What happened so far")).to_be_visible()
    signed_with_shares(cast, demo, "50.00", "50.00")
    page.reload()
    page.get_by_role("button", name="Confirm the shares").click()
    expect(page.locator("#share-2")).to_contain_text("Confirmed")
    if has_script:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
