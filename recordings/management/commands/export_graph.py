from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from recordings.graph.export import cypher, graphml
from recordings.models import Shelf

FORMATS = {"graphml": graphml, "cypher": cypher}


class Command(BaseCommand):
    help = "Write works, recordings and what was played next to what, for programs that draw or ask graphs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=FORMATS, default="graphml")
        parser.add_argument(
            "--shelf", type=int, action="append", help="only of this folder's number; may be repeated"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in FORMATS[options["format"]](_shelves(options["shelf"])):
            self.stdout.write(line)


def _shelves(roots: list[int] | None) -> list[int] | None:
    """Return the shelves of these folders, None for all."""
    if roots is None:
        return None
    found = dict(Shelf.objects.filter(root__in=roots).values_list("root", "pk"))
    if missing := sorted(set(roots) - found.keys()):
        raise CommandError(f"No shelf has folder {missing[0]}. Folders are counted as in SHELVES, from 1.")
    return list(found.values())
