"""Forms for an intake's questions, and the sample of how producers see them."""

from typing import Any

from django import forms

from labels.choices import QuestionKind
from labels.models import Intake, Question
from labels.questions import forms as questions_forms
from labels.questions.answers import fields_of
from labels.questions.forms import WITH_OPTIONS, lines_of
from labels.questions.service import stamp_of
from submissions.producer_pages.forms import NEEDED_TEMPLATE

UNSAVED_ID = 0
"""Stands in for the primary key of a question that is not saved yet."""


class QuestionForm(questions_forms.QuestionForm):
    """A question. Pass an instance of its own: typed values stay in it."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta(questions_forms.QuestionForm.Meta):
        widgets = {"text": forms.TextInput()}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].choices = QuestionKind.choices  # type: ignore[attr-defined]  # of a choice field


def question_form_of(question: Question, data: Any = None) -> QuestionForm:
    """Return the form of a question; validating `data` changes the question in place."""
    return QuestionForm(data, instance=question, initial={"stamp": stamp_of(question) if question.pk else ""})


def new_question(intake: Intake) -> Question:
    return Question(intake=intake, kind=QuestionKind.SHORT)


def typed_question(form: QuestionForm) -> Question:
    """Return the question as typed so far, unsaved."""
    form.is_valid()
    typed = form.instance
    typed.pk = typed.pk or UNSAVED_ID
    typed.text = typed.text or "Your question"
    options = lines_of(form["options"].value() or "")
    typed.options = options if typed.kind in WITH_OPTIONS else []
    return typed


def sample_of(questions: list[Question]) -> forms.Form:
    """Return a form that shows the questions as in a producer's draft; it is never submitted."""
    fields: dict[str, Any] = fields_of(questions, draft=True)
    for question in questions:
        if question.is_required:
            fields[f"q{question.pk}"].template_name = NEEDED_TEMPLATE
    return type("Sample", (forms.Form,), fields)(auto_id="sample-%s", prefix="sample")
