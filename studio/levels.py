"""Who may see and do what: the one answer for the door and for every page."""

from accounts.models import User
from studio.choices import Level, Visibility
from studio.models import Pack, PackCrew, Project, ProjectCrew


def level_in_pack(user: User, pack: Pack) -> Level:
    """Return what somebody may do with a pack. One query unless it is their own."""
    if pack.owner_id == user.pk:
        return Level.OWN
    found = PackCrew.objects.filter(pack=pack, user=user).values_list("level", flat=True).first()
    return Level(found or _as_everybody(pack))


def level_in_project(user: User, project: Project) -> Level:
    """Return what somebody may do with a project: their own level there, or that in its pack if it is higher.

    Whoever may view a pack views its projects, who edits it edits them. Three queries at most.
    """
    if project.owner_id == user.pk:
        return Level.OWN
    found = ProjectCrew.objects.filter(project=project, user=user).values_list("level", flat=True).first()
    own = Level(found or _as_everybody(project))
    if own >= Level.EDIT or project.pack is None:
        return own
    in_pack = min(level_in_pack(user, project.pack), Level.EDIT)
    return max(own, in_pack) if in_pack >= Level.VIEW else own


def _as_everybody(subject: Project | Pack) -> Level:
    is_public = subject.visibility == Visibility.PUBLIC and subject.discarded_at is None
    return Level.SEE if is_public else Level.NONE
