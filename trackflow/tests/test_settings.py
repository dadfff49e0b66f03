"""Every variable that the settings read is named where people look for it."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)


def names(path: str, pattern: str) -> list[str]:
    return re.findall(pattern, (ROOT / path).read_text(), re.MULTILINE)


def read_by_settings() -> set[str]:
    files = ("trackflow/settings.py", "trackflow/source_settings.py")
    return {name for file in files for name in names(file, r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"')}


def test_example_environment_names_every_variable_once() -> None:
    named = names(".env.example", r"^([A-Z_]+)=")
    assert sorted(named) == sorted(read_by_settings())


def test_example_environment_says_a_line_about_each() -> None:
    assert len(names(".env.example", r"^# .*\n[A-Z_]+=")) == len(read_by_settings())


def test_readme_lists_every_variable_in_its_table() -> None:
    assert set(names("README.md", r"^\| `([A-Z_]+)` \|")) == read_by_settings()
