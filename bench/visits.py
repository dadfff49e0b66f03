"""What Chromium transfers for a first visit and for one after it: bytes of all answers, headers included."""

from typing import Any

from playwright.sync_api import Browser, Page

from bench.servers import Server
from labels.models import Label
from trackflow.testing.chromium import launch

Results = dict[str, Any]


def public_paths(label: Label) -> dict[str, str]:
    """Return the pages that anybody may open."""
    return {
        "landing": "/",
        "directory": "/labels/",
        "a label’s page": label.get_absolute_url(),
        "sign in": "/accounts/login/",
        "sign up": "/accounts/signup/",
        "check a receipt": "/receipts/check/",
    }


def measure(server: Server, label: Label) -> list[Results]:
    paths = public_paths(label)
    with launch() as browser:
        return [{"name": name, **visit(browser, server.address + path)} for name, path in paths.items()]


def visit(browser: Browser, url: str) -> Results:
    """Open a page with an empty cache, then again."""
    with browser.new_context() as context:
        page = context.new_page()
        first, requests = transferred(page, url)
        again, _ = transferred(page, url)
    return {"first": first, "again": again, "requests": requests}


def transferred(page: Page, url: str) -> tuple[int, int]:
    """Return the bytes that came over the network for a page, and the number of answers."""
    found: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: found.append(int(event["encodedDataLength"])))
    page.goto(url, wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    session.detach()
    return sum(found), sum(1 for size in found if size)
