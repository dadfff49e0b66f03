"""The shelves of `make demo LOCAL=on`: folders below `var/shelves`, given to a label and to a producer."""

import os
from pathlib import Path

from django.conf import settings

from accounts.models import User
from demo.cast import email_of
from demo.tables import read_toml
from labels.models import Label
from recordings.models import Shelf
from recordings.owners import forget_owners

ROOT = Path(settings.BASE_DIR, "var", "shelves")
SPECS = read_toml("recordings")["shelf"]


def name_folders() -> None:
    """Make the folders, and let `SHELVES` name them, here and in the processes that are started."""
    folders = [ROOT / spec["folder"] for spec in SPECS]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    settings.SHELVES = folders
    os.environ["SHELVES"] = os.pathsep.join(map(str, folders))


def give_folders() -> None:
    """Give each folder that nobody has to its label or person."""
    for number, spec in enumerate(SPECS, 1):
        label = Label.objects.get(slug=spec["label"]) if "label" in spec else None
        person = User.objects.get(email=email_of(spec["person"])) if "person" in spec else None
        owner = {"label": label, "person": person, "name": spec["name"]}
        Shelf.objects.get_or_create(root=number, defaults=owner)
    forget_owners()
