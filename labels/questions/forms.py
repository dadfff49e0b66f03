"""Form of a question."""

from typing import Any

from django import forms

from kit.forms import CleanText
from labels.choices import QuestionKind
from labels.models import Question

LONGEST_OPTION, MOST_OPTIONS = 120, 50
WITH_OPTIONS = {QuestionKind.CHOICE, QuestionKind.CHOICES}


class LinesField(forms.CharField):
    """A list of short texts, one per line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return lines_of(self.prepare_value(initial) or "") != lines_of(data or "")


class QuestionForm(CleanText, forms.ModelForm):
    """A question; only some kinds have choices."""

    options = LinesField(label="Choices", required=False, help_text="One per line.")

    class Meta:
        model = Question
        fields = ["kind", "text", "help_text", "options", "is_required"]
        labels = {"text": "Question", "help_text": "Help text", "is_required": "An answer is required"}

    def clean_options(self) -> list[str]:
        lines = lines_of(self.cleaned_data["options"])
        if len(lines) > MOST_OPTIONS or any(len(line) > LONGEST_OPTION for line in lines):
            limits = f"{MOST_OPTIONS} choices of {LONGEST_OPTION} characters each"
            raise forms.ValidationError(f"Use at most {limits}.", code="too_long")
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lines = cleaned.get("options", [])
        if cleaned.get("kind") not in WITH_OPTIONS:
            cleaned["options"] = []
        elif len(lines) < 2 and "options" not in self.errors:
            self.add_error("options", "Enter at least two choices, one per line.")
        return cleaned


def lines_of(text: str) -> list[str]:
    """Return the non-blank lines, stripped and without duplicates."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
