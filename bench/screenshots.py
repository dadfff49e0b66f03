"""Take the pictures of docs/screenshots/ from a running demo: `make screenshots` beside `make demo LOCAL=on`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from demo.cast import PASSWORD, logins
from trackflow.testing.chromium import launch

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
SIZES = {360: 740, 1280: 800}
SCHEMES = ("light", "dark")


def views() -> Iterator[tuple[str, str, str]]:
    """Yield (name, who is signed in or "", path and the CSS selector of a link there to follow)."""
    owner = next(login for login in logins() if login.see.startswith("/desk/"))
    producer = next(login for login in logins() if login.see == "/submissions/")
    yield "landing", "", "/"
    yield "directory", "", "/labels/"
    yield "label", "", "/labels/ article .card__title a"
    yield "queue", owner.email, owner.see
    yield "desk-submission", owner.email, f"{owner.see} #queue a[href*='/TF-']"
    yield "outbox", owner.email, f"{owner.see}outbox/"
    yield "week", owner.email, f"{owner.see}week/"
    yield "releases", owner.email, f"{owner.see}releases/board/"
    yield "release", owner.email, f"{owner.see}releases/ main a[href*='/RL-']"
    yield "recordings", owner.email, "/recordings/"
    yield "recording", owner.email, "/recordings/?q=kind:set a[data-open]"
    yield "shelves", owner.email, "/recordings/shelves/"
    yield "insights", owner.email, f"{owner.see}insights/"
    yield "home", producer.email, "/home/"
    yield "studio-next", producer.email, "/studio/"
    yield "studio-board", producer.email, "/studio/board/"
    yield "studio-project", producer.email, "/studio/projects/?q=pier+fog a[data-open]"
    yield "submissions", producer.email, "/submissions/"
    yield "pattern", producer.email, "/insights/"
    yield "submission", producer.email, "/submissions/ article.state-shortlisted .jcard__title a"
    yield "track", producer.email, "/tracks/ main a[href^='/tracks/TR-']"


def sign_in(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/accounts/login/")
    page.fill("input[name=login]", email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def visit(page: Page, base: str, target: str) -> None:
    path, _, selector = target.partition(" ")
    page.goto(base + path)
    if selector:
        page.goto(base + str(page.locator(selector).first.get_attribute("href")))


def shoot(browser: Browser, base: str, width: int, scheme: str) -> None:
    signed_in = None
    context = browser.new_context(viewport={"width": width, "height": SIZES[width]}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    page = context.new_page()
    for name, email, target in views():
        if email and email != signed_in:
            context.clear_cookies()
            sign_in(page, base, email)
            signed_in = email
        visit(page, base, target)
        path = FOLDER / f"{name}-{width}-{scheme}.png"
        page.screenshot(path=path, full_page=False)
        shrink(path)
        print(f"{name} at {width}, {scheme}")
    context.close()


def shrink(path: Path) -> None:
    """Keep 96 colours, which is what flat colours need, for a third of the size."""
    with Image.open(path) as picture:
        flat = picture.convert("RGB").quantize(96, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)


def main(base: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with launch() as browser:
        for width in SIZES:
            for scheme in SCHEMES:
                shoot(browser, base, width, scheme)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
