"""Answers to an intake's questions."""

from datetime import timedelta
from random import Random

from demo.story import Story
from demo.tables import QuestionSpec
from kit.clock import now
from labels.choices import QuestionKind
from labels.questions import answers as questions_answers


def answers_of(story: Story) -> dict[str, object]:
    """Return answers to the intake's questions as a draft keeps them; some of the optional ones stay open."""
    chosen = {
        f"q{question.pk}": _answer(asked, story.rng)
        for question, asked in story.target.questions
        if asked.is_required or story.rng.random() < 0.75
    }
    return questions_answers.dump_answers(chosen)


def _answer(asked: QuestionSpec, rng: Random) -> object:
    answer = rng.choice(asked.answers)
    return (now() + timedelta(days=answer)).date() if asked.kind == QuestionKind.DATE else answer
