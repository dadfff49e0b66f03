"""Measure the pages of many releases over HTTP: `make bench-releases`, which writes them into `docs/performance.md`."""

import argparse
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.urls import reverse

from bench import setup

if TYPE_CHECKING:
    from bench.pages import Page

NAME = "releases"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="for each page, round and number of clients"
    )
    asked = parser.parse_args()
    setup.set_up()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    from bench import release_rows, report, results, web  # lazy: need settings

    with setup.loaded(release_rows.RELEASES, fill, of=NAME):
        size = {"size": release_rows.RELEASES, "steps": release_rows.STEPS, "rounds": asked.rounds}
        found = size | results.circumstances()
        plan = web.Plan([], asked.rounds, asked.seconds, "")
        call_command("collectstatic", interactive=False, verbosity=0)
        found["web"] = web.measure_pages(plan, pages_of())
    found["load after"] = results.load()
    report.print_all(found)
    results.save(NAME, found)
    report.write()


def fill(database: str) -> None:
    """Write the releases into this database."""
    from bench import release_rows  # lazy: needs settings
    from bench.guards import unguarded
    from kit.clock import now
    from labels.choices import Role
    from labels.tests.builders import make_label, make_member
    from trackflow.testing.databases import TestDatabases, use

    databases = TestDatabases.connect()
    use(database)
    label = make_label("Harbour")
    manager = make_member(label, Role.MANAGER)
    with databases.raw(databases.owner) as owner, unguarded(owner, release_rows.GUARDED):
        release_rows.write(label, manager, now().date())


def pages_of() -> "list[Page]":
    """Return the pages of the label that has the releases."""
    from bench.pages import Page  # lazy: needs settings
    from kit.clock import now
    from labels.models import Membership

    manager = Membership.objects.select_related("user", "label").get().user
    slug = "harbour"
    listed, day = reverse("releases:list", args=[slug]), now().date()
    spans = [
        f"?since={day - timedelta(days=90 + days)}&until={day - timedelta(days=days)}" for days in range(200)
    ]
    return [
        Page("list", [listed], manager),
        Page("list, all that is out", [f"{listed}?q=state:released"], manager),
        Page("list, at risk", [f"{listed}?q=risk:yes"], manager),
        Page("list, asked in words", [f"{listed}?q=artist:42+due:..friday+-kind:single"], manager),
        Page("list, what was done", [f"{listed}?q=state:any+done:last-month+craft:promo"], manager),
        Page("board", [reverse("releases:board", args=[slug])], manager),
        Page("month", [reverse("releases:month", args=[slug])], manager),
        Page("what next", [reverse("releases:suggestions", args=[slug])], manager),
        Page("my steps", [reverse("releases:my-steps")], manager),
        Page(
            "insights, made anew",
            [reverse("insights:figures", args=[slug]) + span for span in spans],
            manager,
        ),
    ]


if __name__ == "__main__":
    main()
