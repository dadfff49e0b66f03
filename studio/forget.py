"""What becomes of the studio of somebody who is anonymised: words, links and pictures go, codes and events stay."""

from accounts.models import Picture
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
    """Empty a person's own projects and packs, and what they typed in those of others."""
    projects, packs = Project.objects.filter(owner_id=user_id), Pack.objects.filter(owner_id=user_id)
    for rows in (projects, packs):
        Picture.objects.filter(code__in=rows.exclude(cover=None).values("cover_id")).delete()
    links = {"download_url": "", "video_url": "", "notes": ""}
    projects.filter(track=None).update(title=REMOVED)
    PublicSong.objects.filter(project__owner_id=user_id).delete()
    projects.update(artist="", album="", **links)
    packs.update(title=REMOVED, artist="", description="", **links)
    Entry.objects.filter(pack__owner_id=user_id).update(title=REMOVED, artist="")
    steps = ProjectStep.objects.filter(project__owner_id=user_id)
    steps.update(name=REMOVED, note="", assignee_name="")
    ProjectStep.objects.filter(assignee_id=user_id).update(assignee=None)
    ProjectLink.objects.filter(project__owner_id=user_id).delete()
    ProjectLink.objects.filter(added_by_id=user_id).delete()
    for crew in (ProjectCrew, PackCrew):
        crew.objects.filter(user_id=user_id).delete()
    CrewRequest.objects.filter(user_id=user_id).update(message="", parts_wanted=[], parts_given=[])
    StepTemplate.objects.filter(owner_id=user_id).delete()
    StudioSettings.objects.filter(user_id=user_id).delete()
