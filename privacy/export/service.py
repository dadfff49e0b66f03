"""Exports of everything held about a person: asked for, made by a job, and deleted after a week."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.models import Picture, User
from kit import clock
from kit.jobs import defer
from privacy.export.archive import Archive, parts_of
from privacy.export.holding import Holding, section_of
from privacy.export.holding_table import CHAPTERS
from privacy.export.page import Page
from privacy.export.submissions import shares_page, submission_page
from privacy.models import KEPT, Export, ExportPart
from submissions.models import Submission

BUILD = "privacy.build_export"
MOST_A_DAY = 3
PART_SIZE = 1_000_000


class TooMany(Exception):
    """An export is being made, or there were enough for a day; the message says so, `seconds` when to come back."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message)
        self.seconds = seconds


@transaction.atomic
def order(person: User) -> Export:
    """Queue an export: one at a time, three a day. Raises TooMany."""
    User.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    moment = clock.now()
    recent = list(Export.objects.of(person).filter(asked_at__gt=moment - timedelta(days=1)))
    if any(each.is_being_made for each in recent):
        raise TooMany("Your export is being made already.", 60)
    if len(recent) >= MOST_A_DAY:
        again = recent[MOST_A_DAY - 1].asked_at + timedelta(days=1)
        when = f"The next export is possible from {timezone.localtime(again):%H:%M}."
        wait = int((again - moment).total_seconds()) + 1
        raise TooMany(f"You can export {MOST_A_DAY} times a day. {when}", wait)
    export = Export.objects.create(person=person, asked_at=moment)
    defer([BUILD], export_id=export.pk)
    return export


def build(export_id: int) -> bool:
    """Make an export that was asked for; safe to repeat. Return whether it was made now."""
    export = Export.objects.select_related("person").filter(pk=export_id, finished_at=None).first()
    if export is None or not export.person.is_active:
        return False
    with timezone.override(export.person.zone):
        data = _write(export)
    with transaction.atomic():
        ExportPart.objects.filter(export=export).delete()
        for number, part in enumerate(parts_of(data, PART_SIZE), 1):
            ExportPart.objects.create(export=export, number=number, data=part)
        export.size, export.finished_at = len(data), clock.now()
        export.expires_at = export.finished_at + KEPT
        export.save(update_fields=["size", "finished_at", "expires_at"])
        defer(["privacy.mail_export"], export_id=export.pk)
    return True


def content_of(export: Export) -> bytes:
    """Return the ZIP."""
    return b"".join(bytes(part) for part in export.parts.values_list("data", flat=True))


def delete_old() -> int:
    """Delete exports whose week is over; return how many."""
    _, deleted = Export.objects.over(clock.now()).delete()
    return deleted.get("privacy.Export", 0)


def _write(export: Export) -> bytes:
    person = export.person
    archive = Archive(f"Trackflow: the data of {person}", clock.now())
    pages = list(_pages(person))
    for number, page in enumerate(pages, 1):
        archive.add(page())
        Export.objects.filter(pk=export.pk).update(done=number, total=len(pages))
    if picture := Picture.objects.filter(code__in=_avatars(person)).first():
        archive.add_file("picture.webp", bytes(picture.data))
    return archive.finish()


def _avatars(person: User) -> list[str]:
    profile = getattr(person, "profile", None)
    return [profile.avatar_id] if profile and profile.avatar_id else []


def _pages(person: User) -> Iterator[Callable[[], Page]]:
    """Yield a function for each page, so that each is read when it is written."""
    for name, title, holdings in CHAPTERS:
        yield partial(_chapter, name, title, holdings, person)
    yield partial(shares_page, person)
    for pk in Submission.objects.filter(producer=person).order_by("pk").values_list("pk", flat=True):
        yield partial(_submission, pk)


def _chapter(name: str, title: str, holdings: Iterable[Holding], person: User) -> Page:
    return Page(name, title, [section_of(holding, person) for holding in holdings])


def _submission(pk: int) -> Page:
    return submission_page(Submission.objects.select_related(*RELATED).get(pk=pk))


RELATED = ("label", "intake__label", "track", "previous")
