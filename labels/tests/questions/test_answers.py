"""Questions: each kind from form to draft to revision and back, and what is no answer."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from kit.canonical import encode
from kit.clock import now
from labels.models import Intake
from labels.questions import answers as questions_answers
from labels.tests.builders import make_label, make_question

pytestmark = pytest.mark.django_db

LINK = "https://soundcloud.com/mara/night-drive"
ANSWERS: list[tuple[str, Any, Any, Any]] = [
    ("short", "  Mara\u200b ", "Mara", "Mara"),
    ("long", "One\r\ntwo 🎛 שלום", "One\ntwo 🎛 שלום", "One\ntwo 🎛 שלום"),
    ("number", "127.50", Decimal("127.50"), "127.50"),
    ("number", "-0.00001", Decimal("-0.00001"), "-0.00001"),
    ("number", "1e2", Decimal("1E+2"), "100"),
    ("choice", "green", "green", "green"),
    ("choices", ["red", "blue"], ["red", "blue"], ["red", "blue"]),
    ("yes_no", "yes", True, True),
    ("yes_no", "no", False, False),
    ("link", " https://www.soundcloud.com/mara/night-drive?utm_source=x", LINK, LINK),
    ("date", "2026-02-28", date(2026, 2, 28), "2026-02-28"),
]
NO_ANSWERS: list[tuple[str, Any]] = [
    *((kind, "Mara\x00") for kind in ("short", "long", "link", "number", "choice", "date")),
    *((kind, "Mara\ud800") for kind in ("short", "long", "link", "number", "choice", "date")),
    *((kind, "x" * 10_000) for kind in ("short", "long", "number", "choice", "yes_no", "date")),
    ("short", "x" * 201),
    ("long", "x" * 2001),
    ("link", f"https://example.com/{'x' * 10_000}"),
    ("link", "javascript:alert(1)"),
    ("link", "https://we.tl/t-abc"),
    ("link", "not a link"),
    *(("number", text) for text in ("NaN", "Infinity", "1e999", "1.123456", "12,5,0", "9" * 16)),
    ("choice", "purple"),
    ("choices", ["red", "purple"]),
    ("choices", "red"),
    ("yes_no", "maybe"),
    *(("date", text) for text in ("2026-02-29", "yesterday", "99999-01-01")),
]


class Answers(forms.Form):
    def __init__(self, intake: Intake, *args: Any, is_draft: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields.update(questions_answers.fields_for(intake, draft=is_draft))


def intake_asking(kind: str, **fields: Any) -> tuple[Intake, str]:
    intake = make_label().intakes.get()
    return intake, f"q{make_question(intake, kind, **fields).pk}"


@pytest.mark.parametrize(("kind", "typed", "cleaned", "kept"), ANSWERS)
def test_answer_goes_to_draft_and_revision_and_back(kind: str, typed: Any, cleaned: Any, kept: Any) -> None:
    intake, name = intake_asking(kind, is_required=True)
    form = Answers(intake, {name: typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {name: cleaned}
    answers = json.loads(json.dumps(questions_answers.dump_answers(form.cleaned_data)))
    assert answers == {name: kept}
    assert questions_answers.clean_answers(intake, answers) == {name: cleaned}
    frozen = questions_answers.freeze_answers(intake, form.cleaned_data)
    question = intake.questions.get()
    assert frozen == [{"question": question.pk, "kind": kind, "text": question.text, "value": kept}]
    assert json.loads(encode(frozen)) == frozen
    again = Answers(intake, questions_answers.initial_answers(frozen))
    assert again.is_valid()
    assert questions_answers.freeze_answers(intake, again.cleaned_data) == frozen
    assert str(Answers(intake, initial=questions_answers.initial_answers(frozen)))


@pytest.mark.parametrize(("kind", "typed"), NO_ANSWERS)
def test_bad_answer_is_refused_at_its_field_and_stays_typed(kind: str, typed: Any) -> None:
    intake, name = intake_asking(kind)
    form = Answers(intake, {name: typed})
    assert list(form.errors) == [name]
    assert form[name].value() == typed


@pytest.mark.parametrize("kind", sorted({row[0] for row in ANSWERS}))
@pytest.mark.parametrize("typed", ["", None])
def test_required_question_may_wait_while_it_is_a_draft(kind: str, typed: Any) -> None:
    intake, name = intake_asking(kind, is_required=True)
    data = {} if typed is None else {name: [] if kind == "choices" else typed}
    draft = Answers(intake, data, is_draft=True)
    assert draft.is_valid()
    assert questions_answers.dump_answers(draft.cleaned_data) == {}
    assert questions_answers.freeze_answers(intake, draft.cleaned_data) == []
    assert not Answers(intake, data).is_valid()
    with pytest.raises(ValidationError) as refused:
        questions_answers.clean_answers(intake, {})
    assert list(refused.value.error_dict) == [name]


def test_blank_text_is_no_answer() -> None:
    intake, name = intake_asking("short", is_required=True)
    assert not Answers(intake, {name: " \u200b\ufeff "}).is_valid()


def test_retired_question_is_not_asked() -> None:
    intake, name = intake_asking("short", retired_at=now(), is_required=True)
    assert questions_answers.fields_for(intake) == {}
    assert questions_answers.freeze_answers(intake, {name: "Mara"}) == []


def test_questions_stand_in_their_order() -> None:
    intake = make_label().intakes.get()
    last, first = make_question(intake, position=2), make_question(intake, position=1)
    assert list(questions_answers.fields_for(intake)) == [f"q{first.pk}", f"q{last.pk}"]


def test_help_typed_by_a_label_is_no_html() -> None:
    intake, _ = intake_asking("short", text="<b>Who?</b>", help_text="<script>alert(1)</script>")
    drawn = str(Answers(intake))
    assert "<script>" not in drawn
    assert "<b>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_many_choices_become_a_select() -> None:
    intake, name = intake_asking("choice", options=[f"Choice {number}" for number in range(8)])
    assert isinstance(questions_answers.fields_for(intake)[name].widget, forms.Select)
    assert not isinstance(questions_answers.fields_for(intake)[name].widget, forms.RadioSelect)


def test_answers_take_one_query(django_assert_num_queries: Any) -> None:
    intake, _ = intake_asking("short")
    make_question(intake, "date")
    with django_assert_num_queries(1):
        questions_answers.fields_for(intake)
