"""Next versions of the product: copies of the tree, each with one migration more that adds a column and a table."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".*", "var", "docs", "node_modules", "__pycache__", "results", "staticfiles"
)
MIGRATION = '''"""Adds a column to a table that everybody uses, and a table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("submissions", "{before}")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE submissions_submission ADD COLUMN next_{number} integer;"
            "CREATE TABLE submissions_next_{number} (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"
        )
    ]
'''

NUMBERED = '''

def numbered(serve: Any) -> Any:
    """Name the version in each answer."""
    return lambda environ, begin: serve(
        environ, lambda status, headers, *more: begin(status, [*headers, ("X-Version", "{number}")], *more)
    )


application = numbered(application)
'''


class Versions:
    """A folder of versions, and the link `current` to the one that serves."""

    def __init__(self, folder: Path, secret: str) -> None:
        self.folder, self.current, self._number = folder, folder / "current", 0
        folder.mkdir()
        first = folder / "0"
        shutil.copytree(ROOT, first, ignore=LEFT_OUT, symlinks=True)
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
        subprocess.run(collect, cwd=first, env={**os.environ, "SECRET_KEY": secret}, check=True)  # noqa: S603  # as below
        self.current.symlink_to(first)

    def make_next(self) -> Path:
        """Return the folder of the next version: the last one, its files shared, and a migration."""
        before, self._number = self.folder / str(self._number), self._number + 1
        after = self.folder / str(self._number)
        subprocess.run(["cp", "-al", str(before), str(after)], check=True)  # noqa: S603, S607  # our own words
        migrations = after / "submissions" / "migrations"
        last = max(path.stem for path in migrations.glob("0*.py"))
        name = f"{int(last[:4]) + 1:04}_next_{self._number}.py"
        (migrations / name).write_text(MIGRATION.format(before=last, number=self._number))
        serves = after / "trackflow" / "wsgi.py"
        text = serves.read_text().partition("\n\ndef numbered")[0] + NUMBERED.format(number=self._number)
        serves.unlink()  # which the last version shares
        serves.write_text(text)
        return after

    @property
    def number(self) -> str:
        return str(self._number)

    def switch(self, folder: Path) -> None:
        """Let `current` lead to another version, in one step."""
        draft = self.folder / "draft"
        draft.symlink_to(folder)
        draft.rename(self.current)
