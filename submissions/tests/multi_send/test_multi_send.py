"""One track to several labels in one go: each in its own words, each label's rule respected, nothing sent twice."""

import re
import threading
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from playwright.sync_api import expect

from catalog.choices import Exclusivity
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from labels.choices import QuestionKind
from labels.models import Intake, Question
from labels.tests.builders import make_intake, make_label, make_question
from submissions.models import Draft, Event, Submission
from submissions.tests.builders import make_submission
from trackflow.testing.chromium import Browse
from trackflow.testing.clients import client_of

SEND, SENT = reverse("submissions:send"), reverse("submissions:sent")


@pytest.fixture
def track(db: None) -> Track:
    return make_track(make_producer(), exclusivity=Exclusivity.EXCLUSIVE_UNTIL, exclusive_until="2020-01-01")


@pytest.fixture
def harbour(track: Track) -> Intake:
    return make_label("Harbour").intakes.get()


@pytest.fixture
def quay(track: Track) -> Intake:
    return make_label("Quay").intakes.get()


@pytest.fixture
def question(quay: Intake) -> Question:
    return make_question(quay, text="Where was it made?", is_required=True)


def typed(track: Track, *intakes: Intake, do: str = "check", **words: Any) -> dict[str, Any]:
    """Return what a browser posts; `words` by label in lower case and field: `quay_note`."""
    said: dict[str, Any] = {"track": track.code, "to": [each.code for each in intakes], "do": do}
    for intake in intakes:
        said |= {f"{intake.code}-turn": 0, f"{intake.code}-key": uuid.uuid4(), f"{intake.code}-saved": "new"}
        own = {key: value for key, value in words.items() if key.startswith(intake.label.slug)}
        said |= {f"{intake.code}-{key.split('_', 1)[1]}": value for key, value in own.items()}
    return said


def post(track: Track, said: dict[str, Any], *, follow: bool = False) -> Any:
    return client_of(track.owner).post(SEND, said, follow=follow)


def body(answer: Any) -> str:
    return answer.content.decode()


def states() -> dict[str, str]:
    return dict(Submission.objects.values_list("label__name", "state"))


def test_producer_chooses_a_track_and_labels(track: Track, harbour: Intake, quay: Intake) -> None:
    page = body(client_of(track.owner).get(SEND, {"track": track.code}))
    assert f'value="{track.code}" selected' in page
    assert harbour.code in page
    assert quay.code in page
    assert not Submission.objects.exists()


def test_only_open_public_calls_are_offered(track: Track, harbour: Intake) -> None:
    make_intake(harbour.label, call_name="Secret night", access_code="moth")
    make_intake(harbour.label, call_name="Asleep", is_paused=True)
    make_label("Shadow", "unverified")
    page = body(client_of(track.owner).get(SEND))
    assert not re.search("Secret night|Asleep|Shadow", page)


@pytest.mark.parametrize("query", ["go=on", "track=x&to=x", "to=%00&track=%00", "to=CL-0000-0000&go=on"])
def test_nonsense_choice_is_refused(track: Track, harbour: Intake, query: str) -> None:
    assert client_of(track.owner).get(f"{SEND}?{query}").status_code == 422
    assert client_of(track.owner).post(SEND, {"track": "\x00", "to": ["\x00", "🎛"]}).status_code == 422


def test_one_label_is_ticked_once(track: Track, harbour: Intake) -> None:
    call = make_intake(harbour.label, call_name="Summer")
    answer = client_of(track.owner).get(SEND, {"track": track.code, "to": [harbour.code, call.code]})
    assert answer.status_code == 422
    assert "Tick one way to send for each label" in body(answer)


def test_each_label_asks_its_own(track: Track, harbour: Intake, quay: Intake, question: Question) -> None:
    harbour.tempo_to, harbour.tempo_strictness = 100, "warn"
    harbour.save()
    page = client_of(track.owner).get(SEND, {"track": track.code, "to": [harbour.code, quay.code]})
    assert f'name="{quay.code}-q{question.pk}"' in body(page)
    assert "Harbour is looking for at most 100 BPM." in body(page)
    assert not Submission.objects.exists()


