"""What a label scores by. The only writer of `Criterion`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from activity import log
from activity.models import Activity
from desk.models import Criterion
from kit.clock import now
from labels.models import Label
from submissions.errors import NotPossible

Kind = Activity.Kind

OVERALL = "Overall"
"""What a label scores by that never said."""

MOST = 6


def criteria_of(label: Label) -> list[Criterion]:
    """Return what a label scores by, in its order; an unsaved one where it never said. One query."""
    return list(Criterion.objects.of(label)) or [Criterion(label_id=label.pk, name=OVERALL)]


def kept(label: Label) -> list[Criterion]:
    """Return the same, all of them saved; two who use them first at once make one."""
    if not Criterion.objects.of(label).exists():
        Criterion.objects.get_or_create(label=label, name=OVERALL, retired_at=None)
    return criteria_of(label)


def field_of(criterion: Criterion) -> str:
    """Return how a form calls it; the first one has no number yet when its form is drawn."""
    return "overall" if criterion.name == OVERALL else str(criterion.pk)


@transaction.atomic
def change(label: Label, *, actor: User, names: Mapping[str, str], added: str = "") -> None:
    """Call criteria otherwise, by `field_of`, and add one; raises NotPossible for what cannot be."""
    _lock(label)
    before = kept(label)
    wanted = {each: names.get(field_of(each), each.name) for each in before}
    _refuse([*wanted.values(), *([added] if added else [])])
    for each, name in wanted.items():
        if name != each.name:
            _log(Kind.CRITERION_RENAMED, label, actor, criterion=name, was=each.name)
            Criterion.objects.filter(pk=each.pk).update(name=name)
    if added:
        Criterion.objects.create(label=label, name=added, position=before[-1].position + 1)
        _log(Kind.CRITERION_ADDED, label, actor, criterion=added)


@transaction.atomic
def move_up(label: Label, criterion: Criterion) -> None:
    """Ask for it before the one that stands above it."""
    _lock(label)
    order = kept(label)
    place = order.index(criterion)
    order.insert(max(0, place - 1), order.pop(place))
    for position, each in enumerate(order):
        each.position = position
    Criterion.objects.bulk_update(order, ["position"])


@transaction.atomic
def retire(label: Label, criterion: Criterion, *, actor: User) -> None:
    """Score by it no longer; what was given stays. Raises NotPossible for the last one."""
    _lock(label)
    if len(kept(label)) == 1:
        raise NotPossible("A label scores by one criterion at least. Add another one first.")
    Criterion.objects.filter(pk=criterion.pk).update(retired_at=now())
    _log(Kind.CRITERION_RETIRED, label, actor, criterion=criterion.name)


def _refuse(names: Sequence[str]) -> None:
    if len(names) > MOST:
        raise NotPossible(f"Six criteria are the most; you have {len(names)}.")
    if len({name.casefold() for name in names}) < len(names):
        raise NotPossible("Two criteria have the same name.")


def _lock(label: Label) -> None:
    Label.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=label.pk)


def _log(kind: Activity.Kind, label: Label, actor: User, **names: Any) -> None:
    log.write(kind, label=label, actor=actor, **names)
