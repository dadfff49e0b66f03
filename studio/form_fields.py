"""Fields that several forms of the studio have."""

import re
from typing import Any

from django import forms

from studio.effects.facts import FIRST_YEAR, LAST_YEAR, LENGTHS
from studio.models.crew import LONGEST_PART, MOST_PARTS

MOST_OFFERED = 200
"""Of how many packs or tracks one chooses."""


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


class NewestField(forms.ModelChoiceField):
    """A choice among rows by their codes: the first `MOST_OFFERED` are listed, any of them is taken."""

    can_choose = False
    """Whether there is anything to choose."""

    def __init__(self, *, model: Any, empty_label: str, **options: Any) -> None:
        rows = model._default_manager.none()
        super().__init__(queryset=rows, to_field_name="code", empty_label=empty_label, **options)

    def offer(self, rows: Any, more: str) -> None:
        """List these rows, with `more` as help if there are more of them. One query."""
        found = list(rows[: MOST_OFFERED + 1])
        self.queryset, self.can_choose = rows, bool(found)
        listed = [(each.code, self.label_from_instance(each)) for each in found[:MOST_OFFERED]]
        self.widget.choices = [("", self.empty_label), *listed]
        if len(found) > MOST_OFFERED:
            self.help_text = more


class TitleField(forms.CharField):
    """What a project or a pack is called."""

    def __init__(self, **options: Any) -> None:
        said = {"required": "Enter a title."}
        super().__init__(
            **{"label": "Title", "max_length": LENGTHS["title"], "error_messages": said, **options}
        )


class YearField(forms.IntegerField):
    """The year of a song, which may be unknown."""

    def __init__(self, **options: Any) -> None:
        words = f"The year must be between {FIRST_YEAR} and {LAST_YEAR}."
        said = dict.fromkeys(("invalid", "min_value", "max_value"), words)
        limits = {"min_value": FIRST_YEAR, "max_value": LAST_YEAR, "error_messages": said}
        super().__init__(**{"label": "Year", "required": False, **limits, **options})
