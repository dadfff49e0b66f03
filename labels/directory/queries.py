"""Queries of the directory and the label page."""

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from catalog.models import Genre
from catalog.music.genres import in_families
from kit.clock import now
from labels.models import Intake, Label
from labels.models.record import UNKNOWN_HOURS, UNKNOWN_SHARE

BY_NAME = ("name", "id")
NEWEST_FIRST = ("-created_at", "-id")
BY_PROMISE = ("-in_time_share", "-sample", "-id")
BY_SPEED = ("median_hours", "id")
ORDERS = {"": BY_NAME, "newest": NEWEST_FIRST, "promise": BY_PROMISE, "speed": BY_SPEED}
"""Orders of the directory by `sort` parameter; the last two need `with_ranks`."""


def directory(name: str = "", genre: str = "") -> QuerySet[Label]:
    """Return the listed labels whose name contains `name` and who release or accept a genre (its slug) or its parts."""
    found = Label.objects.listed().select_related("record").prefetch_related(_families("genres"))
    if name:
        found = found.filter(name__icontains=name)
    if genre:
        found = found.filter(in_genre(genre))
    return with_public_intakes(found)


def with_ranks(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Annotate the columns of the orders by record; unknown values sort last."""
    return labels.filter(record__isnull=False).annotate(
        in_time_share=Coalesce("record__in_time_share", Value(UNKNOWN_SHARE)),
        sample=F("record__sample"),
        median_hours=Coalesce("record__median_hours", Value(UNKNOWN_HOURS)),
    )


def label_page(slug: str) -> Label | None:
    """Return the label with everything its public page shows, None if there is none; checks no permission."""
    found = Label.objects.filter(slug=slug).select_related("record")
    details = (_families("intakes__genres"), "intakes__questions", _families("genres"))
    return with_public_intakes(found).prefetch_related(*details).first()


def call_page(slug: str, code: str) -> Intake | None:
    """Return a call, private or not, with what its page shows; None if the label has no such call."""
    found = Intake.objects.filter(label__slug=slug, code=code).exclude(call_name="")
    return found.select_related("label").prefetch_related(_families("genres"), "questions").first()


def with_public_intakes(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Prefetch only public intakes, the standing one first, then calls by name."""
    return labels.prefetch_related(Prefetch("intakes", public_intakes()))


def public_intakes() -> QuerySet[Intake]:
    """Return the intakes that need no access code, standing ones first, then calls by name."""
    return Intake.objects.public().order_by("call_name", "id")


def in_genre(slug: str) -> Q:
    """Return the labels that name a genre or a subgenre of it, themselves or in an intake that anyone may see."""
    sounds = Genre.objects.filter(Q(slug=slug) | Q(parent__slug=slug))
    accepted = Intake.genres.through.objects.filter(genre__in=sounds, intake__access_code="")
    current = Q(intake__call_name="") | Q(intake__closes_at=None) | Q(intake__closes_at__gt=now())
    released = Label.genres.through.objects.filter(genre__in=sounds)
    return Q(pk__in=released.values("label")) | Q(pk__in=accepted.filter(current).values("intake__label"))


def _families(path: str) -> Prefetch:
    return Prefetch(path, in_families(Genre.objects.all()))
