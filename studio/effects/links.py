"""Links of a project."""

from typing import Any

from django.core.exceptions import ValidationError

from kit.forms import need_short
from studio.effects.context import Context
from studio.effects.facts import need_link
from studio.errors import Gone, NotPossible
from studio.models import ProjectLink

MOST_LINKS = 50


def add_link(context: Context, *, url: str, message: str = "") -> dict[str, Any]:
    if context.project.links.count() >= MOST_LINKS:
        raise ValidationError({"url": f"A project can have at most {MOST_LINKS} links."})
    if context.user is None:
        raise NotPossible("Somebody has to add it.")
    words = need_short("message", message, 500)
    link = ProjectLink.objects.create(
        project=context.project, url=need_link("url", url), message=words, added_by=context.user
    )
    return {"link": link.pk}


def remove_link(context: Context, *, link: int) -> dict[str, Any]:
    removed, _ = context.project.links.filter(pk=link).delete()
    if not removed:
        raise Gone("link")
    return {"link": link}
