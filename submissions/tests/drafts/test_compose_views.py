import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from catalog.models import Track
from catalog.tests.builders import make_producer
from labels.choices import QuestionKind
from labels.models import Intake, Question
from labels.tests.builders import make_intake, make_label, make_member, make_question
from submissions.models import Draft, Event, Submission
from submissions.producer_pages.forms import draft_form
from submissions.tests.builders import act, make_draft, make_submission
from submissions.tests.posting import fresh, own_client, post, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Submission:
    return make_draft()


@pytest.fixture
def question(draft: Submission) -> Question:
    return make_question(draft.intake, text="Where was it made?", is_required=True)


def body(answer: Any) -> str:
    return answer.content.decode()


def test_saving_keeps_incomplete_answers(draft: Submission, question: Question) -> None:
    extra = make_question(draft.intake, QuestionKind.CHOICES, text="Colours?")
    answer = post(draft, "edit", do="save", note="Hello", **{f"q{extra.pk}": ["red", "blue"]})
    assert (answer.status_code, answer.url) == (303, url_of("edit", draft))
    page = body(own_client(draft).get(url_of("edit", draft)))
    assert "Hello</textarea>" in page
    assert page.count("checked") == 2
    assert fresh(draft).state == "draft"


def test_sending_freezes_answers_and_note(draft: Submission, question: Question) -> None:
    answer = post(draft, "edit", do="send", note="Hello", **{f"q{question.pk}": "Malmö"})
    assert (answer.status_code, answer.url) == (303, url_of("submission", draft))
    submission = fresh(draft)
    assert submission.state == "submitted"
    assert submission.events.get().note == "Hello"
    assert submission.revisions.get().answers[0]["value"] == "Malmö"
    assert not Draft.objects.exists()


def test_missing_answer_is_said_beside_its_field_with_all_typed_kept(
    draft: Submission, question: Question
) -> None:
    answer = post(draft, "edit", do="send", note="Hello there")
    page = body(answer)
    assert answer.status_code == 422
    assert f'id="id_q{question.pk}_error"' in page
    assert "Hello there</textarea>" in page
    assert "Hello there</textarea>" in body(own_client(draft).get(url_of("edit", draft)))
    assert fresh(draft).state == "draft"


NUL, LONG = "a\x00b", "x" * 10_000


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (QuestionKind.SHORT, NUL),
        (QuestionKind.SHORT, LONG),
        (QuestionKind.LONG, LONG),
        (QuestionKind.NUMBER, "a lot"),
        (QuestionKind.NUMBER, "1e999"),
        (QuestionKind.CHOICE, "purple"),
        (QuestionKind.CHOICES, "purple"),
        (QuestionKind.YES_NO, "perhaps"),
        (QuestionKind.LINK, "javascript:alert(1)"),
        (QuestionKind.LINK, "https://we.tl/t-AbCdEf1234"),
        (QuestionKind.DATE, "someday"),
    ],
)
@pytest.mark.parametrize("do", ["save", "send"])
def test_bad_answer_is_refused_at_its_field(draft: Submission, kind: str, typed: str, do: str) -> None:
    question = make_question(draft.intake, kind)
    answer = post(draft, "edit", do=do, note="Kept words", **{f"q{question.pk}": typed})
    page = body(answer)
    assert answer.status_code == 422
    assert f'id="id_q{question.pk}_error"' in page
    assert "Kept words</textarea>" in page
    assert not Event.objects.exists()


@pytest.mark.parametrize("typed", [NUL, LONG])
def test_bad_note_is_refused_at_its_field(draft: Submission, typed: str) -> None:
    answer = post(draft, "edit", do="send", note=typed)
    assert answer.status_code == 422
    assert 'id="id_note_error"' in body(answer)
    assert typed.replace("\x00", "\x00") in body(answer)


def test_lone_surrogate_is_refused(draft: Submission) -> None:
    form = draft_form(draft.intake)({"turn": 0, "key": uuid.uuid4(), "note": "a\ud800b"})
    assert "note" in form.errors


def test_emoji_and_right_to_left_text_are_taken(draft: Submission, question: Question) -> None:
    assert post(draft, "edit", do="send", note="🎛 שלום", **{f"q{question.pk}": "مرحبا 🎚"}).status_code == 303
    assert fresh(draft).events.get().note == "🎛 שלום"


def test_what_the_track_lacks_is_said_with_the_way_to_mend_it(draft: Submission) -> None:
    Track.objects.update(genre=None, ai="")
    edit = f"{reverse('catalog:track-edit', args=[draft.track.code])}?next={url_of('edit', draft)}"
    page = body(own_client(draft).get(url_of("edit", draft)))
    assert f'href="{edit}#id_genre"' in page
    answer = post(draft, "edit", do="send", note="Hello")
    assert answer.status_code == 422
    assert [each.sentence for each in answer.context["refused"]] == [
        "Your genre is missing.",
        "Your answer about generative AI is missing.",
    ]
    assert f'href="{edit}#id_ai"' in body(answer)


