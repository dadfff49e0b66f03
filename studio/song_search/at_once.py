"""New projects filled in without being asked for each time: a setting of the person, and what the job does."""

from uuid import NAMESPACE_OID, uuid5

from accounts.models import User
from kit.errors import WorkflowError
from sources.errors import SourceError
from sources.retries import FINAL
from studio.models import Project, StudioSettings
from studio.song_search.service import fill_at_once
from studio.song_sources import sources_on


def fills_songs(user: User) -> bool:
    """Whether this person's new projects are filled in at once. One query."""
    return StudioSettings.objects.filter(user=user, fills_songs=True).exists()


def set_fills_songs(user: User, value: bool) -> None:  # what a checkbox says
    StudioSettings.objects.update_or_create(user=user, defaults={"fills_songs": value})


def look_up_new(project_id: int) -> None:
    """Fill in a new project if its owner wants that; safe to repeat. Raises a SourceError that is worth another try."""
    project = Project.objects.current().with_shown().filter(pk=project_id).first()
    if project is None or not sources_on() or not fills_songs(project.owner):
        return
    if project.album and project.year and project.cover_id:
        return
    try:
        fill_at_once(project, key=uuid5(NAMESPACE_OID, f"studio.look_up_song {project.pk}"))
    except SourceError as error:
        if not isinstance(error, FINAL):
            raise
    except WorkflowError:  # in the bin meanwhile, or no longer theirs
        return
