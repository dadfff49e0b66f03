"""Links of a project, each with what its crew should know of it."""

from typing import Any
from uuid import uuid4

from django import forms

from accounts.models import User
from kit.forms import KeyedForm
from studio.access import SeenProject
from studio.choices import Act, Level
from studio.models import ProjectLink


class LinkForm(KeyedForm):
    """A link and a message."""

    url = forms.CharField(
        label="Link",
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://", "autocomplete": "off"}),
    )
    message = forms.CharField(label="What it is", max_length=500, required=False)


def links_panel(seen: SeenProject, user: User) -> dict[str, Any]:
    """Return the links, latest first; strangers see none."""
    if seen.level < Level.VIEW:
        return {"links": [], "link_form": None}
    rows = ProjectLink.objects.filter(project=seen.project).select_related("added_by__profile")
    return {
        "links": [(link, uuid4()) for link in rows.order_by("-id")],
        "link_form": LinkForm() if seen.may(Act.ADD_LINK) and not seen.project.discarded_at else None,
    }
