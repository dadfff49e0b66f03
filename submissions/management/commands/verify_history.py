from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from kit.codes import normalise
from kit.models import DatabaseMark
from submissions.models import Submission
from submissions.verification_pool import findings


class Command(BaseCommand):
    help = "Replay every submission's history and name each fault by reference; exit 1 if there is any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reference", action="append", help="only this submission; may be repeated")
        parser.add_argument(
            "--processes", type=int, default=1, help="that share the work; one per core is fastest"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        references = _references(options["reference"])
        total = len(references) if references else Submission.objects.count()
        submissions = events = faults = 0
        with tqdm(total=total, unit=" submissions") as bar:
            for found in findings(references, options["processes"]):
                submissions, events = submissions + found.submissions, events + found.events
                faults += len(found.faults)
                bar.update(found.submissions)
                for fault in found.faults:
                    self.stdout.write(f"{fault.reference}: {fault.sentence}")
        if references and submissions < len(references):
            raise CommandError(f"Found {submissions} of the {len(references)} submissions named.")
        if mark := DatabaseMark.objects.purpose():
            self.stdout.write(f"This database is marked “{mark}”: it takes moments of another time.")
        summary = f"{submissions} submissions, {events} events, {faults} faults"
        if faults:
            raise CommandError(summary)
        self.stdout.write(self.style.SUCCESS(summary))


def _references(typed: list[str] | None) -> list[str] | None:
    if typed is None:
        return None
    try:
        return sorted({normalise("TF", each) for each in typed})
    except ValueError as error:
        raise CommandError(f"A reference looks like TF-4K7Q-9XMD: {error}") from error
