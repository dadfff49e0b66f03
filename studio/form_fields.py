"""Fields that several forms of the studio have."""

import re
from typing import Any

from django import forms

from studio.models.crew import LONGEST_PART, MOST_PARTS


class PartsField(forms.CharField):
    """What somebody does or would like to do, typed as "drums, vocals"; returns a list."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", "Separate several with commas, for example: drums, vocals.")
        longest = (LONGEST_PART + 2) * MOST_PARTS
        super().__init__(**{"label": "Parts", "required": False, "max_length": longest, **options})

    def clean(self, value: Any) -> list[str]:
        return [part for each in re.split(r"[,;\n]", super().clean(value)) if (part := each.strip())]

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value
