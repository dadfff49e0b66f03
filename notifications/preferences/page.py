"""What the settings of a person's notifications show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.models import User
from labels.models import Label
from notifications.choices import Side
from notifications.kind_table import KINDS, PRODUCER_KINDS, STUDIO_KINDS, TEAM_KINDS, Kind
from notifications.models import AssignedOnly, KindChoice
from notifications.preferences.forms import field_name
from submissions.models import Submission


@dataclass(frozen=True)
class Place:
    """A label as a person knows it: as a member of its team, as a producer who sent it demos, or both."""

    label: Label
    is_member: bool
    is_producer: bool

    @property
    def kinds(self) -> Sequence[Kind]:
        return [*(TEAM_KINDS if self.is_member else ()), *(PRODUCER_KINDS if self.is_producer else ())]


def labels_of(person: User) -> QuerySet[Label]:
    """Return the labels that a person can settle apart, by name, with how many exceptions each has."""
    sent = Submission.objects.sent_by(person).filter(label=OuterRef("pk"))
    member = Label.objects.desks_of(person).filter(pk=OuterRef("pk"))
    rows = Label.objects.annotate(is_producer=Exists(sent), is_member=Exists(member))
    own = Q(is_producer=True) | Q(is_member=True)
    return rows.filter(own).order_by("name", "pk")


def exceptions_of(person: User) -> dict[int, int]:
    """Return how many things a person settled apart at each label, by its id."""
    counts: dict[int, int] = dict.fromkeys(
        AssignedOnly.objects.filter(person=person).values_list("label", flat=True), 1
    )
    rows = KindChoice.objects.filter(person=person, label__isnull=False)
    for label, count in rows.values_list("label").annotate(Count("pk")):
        counts[label] = counts.get(label, 0) + count
    return counts


def place_at(person: User, slug: str) -> Place:
    """Return a label of theirs; raises Http404 for another."""
    label = labels_of(person).filter(slug=slug).first()
    if label is None:
        raise Http404
    return Place(label, is_member=label.is_member, is_producer=label.is_producer)  # type: ignore[attr-defined]  # annotated


def kinds_of(person: User, labels: Sequence[Label]) -> list[Kind]:
    """Return the kinds of the sides on which a person is or says to be; of both if of neither."""
    is_member = person.runs_label or any(label.is_member for label in labels)  # type: ignore[attr-defined]
    is_producer = person.makes_music or any(label.is_producer for label in labels)  # type: ignore[attr-defined]
    sides = {Side.TEAM: is_member, Side.PRODUCER: is_producer}
    shown = [kind for kind in KINDS.values() if sides[kind.side] or not any(sides.values())]
    return [kind for kind in shown if settings.STUDIO or kind not in STUDIO_KINDS]


def chosen_by(person: User, label: Label | None) -> dict[str, str]:
    """Return the ways that a person chose at a label, or for all, by the name of the field."""
    rows = KindChoice.objects.filter(person=person, label=label)
    return {f"{side}-{kind}": way for side, kind, way in rows.values_list("side", "kind", "way")}


def usual_ways(person: User) -> dict[str, str]:
    """Return how each kind comes to a person where they settled nothing apart, by the name of the field."""
    return {field_name(kind): kind.way for kind in KINDS.values()} | chosen_by(person, None)
