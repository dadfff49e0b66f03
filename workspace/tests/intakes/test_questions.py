"""The builder of an intake's questions: adding, changing, ordering, retiring, and the sample beside it."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.tests.log_lines import logged
from catalog.tests.builders import make_track
from labels.choices import QuestionKind
from labels.models import Intake, Question
from labels.questions.service import MOST_QUESTIONS, stamp_of
from labels.status import suspend
from labels.tests.builders import make_question
from submissions.models import Draft, Revision, Submission
from submissions.tests.builders import act, make_draft
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

HTMX = {"HX-Request": "true", "HX-Target": "order-base"}


def standing(cast: Cast) -> Intake:
    return cast.label.intakes.get(call_name="")


def path(cast: Cast, name: str, *more: Any) -> str:
    return reverse(f"workspace:{name}", args=["harbour", standing(cast).code, *more])


def add(cast: Cast, user: User | None = None, **fields: Any) -> Any:
    said = {"kind": "short", "text": "Where did you play it?", **fields}
    return client_of(user or cast.manager).post(path(cast, "question-add"), said)


def change(cast: Cast, question: Question, stamp: str = "", **fields: Any) -> Any:
    row = Question.objects.get(pk=question.pk)
    said = {"kind": row.kind, "text": row.text, "help_text": row.help_text, "options": "\n".join(row.options)}
    return client_of(cast.manager).post(
        path(cast, "question", row.pk), {**said, "stamp": stamp or stamp_of(row), **fields}
    )


def order(cast: Cast, was: list[Question], wanted: list[Question], headers: Any = None, **more: Any) -> Any:
    said = {"was": [each.pk for each in was], "order": [each.pk for each in wanted], **more}
    return client_of(cast.manager).post(path(cast, "questions-order"), said, headers=headers or {})


def texts(cast: Cast) -> list[str]:
    asked = standing(cast).questions.filter(retired_at=None)
    return list(asked.values_list("text", flat=True))


def answered(cast: Cast, question: Question, value: str) -> Submission:
    """Return a demo that was sent with this answer."""
    draft = make_draft(label=cast.label, track=make_track(cast.producer))
    Draft.objects.filter(submission=draft).update(answers={f"q{question.pk}": value})
    return act(draft, "submit").submission


# Adding and changing


@pytest.mark.parametrize("kind", QuestionKind.values)
def test_manager_adds_a_question_of_every_kind(kind: str, cast: Cast) -> None:
    options = "red\n\n green \nred" if kind in ("choice", "choices") else "left over"
    assert add(cast, kind=kind, options=options, is_required="on", help_text="Be brief.").status_code == 303
    question = standing(cast).questions.get()
    assert (question.kind, question.is_required, question.help_text) == (kind, True, "Be brief.")
    assert question.options == (["red", "green"] if kind in ("choice", "choices") else [])
    assert logged() == ["added the question “Where did you play it?” to “Demos”"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"text": ""}, "text"),
        ({"kind": "choice", "options": "one"}, "options"),
        ({"kind": "choice", "options": "\n".join(map(str, range(51)))}, "options"),
        ({"kind": "song"}, "kind"),
    ],
)
def test_question_that_cannot_be_asked_is_told_beside_its_field(
    fields: dict[str, Any], name: str, cast: Cast
) -> None:
    answer = add(cast, help_text="Typed.", **fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]
    assert "Typed." in answer.content.decode()
    assert texts(cast) == []


def test_intake_asks_twenty_questions_and_no_more(cast: Cast) -> None:
    made = [make_question(standing(cast), position=number) for number in range(MOST_QUESTIONS - 1)]
    assert add(cast).status_code == 303
    assert add(cast).status_code == 422
    answered(cast, made[0], "Here.")
    client_of(cast.manager).post(path(cast, "question-retire", made[0].pk))
    assert add(cast).status_code == 303
    assert client_of(cast.manager).post(path(cast, "question-restore", made[0].pk)).status_code == 409
    assert len(texts(cast)) == MOST_QUESTIONS


def test_later_edits_change_no_past_answer(cast: Cast) -> None:
    question = make_question(standing(cast), "choice", text="Which colour?")
    demo = answered(cast, question, "green")
    before = Revision.objects.get(submission=demo).answers
    change(cast, question, text="Which hue?", help_text="One.")
    change(cast, question, options="black\nwhite")
    kept = standing(cast).questions.get(retired_at=None)
    change(cast, kept, kind="long")
    client_of(cast.manager).post(path(cast, "question-retire", kept.pk))
    assert Revision.objects.get(submission=demo).answers == before
    said = {"question": question.pk, "kind": "choice", "text": "Which colour?", "value": "green"}
    assert before == [said]
    page = client_of(cast.manager).get(reverse("desk:submission", args=["harbour", demo.reference]))
    assert "Which colour?" in page.content.decode()
    assert "Which hue?" not in page.content.decode()


def test_words_of_an_answered_question_change_in_place(cast: Cast) -> None:
    question = make_question(standing(cast), text="Where?")
    answered(cast, question, "Here.")
    assert change(cast, question, text="Where exactly?", is_required="on").status_code == 303
    question.refresh_from_db()
    assert (question.text, question.is_required, question.retired_at) == ("Where exactly?", True, None)


@pytest.mark.parametrize("fields", [{"kind": "choices"}, {"options": "red\ngreen\nblue\nblack"}])
def test_other_kind_or_choices_of_an_answered_question_make_a_new_one_in_its_place(
    fields: dict[str, str], cast: Cast
) -> None:
    question = make_question(standing(cast), "choice", position=1)
    make_question(standing(cast), text="After?", position=2)
    answered(cast, question, "green")
    page = client_of(cast.manager).get(path(cast, "question", question.pk)).content.decode()
    assert "creates a new question" in page
    change(cast, question, **fields)
    question.refresh_from_db()
    assert question.retired_at
    assert (question.kind, question.options) == ("choice", ["red", "green", "blue"])
    assert texts(cast) == [question.text, "After?"]


def test_answer_in_a_draft_is_not_taken_for_one_to_the_new_kind(cast: Cast) -> None:
    question = make_question(standing(cast), "choices", text="Which stems?")
    draft = make_draft(label=cast.label, track=make_track(cast.producer))
    Draft.objects.filter(submission=draft).update(answers={f"q{question.pk}": ["red"]})
    change(cast, question, kind="short")
    act(draft, "submit")
    assert Revision.objects.get().answers == []
    assert texts(cast) == ["Which stems?"]


def test_other_kind_of_a_question_nobody_answered_is_the_same_question(cast: Cast) -> None:
    question = make_question(standing(cast), "short")
    change(cast, question, kind="date")
    assert standing(cast).questions.get().kind == "date"
    assert standing(cast).questions.get().pk == question.pk


def test_second_manager_is_told_what_a_question_says_now(cast: Cast) -> None:
    question = make_question(standing(cast), text="Where?")
    stamp = stamp_of(question)
    change(cast, question, text="Where exactly?")
    answer = change(cast, question, stamp, text="Mine?")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Where exactly?" in page
    assert 'value="Mine?"' in page
    assert texts(cast) == ["Where exactly?"]
    assert change(cast, question, answer.context["form"]["stamp"].value(), text="Mine?").status_code == 303


# Retiring


def test_answered_question_is_retired_and_asked_again_and_another_deleted(cast: Cast) -> None:
    intake = standing(cast)
    first, second = make_question(intake, text="First?"), make_question(intake, text="Second?", position=1)
    answered(cast, first, "Yes.")
    page = client_of(cast.manager).get(path(cast, "questions")).content.decode()
    assert "Retire<span" in page
    assert "Delete<span" in page
    for question in (first, second):
        client_of(cast.manager).post(path(cast, "question-retire", question.pk))
    assert (texts(cast), Question.objects.count()) == ([], 1)
    add(cast, text="Third?")
    client_of(cast.manager).post(path(cast, "question-restore", first.pk))
    assert texts(cast) == ["Third?", "First?"]
    assert logged()[:2] == [
        "retired the question “First?” of “Demos”",
        "deleted the question “Second?” of “Demos”",
    ]


# Order


def test_questions_are_put_in_order_by_list_and_by_button(cast: Cast) -> None:
    intake = standing(cast)
    one, two, three = (make_question(intake, text=f"{n}?", position=n) for n in (1, 2, 3))
    assert order(cast, [one, two, three], [three, one, two]).status_code == 303
    assert texts(cast) == ["3?", "1?", "2?"]
    answer = order(cast, [three, one, two], [three, one, two], down=three.pk)
    assert answer.headers["Location"].endswith(f"#question-{three.pk}")
    assert texts(cast) == ["1?", "3?", "2?"]
    order(cast, [one, three, two], [one, three, two], up=one.pk)
    assert texts(cast) == ["1?", "3?", "2?"]
    assert len(logged()) == 2


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_order_of_an_old_list_is_refused_with_the_fresh_one(headers: dict[str, str], cast: Cast) -> None:
    intake = standing(cast)
    one, two = make_question(intake, text="One?"), make_question(intake, text="Two?", position=1)
    add(cast, text="Three?")
    answer = order(cast, [one, two], [two, one], headers)
    assert answer.status_code == 409
    assert "Somebody else changed the questions" in answer.content.decode()
    assert "Three?" in answer.content.decode()
    assert answer.headers.get("HX-Retarget", "") == ("#questions" if headers else "")
    assert texts(cast) == ["One?", "Two?", "Three?"]


def test_order_that_names_other_questions_is_refused(cast: Cast) -> None:
    one = make_question(standing(cast))
    foreign = make_question(cast.rival.memberships.get().label.intakes.get(), position=7)
    assert order(cast, [one], [foreign]).status_code == 409
    foreign.refresh_from_db()
    assert foreign.position == 7


def test_order_saved_by_script_answers_its_new_base_and_sample(cast: Cast) -> None:
    intake = standing(cast)
    one, two = make_question(intake, text="One?"), make_question(intake, text="Two?", position=1)
    page = order(cast, [one, two], [two, one], HTMX).content.decode()
    assert page.index(f'name="was" value="{two.pk}"') < page.index(f'name="was" value="{one.pk}"')
    assert 'hx-swap-oob="true"' in page
    assert page.index("Two?") < page.index("One?")


# The sample


def test_sample_shows_the_form_with_what_is_typed_and_keeps_nothing(cast: Cast) -> None:
    question = make_question(standing(cast), text="Where?")
    client = client_of(cast.manager)
    said = {"kind": "choice", "text": "Which <b>side</b>?", "options": "A\nB", "is_required": "on"}
    page = client.post(path(cast, "questions-preview"), said).content.decode()
    assert page.index("Where?") < page.index("Which &lt;b&gt;side&lt;/b&gt;?")
    assert page.count('type="radio"') == 3
    assert "Required to send" in page
    edited = client.post(f"{path(cast, 'questions-preview')}?question={question.pk}", {"text": "Where now?"})
    assert "Where now?" in edited.content.decode()
    assert "Where?" not in edited.content.decode()
    assert texts(cast) == ["Where?"]


def test_sample_without_javascript_comes_with_a_preview(cast: Cast) -> None:
    answer = add(cast, text="Which side?", preview="1")
    assert answer.status_code == 200
    assert [field.label for field in answer.context["sample"]] == ["Which side?"]
    assert texts(cast) == []


# Who may


@pytest.mark.parametrize("who", ["reviewer", "viewer"])
def test_who_does_not_manage_reads_the_questions_and_writes_none(who: str, cast: Cast) -> None:
    question, user = make_question(standing(cast), text="Where?"), getattr(cast, who)
    page = client_of(user).get(path(cast, "questions"))
    assert "Where?" in page.content.decode()
    assert "question-form" not in page.content.decode().split("hx-include")[0]
    assert add(cast, user).status_code == 403
    for name in ("question-retire", "question"):
        assert client_of(user).post(path(cast, name, question.pk)).status_code == 403


def test_suspended_label_keeps_its_questions(cast: Cast) -> None:
    one, two = (
        make_question(standing(cast), text="One?"),
        make_question(standing(cast), text="Two?", position=1),
    )
    suspend(cast.label, reason="Asked for money.")
    assert add(cast).status_code == 409
    assert change(cast, one, text="Other?").status_code == 409
    assert order(cast, [one, two], [two, one]).status_code == 409
    assert client_of(cast.manager).post(path(cast, "question-retire", one.pk)).status_code == 409
    assert texts(cast) == ["One?", "Two?"]


def test_question_of_another_label_is_not_found(cast: Cast) -> None:
    theirs = make_question(cast.rival.memberships.get().label.intakes.get())
    assert client_of(cast.manager).get(path(cast, "question", theirs.pk)).status_code == 404
    assert client_of(cast.manager).post(path(cast, "question-retire", theirs.pk)).status_code == 404


@pytest.mark.parametrize("questions", [1, 5])
def test_builder_asks_as_few_queries_for_five_questions_as_for_one(
    questions: int, cast: Cast, django_assert_num_queries: Any
) -> None:
    for number in range(questions):
        make_question(standing(cast), position=number)
    client, where = client_of(cast.manager), path(cast, "questions")
    with django_assert_num_queries(6):
        client.get(where)
