"""A real browser for journeys."""

import asyncio
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
HOW_TO_GET_IT = "No Chromium found. Install it (`apt-get install chromium`) to run the browser tests."


Borrow = Callable[[], AbstractContextManager[Browser]]
"""Lends the session's Chromium to one test."""


class Browse(Protocol):
    """Opens a page for a new visitor; takes what Playwright's `new_context` takes."""

    def __call__(self, **options: Any) -> Page: ...


@contextmanager
def launch() -> Iterator[Browser]:
    """Start Chromium; without one the test is skipped, in CI it fails.

    Playwright's sync API keeps an event loop running in this thread, in which Django refuses to touch the
    database. Nothing of ours runs on that loop, so Django is told not to mind while the browser is open.
    """
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(HOW_TO_GET_IT)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def shared() -> Iterator[Borrow]:
    """Start Chromium for many tests; between them this thread has no event loop, as without a browser."""
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
    """Let this thread count as running a loop, or none; Django keeps other connections for either."""
    connections.close_all()
    asyncio._set_running_loop(loop)


@contextmanager
def visitors(browser: Browser, base_url: str) -> Iterator[Browse]:
    """Yield a way to open pages; at the end fails on script errors and on breaches of the CSP."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

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
