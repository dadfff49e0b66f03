"""A run: faults at random moments under load, and after each what must hold."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from django.db import connection

from bench.faults import checks
from bench.faults.checks import Wrong
from bench.faults.kinds import Kind, drawn, possible
from bench.faults.lives import Stage
from bench.faults.load import CALM, GOOD, NO_ANSWER, Acknowledged, Answer, Load
from bench.faults.site import Site

GROUP, LIVES = 20, 100
"""Faults between two looks at everything, and lives that wait to be begun after each."""
PAUSES = (0.5, 1.3)
"""Seconds of load between two faults."""
LATE = 2.0
"""Seconds within which a page is promised to be answered."""
RECOVERY = 90.0


@dataclass
class Happened:
    """A fault that was: when it began and ended (monotonic), and what came of it."""

    kind: Kind
    start: float
    end: float = 0
    over: float = 0
    recovery: float = 0
    answers: list[Answer] = field(default_factory=list)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    lost: int = 0
    doubled: int = 0


@dataclass
class Run:
    """A run on a site; `happened` and `wrong` say how it went, `repeated` counts mails that came again."""

    site: Site
    seed: int
    lives: int = LIVES
    happened: list[Happened] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    repeated: Counter[str] = field(default_factory=Counter)
    notices: int = 0
    events: int = 0
    lasted: float = 0

    def go(self, many: int, kinds: Sequence[Kind] = ()) -> None:
        """Let so many faults happen, of these kinds or of all that are possible."""
        luck, start = Random(self.seed), time.monotonic()
        faults = drawn(list(kinds) or possible(self.site), many, luck)
        stage = Stage(luck)
        stage.fill(self.lives)
        with self.site.running():
            load = Load(stage, self.site.port, self.seed)
            with load.running():
                time.sleep(2)
                for first in range(0, len(faults), GROUP):
                    for at, kind in enumerate(faults[first : first + GROUP], first + 1):
                        self._let_happen(kind, load, luck, at)
                    with load.paused():
                        self._come_to_rest(load)
                        stage.fill(self.lives)
            self._look_at_all(load)
        self.lasted = time.monotonic() - start

    def _let_happen(self, kind: Kind, load: Load, luck: Random, number: int) -> None:
        happened = Happened(kind, time.monotonic())
        said = len(load.book.acknowledged)
        with kind.fault(self.site, luck):
            pass
        happened.end = time.monotonic()
        self.site.wait_until_it_serves(RECOVERY)
        time.sleep(luck.uniform(*PAUSES))
        happened.over = time.monotonic()
        happened.answers = load.book.between(happened.start, happened.over)
        happened.acknowledged = load.book.acknowledged[said:]
        happened.recovery = recovery(happened)
        self._count(happened)
        self.happened.append(happened)
        print(line_of(happened, number), flush=True)

    def _count(self, happened: Happened) -> None:
        """Look whether each thing that was acknowledged is there, once."""
        connection.close()  # which may have been cut
        for each in happened.acknowledged:
            count = checks.count_of(each)
            happened.lost += count == 0
            happened.doubled += count > 1
            if count != 1:
                self._note([Wrong(f"{each.step.word} of {each.step.reference} is there {count} times.")])

    def _come_to_rest(self, load: Load) -> None:
        start = time.monotonic()
        checks.wait_for_jobs(self.site)
        fresh = [life for life in load.book.lives if not life.was_checked]
        wrong = list(checks.wrong_histories(fresh))
        self._note(wrong)
        for life in fresh:
            life.was_checked = life.is_over or any(life.draft.reference in each.sentence for each in wrong)
        self._note(checks.wrong_notices(self.site))
        self._note(Wrong(each) for each in load.book.refused)
        load.book.refused.clear()
        print(
            f"     all at rest after {time.monotonic() - start:.0f} s; wrong so far: {len(self.wrong)}",
            flush=True,
        )

    def _look_at_all(self, load: Load) -> None:
        """Look at everything once more, whatever was looked at before."""
        from submissions.models import Event  # lazy: needs Django set up
        from submissions.verification import faults  # lazy: as above

        checks.wait_for_jobs(self.site)
        self._note(Wrong(f"{fault.reference}: {fault.sentence}") for fault in faults())
        self._note(checks.wrong_notices(self.site))
        self._note(checks.wrong_messages(load.book.acknowledged))
        self._count_starts()
        self._count_silence(load)
        self._count_repeats()
        self.events = Event.objects.count()

    def _count_starts(self) -> None:
        """The web server was begun again only when it was killed; it recovers from everything else by itself."""
        killed = sum(each.kind.name == "web server killed" for each in self.happened)
        if self.site.web.starts - 1 != killed:
            self._note(
                [Wrong(f"The web server was begun again {self.site.web.starts - 1} times, killed {killed}.")]
            )

    def _count_silence(self, load: Load) -> None:
        """Nobody was left without an answer but by a process that was killed."""
        for each in load.book.answers:
            if each.status == NO_ANSWER and not any(_cuts(fault, each) for fault in self.happened):
                self._note([Wrong(f"{each.what} got no answer, and nothing was killed.")])

    def _count_repeats(self) -> None:
        """Each mail that came again was, at its first time, at a moment that can repeat one."""
        self.notices = len({name for name, _ in self.site.mail.office.yes})
        for name, moments in self.site.mail.office.repeats().items():
            for moment in moments:
                cause = next((each.kind.name for each in self.happened if _explains(each, moment)), "")
                self.repeated[cause or "nothing"] += 1
                if not cause:
                    self._note([Wrong(f"{name} came again without a cause.")])

    def _note(self, found: Iterator[Wrong] | Sequence[Wrong]) -> None:
        for each in found:
            self.wrong.append(each)
            print(f"WRONG {each.sentence}", flush=True)


def _explains(happened: Happened, moment: float) -> bool:
    """Whether a mail to which the server said yes at this moment may have been cut from our commit by a fault."""
    return happened.kind.repeats and happened.start - 0.5 <= moment <= happened.end + 0.5


def _cuts(happened: Happened, answer: Answer) -> bool:
    """Whether a fault killed who would have given this answer."""
    ended = answer.start + answer.seconds
    return happened.kind.cuts and happened.start <= ended and answer.start <= happened.over


def recovery(happened: Happened) -> float:
    """Return the seconds from a fault's end to the first good answer after the last bad one; 0 if all were good."""
    after = [each for each in happened.answers if each.start + each.seconds >= happened.end]
    after.sort(key=lambda each: each.start + each.seconds)
    bad = [at for at, each in enumerate(after) if each.status not in GOOD]
    if not bad:
        return 0
    rest = [each for each in after[bad[-1] + 1 :] if each.status in GOOD]
    return (rest[0].start + rest[0].seconds if rest else happened.over) - happened.end


def worst(answers: Sequence[Answer]) -> str:
    """Return the worst status among answers: a fault, no answer, a calm refusal, or good."""
    statuses = {each.status for each in answers}
    if unkind := statuses - GOOD - CALM - {NO_ANSWER}:
        return str(max(unkind))
    if NO_ANSWER in statuses:
        return "none"
    return str(max(statuses & CALM, default="good"))


def line_of(happened: Happened, number: int) -> str:
    slow = max(happened.answers, key=lambda each: each.seconds, default=Answer("", happened.start, 0, 0))
    return (
        f"{number:>4}  {happened.kind.name:<22} {happened.end - happened.start:5.1f} s  "
        f"{len(happened.answers):>3} answers, worst {worst(happened.answers):<4} slowest {slow.seconds:4.1f} s "
        f"({slow.what}, {slow.status}, at {slow.start - happened.start:.1f} s), "
        f"back after {happened.recovery:4.1f} s, {len(happened.acknowledged)} acknowledged"
    )
