"""An intake's questions: add, change, order, retire, restore, delete.

Past answers are frozen with the question's text and kind. The caller knows whether a question was answered. All raise
Gone where somebody deleted the call, or the question that is to be changed.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from kit.errors import ChangedMeanwhile, Gone
from labels.models import Intake, Question

MOST_QUESTIONS = 20
"""Active questions of an intake."""
EDITABLE_FIELDS = ("kind", "text", "help_text", "options", "is_required")


class MovedMeanwhile(Exception):
    """The questions or their order differ from what the page showed; nothing was saved."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed the questions. This is the current order.")


def stamp_of(question: Question) -> str:
    """Return a fingerprint of a question, for a form's hidden field."""
    values: dict[str, Any] = {name: getattr(question, name) for name in (*EDITABLE_FIELDS, "retired_at")}
    return canonical.stamp(values)


@transaction.atomic
def add(question: Question) -> Question:
    """Add a question at the end; ValidationError if there are too many."""
    asked = _lock_questions(question.intake)
    _refuse_too_many(asked)
    question.position = _next_position(asked)
    question.save()
    return question


@transaction.atomic
def change(question: Question, *, stamp: str, is_answered: bool) -> Question:
    """Save a question and return it, or the new question that replaces it.

    An answered question with another kind or other options is retired and replaced. Raises ChangedMeanwhile.
    """
    _lock_questions(question.intake)
    fresh = Question.objects.select_related("intake").filter(pk=question.pk).first()
    if fresh is None:
        raise Gone("question")
    if stamp_of(fresh) != stamp or fresh.retired_at:
        raise ChangedMeanwhile("question", fresh)
    is_same = (fresh.kind, fresh.options) == (question.kind, question.options)
    if is_same or not is_answered:
        question.save(update_fields=EDITABLE_FIELDS)
        return question
    Question.objects.filter(pk=fresh.pk).update(retired_at=now())
    values = {name: getattr(question, name) for name in EDITABLE_FIELDS}
    return Question.objects.create(intake=fresh.intake, position=fresh.position, **values)


@transaction.atomic
def put_in_order(intake: Intake, *, was: Sequence[int], order: Sequence[int]) -> bool:
    """Put the questions in this order; return whether it changed.

    Raises MovedMeanwhile if the current order is not `was`; ValidationError if `order` holds other questions.
    """
    numbers = [question.pk for question in _lock_questions(intake)]
    if numbers != list(was):
        raise MovedMeanwhile
    if sorted(order) != sorted(numbers):
        raise ValidationError("This order is incomplete. Load the page again.")
    for position, number in enumerate(order):
        Question.objects.filter(pk=number).update(position=position)
    return numbers != list(order)


@transaction.atomic
def retire(question: Question) -> bool:
    """Retire a question, keeping its answers; return False if it was retired already."""
    _lock_questions(question.intake)
    return bool(Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=now()))


@transaction.atomic
def restore(question: Question) -> bool:
    """Restore a retired question at the end; return False if it was not retired.

    Raises ValidationError if there are too many.
    """
    asked = _lock_questions(question.intake)
    if question.pk in [each.pk for each in asked]:
        return False
    _refuse_too_many(asked)
    retired = Question.objects.filter(pk=question.pk)
    return bool(retired.update(retired_at=None, position=_next_position(asked)))


@transaction.atomic
def delete(question: Question, *, is_answered: bool) -> bool:
    """Delete a question; return False if it was deleted already. ValidationError if somebody answered it."""
    _lock_questions(question.intake)
    if is_answered:
        raise ValidationError("This question has been answered in the meantime: retire it instead.")
    return bool(question.delete()[0])


def _lock_questions(intake: Intake) -> list[Question]:
    """Return the active questions in order; other changes wait for this transaction."""
    if not Intake.objects.select_for_update(of=("self",)).filter(pk=intake.pk):
        raise Gone("call")
    return list(Question.objects.filter(intake=intake, retired_at=None))


def _next_position(asked: Sequence[Question]) -> int:
    return asked[-1].position + 1 if asked else 0


def _refuse_too_many(asked: Sequence[Question]) -> None:
    if len(asked) >= MOST_QUESTIONS:
        raise ValidationError(f"An intake can have at most {MOST_QUESTIONS} questions. Retire one first.")
