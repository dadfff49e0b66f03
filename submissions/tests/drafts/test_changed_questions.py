"""A label changes a question while somebody has a draft: the old answer is shown, asked again, never lost or sent."""

import re
import uuid
from typing import Any

import pytest

from labels.choices import QuestionKind
from labels.models import Question
from labels.questions import service
from labels.questions.changes import stamps_of, write_stamps
from labels.tests.builders import make_intake, make_question
from submissions.models import Draft, Submission
from submissions.tests.builders import make_draft
from submissions.tests.posting import fresh, own_client, post, url_of

CHANGES: dict[str, dict[str, Any]] = {
    "text": {"text": "Which moods?"},
    "choices": {"options": ["night", "dusk"]},
    "kind": {"kind": QuestionKind.SHORT, "options": []},
}


@pytest.fixture
def draft(db: None) -> Submission:
    return make_draft()


@pytest.fixture
def question(draft: Submission) -> Question:
    return make_question(
        draft.intake, QuestionKind.CHOICE, text="Which mood?", options=["night", "<b>day</b>"]
    )


def asked(draft: Submission) -> str:
    """Return what the page of now says of its questions."""
    return write_stamps(stamps_of(fresh(draft).intake))


def change(question: Question, **values: Any) -> Question:
    """Change a question as the label's page does."""
    current = Question.objects.select_related("intake").get(pk=question.pk)
    stamp = service.stamp_of(current)
    is_drafted = Draft.objects.filter(answers__has_key=f"q{question.pk}").exists()
    for name, value in values.items():
        setattr(current, name, value)
    return service.change(current, stamp=stamp, is_answered=is_drafted)


def page(draft: Submission) -> str:
    return str(own_client(draft).get(url_of("edit", draft)).content.decode())


def answer(draft: Submission, question: Question, value: Any, action: str = "edit", **more: Any) -> Any:
    more.setdefault("asked", asked(draft))
    more.setdefault("do", "save")
    return post(draft, action, **{f"q{question.pk}": value}, **more)


@pytest.mark.parametrize("what", CHANGES)
def test_producer_who_opens_the_draft_is_told_and_shown_the_old_answer(
    draft: Submission, question: Question, what: str
) -> None:
    assert answer(draft, question, "<b>day</b>").status_code == 303
    assert "changed" not in page(draft)
    change(question, **CHANGES[what])
    seen = page(draft)
    assert "&lt;b&gt;day&lt;/b&gt;" in seen
    assert ("changed this question" if what == "text" else "changed its questions") in seen
    (given,) = re.findall("<input[^>]* checked>", seen[seen.index("Which mood") :]) or [""]
    assert "day" not in given


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("do", ["save", "send"])
def test_old_tab_neither_saves_nor_sends_an_answer_to_another_question(
    draft: Submission, question: Question, what: str, do: str
) -> None:
    opened = asked(draft)
    change(question, **CHANGES[what])
    refused = answer(draft, question, "<b>day</b>", asked=opened, do=do, note="My words")
    assert refused.status_code == 422
    seen = refused.content.decode()
    assert "changed this question. You answered “&lt;b&gt;day&lt;/b&gt;” before: answer it again." in seen
    assert "My words" in seen
    assert f'value="{asked(draft)}"' in seen
    assert fresh(draft).state == "draft"
    assert Draft.objects.get().answers == {}


def test_old_tab_that_saves_itself_keeps_the_old_answer_and_says_so(
    draft: Submission, question: Question
) -> None:
    opened = asked(draft)
    change(question, options=["dusk", "dawn"])
    saved = answer(draft, question, "night", "autosave", asked=opened, note="My words")
    assert saved.status_code == 422
    assert "Load the page again" in saved.content.decode()
    stored = Draft.objects.get()
    assert (stored.answers, stored.note) == ({f"q{question.pk}": "night"}, "My words")
    seen = page(draft)
    assert "Before, you answered:</p><p><strong>night</strong>" in seen
    assert "changed" not in page_after(draft, question, "dusk")


def page_after(draft: Submission, question: Question, value: str) -> str:
    assert answer(draft, question, value).status_code == 303
    return page(draft)


def test_old_tab_with_a_question_that_is_gone_shows_what_was_answered(
    draft: Submission, question: Question
) -> None:
    answer(draft, question, "night")
    opened = asked(draft)
    change(question, options=["dusk", "dawn"])
    refused = answer(draft, question, "night", asked=opened, do="send")
    assert refused.status_code == 422
    assert "changed its questions while you were writing" in refused.content.decode()
    assert "<dd>night</dd>" in refused.content.decode()


def test_old_answer_is_not_sent_when_the_new_question_is_left_open(
    draft: Submission, question: Question
) -> None:
    answer(draft, question, "night")
    change(question, text="Which moods?")
    assert answer(draft, question, "", key=uuid.uuid4(), do="send").status_code == 303
    assert fresh(draft).revisions.get().answers == []


def test_old_answer_is_kept_until_the_question_is_answered_again(
    draft: Submission, question: Question
) -> None:
    answer(draft, question, "night")
    change(question, text="Which moods?")
    answer(draft, question, "", note="Other words")
    assert "Before, you answered:</p><p><strong>night</strong>" in page(draft)
    assert "you answered" not in page_after(draft, question, "night")


def test_draft_taken_to_another_call_says_nothing_of_the_first_ones_questions(
    draft: Submission, question: Question
) -> None:
    answer(draft, question, "night")
    call = make_intake(draft.label, call_name="Summer")
    Submission.objects.filter(pk=draft.pk).update(intake=call)
    assert "changed" not in page(draft)


def test_more_help_or_an_answer_now_required_is_no_other_question(
    draft: Submission, question: Question
) -> None:
    answer(draft, question, "night")
    change(question, help_text="One.", is_required=True)
    assert "changed" not in page(draft)
