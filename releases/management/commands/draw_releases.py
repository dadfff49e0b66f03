from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from releases.diagram import redraw


class Command(BaseCommand):
    help = "Draw the state diagram and tables of docs/releases.md from the code."

    def handle(self, *args: Any, **options: Any) -> None:
        page = settings.BASE_DIR / "docs" / "releases.md"
        page.write_text(redraw(page.read_text()))
        self.stdout.write(f"Drew {page.relative_to(settings.BASE_DIR)}.")