def test_what_the_profile_lacks_leads_to_the_profile(draft: Submission) -> None:
    draft.producer.profile.artist_name = ""
    draft.producer.profile.save()
    page = body(own_client(draft).get(url_of("edit", draft)))
    assert f'href="{reverse("catalog:profile")}?next={url_of("edit", draft)}#id_artist_name"' in page


def test_gentle_warning_stops_nobody(draft: Submission) -> None:
    draft.intake.tempo_to = 100
    draft.intake.save()
    page = body(own_client(draft).get(url_of("edit", draft)))
    assert "is looking for at most 100 BPM" in page
    assert post(draft, "edit", do="send").status_code == 303


def test_intake_that_closed_meanwhile_keeps_the_draft(draft: Submission) -> None:
    Intake.objects.update(is_paused=True, message="Back in May.")
    answer = post(draft, "edit", do="send", note="My words")
    page = body(answer)
    assert answer.status_code == 422
    assert "is not taking demos here at the moment. Back in May. Your draft is kept." in page
    assert "My words</textarea>" in page
    assert Draft.objects.get().note == "My words"


def test_wrong_access_code_is_said_at_its_field(draft: Submission) -> None:
    call = make_intake(draft.label, call_name="Secret night", access_code="moth")
    Submission.objects.update(intake=call)
    answer = post(draft, "edit", do="send", access_code="bat")
    assert answer.status_code == 422
    assert 'id="id_access_code_error"' in body(answer)
    assert 'value="bat"' in body(answer)
    assert "moth" not in body(answer)
    assert post(draft, "edit", do="send", access_code="Moth").status_code == 303


def test_same_track_twice_is_said_with_a_link_to_the_first() -> None:
    label = make_label("100% Pure")
    first = make_submission("rejected", label=label)
    second = make_draft(track=first.track, label=label)
    answer = post(second, "edit", do="send")
    assert answer.status_code == 422
    assert "You sent this track to 100% Pure before" in body(answer)
    assert f'href="{url_of("submission", first)}"' in body(answer)


def test_double_click_makes_one_event_and_answers_alike(draft: Submission) -> None:
    key = uuid.uuid4()
    first, second = (post(draft, "edit", do="send", key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.url == second.url
    assert Event.objects.count() == 1


@pytest.mark.parametrize("do", ["save", "send"])
def test_stale_page_is_told_who_was_faster(draft: Submission, do: str) -> None:
    act(draft, "submit")
    answer = post(draft, "edit", do=do, note="Too late")
    assert answer.status_code == 409
    assert "You sent it meanwhile" in body(answer)
    assert "Waiting to be opened" in body(answer)
    assert not Draft.objects.exists()


def test_draft_that_was_sent_leads_to_its_page(draft: Submission) -> None:
    act(draft, "submit")
    answer: Any = own_client(draft).get(url_of("edit", draft))
    assert (answer.status_code, answer.url) == (302, url_of("submission", draft))


@pytest.mark.parametrize("field", ["turn", "key"])
def test_form_without_turn_or_key_is_refused(draft: Submission, field: str) -> None:
    assert post(draft, "edit", do="send", **{field: "x"}).status_code == 422
    assert not Event.objects.exists()


def test_preview_shows_what_will_be_sent(draft: Submission, question: Question) -> None:
    post(draft, "edit", do="save", **{f"q{question.pk}": "In a shed"})
    page = body(own_client(draft).get(url_of("edit", draft)))
    preview = page[page.index('id="preview"') :]
    assert "In a shed" in preview
    assert "8A · A minor" in preview
    assert "from SoundCloud</span>" in preview


def test_what_a_label_asks_is_never_read_as_html(draft: Submission) -> None:
    make_question(draft.intake, text="<b>bold</b>?", help_text="<i>help</i>")
    page = body(own_client(draft).get(url_of("edit", draft)))
    assert "<b>bold" not in page
    assert "<i>help" not in page


@pytest.mark.parametrize("name", ["edit", "resubmit", "delete"])
@pytest.mark.parametrize("who", ["stranger", "member"])
def test_nobody_else_finds_a_draft(draft: Submission, name: str, who: str) -> None:
    user = make_producer() if who == "stranger" else make_member(draft.label)
    assert client_of(user).get(url_of(name, draft)).status_code == 404
    assert post(draft, name, client_of(user), do="send").status_code == 404
    assert fresh(draft).state == "draft"


@pytest.mark.parametrize("name", ["edit", "resubmit", "delete"])
def test_anonymous_is_sent_to_sign_in(draft: Submission, client: Client, name: str) -> None:
    assert client.get(url_of(name, draft)).status_code == 302


@pytest.mark.parametrize("questions", [1, 5])
def test_draft_takes_as_many_queries_for_five_questions_as_for_one(
    draft: Submission, questions: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(questions):
        make_question(draft.intake, text=f"{number}?")
    client = own_client(draft)
    with django_assert_num_queries(11):  # one of them: whether the label takes demos of this producer
        client.get(url_of("edit", draft))


def test_reading_writes_nothing(draft: Submission) -> None:
    Draft.objects.all().delete()
    own_client(draft).get(url_of("edit", draft))
    assert not Draft.objects.exists()
