"""Title, state, visibility and track of a project; the facts of a pack."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Picture
from catalog.models import Track
from kit.forms import need_short
from kit.urls import split_url
from studio.choices import Level, PackKind, State, Visibility
from studio.effects.context import Context
from studio.effects.places import leave_pack
from studio.errors import NotAllowed, NotPossible
from studio.models import Pack, Project
from studio.models.pack import HIGHEST_PRIORITY, LOWEST_PRIORITY

LENGTHS = {"title": 150, "artist": 200, "album": 150, "notes": 5000, "description": 5000}
LINKS = ("download_url", "video_url")
OF_PROJECT = ("title", "artist", "album", "year", "notes", "is_optional", *LINKS)
OF_PACK = ("kind", "title", "artist", "series_number", "priority", "description", "notes", *LINKS)
FIRST_YEAR, LAST_YEAR = 1900, 2999


def project_facts(given: Mapping[str, Any], *, has_track: bool = False) -> dict[str, Any]:
    """Return a project's facts as they are stored. Raises ValidationError by field."""
    facts = _facts(given, OF_PROJECT)
    if has_track and {"title", "artist"} & facts.keys():
        raise ValidationError({"title": "Title and artist come from the linked track. Change them there."})
    if not has_track and not facts.get("title", "x"):
        raise ValidationError({"title": "Give it a title, even a working one."})
    year = facts.get("year")
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError({"year": f"The year must be between {FIRST_YEAR} and {LAST_YEAR}."})
    return facts


def pack_facts(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a pack's facts as they are stored. Raises ValidationError by field."""
    facts = _facts(given, OF_PACK)
    if facts.get("kind", PackKind.PACK) not in PackKind.values:
        raise ValidationError({"kind": "Choose a kind."})
    if not HIGHEST_PRIORITY <= facts.get("priority", LOWEST_PRIORITY) <= LOWEST_PRIORITY:
        raise ValidationError(
            {"priority": f"Choose a priority from {HIGHEST_PRIORITY} to {LOWEST_PRIORITY}."}
        )
    return facts


def edit(context: Context, **given: Any) -> dict[str, Any]:
    """Change the facts that are given; the rest stays. An `isrc` is that of the project's track."""
    it, isrc = context.it, given.pop("isrc", "")
    facts = (
        project_facts(given, has_track=it.track_id is not None)
        if isinstance(it, Project)
        else pack_facts(given)
    )
    if isinstance(it, Project) and facts.get("is_optional") and it.pack_id is None:
        raise ValidationError({"is_optional": "Only a project in a pack can be optional."})
    if isinstance(it, Pack) and facts.get("kind", it.kind) != PackKind.SERIES:
        facts["series_number"] = None
    changed = sorted(name for name, value in facts.items() if getattr(it, name) != value)
    _save(it, **{name: facts[name] for name in changed})
    return {"fields": [*changed, *_set_isrc(context, isrc)]}


def _set_isrc(context: Context, isrc: str) -> list[str]:
    """Give the project's track this ISRC, if one is given; return what changed. Raises NotAllowed."""
    if not isrc:
        return []
    track = context.project.track
    if track is None or context.user is None or track.owner_id != context.user.pk:
        raise NotAllowed("Only the track’s owner can change its ISRC.")
    return ["isrc"] if Track.objects.filter(pk=track.pk).exclude(isrc=isrc).update(isrc=isrc) else []


def set_cover(context: Context, *, picture: Picture | None = None) -> dict[str, Any]:
    """Show this picture, or none; the one before is deleted."""
    before = context.it.cover
    if before is None and picture is None:
        raise NotPossible("There is no cover to remove.")
    _save(context.it, cover=picture)
    if before:
        before.delete()
    return {"has_cover": picture is not None}


def set_state(context: Context, *, state: str, seen: str = "") -> dict[str, Any]:
    """Move a project to any other state; `seen` is the one that the page showed, "" if it says none."""
    project, before = context.project, context.project.state
    if state not in State.values:
        raise ValidationError({"state": "Choose a state."})
    if seen and seen != before and state != before:
        raise NotPossible(f"Somebody moved it to “{project.get_state_display()}” meanwhile.")
    if state == before:
        raise NotPossible(f"It is already “{project.get_state_display()}”.")
    _save(project, state=state, released_at=context.now if state == State.RELEASED else None)
    return {"before": before, "state": state}


def set_visibility(context: Context, *, visibility: str) -> dict[str, Any]:
    if visibility not in Visibility.values:
        raise ValidationError({"visibility": "Choose who can see it."})
    _save(context.it, visibility=visibility)
    return {"visibility": visibility}


def link_track(context: Context, *, track: Track) -> dict[str, Any]:
    """Let a track of one's own be what the project makes: title and artist are the track's from now on."""
    project = context.project
    if track.owner_id != project.owner_id or context.level < Level.OWN:
        raise NotAllowed("Only the owner’s own tracks can be linked.")
    if project.track_id:
        raise NotPossible("It is already linked to a track.")
    if Project.objects.filter(track=track).exists():
        raise NotPossible("Another project is already linked to this track.")
    _save(project, track=track, title="", artist="")
    return {"track": track.code}


def unlink_track(context: Context) -> dict[str, Any]:
    """Separate a project from its track; it keeps the title that it showed, as far as there is room."""
    project = context.project
    if project.track is None:
        raise NotPossible("It is not linked to a track.")
    code = project.track.code
    _save(project, title=project.shown_title[: LENGTHS["title"]], track=None)
    return {"track": code}


def discard(context: Context) -> dict[str, Any]:
    if context.it.discarded_at:
        raise NotPossible("It is already in the bin.")
    if isinstance(context.it, Pack) and context.it.projects.current().exists():
        raise NotPossible("Remove its projects from the pack first.")
    _save(context.it, discarded_at=context.now)
    return {}


def restore(context: Context) -> dict[str, Any]:
    """Take it out of the bin; a project whose pack is in the bin leaves that, for its owner may not restore it."""
    it = context.it
    if not it.discarded_at:
        raise NotPossible("It is not in the bin.")
    left = leave_pack(it) if isinstance(it, Project) and it.pack and it.pack.discarded_at else {}
    _save(it, discarded_at=None)
    return left


def _facts(given: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, Any]:
    facts = dict(given)
    if unknown := facts.keys() - set(known):
        raise TypeError(f"no such fact: {', '.join(sorted(unknown))}")
    for name, length in LENGTHS.items():
        if name in facts:
            facts[name] = need_short(name, facts[name], length)
    for name in LINKS:
        if facts.get(name):
            facts[name] = need_link(name, facts[name])
    return facts


def need_link(name: str, url: str) -> str:
    """Return an https address. Raises ValidationError beside its field."""
    try:
        parts = split_url(url.strip())
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 2000:
        raise ValidationError({name: "Paste the full link, starting with https://."})
    return url.strip()


def _save(it: Project | Pack, **values: Any) -> None:
    for name, value in values.items():
        setattr(it, name, value)
    if values:
        it.save(update_fields=list(values))
