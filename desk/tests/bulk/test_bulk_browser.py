"""Bulk actions in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from desk.bulk import runner
from desk.models import Bulk
from desk.tests.queue.test_queue_browser import sign_in
from submissions.models import Submission
from trackflow.testing.cast import Cast

SECOND = 1000  # after which the page asks again
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_manager_passes_on_a_selection_and_reads_the_report(
    browse: Callable[..., Page],
    server: str,
    run_jobs: Callable[[], None],
    script: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "BATCH", 1)
    cast = Cast()
    for _ in range(4):
        cast.demo()
    page = browse(java_script_enabled=script)
    if script:
        page.clock.install()
    sign_in(page, cast.manager, server)
    page.goto(reverse("desk:queue", args=[cast.label.slug]))
    for number in range(3):
        page.locator("[name=pick]").nth(number).check()
    page.get_by_role("button", name="Pass…").click()
    expect(page.locator("#bulk_preview")).to_contain_text("3 will be passed on")
    page.get_by_label("Reason").select_option("genre")
    page.get_by_label("Note to the producers").fill("Thank you for {title}.")
    page.get_by_label("Pass without anybody having played 3 of them here").check()
    page.get_by_role("button", name="Pass: 3").click()
    expect(page.locator("#bulk-status")).to_have_text("Running")
    runner.run(Bulk.objects.get())
    if script:
        page.clock.run_for(SECOND)
        expect(page.locator("#bulk")).to_contain_text("1 of 3")
    run_jobs()
    if script:
        page.clock.run_for(SECOND)
    else:
        page.get_by_role("link", name="Look again").click()
    expect(page.locator("#bulk-status")).to_have_text("Done")
    expect(page.locator("#bulk")).to_contain_text("3 passed on, 0 skipped.")
    assert Submission.objects.filter(state="rejected").count() == 3


def test_manager_takes_all_that_match_and_cancels(browse: Callable[..., Page], server: str) -> None:
    cast = Cast()
    for _ in range(3):
        cast.demo()
    page = browse()
    sign_in(page, cast.manager, server)
    page.goto(f"{reverse('desk:queue', args=[cast.label.slug])}?q=is:in-review")
    page.locator("[name=pick]").first.check()
    page.get_by_label("Select all that match").check()
    page.get_by_role("button", name="Shortlist…").click()
    page.get_by_role("button", name="Shortlist: 3").click()
    page.get_by_role("button", name="Cancel the rest").click()
    expect(page.locator("#bulk-status")).to_have_text("Stopping")
    runner.run(Bulk.objects.get())
    expect(page.locator("#bulk-status")).to_have_text("Cancelled")
    expect(page.locator("#bulk")).to_contain_text("3 not done")
