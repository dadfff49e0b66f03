"""How an intake's questions are added, changed, put in order and retired.

Past answers are frozen with the question's text and kind; whoever calls says whether a question was answered.
"""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kit import canonical
from kit.clock import now
from labels.models import Intake, Question

MOST = 20
"""How many an intake asks at a time."""
WORDS = ("kind", "text", "help_text", "options", "is_required")


class MovedMeanwhile(Exception):
    """The questions are other ones, or stand otherwise, than the page showed; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody changed the questions meanwhile. This is how they stand now.")


class RewordedMeanwhile(Exception):
    """Somebody changed the question after the page was made; nothing was written. `fresh` is what it is now."""

    def __init__(self, fresh: Question) -> None:
        super().__init__("Somebody changed this question meanwhile. Nothing of yours is saved yet.")
        self.fresh = fresh


def stamp_of(question: Question) -> str:
    """Return sixteen hex digits of what a question says, for a form to carry."""
    said: dict[str, Any] = {name: getattr(question, name) for name in (*WORDS, "retired_at")}
    return canonical.digest(canonical.encode(said)).hex()[:16]


@transaction.atomic
def add(question: Question) -> Question:
    """Store a new question behind the others. Raises ValidationError for one too many."""
    asked = _locked(question.intake)
    _refuse_too_many(asked)
    question.position = _behind(asked)
    question.save()
    return question


@transaction.atomic
def change(question: Question, *, stamp: str, is_answered: bool) -> Question:
    """Write what a question asks, and return the question that asks it now.

    Of one that was answered, another kind or other choices make a new question in its place and retire it.
    Raises RewordedMeanwhile.
    """
    _locked(question.intake)
    fresh = Question.objects.select_related("intake").get(pk=question.pk)
    if stamp_of(fresh) != stamp or fresh.retired_at:
        raise RewordedMeanwhile(fresh)
    is_same = (fresh.kind, fresh.options) == (question.kind, question.options)
    if is_same or not is_answered:
        question.save(update_fields=WORDS)
        return question
    Question.objects.filter(pk=fresh.pk).update(retired_at=now())
    said = {name: getattr(question, name) for name in WORDS}
    return Question.objects.create(intake=fresh.intake, position=fresh.position, **said)


@transaction.atomic
def put_in_order(intake: Intake, *, was: Sequence[int], order: Sequence[int]) -> bool:
    """Ask the questions in this order; return whether it is another one.

    Raises MovedMeanwhile where those asked are not `was`, and ValidationError where `order` names others.
    """
    numbers = [question.pk for question in _locked(intake)]
    if numbers != list(was):
        raise MovedMeanwhile
    if sorted(order) != sorted(numbers):
        raise ValidationError("This order does not hold each question once.")
    for position, number in enumerate(order):
        Question.objects.filter(pk=number).update(position=position)
    return numbers != list(order)


@transaction.atomic
def retire(question: Question) -> bool:
    """Ask a question no more; its answers stay. Return whether it was asked until now."""
    _locked(question.intake)
    return bool(Question.objects.filter(pk=question.pk, retired_at=None).update(retired_at=now()))


@transaction.atomic
def restore(question: Question) -> bool:
    """Ask a retired question again, behind the others; return whether it was retired.

    Raises ValidationError for one too many.
    """
    asked = _locked(question.intake)
    if question.pk in [each.pk for each in asked]:
        return False
    _refuse_too_many(asked)
    retired = Question.objects.filter(pk=question.pk)
    return bool(retired.update(retired_at=None, position=_behind(asked)))


@transaction.atomic
def delete(question: Question, *, is_answered: bool) -> None:
    """Delete a question that nobody answered. Raises ValidationError for another."""
    _locked(question.intake)
    if is_answered:
        raise ValidationError("Somebody answered this question meanwhile: retire it instead.")
    question.delete()


def _locked(intake: Intake) -> list[Question]:
    """Return the questions asked now, in order; whoever else changes them waits."""
    Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    return list(Question.objects.filter(intake=intake, retired_at=None))


def _behind(asked: Sequence[Question]) -> int:
    return asked[-1].position + 1 if asked else 0


def _refuse_too_many(asked: Sequence[Question]) -> None:
    if len(asked) >= MOST:
        raise ValidationError(f"An intake asks at most {MOST} questions. Retire one first.")
