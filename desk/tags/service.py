"""Tags on submissions. The only writer of `Tag` and of `Submission.team_tags`.

Callers check the role: reviewers and up add and remove, managers edit the tags. All raise NotPossible for what
cannot be done now.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Tag
from desk.search import team_vocabulary
from kit.clock import now
from labels.access import require_writable
from labels.models import Label
from submissions.errors import NotPossible
from submissions.models import Submission

Kind = Activity.Kind

MOST = 100
"""How many tags a label may use at once."""
MOST_ON_ONE = 12


@transaction.atomic
def add(submission: Submission, tag: Tag, *, actor: User) -> bool:
    """Add a tag to a submission; return whether it is new there."""
    fresh = Submission.objects.locked(submission.pk)
    require_writable(fresh.label)
    if tag.pk in fresh.team_tags:
        return False
    _refuse_on(fresh, tag)
    return _save_tags(fresh, {*fresh.team_tags, tag.pk}, Kind.TAGGED, tag, actor)


@transaction.atomic
def remove(submission: Submission, tag: Tag, *, actor: User) -> bool:
    """Remove a tag, also a retired one; return whether it was there."""
    fresh = Submission.objects.locked(submission.pk)
    require_writable(fresh.label)
    if tag.pk not in fresh.team_tags:
        return False
    return _save_tags(fresh, {*fresh.team_tags} - {tag.pk}, Kind.UNTAGGED, tag, actor)


@transaction.atomic
def add_named(submission: Submission, *, name: str, hue: str, actor: User) -> Tag:
    """Add the tag of this name to a submission; create it in this colour if the label has none."""
    tag = named(submission.label, name=name, hue=hue, actor=actor)
    add(submission, tag, actor=actor)
    return tag


def named(label: Label, *, name: str, hue: str, actor: User) -> Tag:
    """Return the label's tag of this name; create it in this colour if there is none."""
    tag = Tag.objects.of(label).filter(name__iexact=name).first()
    return tag or create(label, name=name, hue=hue, actor=actor)


def create(label: Label, *, name: str, hue: str, actor: User) -> Tag:
    """Create a tag, or restore the retired one of this name in this colour.

    Raises ValidationError for a name in use (on its field) and when the label has too many.
    """
    with _locked(label):
        known = Tag.objects.filter(label=label, name__iexact=name).order_by("-retired_at", "id").first()
        if known and known.retired_at is None:
            raise _name_taken(known)
        tag = known or Tag(label=label)
        tag.name, tag.hue = name, hue
        _use(tag, actor)
    return tag


def rename(tag: Tag, *, name: str, actor: User) -> Tag:
    """Rename a tag everywhere; raises ValidationError for the name of another one."""
    with _locked(tag.label):
        fresh = _fresh(tag)
        other = Tag.objects.filter(label=tag.label, name__iexact=name).exclude(pk=tag.pk).first()
        if other:
            raise _name_taken(other)
        if fresh.name != name:
            _log(Kind.TAG_RENAMED, tag, actor, tag=name, was=fresh.name)
            fresh.name = name
            fresh.save(update_fields=["name"])
    return fresh


def recolour(tag: Tag, *, hue: str, actor: User) -> Tag:
    """Give a tag another colour."""
    with _locked(tag.label):
        fresh = _fresh(tag)
        if fresh.hue != hue:
            fresh.hue = hue
            fresh.save(update_fields=["hue"])
            _log(Kind.TAG_RECOLOURED, fresh, actor, tag=fresh.name, hue=hue)
    return fresh


def retire(tag: Tag, *, actor: User) -> Tag:
    """Retire a tag: it can no longer be added, but stays where it is until removed."""
    with _locked(tag.label):
        fresh = _fresh(tag)
        if fresh.retired_at is None:
            fresh.retired_at = now()
            fresh.save(update_fields=["retired_at"])
            _log(Kind.TAG_RETIRED, fresh, actor, tag=fresh.name)
    return fresh


def restore(tag: Tag, *, actor: User) -> Tag:
    """Restore a retired tag; raises ValidationError when the label has too many."""
    with _locked(tag.label):
        fresh = _fresh(tag)
        if fresh.retired_at:
            _use(fresh, actor)
    return fresh


def _use(tag: Tag, actor: User) -> None:
    """Save a new or retired tag as one in use."""
    if Tag.objects.of(tag.label).count() >= MOST:
        raise ValidationError(f"{tag.label} uses {MOST} tags, the most there can be. Retire one first.")
    kind = Kind.TAG_RESTORED if tag.retired_at else Kind.TAG_MADE
    tag.retired_at = None
    tag.save()
    _log(kind, tag, actor, tag=tag.name)


def _refuse_on(submission: Submission, tag: Tag) -> None:
    fresh = _fresh(tag)
    if fresh.label_id != submission.label_id:
        raise NotPossible("This tag belongs to another label.")
    if fresh.retired_at:
        raise NotPossible(f"“{fresh.name}” is retired and can no longer be added.")
    if len(submission.team_tags) >= MOST_ON_ONE:
        raise NotPossible(f"It has {MOST_ON_ONE} tags, the most there can be. Remove one first.")


def _save_tags(submission: Submission, tags: set[int], kind: Activity.Kind, tag: Tag, actor: User) -> bool:
    Submission.objects.filter(pk=submission.pk).update(team_tags=sorted(tags))
    log.write(kind, label=submission.label, submission=submission, actor=actor, tag=tag.name)
    return True


def _fresh(tag: Tag) -> Tag:
    return Tag.objects.select_related("label").get(pk=tag.pk)


def _name_taken(tag: Tag) -> ValidationError:
    hint = ", which is retired: bring it back instead" if tag.retired_at else ""
    return ValidationError({"name": f"There already is a tag called “{tag.name}”{hint}."}, code="taken")


def _log(kind: Activity.Kind, about: Tag, actor: User, **details: Any) -> None:
    log.write(kind, label=about.label, actor=actor, **details)


@contextmanager
def _locked(label: Label) -> Iterator[None]:
    """Lock a writable label while its tags change; forget this process's cached tags afterwards."""
    with transaction.atomic():
        require_writable(Label.objects.select_for_update(no_key=True, of=("self",)).get(pk=label.pk))
        yield
        transaction.on_commit(team_vocabulary.clear_cache)
