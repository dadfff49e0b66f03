"""No hosted audio: nothing is taken in but pictures and lists, nothing sounds, and only `recordings` measures.

That no answer of any address is sound is looked at by `test_access.asked`, which walks all of them as everybody.
"""

import ast
import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import FileField
from django.http import HttpResponse, StreamingHttpResponse

from trackflow.testing.sound import NAMES, is_sound
from trackflow.tests.test_architecture import files_with, sources

ROOT = settings.BASE_DIR
HEAVY = {"av", "librosa", "mutagen", "numpy", "numba", "scipy", "soundfile", "watchfiles", "xxhash"}
"""What the extra `local` installs, and what comes with it."""


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse(b"", content_type="audio/mpeg"),
        HttpResponse(b"", content_type="video/mp4"),
        HttpResponse(b"ID3\x04", content_type="text/plain"),
        HttpResponse(b"\0\0\0\x20ftypM4A ", content_type="text/plain"),
        HttpResponse(b"x", headers={"Content-Disposition": 'attachment; filename="a.FLAC"'}),
        StreamingHttpResponse([b"x"], content_type="application/octet-stream"),
    ],
)
def test_sound_is_known_by_type_name_and_beginning(response: HttpResponse) -> None:
    assert is_sound(response)


def test_pages_and_lists_are_no_sound() -> None:
    assert not is_sound(HttpResponse("<!doctype html>"))
    assert not is_sound(HttpResponse("a,b", headers={"Content-Disposition": 'attachment; filename="x.csv"'}))


def test_only_pictures_and_lists_are_taken_in() -> None:
    assert files_with(r"\b(?:FileField|ImageField)\b") == {
        "accounts/pictures.py",  # re-encoded and small
        "releases/tracks_page/forms.py",  # a CSV of tracks
        "studio/imports/forms.py",  # a list of songs
        "studio/reference_lists/forms.py",  # the same, by an admin
    }
    assert files_with(r"request\.FILES") == {
        "accounts/unsent_forms.py",  # whether there were any
        "trackflow/too_many.py",  # the same
        "catalog/profile/views.py",
        "labels/views.py",
        "releases/tracks_page/views.py",
        "recordings/tracklists/views.py",  # a CUE sheet
        "studio/imports/list_views.py",
        "studio/project_page/edit_views.py",
        "studio/pack_form/views.py",  # a cover
    }
    assert [
        model for model in apps.get_models() for field in model._meta.fields if isinstance(field, FileField)
    ] == []


def test_no_answer_is_a_file_or_a_stream_but_of_lists() -> None:
    found = files_with(r"FileResponse|sendfile|X-Accel|django\.views\.static")
    assert {name for name in found if not name.startswith("trackflow/testing/")} == set()


def test_pages_name_sound_only_where_a_link_of_a_producer_plays_at_its_host() -> None:
    named = {
        str(path.relative_to(ROOT))
        for path in [*ROOT.glob("templates/**/*"), *ROOT.glob("static/js/**/*.js")]
        if path.is_file()
        and any(each in path.read_text() for each in ("<audio", "<video", '"audio")', "new Audio"))
    }
    allowed = {
        "templates/catalog/links/sound_file.html",
        "static/js/player.js",
        "static/js/listening/file.js",
        "static/js/sound-file.js",
    }
    assert named <= allowed
    assert [path for path in ROOT.glob("static/**/*") if NAMES.search(path.name)] == []


def imported(text: str) -> set[str]:
    """Return the top packages that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {each.name.partition(".")[0] for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_only_recordings_imports_what_measures() -> None:
    importers = {name for name, text in sources(tests=True) if imported(text) & HEAVY}
    assert {name for name in importers if not name.startswith("recordings/")} == set()
    assert importers, "nothing measures at all"


LOADED = """
import sys
import django
django.setup()
from django.urls import get_resolver
from django.core.management import call_command
list(get_resolver().url_patterns)
call_command("check")
import trackflow.tasks, recordings.tasks
print(sorted(set(sys.modules) & set(sys.argv[1].split(","))))
"""
REFUSED = """
import sys
class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Refusing())
"""


@pytest.mark.parametrize("begin", ["", REFUSED], ids=["with the extra", "without it"])
def test_site_starts_and_loads_nothing_that_measures(begin: str) -> None:
    program = [sys.executable, "-c", begin + LOADED, ",".join(sorted(HEAVY))]
    shelves = {"SHELVES": str(ROOT), "DJANGO_SETTINGS_MODULE": "trackflow.settings"}
    environment = {**os.environ, **shelves}
    done = subprocess.run(program, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"
