"""What the key of a form did before: a form that is sent twice does nothing again, and says the same."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from studio.act_table import PACK, PROJECT
from studio.choices import Act
from studio.errors import NotPossible
from studio.models import Pack, Project, StudioEvent

IS_USED = "This form was sent before, for something else. Reload the page and try again."


def was_done(user: User, key: UUID) -> bool:
    """Whether this form was performed before: sent twice, it is no conflict with itself."""
    return StudioEvent.objects.filter(actor=user, key=key).exists()


def first_event(user: User | None, key: UUID, act: Act, subject: Project | Pack) -> StudioEvent | None:
    """Return the event that a key led to. Raises NotPossible if that was another act, or of something else."""
    found = _events().filter(actor=user, key=key).first()
    if found and user and (found.act, _subject_of(found)) != (act, (type(subject), subject.pk)):
        raise NotPossible(IS_USED)
    return found


def made_before(user: User, keys: Sequence[UUID], kind: str) -> list[StudioEvent]:
    """Return the events with which these keys made projects, or packs. Raises NotPossible for any others."""
    found = list(_events().filter(actor=user, key__in=keys).order_by("pk"))
    made = {PROJECT: Project, PACK: Pack}[kind]
    if any(each.act != Act.MAKE or _subject_of(each)[0] is not made for each in found):
        raise NotPossible(IS_USED)
    return found


def _events() -> QuerySet[StudioEvent]:
    return StudioEvent.objects.select_related("project", "pack")


def _subject_of(event: StudioEvent) -> tuple[type[Project | Pack], int | None]:
    return (Project, event.project_id) if event.project_id else (Pack, event.pack_id)
