"""Documents say what is true."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from releases import diagram as releases_diagram
from submissions.diagram import redraw
from submissions.models import Event
from submissions.receipts.service import receipt
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission

DOCS = settings.BASE_DIR / "docs"


def test_workflow_page_is_what_the_code_draws() -> None:
    page = (DOCS / "workflow.md").read_text()
    assert redraw(page) == page, "run manage.py draw_workflow"


def test_releases_page_is_what_the_code_draws() -> None:
    page = (DOCS / "releases.md").read_text()
    assert releases_diagram.redraw(page) == page, "run manage.py draw_releases"


def test_links_between_documents_lead_somewhere() -> None:
    for page in [settings.BASE_DIR / "README.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.fixture
def verifier(tmp_path: Path) -> Path:
    """The verifier that docs/receipts.md prints, as a program."""
    (program,) = re.findall(r"```python\n(.+?)```", (DOCS / "receipts.md").read_text(), re.DOTALL)
    path = tmp_path / "verify.py"
    path.write_text(program)
    return path


def run(verifier: Path, paper: object, *links: str) -> subprocess.CompletedProcess[str]:
    path = verifier.parent / "receipt.json"
    path.write_text(json.dumps(paper))
    command = [sys.executable, str(verifier), str(path), *links]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_anyone_checks_a_receipt_with_the_documented_verifier(verifier: Path) -> None:
    submission = make_submission("changes_requested")
    act(submission, "resubmit", note="Longer intro ☂")
    done = run(verifier, receipt(submission, team=False))
    assert done.returncode == 0, done.stderr
    assert "4 events, unbroken" in done.stdout


@pytest.mark.django_db
def test_documented_verifier_names_the_track_and_knows_its_links(verifier: Path) -> None:
    submission = make_submission("submitted")
    link = submission.track.audio_url
    done = run(verifier, receipt(submission, team=False), link, "https://soundcloud.com/other/track")
    assert f"title: {submission.title}\n" in done.stdout
    assert f"artist_name: {submission.artist}\n" in done.stdout
    assert f"{link}: sent with this track" in done.stdout
    assert "https://soundcloud.com/other/track: NOT a link of this track" in done.stdout


OPENED = ["events", 0, "revision", "opened"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        (["events", 1, "sealed", "recorded_at"], "2020-01-01T00:00:00.000000Z", "event 2 was changed"),
        (["events", 1, "sealed", "actor"], "0" * 64, "event 2 was changed"),
        (["events", 2, "content", "note"], "Never said.", "the words of event 3 were changed"),
        (["events", 0, "digest"], "0" * 64, "event 1 was changed"),
        (["digest"], "0" * 64, "the last event is missing"),
        ([*OPENED, "title", "value"], "Another track", "title of event 1 was changed"),
        ([*OPENED, "artist_name", "salt"], "00" * 16, "artist_name of event 1 was changed"),
        ([*OPENED, "pitch"], {"value": "Never said.", "salt": "00" * 16}, "pitch of event 1 was changed"),
        (["events", 0, "revision", "fields", "pitch"], "0" * 64, "the track of event 1 was changed"),
    ],
)
def test_documented_verifier_finds_what_was_changed(
    verifier: Path, path: list, value: object, fault: str
) -> None:
    paper: dict = receipt(make_submission("changes_requested"), team=False)
    *way, last = path
    place = paper
    for step in way:
        place = place[step]
    place[last] = value
    done = run(verifier, paper)
    assert done.returncode == 1
    assert f"NOT VALID: {fault}." in done.stderr


@pytest.mark.django_db
def test_documented_verifier_accepts_a_redacted_history_and_names_no_track(verifier: Path) -> None:
    submission = make_submission("submitted")
    for event in Event.objects.of(submission):
        redact(event)
    done = run(verifier, receipt(submission, team=False))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("1 event, unbroken")