def test_summary_says_who_gets_what_and_writes_nothing(
    track: Track, harbour: Intake, quay: Intake, question: Question
) -> None:
    said = typed(track, harbour, quay, harbour_note="Dear Harbour", quay_note="Dear Quay")
    page = body(post(track, said))
    assert "1 label gets it" in page
    assert "Dear Harbour" in page
    assert "“Where was it made?” is not answered." in page
    assert f'value="{said[f"{quay.code}-key"]}"' in page
    assert not Submission.objects.exists()


def test_sending_gives_each_label_its_own_note_and_answers(
    track: Track, harbour: Intake, quay: Intake, question: Question
) -> None:
    words = {"harbour_note": "Dear Harbour", "quay_note": "Dear Quay", f"quay_q{question.pk}": "Malmö"}
    answer = post(track, typed(track, harbour, quay, do="send", **words), follow=True)
    assert answer.redirect_chain == [(SENT, 303)]
    assert "Sent to 2 labels" in body(answer)
    notes = dict(Event.objects.values_list("submission__label__name", "note"))
    assert notes == {"Harbour": "Dear Harbour", "Quay": "Dear Quay"}
    for submission in Submission.objects.all():
        assert submission.get_absolute_url() in body(answer)


def test_what_is_refused_stays_a_draft_with_the_reason(
    track: Track, harbour: Intake, quay: Intake, question: Question
) -> None:
    said = typed(track, harbour, quay, do="send", quay_note="Kept words")
    page = body(post(track, said, follow=True))
    assert states() == {"Harbour": "submitted", "Quay": "draft"}
    assert Draft.objects.get().note == "Kept words"
    assert "“Where was it made?” is not answered." in page
    assert reverse("submissions:edit", args=[Submission.objects.get(state="draft").reference]) in page


def test_label_that_wants_it_alone_is_refused_beside_others(
    track: Track, harbour: Intake, quay: Intake
) -> None:
    Intake.objects.filter(pk=quay.pk).update(exclusivity_policy="exclusive")
    page = body(post(track, typed(track, harbour, quay, do="send"), follow=True))
    assert "Quay takes only demos sent to nobody else; you chose Harbour too." in page
    assert states() == {"Harbour": "submitted", "Quay": "draft"}


def test_label_that_wants_it_alone_gets_it_alone(track: Track, quay: Intake) -> None:
    Intake.objects.filter(pk=quay.pk).update(exclusivity_policy="exclusive")
    post(track, typed(track, quay, do="send"))
    assert states() == {"Quay": "submitted"}


@pytest.mark.parametrize("whose", ["harbour", "quay"])
def test_rule_of_where_it_is_open_now_counts(track: Track, harbour: Intake, quay: Intake, whose: str) -> None:
    make_submission("in_review", track=track, label=harbour.label)
    Intake.objects.filter(label__slug=whose).update(exclusivity_policy="exclusive")
    page = body(post(track, typed(track, quay, do="send"), follow=True))
    assert states()["Quay"] == "draft"
    assert "takes only demos sent to nobody else" in page


def test_promise_to_one_label_holds_back_all(track: Track, harbour: Intake, quay: Intake) -> None:
    Track.objects.update(exclusive_until="2999-01-01")
    page = body(post(track, typed(track, harbour, quay)))
    assert page.count("You say it is only with one label until a date") == 2
    assert "Keep as drafts" in page


def test_producers_own_answer_counts_at_each_label(track: Track, harbour: Intake, quay: Intake) -> None:
    Track.objects.update(exclusivity=Exclusivity.OFFER_HELD)
    Intake.objects.filter(pk=quay.pk).update(exclusivity_policy="no_offers")
    post(track, typed(track, harbour, quay, do="send"))
    assert states() == {"Harbour": "submitted", "Quay": "draft"}


def test_label_that_closed_meanwhile_keeps_the_draft(track: Track, harbour: Intake, quay: Intake) -> None:
    said = typed(track, harbour, quay, do="send", quay_note="Kept words")
    Intake.objects.filter(pk=quay.pk).update(is_paused=True)
    page = body(post(track, said, follow=True))
    assert "Quay is not taking demos here at the moment." in page
    assert Draft.objects.get().note == "Kept words"


def test_sending_again_sends_nothing_twice(track: Track, harbour: Intake, quay: Intake) -> None:
    said = typed(track, harbour, quay, do="send")
    first, second = (post(track, said, follow=True) for _ in range(2))
    assert "Sent to 2 labels" in body(first)
    assert "Sent to 2 labels" in body(second)
    assert Event.objects.count() == Submission.objects.count() == 2


