"""The log's lines, for tests of other apps."""

from typing import Any

from activity.models import Activity
from activity.sentences import lines_of


def logged(**filters: Any) -> list[str]:
    """Return the lines, oldest first."""
    return [line.what for line in lines_of(Activity.objects.filter(**filters).with_people().order_by("id"))]
