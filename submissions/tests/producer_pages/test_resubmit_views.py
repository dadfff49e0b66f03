import uuid
from typing import Any

import pytest

from catalog.models import Track
from labels.choices import Role
from labels.models import Question
from labels.status import suspend
from labels.tests.builders import make_member, make_question
from submissions.models import Submission
from submissions.tests.builders import act, make_draft
from submissions.tests.posting import fresh, own_client, post, url_of

pytestmark = pytest.mark.django_db


def body(answer: Any) -> str:
    return answer.content.decode()


@pytest.fixture
def wanted() -> Submission:
    """A submission with an answer, of which the label wants changes."""
    submission = make_draft()
    question = make_question(submission.intake, text="Where was it made?", is_required=True)
    submission.draft.answers = {f"q{question.pk}": "Malmö"}
    submission.draft.save()
    manager = make_member(submission.label, Role.MANAGER)
    for transition in ("submit", "start_review", "request_changes"):
        submission = act(submission, transition, manager=manager).submission
    return submission


def asked(submission: Submission) -> str:
    return f"q{Question.objects.get(intake=submission.intake).pk}"


def test_new_revision_starts_from_the_last_answers_and_the_wish(wanted: Submission) -> None:
    page = body(own_client(wanted).get(url_of("resubmit", wanted)))
    assert 'value="Malmö"' in page
    assert "A longer intro, please." in page
    assert "Nothing yet." in page


def test_difference_is_shown_before_sending(wanted: Submission) -> None:
    Track.objects.update(title="Day Drive")
    post(wanted, "resubmit", do="save", **{asked(wanted): "Lund"})
    page = own_client(wanted).get(url_of("resubmit", wanted))
    changed = {row.label: (row.before, row.after) for row in page.context["rows"]}
    assert changed["Title"][1] == "Day Drive"
    assert changed["Where was it made?"] == ("Malmö", "Lund")
    assert fresh(wanted).state == "changes_requested"


def test_sending_again_makes_the_next_revision(wanted: Submission) -> None:
    key = uuid.uuid4()
    said = {"do": "send", "key": key, "note": "Here.", asked(wanted): "Malmö"}
    assert post(wanted, "resubmit", **said).status_code == 303
    assert post(wanted, "resubmit", **said).status_code == 303
    submission = fresh(wanted)
    assert (submission.state, submission.revisions.count(), submission.version) == ("submitted", 2, 4)


def test_nothing_new_and_nothing_said_is_refused(wanted: Submission) -> None:
    answer = post(wanted, "resubmit", do="send", **{asked(wanted): "Malmö"})
    assert answer.status_code == 422
    assert "Nothing has changed since the label saw it" in body(answer)


def test_link_replaced_in_another_tab_makes_the_page_stale(wanted: Submission) -> None:
    act(wanted, "replace_link")
    answer = post(wanted, "resubmit", do="send", note="My words", **{asked(wanted): "Lund"})
    assert answer.status_code == 409
    assert "You replaced a link meanwhile" in body(answer)
    assert "My words</textarea>" in body(answer)
    assert f'name="turn" value="{wanted.turn + 1}"' in body(answer)


def test_new_revision_of_what_ended_meanwhile_is_stale(wanted: Submission) -> None:
    act(wanted, "withdraw")
    answer = post(wanted, "resubmit", do="send", note="My words")
    assert answer.status_code == 409
    assert "You withdrew it meanwhile" in body(answer)
    assert own_client(wanted).get(url_of("resubmit", wanted)).status_code == 302


def test_suspended_label_takes_no_new_revision_and_all_typed_is_kept(wanted: Submission) -> None:
    suspend(wanted.label, reason="Asked for money.")
    answer = post(wanted, "resubmit", do="send", note="My words", **{asked(wanted): "Lund"})
    assert answer.status_code == 409
    assert "is suspended: nothing can be decided until that is over" in body(answer)
    assert "My words</textarea>" in body(answer)
