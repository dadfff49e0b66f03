"""Measure the studio's pages of many projects over HTTP: `make bench-studio`, which writes `docs/performance.md`."""

import argparse
import logging
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.urls import reverse

from bench import setup

if TYPE_CHECKING:
    from bench.pages import Page

NAME = "studio"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--seconds", type=float, default=2.0, help="for each page, round and number of clients"
    )
    asked = parser.parse_args()
    setup.set_up()
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    from bench import report, results, studio_rows, web  # lazy: need settings

    with setup.loaded(studio_rows.PROJECTS, fill, of=NAME):
        size = {"size": studio_rows.PROJECTS, "steps": studio_rows.STEPS, "rounds": asked.rounds}
        found = size | results.circumstances()
        plan = web.Plan([], asked.rounds, asked.seconds, "")
        call_command("collectstatic", interactive=False, verbosity=0)
        found["web"] = web.measure_pages(plan, pages_of())
    found["load after"] = results.load()
    report.print_all(found)
    results.save(NAME, found)
    report.write()


def fill(database: str) -> None:
    """Write the projects into this database."""
    from bench import studio_rows  # lazy: needs settings
    from bench.guards import unguarded
    from catalog.tests.builders import make_producer
    from trackflow.testing.databases import TestDatabases, use

    databases = TestDatabases.connect()
    use(database)
    people = [make_producer(f"{name}@example.com") for name in studio_rows.PEOPLE]
    with databases.raw(databases.owner) as owner, unguarded(owner, studio_rows.GUARDED):
        studio_rows.write(people[0], people[1], people[2:])


def pages_of() -> "list[Page]":
    """Return the pages of whoever has the projects."""
    from accounts.models import User
    from bench.pages import Page  # lazy: needs settings
    from studio.models import Pack, Project

    owner = User.objects.get(email="owner@example.com")
    series, album = Pack.objects.order_by("pk")[:2]
    packed = Project.objects.filter(pack__in=[series, album]).order_by("pk")
    listed = reverse("studio:list")
    return [
        Page("next", [reverse("studio:next")], owner),
        Page("board", [reverse("studio:board")], owner),
        Page("table", [listed], owner),
        Page("table, searched", [f"{listed}?q=Artist+42"], owner),
        Page("project", [reverse("studio:project", args=[each.code]) for each in packed], owner),
        Page("pack of 20", [reverse("studio:pack", args=[album.code])], owner),
        Page("series of 200 lines", [reverse("studio:tracklist", args=[series.code])], owner),
        Page("open projects", [reverse("studio:open")], owner),
    ]


if __name__ == "__main__":
    main()
