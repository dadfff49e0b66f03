"""What a project fills in of the track that it becomes: title, links, and the crew with shares of 100 percent."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import Any

from accounts.models import User
from catalog.choices import CollaboratorRole
from catalog.links.players import read_link
from catalog.models import Profile, Track
from catalog.music.titles import split_mix
from catalog.tracks.track_form_set import MOST
from studio.choices import Level
from studio.models import PackCrew, Project, ProjectCrew
from studio.models.crew import Crew

WHOLE = 10_000
"""A hundred percent, in hundredths of one."""

ROLES = {
    "vocal": CollaboratorRole.VOCALIST,
    "sing": CollaboratorRole.VOCALIST,
    "harmon": CollaboratorRole.VOCALIST,
    "lyric": CollaboratorRole.WRITER,
    "writ": CollaboratorRole.WRITER,
    "remix": CollaboratorRole.REMIXER,
    "master": CollaboratorRole.MASTERING,
    "mix": CollaboratorRole.MIXING,
}
"""By how words of parts begin, the first match counts; whoever does anything else produces."""


def track_values(project: Project, track: Track | None) -> dict[str, str]:
    """Return first values of the track's form; those of a track that is there fill only what it lacks."""
    values = _links(project) | _title(project)
    if track is None:
        return values
    kept = {name for name in values if getattr(track, name)}
    return {name: value for name, value in values.items() if name not in kept}


def link_names(project: Project) -> list[str]:
    """Return the hosts of the links that were filled in."""
    found = [read_link(url) for url in _links(project).values()]
    return [each.host_name for each in found if each]


def people_rows(project: Project, profile: Profile | None) -> list[dict[str, Any]]:
    """Return the owner and everybody who works on it, with equal shares that add up to 100; none for one alone."""
    owner = {"name": _name(project.owner, profile), "role": CollaboratorRole.PRIMARY}
    if profile:
        owner["email"] = profile.contact_email
    others = [{"name": _name(each.user), "role": role_of(each.parts)} for each in _crew(project)]
    people = [owner, *others[: MOST - 1]]
    shares = equal_shares(len(people))
    return [row | {"split": share} for row, share in zip(people, shares, strict=True)] if others else []


def equal_shares(number: int) -> list[Decimal]:
    """Return that many shares in percent that add up to 100; the first one has what cannot be divided."""
    each, rest = divmod(WHOLE, number)
    return [Decimal(share).scaleb(-2) for share in (each + rest, *[each] * (number - 1))]


def role_of(parts: Sequence[str]) -> CollaboratorRole:
    """Return the role that somebody's parts in the crew speak of."""
    words = " ".join(parts).casefold().split()
    for start, role in ROLES.items():
        if any(word.startswith(start) for word in words):
            return role
    return CollaboratorRole.PRODUCER


def _title(project: Project) -> dict[str, str]:
    title = project.title
    split = split_mix(title, "")
    return {"title": split.title, "mix": split.mix} if split else {"title": title}


def _links(project: Project) -> dict[str, str]:
    """Return the newest link to music that a label can open, and one at another host."""
    pasted = project.links.order_by("-id").values_list("url", flat=True)
    read = map(read_link, [*pasted, project.download_url, project.video_url])
    links = [link for link in read if link and link.leads_to == "track"]
    found = {"audio_url": links[0].url} if links else {}
    other = next((each for each in links[1:] if each.host_name != links[0].host_name), None)
    return found | ({"backup_url": other.url} if other else {})


def _crew(project: Project) -> list[Crew]:
    """Return who edits the project or its pack, or has parts in it, each once."""
    of_project = ProjectCrew.objects.filter(project=project).select_related("user__profile").order_by("pk")
    of_pack = PackCrew.objects.filter(pack=project.pack_id).select_related("user__profile").order_by("pk")
    rows: Iterable[Crew] = chain(of_project, of_pack if project.pack_id else ())
    working = [each for each in rows if each.level >= Level.EDIT or each.parts]
    people = {each.user_id: each for each in reversed(working) if each.user_id != project.owner_id}
    return list(people.values())[::-1]


def _name(user: User, profile: Profile | None = None) -> str:
    known = profile or getattr(user, "profile", None)
    return (known.artist_name if known else "") or user.name
