"""`docs/reliability.md`: what is promised, and what the last run found."""

import os
import platform
import sys
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from bench.faults.kinds import KINDS, possible
from bench.faults.load import CALM, GOOD, NO_ANSWER
from bench.faults.run import LATE, Happened, Run, worst
from kit.clock import now

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- written by make faults: begin -->", "<!-- written by make faults: end -->"
HEADS = (
    "fault",
    "times",
    "acknowledged",
    "lost",
    "doubled",
    "answers",
    "503, 409",
    "none",
    "worst",
    "slowest",
    "over 2 s",
    "back after",
)


MOST_WRONG = 50


def table(run: Run) -> str:
    """Return what came of each kind of fault as a table."""
    by_kind = {kind: [each for each in run.happened if each.kind is kind] for kind in KINDS}
    rows = [_row(kind.name, found) for kind, found in by_kind.items() if found]
    rows.append(_row("**all**", run.happened))
    lines = [HEADS, ("---",) * len(HEADS), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _row(name: str, found: Sequence[Happened]) -> tuple[str, ...]:
    answers = [answer for each in found for answer in each.answers]
    statuses = Counter(each.status for each in answers)
    late = sum(each.seconds > LATE for each in answers)
    return (
        name,
        str(len(found)),
        f"{sum(len(each.acknowledged) for each in found):,}",
        str(sum(each.lost for each in found)),
        str(sum(each.doubled for each in found)),
        f"{len(answers):,}",
        f"{sum(statuses[status] for status in CALM):,}",
        f"{statuses[NO_ANSWER]:,}",
        worst(answers),
        f"{max((each.seconds for each in answers), default=0):.1f} s",
        str(late),
        f"{max((each.recovery for each in found), default=0):.1f} s",
    )


def words(run: Run) -> str:
    """Return what a run found, as Markdown."""
    minutes, many = round(run.lasted / 60), len(run.happened)
    said = [
        f"{now():%-d %B %Y}: {many} faults in {minutes} minutes, `--seed {run.seed}`. {_machine()}",
        table(run),
        "\n".join(f"- {line}" for line in _lines(run)),
        "\n".join(f"- WRONG: {each.sentence}" for each in run.wrong[:MOST_WRONG]),
    ]
    return "\n\n".join(filter(None, said))


def _lines(run: Run) -> list[str]:
    answers = [answer for each in run.happened for answer in each.answers]
    good = sum(each.status in GOOD for each in answers)
    repeats = ", ".join(f"{count} ({cause})" for cause, count in run.repeated.most_common())
    workers = sum(each.starts for each in run.site.workers)
    return [
        f"*Histories*: {run.events:,} events; of all that was looked at, {len(run.wrong)} wrong.",
        f"*Notices*: {run.notices:,} mails, each of one Message-ID; came again: {repeats or 'none'}.",
        f"*Answers*: {good:,} of {len(answers):,} good at once; the others were sent again until acknowledged.",
        f"*Processes*: the web server was begun {run.site.web.starts} times, the two workers {workers} times.",
        f"*Kinds of fault that this machine could not have*: {_missing(run) or 'none'}.",
    ]


def _missing(run: Run) -> str:
    can = possible(run.site)
    return ", ".join(kind.name for kind in KINDS if kind not in can)


def _machine() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    names = ", ".join(
        f"{name} {version(name)}" for name in ("Django", "gunicorn", "procrastinate", "psycopg")
    )
    load = f"load {os.getloadavg()[0]:.0f} at the end"
    python = f"Python {platform.python_version()}"
    return f"{os.cpu_count()} processors, {load}, {sys.platform}; PostgreSQL {server}, {python}, {names}."


def write(run: Run) -> None:
    """Write what a run found into its place on the page."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{words(run)}\n{END}{after}")
