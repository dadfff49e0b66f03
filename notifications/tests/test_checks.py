"""The system check that each transition can be told to whom it names."""

from dataclasses import replace
from typing import Any

import pytest
from django.template import TemplateDoesNotExist

from notifications import checks
from notifications.checks import faults_of, transitions_have_mails
from submissions.transition_table import RULES


def test_every_transition_can_be_told() -> None:
    assert transitions_have_mails(None) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"audience": "everybody"}, "audience “everybody” in notifications.audience_table"),
        ({"subjects": ("", "More time")}, "subject of the mail to the producer"),
        ({"subjects": ("More time", "")}, "subject of the mail to the team"),
    ],
)
def test_row_that_tells_nobody_or_nothing_is_an_error(changed: dict[str, Any], fault: str) -> None:
    assert list(faults_of(replace(RULES["extend"], **changed))) == [fault]


def test_row_about_nothing_that_people_can_set_is_an_error() -> None:
    faults = list(faults_of(replace(RULES["extend"], topic="weather")))
    assert faults == [
        f"kind for “weather” on the side “{side}” in notifications.kind_table"
        for side in ("team", "producer")
    ]


def test_mail_without_a_template_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str) -> None:
        if name.startswith("notifications/email/rescind."):
            raise TemplateDoesNotExist(name)

    monkeypatch.setattr(checks, "get_template", find)
    errors = transitions_have_mails(None)
    assert [error.msg for error in errors] == [
        f"The transition “rescind” has no mail template notifications/email/rescind.{kind}."
        for kind in ("txt", "html")
    ]
