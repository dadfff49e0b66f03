"""How a label's team works together."""

from desk.models import Manner
from labels.models import Label


def manner_of(label: Label) -> Manner:
    """Return a label's manner, an unsaved one for who never set any. One query, kept with the label."""
    try:
        return label.team_manner
    except Manner.DoesNotExist:
        return Manner(label_id=label.pk)
