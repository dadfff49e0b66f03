"""What the list of packs says of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Count, Q, Sum

from steps.progress import Progress
from studio.choices import Mark, PackKind
from studio.models import Entry, Pack, Project
from studio.names import name_of

ICONS: Mapping[str, str] = MappingProxyType(
    {PackKind.PACK: "archive", PackKind.EP: "reel", PackKind.ALBUM: "released", PackKind.SERIES: "queue"}
)
NONE = Progress()


@dataclass(frozen=True)
class PackRow:
    """A pack with how far it is: projects, their progress without the optional ones, lines of its tracklist."""

    pack: Pack
    projects: int = 0
    progress: Progress = NONE
    lines: int = 0
    open_lines: int = 0

    @property
    def icon(self) -> str:
        return ICONS[self.pack.kind]

    @property
    def owner(self) -> str:
        return name_of(self.pack.owner)


def rows_of(packs: Iterable[Pack]) -> list[PackRow]:
    """Return packs with how far they are. Two queries for all."""
    found = list(packs)
    keys = [pack.pk for pack in found]
    weights, lines = _weights(keys), _lines(keys)
    return [PackRow(pack, *weights.get(pack.pk, (0, NONE)), *lines.get(pack.pk, (0, 0))) for pack in found]


def _weights(keys: list[int]) -> dict[int, tuple[int, Progress]]:
    needed = Q(is_optional=False)
    rows = Project.objects.current().filter(pack__in=keys).order_by().values("pack")
    summed = rows.annotate(
        many=Count("pk"), done=Sum("weight_done", filter=needed), all=Sum("weight", filter=needed)
    )
    return {row["pack"]: (row["many"], Progress(row["done"] or 0, row["all"] or 0)) for row in summed}


def _lines(keys: list[int]) -> dict[int, tuple[int, int]]:
    rows = Entry.objects.filter(pack__in=keys).order_by().values("pack")
    counted = rows.annotate(many=Count("pk"), open=Count("pk", filter=Q(mark=Mark.OPEN)))
    return {row["pack"]: (row["many"], row["open"]) for row in counted}
