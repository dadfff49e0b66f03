"""Labels as the public pages read them."""

from django.db.models import F, Prefetch, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from catalog.models import Genre
from catalog.music.genres import in_families
from labels.models import Intake, Label
from labels.models.record import UNKNOWN_HOURS, UNKNOWN_SHARE

BY_NAME = ("name", "id")
NEWEST_FIRST = ("-created_at", "-id")
BY_PROMISE = ("-in_time_share", "-sample", "-id")
BY_SPEED = ("median_hours", "id")
ORDERS = {"": BY_NAME, "newest": NEWEST_FIRST, "promise": BY_PROMISE, "speed": BY_SPEED}
"""Orders of the directory by their word; the last two want labels `with_ranks`."""


def directory(name: str = "", genre: Genre | None = None) -> QuerySet[Label]:
    """Return the listed labels whose name holds these letters and who release this genre or a part of it."""
    found = Label.objects.listed().select_related("record").prefetch_related(_families("genres"))
    if name:
        found = found.filter(name__icontains=name)
    if genre:
        sounds = Genre.objects.filter(Q(pk=genre.pk) | Q(parent=genre))
        found = found.filter(pk__in=Label.genres.through.objects.filter(genre__in=sounds).values("label"))
    return with_public_intakes(found)


def with_ranks(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Add what the orders by record go by; where too few samples leave it open, it stands after all else."""
    return labels.filter(record__isnull=False).annotate(
        in_time_share=Coalesce("record__in_time_share", Value(UNKNOWN_SHARE)),
        sample=F("record__sample"),
        median_hours=Coalesce("record__median_hours", Value(UNKNOWN_HOURS)),
    )


def label_page(slug: str) -> Label | None:
    """Return the label with all that its public page says, whoever may see it; None when there is none."""
    found = Label.objects.filter(slug=slug).select_related("record")
    details = (_families("intakes__genres"), "intakes__questions", _families("genres"))
    return with_public_intakes(found).prefetch_related(*details).first()


def with_public_intakes(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Load `intakes` with the public ones alone, the standing one first, then by name."""
    public = Intake.objects.public().order_by("call_name", "id")
    return labels.prefetch_related(Prefetch("intakes", public))


def _families(path: str) -> Prefetch:
    return Prefetch(path, in_families(Genre.objects.all()))
