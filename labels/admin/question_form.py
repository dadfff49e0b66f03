"""A question in the office: its kind is fixed once it is asked, and it is retired rather than deleted."""

from typing import Any

from django import forms

from kit.clock import now
from labels.models import Question
from labels.questions import forms as questions_forms


class QuestionForm(questions_forms.QuestionForm):
    """One question; an answer given before keeps the text it answered."""

    is_retired = forms.BooleanField(label="Retired", required=False, help_text="Asked no more; answers stay.")

    class Meta:
        model = Question
        fields = ["position", "kind", "text", "help_text", "options", "is_required"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].disabled = self.instance.pk is not None
        self.fields["is_retired"].initial = self.instance.retired_at is not None

    def save(self, commit: bool = True) -> Question:
        retired_at = self.instance.retired_at or now()
        self.instance.retired_at = retired_at if self.cleaned_data["is_retired"] else None
        return super().save(commit)
