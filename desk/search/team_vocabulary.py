"""The tags and members of a label, by the names that a query may use; cached in the process for a minute.

Unknown names are read again at once, so that only a renamed one can be a minute old.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from accounts.models import User
from catalog.music.known_genres import cache_period
from desk.memos.service import handles_of, member_named
from desk.models import Tag
from kit.query.values import name as plain_name
from kit.text_comparison import folded_name
from labels.models import Label
from submissions.models import Submission


@dataclass(frozen=True)
class TeamVocabulary:
    """`tags` are the ids of all tags by name, and by folded name; `tag_names` the names of those not retired."""

    tags: Mapping[str, list[int]]
    folded_tags: Mapping[str, list[int]]
    tag_names: tuple[str, ...]
    team: tuple[User, ...]

    def tag_ids(self, name: str) -> list[int]:
        """Return the ids of the tags with this name, or else of those that fold to the same."""
        return self.tags.get(name) or self.folded_tags.get(folded_name(name), [])

    def member(self, name: str) -> User | None:
        return member_called(name, self.team)

    @cached_property
    def handles(self) -> list[tuple[str, str]]:
        """The handle of each member, with their name."""
        return [(handle, str(member)) for member, handle in handles_of(self.team).items()]


def vocabulary_of(label: Label) -> TeamVocabulary:
    """Return a label's tags and members. Two queries where not cached."""
    return _read(label.pk, cache_period())


def tag_ids(label: Label, names: tuple[str, ...]) -> list[int]:
    """Return the ids of the tags with these names."""
    if not all(map(vocabulary_of(label).tag_ids, names)):
        clear_cache()
    known = vocabulary_of(label)
    return sorted({tag_id for name in names for tag_id in known.tag_ids(name)})


def member_id(label: Label, name: str) -> int | None:
    """Return the id of the member with this name."""
    member = vocabulary_of(label).member(name)
    if member is None:
        clear_cache()
        member = vocabulary_of(label).member(name)
    return member.pk if member else None


def opener_id(label: Label, name: str) -> int | None:
    """Return the id of whoever opened something here and has this name; members go first."""
    opener = _opener(label, name)
    if opener is None:
        clear_cache()
        opener = _opener(label, name)
    return opener.pk if opener else None


def clear_cache() -> None:
    """Read everything again on the next call."""
    _read.cache_clear()
    _openers.cache_clear()


def member_called(name: str, members: Iterable[User]) -> User | None:
    """Return the member that a name identifies, however it is typed; None if there is none or more than one."""
    members = list(members)
    if found := member_named(name, members):
        return found
    same = [member for member in members if folded_name(member.name) == folded_name(name)]
    return same[0] if len(same) == 1 else None


def _opener(label: Label, name: str) -> User | None:
    vocabulary = vocabulary_of(label)
    return vocabulary.member(name) or member_called(
        name, {*vocabulary.team, *_openers(label.pk, cache_period())}
    )


@lru_cache(maxsize=200)
def _openers(label_id: int, _period: int) -> tuple[User, ...]:
    """Return who opened something here, former members included. Two queries, each by an index."""
    opened = Submission.objects.filter(label_id=label_id, opened_by__isnull=False).order_by()
    return tuple(User.objects.filter(pk__in=list(opened.values_list("opened_by", flat=True).distinct())))


@lru_cache(maxsize=200)
def _read(label_id: int, _period: int) -> TeamVocabulary:
    tags: dict[str, list[int]] = {}
    folded: dict[str, list[int]] = {}
    tag_names = []
    for tag in Tag.objects.filter(label=label_id).order_by("id"):
        tags.setdefault(plain_name(tag.name), []).append(tag.pk)
        folded.setdefault(folded_name(tag.name), []).append(tag.pk)
        if tag.retired_at is None:
            tag_names.append(tag.name)
    team = User.objects.filter(memberships__label=label_id, is_active=True).order_by("name", "email")
    return TeamVocabulary(tags, folded, tuple(sorted(tag_names, key=str.casefold)), tuple(team))
