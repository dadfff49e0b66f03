from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from insights.rebuild import rebuild, sent_to
from labels.models import Label


class Command(BaseCommand):
    help = "Make insights and response records anew from events alone, and say how much differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--label", action="append", help="only this label, by slug; may be repeated")

    def handle(self, *args: Any, **options: Any) -> None:
        labels = Label.objects.order_by("pk")
        if slugs := options["label"]:
            labels = labels.filter(slug__in=slugs)
            if missing := sorted(set(slugs) - set(labels.values_list("slug", flat=True))):
                raise CommandError(f"There is no label {', '.join(missing)}.")
        total = sent_to(labels).count()
        with tqdm(total=total, unit=" submissions", disable=options["verbosity"] == 0) as bar:
            done = rebuild(labels, bar.update)
        said = f"{done.submissions} submissions, {done.differed} differed; {done.records} response records differed"
        if done.releases:
            said += f"; {done.releases} releases, {done.releases_differed} differed"
        self.stdout.write(self.style.SUCCESS(said))
