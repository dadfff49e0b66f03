from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from desk.similar.fingerprints import update_fingerprints
from submissions.models import Submission

BATCH = 500


class Command(BaseCommand):
    help = "Update the fingerprints that find earlier demos, of all submissions; can run at any time."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = last = 0
        sent = Submission.objects.sent().order_by("pk").values_list("pk", flat=True)
        with tqdm(total=sent.count(), unit=" submissions", disable=options["verbosity"] == 0) as bar:
            while batch := list(sent.filter(pk__gt=last)[:BATCH]):
                changed += update_fingerprints(batch)
                last = batch[-1]
                bar.update(len(batch))
        self.stdout.write(self.style.SUCCESS(f"{changed} submissions changed"))
