"""What is locked before something is done: the pack first, then the project; whoever makes something before both."""

from dataclasses import dataclass

from accounts.models import User
from studio.errors import NotAllowed, NotPossible
from studio.models import Pack, Project


@dataclass(frozen=True)
class Subject:
    """A project or a pack, locked; of a project in a pack the pack is locked too, and first."""

    project: Project | None
    pack: Pack | None

    @property
    def it(self) -> Project | Pack:
        found = self.project or self.pack
        assert found
        return found


def lock(subject: Project | Pack) -> Subject:
    """Lock a project or pack until the transaction ends; of a project in a pack the pack first. Raises NotPossible."""
    if isinstance(subject, Pack):
        return Subject(None, Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=subject.pk))
    pack_id = Project.objects.values_list("pack", flat=True).get(pk=subject.pk)
    pack = Pack.objects.select_for_update(no_key=True, of=("self",)).get(pk=pack_id) if pack_id else None
    rows = Project.objects.select_related("track").select_for_update(no_key=True, of=("self",))
    project = rows.get(pk=subject.pk)
    if project.pack_id != pack_id:
        raise NotPossible("It was moved to another pack meanwhile. Reload the page.")
    project.pack = pack
    return Subject(project, pack)


def lock_maker(user: User) -> None:
    """Let one person make one thing at a time, so that a form that is sent twice at once makes it once."""
    if (
        not User.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk=user.pk, is_active=True)
        .exists()
    ):
        raise NotAllowed("This account is closed.")
