"""Which kind of notification a delivery is."""

from notifications.choices import Side
from notifications.kind_table import KINDS, OF_TOPICS, SUBJECT_KINDS, Kind
from notifications.models import Delivery


def kind_of(delivery: Delivery) -> Kind:
    """Return the kind of a delivery, as its person sets it; expects its subject."""
    side = Side.TEAM if delivery.is_to_team else Side.PRODUCER
    if delivery.event:
        return OF_TOPICS[side, delivery.event.rule.topic]
    key = delivery.notice.kind if delivery.notice else SUBJECT_KINDS[delivery.subject_name]
    return KINDS[side, key]
