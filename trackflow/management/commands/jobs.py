"""Print the state of background jobs, or try failed ones again."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.wording import span
from trackflow import job_queue


class Command(BaseCommand):
    help = "Print the state of background jobs; exits with 1 if some failed or none are done."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="ID|all", help="try a failed job again, or all of them")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            self._retry(options["retry"])
        else:
            self._print(job_queue.read())

    def _print(self, queue: job_queue.JobQueue) -> None:
        for name in ("waiting", "later", "running", "retrying"):
            self.stdout.write(f"{name:9} {getattr(queue, name):6}")
        self.stdout.write(f"{'failed':9} {sum(each.count for each in queue.failed):6}")
        for each in queue.failed:
            self.stdout.write(f"  {each.task}: {each.count}, last {each.last}: {each.error}")
        if queue.waits:
            self.stdout.write(f"The oldest due job has waited for {span(queue.waits)}.")
        if not queue.is_well:
            raise CommandError("Jobs need somebody: see above.", returncode=1)

    def _retry(self, which: str) -> None:
        if which != "all" and not which.isdecimal():
            raise CommandError("Give the number of a job, or “all”.", returncode=2)
        count = job_queue.retry(None if which == "all" else [int(which)])
        if not count and which != "all":
            raise CommandError(f"Job {which} has not failed.", returncode=2)
        self.stdout.write(f"To be tried again: {count}")
