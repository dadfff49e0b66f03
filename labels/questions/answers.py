"""Form fields of an intake's questions, and their answers in drafts and revisions.

A field is named `q<id>`. Retired questions are left out. Answers are plain JSON without floats: text, numbers
and dates as text, lists of texts, booleans.
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
    """Return an intake's questions that are not retired, in order; uses prefetched `questions`."""
    return [question for question in intake.questions.all() if question.retired_at is None]


def fields_for(intake: Intake, *, draft: bool = False) -> dict[str, forms.Field]:
    """Return one form field per current question; in a draft none is required."""
    return fields_of(current_questions(intake), draft=draft)


def fields_of(questions: Iterable[Question], *, draft: bool = False) -> dict[str, forms.Field]:
    """Return one form field per given question, saved or not; in a draft none is required."""
    return {
        _name(question): field_for(question, is_required=question.is_required and not draft)
        for question in questions
    }


def dump_answers(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """Return the non-empty answers in a form's cleaned data, as JSON for a draft."""
    return {
        name: plain(value) for name, value in cleaned.items() if _NAME.fullmatch(name) and _is_said(value)
    }


def load_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's stored answers as initial or bound data of a form."""
    return {name: _typed(value) for name, value in answers.items()}


def clean_answers(intake: Intake, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return a draft's stored answers, cleaned; required questions must be answered.

    Raises ValidationError with errors by field.
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
    """Return the non-empty answers as a revision stores them: dicts of question (id), kind, text and value."""
    return [
        {"question": question.pk, "kind": question.kind, "text": question.text, "value": plain(value)}
        for question in current_questions(intake)
        if _is_said(value := cleaned.get(_name(question)))
    ]


def initial_answers(answers: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a revision's answers as initial data of a form."""
    return load_answers({f"q{answer['question']}": answer["value"] for answer in answers})


def _name(question: Question) -> str:
    return f"q{question.pk}"


def _is_said(value: Any) -> bool:
    return value is not None and value != "" and value != []


def _typed(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
