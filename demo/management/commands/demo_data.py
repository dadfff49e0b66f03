"""Load the demo data: labels, producers, tracks, and ninety days of submissions."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from demo.engine import play
from kit.models import DatabaseMark
from submissions import verification
from submissions.models import Event, Submission
from submissions.state_machine import STATES


class Command(BaseCommand):
    help = "Fill an empty database with demo data, through the same door as everybody."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demo data has passwords that everybody knows: only with DEMO=on.")
        if get_user_model().objects.exists():
            self.stdout.write("There is data here; nothing added. `make demo-reset` starts afresh.")
            return
        if not DatabaseMark.objects.exists():
            raise CommandError("Demo data lies in the past. Run `manage.py mark_database demo` first.")
        play(is_silent=options["verbosity"] == 0)
        self._refuse_faults()
        self.stdout.write("\n".join(summary()))

    def _refuse_faults(self) -> None:
        faults = [f"{fault.reference}: {fault.sentence}" for fault in verification.faults()]
        if faults:
            raise CommandError("The demo’s history does not add up.\n" + "\n".join(faults))


def summary() -> Iterator[str]:
    """Yield lines that say how many submissions are in each state."""
    numbers = dict(Submission.objects.values_list("state").annotate(Count("pk")))
    for state, words in STATES.items():
        yield f"  {numbers.get(state, 0):4}  {words.desk_name}"
    yield f"  {sum(numbers.values()):4}  submissions, {Event.objects.count()} events"
