"""System checks: listeners that are tasks, and rows of the transition table that are whole."""

import re
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings as site
from pytest_django import Settings

from submissions import checks, forms
from submissions.checks import faults_of, listeners_exist, rules_are_complete
from submissions.producer_pages import forms as producer_pages_forms
from submissions.state_machine import Rule
from submissions.transition_table import RULES

APPS = ("accounts", "catalog", "labels", "submissions", "recordings", "studio", "activity", "releases")
ANNOUNCED = re.compile(r"\bannounce\(\s*\"(\w+)\"")


def test_every_listener_is_a_task() -> None:
    assert listeners_exist(None) == []


@pytest.mark.parametrize("what", site.LISTENERS)
def test_listener_that_is_none_is_an_error(what: str, settings: Settings) -> None:
    settings.LISTENERS = {**site.LISTENERS, what: [*site.LISTENERS[what], "nowhere.listen"]}
    (error,) = listeners_exist(None)
    assert error.is_serious()
    assert error.msg == f'LISTENERS["{what}"] names “nowhere.listen”, which is no task.'


def test_what_is_announced_is_what_the_setting_names() -> None:
    apps = (site.BASE_DIR / app for app in APPS)
    sources = [path.read_text() for app in apps for path in app.rglob("*.py") if "tests" not in path.parts]
    assert {what for source in sources for what in ANNOUNCED.findall(source)} == set(site.LISTENERS)


def test_every_row_is_whole() -> None:
    assert rules_are_complete(None) == []


@pytest.mark.parametrize(
    ("module", "table", "transition", "fault"),
    [
        (checks, "EFFECTS", "extend", "effect in submissions.effects"),
        (checks, "MOVES", "rescind", "method of Submission"),
        (forms, "FORMS", "extend", "form in submissions.forms"),
        (producer_pages_forms, "FORMS", "decline", "form in submissions.producer_pages.forms"),
    ],
)
def test_key_that_finds_nothing_is_an_error(
    module: ModuleType, table: str, transition: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = {name: each for name, each in getattr(module, table).items() if name != transition}
    monkeypatch.setattr(module, table, others)
    (error,) = rules_are_complete(None)
    assert error.is_serious()
    assert error.msg == f"The transition “{transition}” has no {fault}."


DESK, PRODUCER = RULES["accept"].desk, RULES["decline"].producer
assert DESK
assert PRODUCER


@pytest.mark.parametrize(
    ("rule", "changed", "fault"),
    [
        (RULES["extend"], {"did": ""}, "words for what was done"),
        (RULES["extend"], {"icon": "nothing"}, "icon in static/icons.svg"),
        (RULES["extend"], {"desk": None}, "words for the desk"),
        (RULES["accept"], {"desk": replace(DESK, told="")}, "button or effect in its words for the desk"),
        (RULES["accept"], {"desk": replace(DESK, proposed="")}, "words for proposing it"),
        (RULES["decline"], {"producer": None}, "words for the producer"),
        (
            RULES["decline"],
            {"producer": replace(PRODUCER, done="")},
            "button, title, effect or thanks in its words for the producer",
        ),
    ],
)
def test_row_without_its_words_is_an_error(rule: Rule, changed: dict[str, Any], fault: str) -> None:
    assert list(faults_of(replace(rule, **changed))) == [fault]


def test_producers_act_without_a_page_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(producer_pages_forms, "FORMS", {**producer_pages_forms.FORMS, "accept": object})
    rule = replace(RULES["accept"], producer=PRODUCER)
    assert list(faults_of(rule)) == ["page submissions:accept"]


def test_check_of_the_history_that_is_not_there_is_an_error(settings: Settings) -> None:
    assert checks.history_checks_exist(None) == []
    settings.HISTORY_CHECKS = ["notifications.history_checks.nothing"]
    (error,) = checks.history_checks_exist(None)
    assert error.is_serious()
