"""Admin: impersonation, in a browser: begun in the office, seen on every page, ended by a button."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from catalog.tests.builders import make_producer
from submissions.tests.builders import history
from trackflow.testing import axe
from trackflow.testing.cast import Cast
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import sign_in
from trackflow.testing.desk_client import url as at_desk
from trackflow.tests.impersonators import make_admin, page_of

pytestmark = pytest.mark.browser

BANNER = ".acting"


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_admin_acts_as_a_producer_under_a_banner_and_stops(
    browse: Browse, server: str, java_script_enabled: bool
) -> None:
    producer = make_producer()
    page = browse(java_script_enabled=java_script_enabled)
    sign_in(page, make_admin(), server)
    page.goto(page_of(producer))
    page.get_by_label("Reason (they will read it)").fill("They cannot find the offer")
    page.get_by_role("button", name="Act as Mara").click()
    for path in ("/submissions/", "/tracks/", "/accounts/email/", "/nowhere/"):
        page.goto(path)
        expect(page.locator(BANNER)).to_contain_text("Olga acts as Mara")
    page.locator(BANNER).get_by_role("button", name="Stop").click()
    page.wait_for_url(f"**{page_of(producer)}")
    assert User.objects.get(pk=producer.pk).last_login is None
    page.goto("/submissions/")
    expect(page.locator(BANNER)).to_have_count(0)


def test_desk_under_a_banner_refuses_among_the_messages_and_keeps_quiet(browse: Browse, server: str) -> None:
    cast = Cast()
    demo = cast.demo()
    page = browse()
    sign_in(page, make_admin(), server)
    page.goto(page_of(cast.manager))
    page.get_by_label("Reason (they will read it)").fill("A ticket")
    page.get_by_role("button", name="Act as Mona").click()
    page.goto(at_desk("submission", demo))
    expect(page.locator(BANNER)).to_contain_text("Olga acts as Mona")
    page.get_by_role("button", name="Shortlist").first.click()
    expect(page.locator("body")).to_contain_text("nothing can be changed")
    expect(page.locator(BANNER)).to_be_visible()
    assert history(demo) == ["submit", "start_review"]


def test_axe_finds_nothing_in_the_office_nor_under_the_banner(browse: Browse, server: str) -> None:
    cast = Cast()
    cast.demo()
    page = browse(viewport=axe.WIDE, color_scheme="light", reduced_motion="reduce")
    axe.add_axe(page)
    sign_in(page, make_admin(), server)
    found: list[str] = []
    eye = axe.AxeChecker()
    for path in ("/admin/", "/admin/find/?q=m"):
        page.goto(path)
        found += eye.violations(page)
    page.goto(page_of(cast.producer))
    page.get_by_label("Reason (they will read it)").fill("A ticket")
    page.get_by_role("button", name="Act as Mara").click()
    for path in ("/submissions/", "/accounts/2fa/totp/activate/"):
        page.goto(path)
        found += eye.violations(page)
    assert found == [], "\n\n".join(found)
