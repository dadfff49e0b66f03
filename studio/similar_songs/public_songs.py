"""The names of public projects: kept by the door in the same transaction, after a rename elsewhere by a job."""

from django.db import transaction

from studio.choices import Act, Visibility
from studio.models import Project, PublicSong
from studio.similar_songs.names import artist_of, parts_of, song_name

NAMING = frozenset(
    {
        *(Act.EDIT, Act.SET_VISIBILITY, Act.DISCARD, Act.RESTORE),
        *(Act.LINK_TRACK, Act.UNLINK_TRACK, Act.MAKE_DEMO),
    }
)
"""Acts after which a project may be public under another name, or not any more."""


def keep_public_song(project: Project, act: Act) -> None:
    """Write down what a public project makes, and forget one that is public no longer. None for a private one."""
    if act not in NAMING:
        return
    is_public = project.visibility == Visibility.PUBLIC and project.discarded_at is None
    if is_public:
        _keep(project)
    elif act in (Act.SET_VISIBILITY, Act.DISCARD):
        PublicSong.objects.filter(project=project).delete()


def follow_names(user_id: int) -> None:
    """Keep the names of a person's public projects after a track or the artist was renamed; safe to repeat.

    Each project in a transaction of its own, and read once it is locked: of two renames the later one stays.
    """
    rows = Project.objects.filter(owner=user_id, visibility=Visibility.PUBLIC, discarded_at=None)
    for pk in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            Project.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)
            if found := rows.filter(owner__is_active=True, pk=pk).with_shown().first():
                _keep(found)


def _keep(project: Project) -> None:
    """Write down what a public project makes; nothing without artist or title."""
    if name := song_name(artist_of(project), project.shown_title):
        kept = {"name": name, "parts": parts_of(name)}
        PublicSong.objects.update_or_create(project=project, defaults=kept)
    else:
        PublicSong.objects.filter(project=project).delete()
