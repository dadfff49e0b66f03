"""How a notification comes to a person, by what they chose."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from labels.models import Label
from notifications.choices import Channel, DeliveryStatus, Side, Way
from notifications.kind_table import Kind
from notifications.kinds import kind_of
from notifications.models import AssignedOnly, Delivery, KindChoice, Preferences
from notifications.preferences.forms import USUAL, field_name
from submissions.models import MessageReading

Chosen = Mapping[tuple[int, str, str, int | None], str]


def ways_of(deliveries: Sequence[Delivery]) -> list[Way]:
    """Return how each comes to its person: as chosen for the label, else for all labels, else by default.

    Two queries, a third one for messages, which somebody may have muted. Expects each with its subject; those of
    shares, who chose nothing, come at once.
    """
    people = {each.person_id for each in deliveries if each.person_id}
    labels = {each.label_id for each in deliveries if each.label_id}
    chosen = _chosen(people, labels)
    pairs = AssignedOnly.objects.filter(person__in=people, label__in=labels)
    assigned_only = set(pairs.values_list("person", "label"))
    muted = _muted(each for each in deliveries if each.message_id)
    ways = [_way(each, chosen, assigned_only) for each in deliveries]
    return [
        Way.OFF if each.message_id and (each.person_id, each.submission_id) in muted else way
        for each, way in zip(deliveries, ways, strict=True)
    ]


def _muted(deliveries: Iterable[Delivery]) -> set[tuple[int, int]]:
    """Return who muted which submission’s messages. One query, none without messages."""
    pairs = {(each.person_id, each.submission_id) for each in deliveries}
    if not pairs:
        return set()
    people, submissions = ([pair[place] for pair in pairs] for place in (0, 1))
    rows = MessageReading.objects.filter(person__in=people, submission__in=submissions, is_muted=True)
    return set(rows.values_list("person", "submission"))


@transaction.atomic
def choose(person: User, label: Label | None, kinds: Iterable[Kind], ways: Mapping[str, str]) -> None:
    """Keep how these kinds come to a person at a label (None: at all); `USUAL` is no choice of their own."""
    one_at_a_time(person)
    for kind in kinds:
        place: dict[str, Any] = {"person": person, "side": kind.side, "kind": kind.key, "label": label}
        way = ways[field_name(kind)]
        if way == (USUAL if label else kind.way):
            KindChoice.objects.filter(**place).delete()
        else:
            KindChoice.objects.update_or_create(**place, defaults={"way": way})


def way_at(person: User, kind: Kind, label: Label | None) -> Way:
    """Return how a kind comes to a person at a label (None: where they settled nothing apart)."""
    label_id = label.pk if label else None
    return _chosen_way(_chosen([person.pk], [label_id] if label_id else []), person.pk, kind, label_id)


def hear_of_own_alone(person: User, label: Label, is_on: bool) -> None:
    """Keep whether a member hears only of what is assigned to them at a label."""
    if is_on:
        AssignedOnly.objects.get_or_create(person=person, label=label)
    else:
        AssignedOnly.objects.filter(person=person, label=label).delete()


def one_at_a_time(person: User) -> None:
    """Let two pages that save for the same person wait for each other, until the transaction ends."""
    Preferences.objects.get_or_create(person=person)
    Preferences.objects.select_for_update(of=("self",)).get(person=person)


def outcome_of(delivery: Delivery, way: Way) -> DeliveryStatus:
    """Return what becomes of a delivery that comes this way."""
    if delivery.channel == Channel.IN_APP:
        return DeliveryStatus.OFF if way == Way.OFF else DeliveryStatus.SENT
    return {Way.AT_ONCE: DeliveryStatus.WAITING, Way.DIGEST: DeliveryStatus.IN_DIGEST}.get(
        way, DeliveryStatus.OFF
    )


def _chosen(people: Iterable[int | None], labels: Iterable[int]) -> Chosen:
    rows = KindChoice.objects.filter(Q(label=None) | Q(label__in=labels), person__in=people)
    return {
        (person, side, kind, label): way
        for person, side, kind, label, way in rows.values_list("person", "side", "kind", "label", "way")
    }


def _way(delivery: Delivery, chosen: Chosen, assigned_only: set[tuple[int, int]]) -> Way:
    if delivery.person_id is None:
        return Way.AT_ONCE
    kind, person, label = kind_of(delivery), delivery.person_id, delivery.label_id
    if kind.side == Side.TEAM and (person, label) in assigned_only and _is_of_others(delivery):
        return Way.OFF
    return _chosen_way(chosen, person, kind, label)


def _chosen_way(chosen: Chosen, person: int, kind: Kind, label: int | None) -> Way:
    key = (person, kind.side, kind.key)
    return Way(chosen.get((*key, label)) or chosen.get((*key, None)) or kind.way)


def _is_of_others(delivery: Delivery) -> bool:
    """Whether it is about a demo that is not assigned to its person; a notice names its people itself."""
    submission = delivery.submission
    is_notice = delivery.notice_id is not None
    return submission is not None and not is_notice and submission.team_assignee_id != delivery.person_id
