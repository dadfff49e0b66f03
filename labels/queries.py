"""Labels as the public pages read them."""

from django.db.models import Prefetch, Q, QuerySet

from catalog.genres import in_families
from catalog.models import Genre
from labels.models import Intake, Label

BY_NAME = ("name", "id")
NEWEST_FIRST = ("-created_at", "-id")


def directory(name: str = "", genre: Genre | None = None) -> QuerySet[Label]:
    """Return the listed labels whose name holds these letters and who release this genre or a part of it."""
    found = Label.objects.listed().prefetch_related(_families("genres"))
    if name:
        found = found.filter(name__icontains=name)
    if genre:
        sounds = Genre.objects.filter(Q(pk=genre.pk) | Q(parent=genre))
        found = found.filter(pk__in=Label.genres.through.objects.filter(genre__in=sounds).values("label"))
    return with_public_intakes(found)


def label_page(slug: str) -> Label | None:
    """Return the label with all that its public page says, whoever may see it; None when there is none."""
    details = (_families("intakes__genres"), "intakes__questions", _families("genres"))
    return with_public_intakes(Label.objects.filter(slug=slug)).prefetch_related(*details).first()


def with_public_intakes(labels: QuerySet[Label]) -> QuerySet[Label]:
    """Load `intakes` with the public ones alone, the standing one first, then by name."""
    public = Intake.objects.public().order_by("call_name", "id")
    return labels.prefetch_related(Prefetch("intakes", public))


def _families(path: str) -> Prefetch:
    return Prefetch(path, in_families(Genre.objects.all()))
