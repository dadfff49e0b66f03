"""Random keys at the desk, pressed by somebody who waits for each answer and by somebody who does not.

Both must end in the same state: nothing lost, nothing meant otherwise.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from django.db.models import Q
from playwright.sync_api import Page

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from desk.models import Mark, Memo, Proposal
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from submissions.models import Event
from submissions.tests.builders import act, make_submission
from trackflow.testing.clients import sign_in
from trackflow.testing.team_settings import set_undo_seconds

DELAYS = (30, 80, 150)
"""Milliseconds between two presses of a fast typist."""

DEMOS = 5
PHRASES = [
    ["j"],
    ["k"],
    ["s"],
    ["b"],
    ["x"],
    ["3"],
    ["4", "0"],
    ["r", "1", "Enter"],
    ["r", "2", "Enter"],
    ["r", "Escape"],
    ["r", "4"],
    ["a", "Escape"],  # an offer without terms is refused, which drops the keys of a fast typist alone
    ["c", "Escape"],
    ["c", "Enter"],
    ["r", "3", "o"],
    ["n", *"jsx r1", "Escape"],
    ["n", *"ab", "Backspace", "Escape"],
    ["/", *"sj", "Escape"],
    ["Enter"],
    ["u"],
]
SETTLED = "() => !('waits' in document.body.dataset)"
HAS_FOCUS = "() => document.activeElement !== document.body"
SHOWN = """() => ({
  title: document.getElementById("pane-title").textContent,
  panel: document.getElementById("panel-title")?.textContent ?? "",
  filled: [...document.querySelectorAll("#pane textarea, #pane input:checked")].map(({ name, value }) => [name, value]),
  selected: document.querySelectorAll("[name=pick]:checked").length,
  focus: document.activeElement === document.body ? "nothing" : "something",
})"""


def keys_of(seed: int) -> list[str]:
    """Return the keys of a seed: a dozen or so, of whole phrases and stray keys."""
    dice = Random(seed)  # noqa: S311  # not for secrets
    keys = ["j"]
    while len(keys) < 12:
        keys += dice.choice(PHRASES) if dice.random() < 0.85 else [dice.choice("jksrxb12345")]
    return keys


def make_desk(name: str, demos: int = DEMOS) -> tuple[Label, User]:
    """Return a label that sends decisions at once and its manager, who has played its demos."""
    label = make_label(name)
    set_undo_seconds(label, 0)
    manager, producer = make_member(label, Role.MANAGER), make_producer()
    for number in range(demos):
        track = make_track(producer, title=f"Demo {number}")
        act(
            make_submission("submitted", manager=manager, label=label, track=track),
            "listened",
            manager=manager,
        )
    return label, manager


@dataclass(frozen=True)
class Desk:
    """A label's desk on its manager's page."""

    label: Label
    page: Page

    @classmethod
    def open(cls, name: str, page: Page, server: str) -> "Desk":
        label, manager = make_desk(name)
        sign_in(page, manager, server)
        page.goto(f"{server}/desk/{label.slug}/?q=ball:any")
        return cls(label, page)

    def press(self, keys: list[str], delay: int | None) -> None:
        """Press keys with this many milliseconds between them, None to wait for each answer."""
        for key in keys:
            self.page.keyboard.press(key)
            if delay is None:
                self.page.wait_for_function(SETTLED)
                assert self.page.evaluate(HAS_FOCUS), f"nothing has the focus after {key}"
            else:
                self.page.wait_for_timeout(delay)
        self.page.wait_for_function(SETTLED)

    @property
    def outcome(self) -> dict[str, Any]:
        """What the page shows and the database holds, without anything that differs from desk to desk."""
        here = Q(submission__label=self.label)
        return {
            "shown": self.page.evaluate(SHOWN),
            "events": list(_by_title(Event.objects.filter(here), "transition", "payload__reason")),
            "memos": list(_by_title(Memo.objects.filter(here), "text")),
            "marks": list(
                _by_title(Mark.objects.filter(review__submission__label=self.label), "value", at="review__")
            ),
            "proposals": list(_by_title(Proposal.objects.filter(here), "transition", "details__reason")),
        }


def _by_title(rows: Any, *values: str, at: str = "") -> Any:
    return rows.order_by(f"{at}submission__title", "pk").values_list(f"{at}submission__title", *values)


def play(seed: int, page: Page, server: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Press a seed's keys at two desks, waiting and not; return both outcomes."""
    outcomes = []
    for delay in (None, DELAYS[seed % len(DELAYS)]):
        desk = Desk.open(f"Desk {seed} {delay or 'slow'}", page, server)
        desk.press(keys_of(seed), delay)
        outcomes.append(desk.outcome)
    return outcomes[0], outcomes[1]
