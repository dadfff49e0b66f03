"""Documents say what is true."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from submissions.diagram import redraw
from submissions.receipts.service import receipt
from submissions.tests.builders import act, make_submission

DOCS = settings.BASE_DIR / "docs"


def test_workflow_page_is_what_the_code_draws() -> None:
    page = (DOCS / "workflow.md").read_text()
    assert redraw(page) == page, "run manage.py draw_workflow"


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


def run(verifier: Path, paper: object) -> subprocess.CompletedProcess[str]:
    path = verifier.parent / "receipt.json"
    path.write_text(json.dumps(paper))
    command = [sys.executable, str(verifier), str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.django_db
def test_anyone_checks_a_receipt_with_the_documented_verifier(verifier: Path) -> None:
    submission = make_submission("changes_requested")
    act(submission, "resubmit", note="Longer intro ☂")
    done = run(verifier, receipt(submission, team=False))
    assert done.returncode == 0, done.stderr
    assert "4 events, unbroken" in done.stdout


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["events", 1, "sealed", "recorded_at"], "2020-01-01T00:00:00.000000Z"),
        (["events", 1, "sealed", "actor"], "0" * 64),
        (["events", 2, "content", "note"], "Never said."),
        (["events", 0, "digest"], "0" * 64),
    ],
)
def test_documented_verifier_finds_what_was_changed(verifier: Path, path: list, value: str) -> None:
    paper: dict = receipt(make_submission("changes_requested"), team=False)
    *way, last = path
    place = paper
    for step in way:
        place = place[step]
    place[last] = value
    assert "AssertionError" in run(verifier, paper).stderr
