"""The pages of a label's reply templates: the list and a template's form."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from labels.access import Desk
from labels.choices import ReplyPurpose
from labels.models import ReplyTemplate
from labels.reply_templates import PLACEHOLDERS, fill_placeholders, refuse_unknown
from submissions.choices import Reason, State, Welcome
from submissions.models import Submission
from submissions.reply_templates import values_of
from workspace.access import common_context
from workspace.reply_templates.forms import ReplyTemplateForm

EXAMPLE_DEMO = {
    "reference": "TF-4K7Q-9XMD",
    "title": "Tides",
    "artist": "Mara Lindqvist",
    "state": State.IN_REVIEW,
}


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list."""

    template: ReplyTemplate
    lines: list[tuple[str, str]]


@dataclass(frozen=True)
class Sample:
    """A filled template; `about` names the demo it is filled for, `fault` an error in the text."""

    text: str
    about: str
    fault: str = ""


def list_page_of(desk: Desk) -> dict[str, Any]:
    """Return the context of the list, by outcome. One query."""
    templates = list(ReplyTemplate.objects.of(desk.label))
    groups = [(each, [row_of(one) for one in templates if one.outcome == each]) for each in ReplyPurpose]
    return {**common_context(desk), "groups": groups, "total": len(templates)}


def form_page_of(desk: Desk, form: ReplyTemplateForm, *, user: User) -> dict[str, Any]:
    """Return the context of a template's form with its sample."""
    template = form.instance
    text = form["text"].value() or ""
    return {
        **common_context(desk),
        "form": form,
        "template": template,
        "outcome": ReplyPurpose(template.outcome),
        "placeholders": [(f"{{{name}}}", words) for name, words in PLACEHOLDERS.items()],
        "sample": sample_of(desk, text.replace("\r\n", "\n"), user=user),
    }


def row_of(template: ReplyTemplate) -> TemplateRow:
    values = [("Reason", Reason, template.reason), ("Welcome next", Welcome, template.welcome)]
    return TemplateRow(template, [(name, choices(value).label) for name, choices, value in values if value])


def sample_of(desk: Desk, text: str, *, user: User) -> Sample:
    """Return a text filled for the latest demo this member may see, or for an example. One query."""
    latest = Submission.objects.at_desk(user, desk.label).order_by("-submitted_at", "-pk").first()
    demo = latest or Submission(**EXAMPLE_DEMO)
    demo.label = desk.label
    about = f"“{demo.shown_title}” by {demo.artist or 'its artist'}" + ("" if latest else ", an example")
    try:
        refuse_unknown(text)
    except ValidationError as error:
        return Sample(fill_placeholders(text, values_of(demo, user=user)), about, " ".join(error.messages))
    return Sample(fill_placeholders(text, values_of(demo, user=user)), about)
