"""The pages of an intake's questions: the list, a question's form, and the sample next to it."""

from typing import Any

from django.db.models import Exists, Func, JSONField, OuterRef
from django.db.models.functions import JSONObject

from labels.access import Desk
from labels.models import Intake, Question
from labels.questions.service import MOST_QUESTIONS
from submissions.models import Draft, Revision
from workspace.access import common_context
from workspace.intakes.question_forms import (
    QuestionForm,
    new_question,
    question_form_of,
    sample_of,
    typed_question,
)


def questions_of(intake: Intake) -> list[Question]:
    """Return all questions, retired ones included, each with `is_answered`. One query."""
    return list(annotate_answered(intake).order_by("position", "id"))


def annotate_answered(intake: Intake) -> Any:
    """Return an intake's questions with `is_answered`: whether a sent demo answers them."""
    answer = JSONObject(question=OuterRef("pk"))
    answers = Func(answer, function="jsonb_build_array", output_field=JSONField())
    sent = Revision.objects.filter(submission__intake=OuterRef("intake"), answers__contains=answers)
    return Question.objects.filter(intake=intake).annotate(is_answered=Exists(sent))


def is_answered(question: Question) -> bool:
    """Whether a sent demo answers it; needs a row of `annotate_answered`."""
    return bool(question.is_answered)  # type: ignore[attr-defined]  # annotated


def is_drafted(question: Question) -> bool:
    """Whether a draft answers it. One query."""
    drafts = Draft.objects.filter(submission__intake=question.intake_id)
    return drafts.filter(answers__has_key=f"q{question.pk}").exists()


def list_page_of(desk: Desk, intake: Intake, form: QuestionForm | None = None, **more: Any) -> dict[str, Any]:
    """Return the context of the list with the form for a new question."""
    everything = questions_of(intake)
    active = [question for question in everything if question.retired_at is None]
    return {
        **_intake_context(desk, intake, form or question_form_of(new_question(intake))),
        "questions": active,
        "retired": [question for question in everything if question.retired_at],
        "has_room": len(active) < MOST_QUESTIONS,
        "sample": sample_of(_with_unsaved(active, form)),
        **more,
    }


def form_page_of(desk: Desk, intake: Intake, form: QuestionForm, **more: Any) -> dict[str, Any]:
    """Return the context of one question's form; its instance needs `is_answered`."""
    return {
        **_intake_context(desk, intake, form),
        "question": form.instance,
        **sample_page_of(intake, form),
        **more,
    }


def sample_page_of(intake: Intake, form: QuestionForm) -> dict[str, Any]:
    """Return the context of the sample: the active questions, the typed one in its place."""
    active = list(Question.objects.filter(intake=intake, retired_at=None))
    sample = sample_of(_with_unsaved(active, form))
    return {"label": intake.label, "intake": intake, "edited": form.instance.pk, "sample": sample}


def _intake_context(desk: Desk, intake: Intake, form: QuestionForm) -> dict[str, Any]:
    return {**common_context(desk), "intake": intake, "form": form, "most": MOST_QUESTIONS}


def _with_unsaved(active: list[Question], form: QuestionForm | None) -> list[Question]:
    if form is None:
        return active
    typed = typed_question(form) if form.is_bound else form.instance
    if typed.retired_at:
        return active
    if typed.pk in [question.pk for question in active]:
        return [typed if question.pk == typed.pk else question for question in active]
    return [*active, typed]
