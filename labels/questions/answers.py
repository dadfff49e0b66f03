"""From an intake's questions to form fields, and from answers to what a draft stores and a revision freezes.

A field is named `q<id>`. Retired questions are left out. An answer is text, a number as text, a list of
texts, a bool or a date as text: plain JSON without floats.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kit.canonical import plain
from labels.models import Intake, Question
from labels.questions.fields import field_for

_NAME = re.compile(r"q[1-9][0-9]*")


def current_questions(intake: Intake) -> list[Question]:
    """Return the questions an intake asks now, in order; uses prefetched `questions`."""
    return [question for question in intake.questions.all() if question.retired_at is None]


def fields_for(intake: Intake, *, draft: bool = False) -> dict[str, forms.Field]:
    """Return one form field per question asked now; while it is a draft, none is required."""
    return fields_of(current_questions(intake), draft=draft)


def fields_of(questions: Iterable[Question], *, draft: bool = False) -> dict[str, forms.Field]:
    """Return the same for these questions, saved or not."""
    return {
        _name(question): field_for(question, is_required=question.is_required and not draft)
        for question in questions
    }


def dump_answers(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers among a form's cleaned data, fit for a draft's JSON; what is empty is left out."""
    return {
        name: plain(value) for name, value in cleaned.items() if _NAME.fullmatch(name) and _is_said(value)
    }


def load_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a draft stores as the initial data, or the bound data, of its form."""
    return {name: _typed(value) for name, value in answers.items()}


def clean_answers(intake: Intake, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's stored answers cleaned, required questions included.

    Raises ValidationError with an error per field.
    """
    cleaned, errors, typed = {}, {}, load_answers(answers)
    for name, field in fields_for(intake).items():
        try:
            cleaned[name] = field.clean(typed.get(name))
        except ValidationError as error:
            errors[name] = error
    if errors:
        raise ValidationError(errors)
    return cleaned


def freeze_answers(intake: Intake, cleaned: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the answers as a revision keeps them: question id, kind, text, value; without empty ones."""
    return [
        {"question": question.pk, "kind": question.kind, "text": question.text, "value": plain(value)}
        for question in current_questions(intake)
        if _is_said(value := cleaned.get(_name(question)))
    ]


def initial_answers(answers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a revision's frozen answers as the initial data of a form."""
    return load_answers({f"q{answer['question']}": answer["value"] for answer in answers})


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _is_said(value: Any) -> bool:
    return value is not None and value != "" and value != []


def _typed(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
