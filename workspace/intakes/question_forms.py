"""What a manager types about a question."""

from typing import Any

from django import forms

from labels.choices import QuestionKind
from labels.models import Intake, Question
from labels.questions import forms as questions_forms
from labels.questions.answers import fields_of
from labels.questions.forms import WITH_OPTIONS, lines_of
from labels.questions.service import stamp_of
from submissions.producer_pages.forms import NEEDED_TEMPLATE

UNSAVED = 0
"""The number of a question that is only typed so far."""


class QuestionForm(questions_forms.QuestionForm):
    """A question. Give it a row of its own: what was typed stays in the instance."""

    stamp = forms.CharField(widget=forms.HiddenInput, required=False, max_length=16)

    class Meta(questions_forms.QuestionForm.Meta):
        widgets = {"text": forms.TextInput()}


def question_form_of(question: Question, data: Any = None) -> QuestionForm:
    """Return the form of a question, which `data` may change in place."""
    return QuestionForm(data, instance=question, initial={"stamp": stamp_of(question) if question.pk else ""})


def new_question(intake: Intake) -> Question:
    return Question(intake=intake, kind=QuestionKind.SHORT)


def typed_question(form: QuestionForm) -> Question:
    """Return, unsaved, the question as far as it is typed."""
    form.is_valid()
    typed = form.instance
    typed.pk = typed.pk or UNSAVED
    typed.text = typed.text or "Your question"
    options = lines_of(form["options"].value() or "")
    typed.options = options if typed.kind in WITH_OPTIONS else []
    return typed


def sample_of(questions: list[Question]) -> forms.Form:
    """Return the questions as a producer's draft shows them; nothing of it is ever sent."""
    fields: dict[str, Any] = fields_of(questions, draft=True)
    for question in questions:
        if question.is_required:
            fields[f"q{question.pk}"].template_name = NEEDED_TEMPLATE
    return type("Sample", (forms.Form,), fields)(auto_id="sample-%s", prefix="sample")
