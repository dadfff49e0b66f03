"""An intake's questions as its desk shows them: the list, a form, and the sample beside it."""

from typing import Any

from django.db.models import Exists, Func, JSONField, OuterRef
from django.db.models.functions import JSONObject

from labels.access import Desk
from labels.models import Intake, Question
from labels.questions.service import MOST
from submissions.models import Draft, Revision
from workspace.access import common
from workspace.intakes.question_forms import (
    QuestionForm,
    new_question,
    question_form_of,
    sample_of,
    typed_question,
)


def questions_of(intake: Intake) -> list[Question]:
    """Return all questions, retired ones too, each with `is_answered`. One query."""
    return list(with_answered(intake).order_by("position", "id"))


def with_answered(intake: Intake) -> Any:
    """Return the questions of an intake with `is_answered`: whether a demo that was sent answers it."""
    answer = JSONObject(question=OuterRef("pk"))
    held = Func(answer, function="jsonb_build_array", output_field=JSONField())
    sent = Revision.objects.filter(submission__intake=OuterRef("intake"), answers__contains=held)
    return Question.objects.filter(intake=intake).annotate(is_answered=Exists(sent))


def is_answered(question: Question) -> bool:
    """Whether a demo that was sent answers it; wants a row of `with_answered`."""
    return bool(question.is_answered)  # type: ignore[attr-defined]  # annotated


def is_drafted(question: Question) -> bool:
    """Whether a draft answers it so far. One query."""
    drafts = Draft.objects.filter(submission__intake=question.intake_id)
    return drafts.filter(answers__has_key=f"q{question.pk}").exists()


def list_page_of(desk: Desk, intake: Intake, form: QuestionForm | None = None, **more: Any) -> dict[str, Any]:
    """Return the context of the list with the form for a new question."""
    everything = questions_of(intake)
    asked = [question for question in everything if question.retired_at is None]
    return {
        **_common(desk, intake, form or question_form_of(new_question(intake))),
        "questions": asked,
        "retired": [question for question in everything if question.retired_at],
        "has_room": len(asked) < MOST,
        "sample": sample_of(_with_typed(asked, form)),
        **more,
    }


def form_page_of(desk: Desk, intake: Intake, form: QuestionForm, **more: Any) -> dict[str, Any]:
    """Return the context of one question's form; wants `is_answered` of its instance."""
    return {**_common(desk, intake, form), "question": form.instance, **sample_page_of(intake, form), **more}


def sample_page_of(intake: Intake, form: QuestionForm) -> dict[str, Any]:
    """Return what the sample says of the questions asked, the typed one in its place."""
    asked = list(Question.objects.filter(intake=intake, retired_at=None))
    sample = sample_of(_with_typed(asked, form))
    return {"label": intake.label, "intake": intake, "edited": form.instance.pk, "sample": sample}


def _common(desk: Desk, intake: Intake, form: QuestionForm) -> dict[str, Any]:
    return {**common(desk), "intake": intake, "form": form, "most": MOST}


def _with_typed(asked: list[Question], form: QuestionForm | None) -> list[Question]:
    if form is None:
        return asked
    typed = typed_question(form) if form.is_bound else form.instance
    if typed.retired_at:
        return asked
    if typed.pk in [question.pk for question in asked]:
        return [typed if question.pk == typed.pk else question for question in asked]
    return [*asked, typed]
