"""Chromium for browser tests."""

import asyncio
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the quickest first
FLAGS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
REFUSAL = re.compile(r"the server responded with a status of (4\d\d|503) |net::ERR_INTERNET_DISCONNECTED")
"""What the console says of an answer that refuses something, and of a line that a test cuts."""

OF_HTMX = re.compile(
    r"^htmx:(sendAbort|sendError|afterRequest), |^Response Status Error Code (4\d\d|503) from "
)
"""What htmx says of the same, and where a newer request took a preview's place."""

NOT_INSTALLED = (
    "No Chromium found. Install it (`apt-get install chromium-headless-shell`) to run the browser tests."
)


BrowserLoan = Callable[[], AbstractContextManager[Browser]]
"""Lends the session's Chromium to a test."""


class Browse(Protocol):
    """Open a page for a new visitor; takes the options of Playwright's `new_context`."""

    def __call__(self, **options: Any) -> Page: ...


@contextmanager
def launch() -> Iterator[Browser]:
    """Start Chromium; if none is installed the test is skipped, in CI it fails.

    Playwright's sync API keeps an event loop running in this thread, and Django then refuses to use the
    database. None of our code runs on that loop, so the check is switched off while the browser is open.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(NOT_INSTALLED)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def shared_chromium() -> Iterator[BrowserLoan]:
    """Start Chromium for many tests; between them this thread has no running event loop."""
    with launch() as browser:
        loop = asyncio.get_running_loop()

        @contextmanager
        def borrow() -> Iterator[Browser]:
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
                _change_loop(loop)
                yield browser
                for left_open in browser.contexts:
                    left_open.close()
                _change_loop(None)

        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE")
            asyncio._set_running_loop(None)
            yield borrow
            asyncio._set_running_loop(loop)


def _change_loop(loop: asyncio.AbstractEventLoop | None) -> None:
    """Set the thread's running loop; connections are closed, since Django keeps them apart."""
    connections.close_all()
    asyncio._set_running_loop(loop)


@contextmanager
def visitors(browser: Browser, base_url: str) -> Iterator[Browse]:
    """Yield a function that opens pages; fails at the end for script errors, console errors and CSP reports."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if _is_fault(message, base_url):
            faults.append(f"{message.text} ({message.location['url']})")

    def browse(**options: Any) -> Page:
        context = browser.new_context(**{"base_url": base_url, "reduced_motion": "reduce", **options})
        context.set_default_timeout(10_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("console", note)
        contexts.append(context)
        return context.new_page()

    try:
        yield browse
    finally:
        for context in contexts:
            context.close()
    assert not faults, "\n".join(faults)


def _is_fault(message: ConsoleMessage, base_url: str) -> bool:
    """Whether the console tells of a fault: not of a refusal that a test asks for, nor of what a foreign host does."""
    if "Content Security Policy" in message.text:
        return True
    if message.type != "error":
        return False
    url = message.location["url"]
    is_refusal = REFUSAL.search(message.text) and "/static/" not in url
    is_told = is_refusal or OF_HTMX.search(message.text)
    return url.startswith(base_url) and not is_told
