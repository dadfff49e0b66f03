"""Architecture rules that span files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core import checks
from django.template import engines
from django.template.loader import get_template
from jinja2.meta import find_referenced_templates

ROOT = settings.BASE_DIR
APPS = [
    "kit",
    "accounts",
    "sources",
    "steps",
    "catalog",
    "labels",
    "submissions",
    "recordings",
    "studio",
    "notifications",
    "activity",
    "desk",
    "workspace",
    "releases",
    "insights",
    "privacy",
    "trackflow",
    "demo",
]


def sources(*, tests: bool = False) -> Iterator[tuple[str, str]]:
    """Yield (path, text) of the project's Python files, migrations left out."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            if "/migrations/" not in name and (tests or "/tests/" not in name):
                yield name, path.read_text()


def files_with(pattern: str) -> set[str]:
    return {name for name, text in sources() if re.search(pattern, text, re.MULTILINE)}


def test_only_history_makes_events() -> None:
    made = (
        r"(?<!threading\.)(?<!asyncio\.)\bEvent\(|Event\.objects\.(create|bulk_create|(get|update)_or_create)"
    )
    assert files_with(made) == {
        "studio/history.py",  # its own, `StudioEvent`
        "submissions/history.py",
        "submissions/models/event.py",
    }  # the latter: class Event(...)


def test_only_the_door_calls_transitions() -> None:
    assert files_with(r"Submission\.(submit|accept|reject|withdraw|expire)\b") == set()
    kept, called = "submissions/models/transitions.py", "submissions/workflow.py"
    assert files_with(r"\bMOVES\[") == {called}
    assert files_with(r"\bMOVES\b") == {kept, called, "submissions/checks.py"}
    assert files_with(r"submission\.(submit|accept|reject|withdraw|expire|sign|shortlist|release)\(") == set()


def words_of(text: str) -> Iterator[str]:
    """Yield the words of a file's identifiers and strings, without list methods such as `extend`."""
    tree = ast.parse(text)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "extend" and id(node) in called:
            continue
        for field in ("id", "attr", "name", "asname", "arg", "value"):
            if isinstance(said := getattr(node, field, None), str):
                yield from re.split(r"[\W_]+", re.sub(r"([a-z])([A-Z])", r"\1_\2", said).lower())


@pytest.mark.parametrize("transition", ["extend", "rescind"])
def test_a_transition_is_named_in_five_files_at_most(transition: str) -> None:
    """Other code asks the row: `rule.only_once`, `rule.reasons`; docs/workflow.md says how one is added."""
    files = {
        name for name, text in sources() if not name.startswith("demo/") and transition in words_of(text)
    }
    places = {f"submissions/{name}.py" for name in ("choices", "transition_table", "effects", "forms")}
    assert files <= places | {"submissions/models/submission.py"}
    assert len(files) <= 5


def test_whether_something_can_be_done_is_answered_in_one_place() -> None:
    """One for each door."""
    asked = r"\bis_possible_in_suspension\b|\.only_once\b|cannot be done while it says"
    assert files_with(asked) == {
        "submissions/state_machine.py",
        "submissions/permissions.py",
        "submissions/transition_table.py",
        "releases/transition_table.py",
        "releases/permissions.py",
    }
    assert files_with(r"\.sources\b") == {
        "releases/permissions.py",
        "releases/diagram.py",
        "submissions/permissions.py",
        "submissions/models/transitions.py",  # django-fsm guards by them too
        "submissions/transition_table.py",
        "submissions/diagram.py",
        "submissions/checks.py",
        "releases/transition_table.py",
    }


def test_only_the_door_projects_and_appends() -> None:
    assert files_with(r"\.project\(") == {"submissions/workflow.py"}
    assert files_with(r"history\.append\(") == {"submissions/workflow.py", "releases/workflow.py"}
    assert files_with(r"releases\.rows import .*\bwrite\b") == {"releases/workflow.py"}


def test_only_its_own_history_makes_events_of_releases() -> None:
    made = r"\bReleaseEvent\(|ReleaseEvent\.objects\.(create|bulk_create|(get|update)_or_create)"
    assert files_with(made) == {"releases/history.py", "releases/models/event.py"}


def test_submissions_follow_their_release_in_one_place() -> None:
    """What performs `schedule`, `unschedule` and `release` of a submission."""
    assert files_with(r"from submissions\.workflow import") & files_with(r"T\.UNSCHEDULE\b") == {
        "releases/follow.py"
    }


def test_who_acts_is_made_where_an_impersonator_is_known_or_impossible() -> None:
    made = files_with(r"\bActor\.(producer|member|admin)\(")
    from_requests = {"submissions/forms.py", "desk/context.py", "releases/desk_context.py"}
    from_an_event = {"submissions/offers/other_demos.py"}  # with whoever acted then
    without_impersonator = {  # jobs, the office, demo data; an impersonator reaches none of them
        "desk/bulk/service.py",
        "desk/outbox/held_decisions.py",  # with an impersonator decisions are sent at once
        "desk/outbox/service.py",
        "privacy/deletion/end.py",
        "submissions/admin/office.py",
        "demo/story.py",
        "demo/conversation.py",
        "demo/releases.py",
        "demo/release_plans.py",
        "demo/outbox.py",
    }
    assert made == from_requests | from_an_event | without_impersonator


def test_time_comes_from_the_clock() -> None:
    asked = r"timezone\.now\(|datetime\.now\(|datetime\.utcnow\(|date\.today\(|auto_now"
    sessions = "accounts/sessions.py"  # which Django lets end by the machine's clock
    assert files_with(asked) == {"kit/clock.py", sessions}


def test_only_demo_data_pins_the_clock() -> None:
    pinned = files_with(r"clock import .*\bat\b|clock\.at\(")
    assert all(name.startswith("demo/") for name in pinned), pinned


def test_a_submission_is_never_refreshed() -> None:
    assert files_with(r"(?<!track)\.refresh_from_db\(") == set()


def test_nothing_locks_more_than_its_own_row() -> None:
    for name, text in sources():
        for call in re.findall(r"select_for_update\((.*?)\)\)?", text):
            assert 'of=("self"' in call, f"{name}: select_for_update({call})"


def test_no_model_signals_and_no_generic_foreign_keys() -> None:
    assert files_with(r"\b(post_save|pre_save|post_delete|pre_delete|GenericForeignKey)\b") == set()


def test_an_import_inside_a_function_says_why() -> None:
    for name, text in sources():
        lines = text.splitlines()
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.FunctionDef) or node.name == "ready":
                continue
            for inner in ast.walk(node):
                if isinstance(inner, ast.Import | ast.ImportFrom):
                    assert "# lazy: " in lines[inner.lineno - 1], f"{name}:{inner.lineno}"


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_template_has_no_inline_script_or_style(path: Path) -> None:
    if "/email/" in str(path):
        return
    text = path.read_text()
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|\|\s*safe\b|mark_safe", text)
    for tag in re.findall(r"<script[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, tag


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_page_compiles_and_what_it_names_exists(path: Path) -> None:
    name = str(path.relative_to(ROOT / "templates"))
    if name.startswith("library/") or "/email/" in name:
        get_template(name.removeprefix("library/"))
        return
    engine: Any = engines["pages"]
    pages = engine.env
    pages.get_template(name)
    for named in find_referenced_templates(pages.parse(path.read_text())):
        assert named is None or pages.get_template(named)


def test_system_checks_find_nothing() -> None:
    assert checks.run_checks() == []
