"""Access to projects and packs for pages. Fetching is authorising.

Who may not see one gets 404, who may see it but not do an act 403. While `STUDIO` is off no address is there at all.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from studio.act_table import PACK, PROJECT, RULES
from studio.choices import Act, Level
from studio.errors import REFUSALS, NotAllowed
from studio.levels import level_in_pack, level_in_project
from studio.models import Pack, Project
from studio.models.project import ProjectQuerySet


@dataclass(frozen=True)
class SeenProject:
    """A project as one person sees it."""

    project: Project
    level: Level

    def may(self, act: Act) -> bool:
        rule = RULES[act]
        return PROJECT in rule.on and self.level >= rule.level

    def require(self, act: Act) -> None:
        """Raise PermissionDenied (403) with the reason for who may not do this."""
        if not self.may(act):
            _refuse(act)


@dataclass(frozen=True)
class SeenPack:
    """A pack as one person sees it."""

    pack: Pack
    level: Level

    def may(self, act: Act) -> bool:
        rule = RULES[act]
        return PACK in rule.on and self.level >= rule.level

    def require(self, act: Act) -> None:
        """Raise PermissionDenied (403) with the reason for who may not do this."""
        if not self.may(act):
            _refuse(act)


def project_of(user: User, code: str, *, rows: ProjectQuerySet | None = None) -> SeenProject:
    """Return a project that a person may see, of `rows` if given; Http404 for everyone else. Four queries at most."""
    found = (rows if rows is not None else Project.objects.all()).with_shown().filter(code=code).first()
    level = level_in_project(user, found) if found else Level.NONE
    if found is None or level == Level.NONE:
        raise Http404
    return SeenProject(found, level)


def pack_of(user: User, code: str, *, rows: QuerySet[Pack] | None = None) -> SeenPack:
    """Return a pack that a person may see, of `rows` if given; Http404 for everyone else. Two queries at most."""
    found = (
        (rows if rows is not None else Pack.objects.all()).select_related("owner").filter(code=code).first()
    )
    level = level_in_pack(user, found) if found else Level.NONE
    if found is None or level == Level.NONE:
        raise Http404
    return SeenPack(found, level)


def _refuse(act: Act) -> None:
    sentence = REFUSALS[RULES[act].level]
    raise PermissionDenied(sentence) from NotAllowed(sentence)
