"""Members saving views at the same time, on connections of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from desk.models import SavedView
from desk.saved_views import service as saved_views
from desk.saved_views.access import view_access_of
from labels.choices import Role
from labels.tests.builders import make_member
from trackflow.testing.cast import Cast

THREADS = 6


def refusal_of(act: Callable[[], object]) -> str:
    """Run an action and return the messages of its refusal, "" without one."""
    try:
        act()
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    finally:
        connection.close()
    return ""


def at_once(names: list[str]) -> list[str]:
    """Let one reviewer for each name share a view at the same time."""
    cast = Cast()
    accesses = [view_access_of(make_member(cast.label, Role.REVIEWER), cast.label.slug) for _ in names]
    pairs = zip(accesses, names, strict=True)
    acts = [
        partial(saved_views.save_view, access, name=name, query="", is_team=True) for access, name in pairs
    ]
    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(refusal_of, acts))


def test_reviewers_sharing_under_one_name_leave_one_view(committed_db: str) -> None:
    said = at_once(["Hot", "hot", "HOT", "Hot", "hot", "HOT"])
    assert said.count("") == 1
    assert all(sentence.startswith("The team already has") for sentence in said if sentence)
    assert SavedView.objects.count() == 1


def test_reviewers_sharing_at_once_stay_within_the_limit(
    committed_db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 2)
    said = at_once([f"View {number}" for number in range(THREADS)])
    assert said.count("") == SavedView.objects.count() == 2
    assert all("the most there can be" in sentence for sentence in said if sentence)
