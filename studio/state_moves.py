"""Several projects moved to another state at once: each by itself, through the door."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import User
from kit import codes
from kit.errors import NotAllowed, NotPossible
from studio.actions import perform
from studio.choices import Act, State
from studio.errors import NotVisible
from studio.models import Project

MOST = 200
"""Most projects at once."""
MOST_SAID = 5
"""Of how many it is said why they were not moved."""


@dataclass(frozen=True)
class Pick:
    """A project, the state in which the page showed it, and where it goes."""

    code: str
    seen: State
    target: State


@dataclass
class Moved:
    """Where what was moved went, and why others were not moved, by title."""

    done: dict[str, State] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    forbidden: dict[str, str] = field(default_factory=dict)

    def require_some(self) -> None:
        """Raise Http404 if they saw none of them, PermissionDenied if they may move none of them."""
        if self.done or self.left:
            return
        if not self.forbidden:
            raise Http404
        sentence = next(iter(self.forbidden.values()))
        raise PermissionDenied(sentence) from NotAllowed(sentence)

    @property
    def words(self) -> str:
        """All of it as sentences."""
        said = []
        if self.done:
            what = f"“{next(iter(self.done))}”" if len(self.done) == 1 else f"{len(self.done)} projects"
            where = {state.label for state in self.done.values()}
            said.append(f"Moved {what} to {where.pop()}." if len(where) == 1 else f"Moved {what}.")
        left = [*self.left.items(), *self.forbidden.items()]
        said += [f"“{title}” was not moved: {why}" for title, why in left[:MOST_SAID]]
        if len(left) > MOST_SAID:
            said.append(f"{len(left) - MOST_SAID} more were not moved.")
        return " ".join(said)


def read_pick(typed: str, target: str) -> Pick:
    """Read "PJ-….planned". Raises ValueError."""
    code, _, seen = typed.partition(".")
    return Pick(codes.normalise("PJ", code), State(seen), State(target))


def read_step(typed: str, by: int) -> Pick:
    """Read the same for one that goes on (1) or back (-1) to the state next to that shown. Raises ValueError."""
    pick, states = read_pick(typed, State.PLANNED), list(State)
    at = states.index(pick.seen) + by
    return replace(pick, target=states[min(max(at, 0), len(states) - 1)])


def move(user: User, picks: Sequence[Pick], *, key: UUID) -> Moved:
    """Move projects, as far as the person may and nobody was faster. A repeated `key` moves none again."""
    moved, asked = Moved(), {each.code: each for each in picks[:MOST]}
    for project in Project.objects.select_related("track").filter(code__in=asked).order_by("pk"):
        pick, title = asked[project.code], project.shown_title
        details = {"state": pick.target.value, "seen": pick.seen.value}
        try:
            perform(project, Act.SET_STATE, user=user, key=uuid5(key, project.code), **details)
        except NotVisible:
            continue
        except NotAllowed as refusal:
            moved.forbidden[title] = str(refusal)
        except NotPossible as refusal:
            moved.left[title] = str(refusal)
        else:
            moved.done[title] = pick.target
    return moved
