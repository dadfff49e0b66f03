"""System checks: listeners are registered tasks, and every row of the transition table is complete."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from submissions import forms
from submissions.choices import ActorRole, State
from submissions.effects import EFFECTS
from submissions.models.transitions import MOVES
from submissions.producer_pages import forms as producer_pages_forms
from submissions.state_machine import Rule
from submissions.transition_table import RULES


@register
def listeners_exist(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a listener that no worker registers: its jobs would never run."""
    return [
        Error(f'LISTENERS["{what}"] names “{name}”, which is no task.', id="submissions.E001")
        for what, names in settings.LISTENERS.items()
        for name in names
        if name not in app.tasks
    ]


@register
def history_checks_exist(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a check of the history that cannot be imported: `verify_history` would end there."""
    found: list[CheckMessage] = []
    for path in settings.HISTORY_CHECKS:
        try:
            import_string(path)
        except ImportError as error:
            found.append(Error(f"HISTORY_CHECKS names “{path}”: {error}", id="submissions.E003"))
    return found


@register
def rules_are_complete(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a transition whose effect, method, form, page, icon or words are missing."""
    return [
        Error(f"The transition “{rule.name}” has no {fault}.", id="submissions.E002")
        for rule in RULES.values()
        for fault in faults_of(rule)
    ]


def faults_of(rule: Rule) -> Iterator[str]:
    """Yield what a row needs and does not have."""
    if rule.name not in EFFECTS:
        yield "effect in submissions.effects"
    if not rule.is_fact and rule.name not in MOVES:
        yield "method of Submission"
    if rule.icon not in _icons():
        yield "icon in static/icons.svg"
    if not rule.did:
        yield "words for what was done"
    yield from _desk_faults(rule)
    yield from _producer_faults(rule)


def _desk_faults(rule: Rule) -> Iterator[str]:
    if ActorRole.MANAGER in rule.roles and not (rule.is_quiet or rule.follows_release or rule.desk):
        yield "words for the desk"
    if rule.desk and not (rule.desk.button and rule.desk.told):
        yield "button or effect in its words for the desk"
    if rule.desk and rule.name not in forms.FORMS:
        yield "form in submissions.forms"
    if rule.is_proposable and not (rule.desk and rule.desk.proposed):
        yield "words for proposing it"


def _producer_faults(rule: Rule) -> Iterator[str]:
    words = rule.producer
    if ActorRole.PRODUCER in rule.roles and State.DRAFT not in rule.sources and not words:
        yield "words for the producer"
    if words is None:
        return
    if not (words.button and words.title and words.effect and words.done):
        yield "button, title, effect or thanks in its words for the producer"
    if rule.name not in producer_pages_forms.FORMS:
        yield "form in submissions.producer_pages.forms"
    try:
        reverse(f"submissions:{rule.url_name}", args=["TF-0000-0000"])
    except NoReverseMatch:
        yield f"page submissions:{rule.url_name}"


@cache
def _icons() -> frozenset[str]:
    sprite = Path(str(finders.find("icons.svg"))).read_text()
    return frozenset(re.findall(r'id="i-([\w-]+)"', sprite))
