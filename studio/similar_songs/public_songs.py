"""The names of public projects, kept by the door in the same transaction."""

from studio.choices import Act, Visibility
from studio.models import Project, PublicSong
from studio.similar_songs.names import artist_of, parts_of, song_name

NAMING = frozenset({Act.EDIT, Act.SET_VISIBILITY, Act.LINK_TRACK, Act.UNLINK_TRACK, Act.DISCARD, Act.RESTORE})
"""Acts after which a project may be public under another name, or not any more."""


def keep_public_song(project: Project, act: Act) -> None:
    """Write down what a public project makes, and forget one that is public no longer. None for a private one."""
    if act not in NAMING:
        return
    is_public = project.visibility == Visibility.PUBLIC and project.discarded_at is None
    name = song_name(artist_of(project), project.shown_title) if is_public else ""
    if name:
        kept = {"name": name, "parts": parts_of(name)}
        PublicSong.objects.update_or_create(project=project, defaults=kept)
    elif is_public or act in (Act.SET_VISIBILITY, Act.DISCARD):
        PublicSong.objects.filter(project=project).delete()
