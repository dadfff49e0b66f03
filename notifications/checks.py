"""System check: every transition has an audience and the mails it needs."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from notifications.audience_table import AUDIENCES
from notifications.choices import Channel, Side
from notifications.kind_table import OF_TOPICS
from submissions.state_machine import Rule
from submissions.transition_table import RULES


@register
def transitions_have_mails(app_configs: Any, **options: Any) -> list[CheckMessage]:
    """Fail on a transition whose audience, subject or mail template is missing."""
    return [
        Error(f"The transition “{rule.name}” has no {fault}.", id="notifications.E001")
        for rule in RULES.values()
        for fault in faults_of(rule)
    ]


def faults_of(rule: Rule) -> Iterator[str]:
    """Yield what a row needs and does not have."""
    audience = AUDIENCES.get(rule.audience)
    if audience is None:
        yield f"audience “{rule.audience}” in notifications.audience_table"
        return
    yield from (
        f"kind for “{rule.topic}” on the side “{side}” in notifications.kind_table"
        for side in Side.values
        if (side, rule.topic) not in OF_TOPICS
    )
    to_producer = audience.producer | audience.confirmation
    mailed = [Channel.EMAIL in channels for channels in (to_producer, audience.team)]
    for side, subject, is_mailed in zip(("producer", "team"), rule.subjects, mailed, strict=True):
        if is_mailed and not subject:
            yield f"subject of the mail to the {side}"
    if any(mailed):
        yield from _missing_templates(rule)


def _missing_templates(rule: Rule) -> Iterator[str]:
    for kind in ("txt", "html"):
        name = f"notifications/email/{rule.name}.{kind}"
        try:
            get_template(name)
        except TemplateDoesNotExist:
            yield f"mail template {name}"
