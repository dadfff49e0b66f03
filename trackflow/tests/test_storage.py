"""Static files in earnest: what a module imports is named by its content too."""

import re
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

IMPORTED = re.compile(r'(?:from |import\()"(\./[^"]+)"')
HASHED = re.compile(r"\./[\w/-]+\.[0-9a-f]{12}\.js")


def test_modules_import_each_other_by_content(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "trackflow.storage.StaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    [player] = (tmp_path / "js").glob("player.????????????.js")
    imported = IMPORTED.findall(player.read_text())
    assert len(imported) == 5
    assert all(HASHED.fullmatch(each) and (player.parent / each).exists() for each in imported)
