"""How a label's team works, for tests."""

from desk.models import TeamSettings
from labels.models import Label


def set_undo_seconds(label: Label, seconds: int) -> None:
    """Let decisions sent from a label's desk be undone for this long; 0 sends them at once."""
    TeamSettings.objects.update_or_create(label_id=label.pk, defaults={"undo_seconds": seconds})
