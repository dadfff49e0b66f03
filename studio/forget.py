"""What becomes of the studio of somebody who is anonymised: words, links and pictures go, codes and events stay."""

from django.db.models import QuerySet

from accounts.models import Picture
from catalog.models import Track
from studio.choices import RequestState
from studio.models import (
    CrewRequest,
    Entry,
    Pack,
    PackCrew,
    Project,
    ProjectCrew,
    ProjectLink,
    ProjectStep,
    PublicSong,
    StepTemplate,
    StudioSettings,
)

REMOVED = "(removed)"


def forget(user_id: int) -> None:
    """Empty a person's own projects and packs, and what they typed in those of others.

    Locks packs before projects, as the door does.
    """
    projects, packs = Project.objects.filter(owner_id=user_id), Pack.objects.filter(owner_id=user_id)
    links = {"download_url": "", "video_url": "", "notes": ""}
    _drop_covers(packs)
    packs.update(title=REMOVED, artist="", description="", **links)
    Entry.objects.filter(pack__owner_id=user_id).update(title=REMOVED, artist="")
    _drop_covers(projects)
    PublicSong.objects.filter(project__owner_id=user_id).delete()
    _delete_unsent_tracks(projects)
    projects.filter(track=None).update(title=REMOVED)
    projects.update(artist="", album="", **links)
    steps = ProjectStep.objects.filter(project__owner_id=user_id)
    steps.update(name=REMOVED, note="", assignee_name="")
    ProjectStep.objects.filter(assignee_id=user_id).update(assignee=None)
    ProjectLink.objects.filter(project__owner_id=user_id).delete()
    ProjectLink.objects.filter(added_by_id=user_id).delete()
    _forget_crews(user_id)
    StepTemplate.objects.filter(owner_id=user_id).delete()
    StudioSettings.objects.filter(user_id=user_id).delete()


def _drop_covers(rows: QuerySet[Project] | QuerySet[Pack]) -> None:
    Picture.objects.filter(code__in=rows.exclude(cover=None).values("cover_id")).delete()


def _delete_unsent_tracks(projects: QuerySet[Project]) -> None:
    """Separate projects from tracks that no label was sent, and delete these; those that were sent stay, emptied."""
    unsent = projects.filter(track__isnull=False, track__submissions=None)
    tracks = list(unsent.values_list("track", flat=True))
    projects.filter(track__in=tracks).update(track=None, title=REMOVED)
    Track.objects.filter(pk__in=tracks).delete()


def _forget_crews(user_id: int) -> None:
    """Leave crews, withdraw what waits for an answer, and empty parts and messages that they typed."""
    for crew, subject in ((ProjectCrew, "project"), (PackCrew, "pack")):
        crew._default_manager.filter(user_id=user_id).delete()
        crew._default_manager.filter(**{f"{subject}__owner_id": user_id}).update(parts=[])
    own = CrewRequest.objects.filter(user_id=user_id)
    own.update(message="", parts_wanted=[], parts_given=[])
    own.filter(state=RequestState.PENDING).update(state=RequestState.WITHDRAWN)
    CrewRequest.objects.filter(project__owner_id=user_id).update(parts_given=[])
