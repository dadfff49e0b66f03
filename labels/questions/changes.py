"""Answers of a draft whose question the label changed since: they are shown, and to be given again.

A draft and its form say beside each answer which question it answers: `stamp_of`. An answer whose stamp is another one
now is no answer any more; one of a question that is gone neither.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kit import canonical
from labels.models import Intake, Question
from labels.questions.answers import current_questions

Stamps = dict[str, str]
"""Field names with the stamp of the question that was answered."""
_PAIR = re.compile(r"(q[1-9][0-9]*)=([0-9a-f]{16})")


@dataclass(frozen=True)
class FormerAnswer:
    """A question as it stands now or stood last, and what was answered before, in words."""

    question: str
    words: str


def stamp_of(question: Question, *, text: str | None = None) -> str:
    """Return a fingerprint of what is asked, with another text if given."""
    asked = {"kind": question.kind, "text": text or question.text, "options": question.options}
    return canonical.stamp(asked)


def stamps_of(intake: Intake) -> Stamps:
    """Return the stamps of an intake's questions as they are now."""
    return {f"q{question.pk}": stamp_of(question) for question in current_questions(intake)}


def frozen_stamps(intake: Intake, answers: Iterable[Mapping[str, Any]]) -> Stamps:
    """Return the stamps of the questions that a revision answers, from their frozen texts."""
    questions = {question.pk: question for question in intake.questions.all()}
    return {
        f"q{each['question']}": stamp_of(questions[each["question"]], text=each["text"])
        for each in answers
        if each["question"] in questions
    }


def valid_answers(intake: Intake, answers: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """Return the answers whose question is still asked as it was."""
    now = stamps_of(intake)
    return {name: value for name, value in answers.items() if asked.get(name, now.get(name)) == now.get(name)}


def former_answers(
    intake: Intake, names: Iterable[str], answers: Mapping[str, Any]
) -> dict[str, FormerAnswer]:
    """Return the answers of these names to questions of this intake, retired ones too, with the questions' texts."""
    texts = {f"q{question.pk}": question.text for question in intake.questions.all()}
    return {
        name: FormerAnswer(texts[name], _words(answers[name]))
        for name in names
        if name in texts and answers.get(name) not in (None, "", [])
    }


def write_stamps(stamps: Mapping[str, str]) -> str:
    """Return the stamps as the text of a hidden field."""
    return " ".join(f"{name}={stamp}" for name, stamp in stamps.items())


def read_stamps(text: str) -> Stamps:
    """Return the stamps in the text of a hidden field; leaves out what is none."""
    return dict(_PAIR.findall(text))


def _words(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "Yes", False: "No", "yes": "Yes", "no": "No"}.get(value, str(value))
