"""The crew in short, beside a project or a pack."""

from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, JSONObject

from accounts.models import User
from studio.access import SeenPack, SeenProject
from studio.choices import Act, Level
from studio.crew_page.page import Subject
from studio.models import CrewRequest, PackCrew, Project, ProjectCrew
from studio.names import NOBODY

S = TypeVar("S", bound=QuerySet[Any])


@dataclass(frozen=True)
class Panel:
    """Names, pictures and parts of a crew; `waiting` requests ask its owner to join."""

    subject: Subject
    members: list[dict[str, Any]]
    waiting: int

    @property
    def may_change(self) -> bool:
        return self.subject.seen.may(Act.ADD_CREW)


def with_crew(rows: S) -> S:
    """Return projects or packs with what their panels say, for which they then need no query."""
    is_project = rows.model is Project
    crew: Any = ProjectCrew.objects.filter(project=OuterRef("pk"))
    if not is_project:
        crew = PackCrew.objects.filter(pack=OuterRef("pk"))
    said = JSONObject(
        artist="user__profile__artist_name",
        account="user__name",
        picture="user__profile__avatar",
        parts="parts",
    )
    shown = ArraySubquery(crew.order_by("pk").values_list(said))
    waiting = CrewRequest.objects.waiting().filter(project=OuterRef("pk"))
    count = Subquery(waiting.order_by().values("project").annotate(many=Count("pk")).values("many"))
    return rows.annotate(crew_shown=shown, waiting=Coalesce(count if is_project else Value(0), 0))


def crew_panel(seen: SeenProject | SeenPack, user: User) -> dict[str, Any]:
    """Return the panel, none for strangers. One query, none for what was read `with_crew`."""
    if seen.level < Level.VIEW:
        return {"crew_panel": None}
    subject = Subject(seen)
    it: Any = subject.it
    if not hasattr(it, "crew_shown"):
        it = with_crew(type(it)._default_manager.all()).get(pk=it.pk)
    members = [
        {**each, "name": each["artist"] or each["account"] or NOBODY, "picture": each["picture"] or ""}
        for each in it.crew_shown
    ]
    return {"crew_panel": Panel(subject, members, it.waiting if seen.may(Act.ADD_CREW) else 0)}
