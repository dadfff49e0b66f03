"""Press random keys at the desk, fast and slow, and time the next demo: `make keys`.

Six hundred sequences must end as they do for somebody who waits for each answer (`ARGS="--count 20 --first 7"`);
then, with the web server of the Procfile, the milliseconds from a key until the next demo is drawn.
"""

import argparse
import secrets
import statistics
import sys

from bench import scratch

MOST_P50, MOST_P95 = 50, 100  # milliseconds
PRESSES = 60
WATCH = """() => {
  let pressed = 0, shown = document.getElementById("pane-title")?.textContent;
  window.drawn = [];
  addEventListener("keydown", () => { pressed = performance.now(); }, { capture: true });
  new MutationObserver(() => {
    const title = document.getElementById("pane-title")?.textContent;
    if (title === shown) return;
    shown = title;
    requestAnimationFrame(() => setTimeout(() => window.drawn.push(performance.now() - pressed)));
  }).observe(document.body, { childList: true, subtree: true });
}"""


def main(url: str, database: str) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=600)
    parser.add_argument("--first", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    print(f"{asked.count} sequences from seed {asked.first}", flush=True)
    wrong = wrong_seeds(asked.first, asked.count)
    slow = [key for key in ("j", "s", "r Enter") if not is_fast(key, url, database)]
    sys.exit(bool(wrong or slow))


def wrong_seeds(first: int, count: int) -> list[int]:
    """Return the seeds whose keys end otherwise for who does not wait, and print them."""
    from trackflow.testing.chromium import launch  # lazy: needs Django set up
    from trackflow.testing.keystrokes import keys_of, play  # lazy: as above
    from trackflow.testing.live_server import serve  # lazy: as above

    wrong = []
    with serve() as server, launch() as browser:
        for seed in range(first, first + count):
            page = browser.new_page(reduced_motion="reduce")
            slow, fast = play(seed, page, server)
            page.context.close()
            if slow != fast:
                wrong.append(seed)
                print(f"seed {seed}: {' '.join(keys_of(seed))}\n  slow {slow}\n  fast {fast}", flush=True)
    print(f"{count - len(wrong)} of {count} end the same")
    return wrong


def is_fast(keys: str, url: str, database: str) -> bool:
    """Press these keys again and again; print how long the next demo took and return whether that is fast."""
    from trackflow.testing.chromium import launch  # lazy: needs Django set up
    from trackflow.testing.clients import sign_in  # lazy: as above
    from trackflow.testing.keystrokes import SETTLED, make_desk  # lazy: as above
    from trackflow.testing.workers import web  # lazy: as above

    label, manager = make_desk(f"Timed {secrets.token_hex(3)}", PRESSES + 5)
    with web(url, database) as server, launch() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        sign_in(page, manager, server)
        page.goto(f"{server}/desk/{label.slug}/?q=")
        for key in ("j", "r", "1", "Enter"):  # the reason is remembered
            page.keyboard.press(key)
            page.wait_for_function(SETTLED)
        page.evaluate(WATCH)
        for _ in range(PRESSES):
            for key in keys.split():
                page.keyboard.press(key)
                page.wait_for_function(SETTLED)
            page.wait_for_timeout(300)
        times = page.evaluate("() => window.drawn")
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"{keys:8} {len(times)} demos drawn: p50 {p50:.0f} ms, p95 {p95:.0f} ms", flush=True)
    return p50 <= MOST_P50 and p95 <= MOST_P95


if __name__ == "__main__":
    with scratch.database() as (url, name):
        main(url, name)
