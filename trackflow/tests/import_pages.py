"""Pages of imports that axe-core checks; what a list or an album shows is checked by `studio/tests/imports`."""

from collections.abc import Iterable

from django.urls import reverse

from accounts.models import User
from studio.tests.builders import a_pack
from trackflow.testing.cast import Cast


def import_visits(cast: Cast, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return the page of a person who imports into a new pack, and into one that is there."""
    pack = a_pack(cast.producer, title=word or "Harbour", kind="series")
    return [(cast.producer, [reverse("studio:import"), reverse("studio:pack-import", args=[pack.code])])]
