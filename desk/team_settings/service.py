"""How a label's team works together."""

from desk.models import TeamSettings
from labels.models import Label


def settings_of(label: Label) -> TeamSettings:
    """Return a label's team settings, unsaved for who never set any. One query, kept with the label."""
    try:
        return label.team_settings
    except TeamSettings.DoesNotExist:
        return TeamSettings(label_id=label.pk)
