"""The log as tests of other apps read it."""

from typing import Any

from activity.models import Activity
from activity.sentences import lines_of


def logged(**narrow: Any) -> list[str]:
    """Return what was done, in words and in order."""
    return [line.what for line in lines_of(Activity.objects.filter(**narrow).with_people().order_by("id"))]
