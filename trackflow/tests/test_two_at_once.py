"""Two people, or two tabs, at one thing: no error page, and nobody is silently overwritten.

The first has the row locked; the second has read it, and waits.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from catalog.tests.builders import make_producer, make_track
from labels import reply_templates
from labels.choices import Role
from labels.intakes import service as intakes
from labels.models import Intake, Label, Question, ReplyTemplate
from labels.questions import service as questions
from labels.tests.builders import make_intake, make_label, make_member, make_question, make_template
from submissions.drafts import service as drafts
from submissions.models import Submission
from submissions.tests.builders import make_draft
from submissions.tests.posting import post
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once, overtaken

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


@pytest.fixture
def call(label: Label) -> Intake:
    return make_intake(label, call_name="Summer")


# A draft deleted in another tab


@pytest.mark.parametrize(("name", "status"), [("autosave", 409), ("edit", 404)])
def test_draft_deleted_meanwhile_is_said(name: str, status: int) -> None:
    draft = make_draft()
    answer = overtaken(
        lambda: post(draft, name, do="send", note="Hello"), by=lambda: drafts.discard(draft), at=draft
    )
    assert answer.status_code == status
    assert name == "edit" or "deleted in another tab" in answer.content.decode()


def test_draft_deleted_between_saving_and_sending_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = make_draft()
    real = drafts.save

    def save_and_lose(*given: Any) -> Any:
        saved = real(*given)
        drafts.discard(draft)
        return saved

    monkeypatch.setattr(drafts, "save", save_and_lose)
    assert post(draft, "edit", do="send").status_code == 404


# A call or a question deleted by a colleague


def intake_form(intake: Intake) -> dict[str, Any]:
    words = ("genre_strictness", "tempo_strictness", "ai_policy", "exclusivity_policy", "promise_days")
    values = {name: getattr(intake, name) for name in (*words, "grace_days", "answer_days", "call_name")}
    return {**values, "message": "Mine.", "stamp": intakes.stamp_of(intake)}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("intake", intake_form),
        ("intake-pause", lambda call: {"stamp": intakes.stamp_of(call), "message": "Full."}),
        ("intake-delete", lambda call: {}),
        ("questions-order", lambda call: {}),
        ("question-add", lambda call: {"kind": "short", "text": "Where?"}),
    ],
)
def test_call_deleted_by_a_colleague_is_said(
    manager: User, call: Intake, name: str, fields: Callable[[Intake], dict[str, Any]]
) -> None:
    path, typed = reverse(f"workspace:{name}", args=[call.label.slug, call.code]), fields(call)
    answer = overtaken(lambda: client_of(manager).post(path, typed), by=lambda: intakes.delete(call), at=call)
    assert answer.status_code == 409
    assert "This call has been deleted." in answer.content.decode()
    assert not Activity.objects.exists()


def test_question_deleted_by_a_colleague_is_said(manager: User, call: Intake) -> None:
    question = make_question(call)
    path = reverse("workspace:question", args=[call.label.slug, call.code, question.pk])
    typed = {"kind": "short", "text": "Where?", "stamp": questions.stamp_of(question)}
    answer = overtaken(
        lambda: client_of(manager).post(path, typed),
        by=lambda: questions.delete(question, is_answered=False),
        at=call,
    )
    assert answer.status_code == 409
    assert "This question has been deleted." in answer.content.decode()


def test_question_deleted_twice_is_logged_once(manager: User, call: Intake) -> None:
    question = make_question(call)
    path = reverse("workspace:question-retire", args=[call.label.slug, call.code, question.pk])
    answers = at_once([lambda: client_of(manager).post(path)] * 3)
    assert {answer.status_code for answer in answers} <= {303, 404}
    assert not Question.objects.exists()
    assert Activity.objects.count() == 1


def test_demo_begun_for_a_call_that_is_deleted_is_refused_at_its_field(call: Intake) -> None:
    maya = make_producer()
    track = make_track(maya)
    typed = {"track": track.code, "intake": call.code}
    answer = overtaken(
        lambda: client_of(maya).post(reverse("submissions:create"), typed),
        by=lambda: intakes.delete(call),
        at=call,
    )
    assert answer.status_code == 409
    assert "This call has been deleted." in answer.context["form"].errors["intake"][0]
    assert not Submission.objects.exists()


def test_draft_begun_in_many_tabs_is_one(label: Label) -> None:
    track = make_track(make_producer())
    intake = label.intakes.get()
    begun = at_once([lambda: drafts.start(track.owner, track, intake)] * 6)
    assert {draft.pk for draft in begun} == {Submission.objects.get().pk}


# Two managers on one reply template


def change(manager: User, template: ReplyTemplate, **typed: str) -> Any:
    path = reverse("workspace:template-edit", args=[template.label.slug, template.pk])
    said = {"name": template.name, "text": template.text, "stamp": reply_templates.stamp_of(template)}
    return client_of(manager).post(path, {**said, **typed})


def test_second_manager_is_shown_what_the_first_wrote(manager: User, label: Label) -> None:
    template = make_template(label)
    theirs = ReplyTemplate.objects.select_related("label").get()
    theirs.text = "Theirs, {artist}."
    stamp = reply_templates.stamp_of(template)
    answer = overtaken(
        lambda: change(manager, template, text="Mine, {artist}."),
        by=lambda: reply_templates.save(theirs, stamp=stamp),
        at=label,
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else changed this" in page
    assert "Theirs, {artist}." in page
    assert "Mine, {artist}.</textarea>" in page
    assert ReplyTemplate.objects.get().text == "Theirs, {artist}."
    again = answer.context["form"]["stamp"].value()
    assert change(manager, template, text="Mine, {artist}.", stamp=again).status_code == 303
    assert ReplyTemplate.objects.get().text == "Mine, {artist}."


def test_template_retired_meanwhile_is_said_and_the_text_kept(manager: User, label: Label) -> None:
    template = make_template(label)
    answer = overtaken(
        lambda: change(manager, template, text="Mine."),
        by=lambda: reply_templates.retire(template),
        at=label,
    )
    assert answer.status_code == 409
    assert "Mine.</textarea>" in answer.content.decode()
    assert ReplyTemplate.objects.get().retired_at
