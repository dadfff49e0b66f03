"""The tags and members of a label, by the names that a query may use; kept in the process for a minute.

What is not known by its name is read again at once, so that only a name that moved on can be a minute old.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from accounts.models import User
from desk.memos.service import handle_of, member_named
from desk.models import Tag
from desk.search.vocabulary import edition
from labels.models import Label
from submissions.models import Submission


@dataclass(frozen=True)
class TeamWords:
    """`tags` are the numbers of tags, retired ones too, by name; `offered` the names of those in use."""

    tags: Mapping[str, list[int]]
    offered: tuple[str, ...]
    team: tuple[User, ...]

    def member(self, name: str) -> User | None:
        return member_named(name, self.team)

    @property
    def handles(self) -> list[tuple[str, str]]:
        """What to write for each member, with their name."""
        return [(handle_of(member, self.team), str(member)) for member in self.team]


def words_of(label: Label) -> TeamWords:
    """Return a label's words, a minute old at most. Two queries the first time."""
    return _read(label.pk, edition())


def tag_numbers(label: Label, names: tuple[str, ...]) -> list[int]:
    """Return the numbers of the tags that are called so."""
    known = words_of(label).tags
    if any(name not in known for name in names):
        forget()
        known = words_of(label).tags
    return sorted(number for name in names for number in known.get(name, ()))


def member_number(label: Label, name: str) -> int | None:
    """Return the number of the member who is meant by a name."""
    member = words_of(label).member(name)
    if member is None:
        forget()
        member = words_of(label).member(name)
    return member.pk if member else None


def opener_number(label: Label, name: str) -> int | None:
    """Return the number of who is meant among all that opened something here; the team's names go first."""
    opener = _opener(label, name)
    if opener is None:
        forget()
        opener = _opener(label, name)
    return opener.pk if opener else None


def forget() -> None:
    """Let the next question read them anew."""
    _read.cache_clear()
    _openers.cache_clear()


def _opener(label: Label, name: str) -> User | None:
    words = words_of(label)
    return words.member(name) or member_named(name, {*words.team, *_openers(label.pk, edition())})


@lru_cache(maxsize=200)
def _openers(label_id: int, _edition: int) -> tuple[User, ...]:
    """Return who opened something here, whether or not they still belong to it. Two queries, each by an index."""
    opened = Submission.objects.filter(label_id=label_id, opened_by__isnull=False).order_by()
    return tuple(User.objects.filter(pk__in=list(opened.values_list("opened_by", flat=True).distinct())))


@lru_cache(maxsize=200)
def _read(label_id: int, _edition: int) -> TeamWords:
    tags: dict[str, list[int]] = {}
    offered = []
    for tag in Tag.objects.filter(label=label_id).order_by("id"):
        tags.setdefault(tag.name.casefold(), []).append(tag.pk)
        if tag.retired_at is None:
            offered.append(tag.name)
    team = User.objects.filter(memberships__label=label_id, is_active=True).order_by("name", "email")
    return TeamWords(tags, tuple(sorted(offered, key=str.casefold)), tuple(team))
