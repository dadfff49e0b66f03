"""Access to recordings: who reads a shelf and who changes what stands on it. Fetching is authorising.

Viewers and up read their label's shelves, managers and up change them; a person does both on their own. Who may not
see a shelf gets 404, who may see but not change it 403. While `SHELVES` is empty no address is there at all.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from accounts.models import User
from kit.errors import NotAllowed
from labels.access import TwoFactorsNeeded, can_manage, memberships_of, read_only_because
from labels.choices import Role
from recordings.models import Recording, Shelf

READERS = "Only managers and owners change recordings."


@dataclass(frozen=True)
class SeenShelf:
    """A shelf as one person sees it; `refusal` says why they cannot change what stands there, "" if they can."""

    shelf: Shelf
    refusal: str

    @property
    def may_change(self) -> bool:
        return not self.refusal

    def require_change(self) -> None:
        """Raise PermissionDenied (403) with the reason for who only reads."""
        if self.refusal:
            raise PermissionDenied(self.refusal) from NotAllowed(self.refusal)


def shelves_of(user: User) -> list[SeenShelf]:
    """Return the shelves that a person may see, their own first, then by label and name. One or two queries.

    Raises Http404 if there are none.
    """
    roles = {each.label_id: Role(each.role) for each in memberships_of(user) if not each.is_shut}
    rows = Shelf.objects.filter(Q(person=user) | Q(label__in=roles)).select_related("label")
    found = [SeenShelf(shelf, _refusal(shelf, roles.get(shelf.label_id or 0))) for shelf in rows]
    if not found:
        raise Http404
    return sorted(found, key=lambda each: (str(each.shelf.label or ""), each.shelf.name, each.shelf.pk))


@dataclass(frozen=True)
class SeenRecording:
    """A recording as one person sees it."""

    recording: Recording
    seen: SeenShelf

    @property
    def may_change(self) -> bool:
        return self.seen.may_change


def recording_of(user: User, reference: str, *, rows: QuerySet[Recording] | None = None) -> SeenRecording:
    """Return a recording that a person may see, of `rows` if given; Http404 for everyone else.

    Two queries. Raises TwoFactorsNeeded for a member whose second factor the label waits for.
    """
    found = rows if rows is not None else Recording.objects.all()
    recording = found.filter(reference=reference).select_related("shelf__label").first()
    if recording is None:
        raise Http404
    return SeenRecording(recording, _seen(user, recording.shelf))


def changeable_recording_of(
    user: User, reference: str, *, rows: QuerySet[Recording] | None = None
) -> SeenRecording:
    """Return a recording that a person may change. Http404 as `recording_of`, PermissionDenied for who only reads."""
    found = recording_of(user, reference, rows=rows)
    found.seen.require_change()
    return found


def _seen(user: User, shelf: Shelf) -> SeenShelf:
    """Return a shelf as a person sees it. Raises Http404."""
    if shelf.person_id == user.pk:
        return SeenShelf(shelf, "")
    membership = next((each for each in memberships_of(user) if each.label_id == shelf.label_id), None)
    if membership is None:
        raise Http404
    if membership.is_shut:
        raise TwoFactorsNeeded(membership.label)
    return SeenShelf(shelf, _refusal(shelf, Role(membership.role)))


def _refusal(shelf: Shelf, role: Role | None) -> str:
    """Return why who has this role at the shelf's label cannot change it; a person's own shelf has no label."""
    if shelf.label is None:
        return ""
    return read_only_because(shelf.label) if can_manage(role) else READERS
