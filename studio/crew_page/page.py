"""What the page of a crew shows, and the panel of it beside a project or a pack."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from kit.routes import url_for
from studio.access import SeenPack, SeenProject, pack_of, project_of
from studio.choices import Act, Level
from studio.crew_page.forms import AddForm, CrewForm, VisibilityForm
from studio.levels import level_in_pack
from studio.models import CrewRequest, Pack, PackCrew, Project, ProjectCrew
from studio.people import Person, person_of

Row = ProjectCrew | PackCrew


@dataclass(frozen=True)
class Subject:
    """A project or a pack whose crew it is, as somebody sees it."""

    seen: SeenProject | SeenPack

    @property
    def it(self) -> Project | Pack:
        return self.seen.project if isinstance(self.seen, SeenProject) else self.seen.pack

    @property
    def kind(self) -> str:
        return "project" if isinstance(self.seen, SeenProject) else "pack"

    @property
    def url(self) -> str:
        return url_for(f"studio:{self.kind}", self.it.code)

    def url_of(self, name: str, *more: int) -> str:
        """Return the address of one of the crew's pages: "crew", "crew-add" …"""
        return url_for(f"studio:{self.kind}-{name}", self.it.code, *more)


@dataclass(frozen=True)
class Member:
    """Somebody in a crew; `form` is there for who may change it."""

    row: Row
    person: Person
    form: CrewForm | None = None


def subject_of(user: User, code: str) -> Subject:
    """Return a project or pack by its code, for its crew; raises Http404, PermissionDenied for strangers."""
    seen = project_of(user, code) if code.startswith("PJ-") else pack_of(user, code)
    seen.require(Act.LEAVE)  # what everybody in its crew may
    return Subject(seen)


def crew_page_of(subject: Subject, user: User, *, forms: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return the page's context; `forms` holds those that were sent, by "add", "visibility" or a row's number."""
    sent, may_change = forms or {}, subject.seen.may(Act.ADD_CREW)
    members = list(_members(_rows(subject.it), user, sent if may_change else None))
    return {
        "subject": subject,
        "members": members,
        **_through_pack(subject, user),
        "owner": person_of(_owner(subject.it), user),
        "may_change": may_change,
        "may_leave": any(each.person.is_you for each in members),
        "add_form": sent.get("add") or AddForm(auto_id="add_%s"),
        "visibility_form": sent.get("visibility")
        or VisibilityForm(initial={"visibility": subject.it.visibility}),
        "waiting": waiting_requests(subject) if may_change else 0,
    }


def waiting_requests(subject: Subject) -> int:
    if not isinstance(subject.it, Project):
        return 0
    return CrewRequest.objects.waiting().filter(project=subject.it).count()


def _owner(it: Project | Pack) -> User:
    return User.objects.select_related("profile").get(pk=it.owner_id)


def _rows(it: Project | Pack) -> list[Row]:
    return list(it.crew.select_related("user__profile").order_by("pk"))


def _members(rows: Iterable[Row], user: User, sent: dict[str, Any] | None) -> Iterable[Member]:
    for row in rows:
        form = None if sent is None else sent.get(str(row.pk)) or change_form(row)
        yield Member(row, person_of(row.user, user), form)


def change_form(row: Row, data: Any = None) -> CrewForm:
    return CrewForm(data, initial={"level": row.level, "parts": row.parts}, auto_id=f"member-{row.pk}_%s")


def _through_pack(subject: Subject, user: User) -> dict[str, Any]:
    """Return who works on a project through its pack: the pack's crew to that crew, its owner to the project's too."""
    pack = subject.it.pack if isinstance(subject.it, Project) else None
    if pack is None:
        return {"sees_pack": False, "through_pack": [], "pack_owner": None}
    sees_pack = level_in_pack(user, pack) >= Level.VIEW
    is_told = pack.owner_id != subject.it.owner_id and (sees_pack or subject.it.owner_id == user.pk)
    return {
        "sees_pack": sees_pack,
        "through_pack": list(_members(_rows(pack), user, None)) if sees_pack else [],
        "pack_owner": person_of(_owner(pack), user) if is_told else None,
    }