def test_retry_after_a_break_sends_only_what_is_missing(track: Track, harbour: Intake, quay: Intake) -> None:
    said = typed(track, harbour, quay, do="send")
    only = {**said, "to": [harbour.code]}
    post(track, only)
    page = body(post(track, said, follow=True))
    assert "Sent to 2 labels" in page
    assert Event.objects.count() == 2


def test_bad_answer_keeps_all_that_was_typed(track: Track, harbour: Intake, quay: Intake) -> None:
    number = make_question(quay, QuestionKind.NUMBER, text="How many?")
    words = {"harbour_note": "Dear Harbour", "quay_note": "Dear Quay", f"quay_q{number.pk}": "a lot"}
    answer = post(track, typed(track, harbour, quay, do="send", **words))
    assert answer.status_code == 422
    assert "Dear Harbour</textarea>" in body(answer)
    assert "Dear Quay</textarea>" in body(answer)
    assert f'id="id_{quay.code}-q{number.pk}_error"' in body(answer)
    assert not Submission.objects.exists()


def test_way_back_keeps_all_that_was_typed(track: Track, harbour: Intake, quay: Intake) -> None:
    answer = post(track, typed(track, harbour, quay, do="edit", harbour_note="Dear\nHarbour"))
    assert answer.status_code == 200
    assert "Dear\nHarbour</textarea>" in body(answer)


def test_draft_there_is_fills_its_part_and_is_not_overwritten_in_silence(
    track: Track, harbour: Intake
) -> None:
    said = typed(track, harbour, do="send", harbour_note="Mine")
    submission = Submission.objects.create(
        producer=track.owner, track=track, label=harbour.label, intake=harbour
    )
    Draft.objects.create(submission=submission, note="From before", saved_by=uuid.uuid4())
    page = client_of(track.owner).get(SEND, {"track": track.code, "to": [harbour.code]})
    assert "From before</textarea>" in body(page)
    assert "Another tab saved this draft" in body(post(track, said, follow=True))
    assert Draft.objects.get().note == "From before"


def test_other_producers_track_is_refused(track: Track, harbour: Intake) -> None:
    other = make_track(make_producer())
    assert post(track, typed(other, harbour, do="send")).status_code == 422
    assert not Submission.objects.exists()


def test_report_without_a_sending_leads_to_the_list(track: Track) -> None:
    answer: Any = client_of(track.owner).get(SENT)
    assert (answer.status_code, answer.url) == (302, reverse("submissions:list"))


def test_double_click_sends_each_once(committed_db: str) -> None:
    own = make_track(make_producer())
    said = typed(own, make_label("Harbour").intakes.get(), make_label("Quay").intakes.get(), do="send")
    clients, answers = [client_of(own.owner) for _ in range(2)], list[str]()

    def click(client: Any) -> None:
        answers.append(body(client.post(SEND, said, follow=True)))
        connection.close()

    threads = [threading.Thread(target=click, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ["Sent to 2 labels" in each for each in answers] == [True, True]
    assert Event.objects.count() == Submission.objects.count() == 2
    assert not Draft.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_producer_sends_one_track_to_two_labels(browse: Browse, *, scripts: bool) -> None:
    own = make_track(make_producer())
    quay = make_label("Quay").intakes.get()
    make_label("Harbour")
    make_question(quay, QuestionKind.CHOICES, text="Colours?", is_required=True)
    page = browse(java_script_enabled=scripts)
    cookie = client_of(own.owner).cookies[settings.SESSION_COOKIE_NAME].value
    page.goto("/")
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url}])
    page.goto(f"{SEND}?track={own.code}")
    page.get_by_label("Harbour").check()
    page.get_by_label("Quay").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Note to the label").first.fill("Dear Harbour")
    page.get_by_label("red").check()
    page.get_by_label("blue").check()
    page.get_by_role("button", name="To the summary").click()
    expect(page.locator("main")).to_contain_text("2 labels get it")
    expect(page.locator("main")).to_contain_text("red, blue")
    page.get_by_role("button", name="Send to 2 labels").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sent to 2 labels")
    assert states() == {"Harbour": "submitted", "Quay": "submitted"}
