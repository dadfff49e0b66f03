"""A question as a form: its kind is fixed once it is asked, and it is retired rather than deleted."""

from typing import Any

from django import forms

from kit.clock import now
from kit.forms import CleanText
from labels.choices import QuestionKind
from labels.models import Question

LONGEST_OPTION, MOST_OPTIONS = 120, 50
WITH_OPTIONS = {QuestionKind.CHOICE, QuestionKind.CHOICES}


class LinesField(forms.CharField):
    """A list of short texts, one a line; doubles and empty lines are dropped."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 60})

    def prepare_value(self, value: Any) -> str:
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _lines(self.prepare_value(initial) or "") != _lines(data or "")


class QuestionForm(CleanText, forms.ModelForm):
    """One question; an answer given before keeps the text it answered."""

    options = LinesField(required=False, help_text="One a line, for the kinds with choices.")
    is_retired = forms.BooleanField(label="Retired", required=False, help_text="Asked no more; answers stay.")

    class Meta:
        model = Question
        fields = ["position", "kind", "text", "help_text", "options", "is_required"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].disabled = self.instance.pk is not None
        self.fields["is_retired"].initial = self.instance.retired_at is not None

    def clean_options(self) -> list[str]:
        lines = _lines(self.cleaned_data["options"])
        if len(lines) > MOST_OPTIONS or any(len(line) > LONGEST_OPTION for line in lines):
            limits = f"at most {MOST_OPTIONS} lines of {LONGEST_OPTION} characters"
            raise forms.ValidationError(f"Too much: {limits}.", code="too_long")
        return lines

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        lines = cleaned.get("options", [])
        if cleaned.get("kind") not in WITH_OPTIONS:
            cleaned["options"] = []
        elif len(lines) < 2 and "options" not in self.errors:
            self.add_error("options", "Give at least two choices, one a line.")
        return cleaned

    def save(self, commit: bool = True) -> Question:
        retired_at = self.instance.retired_at or now()
        self.instance.retired_at = retired_at if self.cleaned_data["is_retired"] else None
        return super().save(commit)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
