"""The outbox: put there, read, edited, timed, sent back, dismissed, prepared again."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from activity.models import Activity
from desk.bulk.runner import run
from desk.choices import BulkResult
from desk.models import Bulk, Proposal, TeamSettings
from desk.outbox import changes
from desk.outbox.forms import SendTimeForm
from desk.outbox.service import SentBack, propose, send
from kit.clock import at, now
from labels.choices import Role, Status
from labels.tests.builders import make_member
from notifications.models import Delivery, Notice
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Submission
from submissions.tests.builders import SUMMARY, TERMS, act, history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

PASSING = {"reason": "genre", "welcome": "another"}


def prepare(cast: Cast, demo: Submission | None = None, user: User | None = None, **said: Any) -> Proposal:
    demo = demo or cast.demo()
    said = {"details": PASSING, "note": "Not for us.", "turn": demo.turn, "key": uuid4(), **said}
    return propose(demo, "reject", user=user or cast.reviewer, **said)


def outbox_of(cast: Cast, user: User, query: str = "") -> Any:
    return client_of(user).get(reverse("desk:outbox", args=[cast.label.slug]) + query)


def pick_of(proposal: Proposal) -> str:
    return f"{proposal.submission.reference}.{proposal.fingerprint}"


def sent_back(cast: Cast) -> Proposal:
    """Return a decision of the reviewer's that came back."""
    proposal = prepare(cast, demo := cast.demo())
    act(demo, "shortlist", manager=cast.manager)
    with pytest.raises(SentBack):
        send(proposal, user=cast.manager)
    return Proposal.objects.get(pk=proposal.pk)


def test_old_address_leads_to_the_outbox_for_good(cast: Cast) -> None:
    answer = client_of(cast.viewer).get(reverse("desk:proposals", args=[cast.label.slug]))
    assert (answer.status_code, answer["Location"]) == (301, reverse("desk:outbox", args=[cast.label.slug]))


def test_manager_puts_a_decision_into_the_outbox_instead_of_sending_it(cast: Cast) -> None:
    demo = cast.demo()
    panel = client_of(cast.manager).get(url("act", demo, "reject")).content.decode()
    assert panel.index("Send now") < panel.index("Put in the outbox")
    assert f'formaction="{url("propose", demo, "reject")}"' in panel
    assert post(cast.manager, demo, "reject", "propose", note="Later.", **PASSING).status_code == 303
    assert history(demo) == ["submit", "start_review"]
    assert Proposal.objects.get().prepared_by == cast.manager
    assert "Later." in outbox_of(cast, cast.viewer).content.decode()


def test_label_that_reads_first_puts_the_outbox_first(cast: Cast) -> None:
    TeamSettings.objects.filter(label=cast.label).update(sends_at_once=False)
    demo = cast.demo()
    panel = client_of(cast.manager).get(url("act", demo, "reject")).content.decode()
    assert panel.index("Put in the outbox") < panel.index("Send now")
    assert f'action="{url("propose", demo, "reject")}"' in panel
    assert f'formaction="{url("act", demo, "reject")}"' in panel


def test_what_was_put_into_the_outbox_badly_goes_there_still_with_enter(cast: Cast) -> None:
    demo = cast.demo()
    answer = post(cast.manager, demo, "reject", "propose", reason="", welcome="another", note="Kept")
    panel = answer.content.decode()
    assert answer.status_code == 422
    assert panel.index("Put in the outbox") < panel.index("Send now")
    assert "Kept" in panel


def test_reviewer_has_one_button(cast: Cast) -> None:
    panel = client_of(cast.reviewer).get(url("propose", cast.demo(), "reject")).content.decode()
    assert "Propose: pass" in panel
    assert "Send now" not in panel


def test_what_waits_already_leaves_the_manager_sending_now(cast: Cast) -> None:
    demo = cast.demo()
    prepare(cast, demo)
    panel = client_of(cast.manager).get(url("act", demo, "reject")).content.decode()
    assert "Send now" in panel
    assert "Put in the outbox" not in panel


def test_outbox_shows_all_there_is_to_proof_read(cast: Cast) -> None:
    demo = cast.demo(title="Low Tide")
    said = {"terms": TERMS, "text": "No advance.", "days": 9}
    propose(demo, "accept", user=cast.reviewer, turn=demo.turn, key=uuid4(), note="We love it.", details=said)
    page = outbox_of(cast, cast.viewer).content.decode()
    for words in (
        "Low Tide",
        "Offer to sign",
        "Rita proposes",
        "We love it.",
        "No advance.",
        SUMMARY,
        "Answer due by",
    ):
        assert words in page, words
    for button in ("Send", "Discard", "Edit", "Set a time"):
        assert f">{button}" not in page, button


def test_preparer_edits_what_waits_and_stays_the_one_who_prepared_it(cast: Cast) -> None:
    proposal = prepare(cast)
    changing = url("proposal-change", proposal.submission)
    assert "Not for us." in client_of(cast.reviewer).get(changing).content.decode()
    said = {
        "turn": 0,
        "key": uuid4(),
        "fingerprint": proposal.fingerprint,
        "note": "Sorry.",
        **PASSING,
        "reason": "production",
    }
    assert client_of(cast.manager).post(changing, said).status_code == 303
    fresh = Proposal.objects.get()
    assert (fresh.note, fresh.details["reason"], fresh.prepared_by) == ("Sorry.", "production", cast.reviewer)
    entry = Activity.objects.filter(kind=Activity.Kind.CHANGED).get()
    assert (entry.actor, entry.details["changed"]) == (cast.manager, ["note", "reason"])


def test_edit_of_what_somebody_changed_meanwhile_keeps_what_was_typed(cast: Cast) -> None:
    proposal = prepare(cast)
    changes.change(
        proposal, user=cast.manager, fingerprint=proposal.fingerprint, note="Theirs.", details=PASSING
    )
    said = {"turn": 0, "key": uuid4(), "fingerprint": proposal.fingerprint, "note": "Mine.", **PASSING}
    answer = client_of(cast.reviewer).post(url("proposal-change", proposal.submission), said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mona changed this proposal meanwhile." in page
    assert "Mine." in page
    assert Proposal.objects.get().note == "Theirs."


def test_bad_edit_is_told_and_a_stale_one_refused(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    said = {
        "turn": 0,
        "key": uuid4(),
        "fingerprint": proposal.fingerprint,
        "note": "x",
        "reason": "",
        "welcome": "another",
    }
    assert client_of(cast.reviewer).post(url("proposal-change", demo), said).status_code == 422
    act(demo, "shortlist", manager=cast.manager)
    with pytest.raises(Stale, match="shortlisted it meanwhile"):
        changes.change(
            proposal, user=cast.reviewer, fingerprint=proposal.fingerprint, note="y", details=PASSING
        )
    said["reason"] = "genre"
    assert client_of(cast.reviewer).post(url("proposal-change", demo), said).status_code == 409


def test_other_reviewers_and_viewers_do_not_edit(cast: Cast) -> None:
    proposal = prepare(cast)
    for user in (cast.viewer, make_member(cast.label, Role.REVIEWER)):
        assert client_of(user).get(url("proposal-change", proposal.submission)).status_code == 403
        with pytest.raises(NotAllowed):
            changes.change(proposal, user=user, fingerprint=proposal.fingerprint, note="", details=PASSING)


def test_nobody_releases_other_words_than_they_read(cast: Cast) -> None:
    proposal = prepare(cast)
    read = proposal.fingerprint
    changes.change(proposal, user=cast.reviewer, fingerprint=read, note="Slipped in.", details=PASSING)
    said = {"key": str(proposal.key), "fingerprint": read}
    answer = client_of(cast.manager).post(url("proposal-send", proposal.submission), said)
    assert answer.status_code == 409
    assert "Rita changed this proposal meanwhile. Read it again." in answer.content.decode()
    assert Proposal.objects.open().exists()


def test_manager_sets_a_time_for_what_is_picked_in_the_labels_zone(cast: Cast) -> None:
    cast.label.time_zone = "Asia/Tokyo"
    cast.label.save()
    first, second = prepare(cast), prepare(cast)
    day = (now() + timedelta(days=2)).date()
    address = reverse("desk:outbox-time", args=[cast.label.slug])
    picks = [pick_of(first), pick_of(second)]
    assert client_of(cast.manager).get(address, {"pick": picks}).status_code == 200
    said = {"pick": picks, "day": day.isoformat(), "at": "09:30"}
    assert client_of(cast.manager).post(address, said).status_code == 303
    moment = datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)
    assert set(Proposal.objects.values_list("send_at", "timed_by")) == {(moment, cast.manager.pk)}
    page = outbox_of(cast, cast.viewer).content.decode()
    assert page.count("09:30 (Asia/Tokyo)") == 2


@pytest.mark.parametrize(("day", "hour"), [("2020-01-01", "10:00"), ("2999-01-01", "10:00"), ("", "10:00")])
def test_time_that_is_none_is_refused(cast: Cast, day: str, hour: str) -> None:
    said = {"pick": pick_of(prepare(cast)), "day": day, "at": hour}
    answer = client_of(cast.manager).post(reverse("desk:outbox-time", args=[cast.label.slug]), said)
    assert answer.status_code == 422
    assert not Proposal.objects.exclude(send_at=None).exists()


def test_time_that_clocks_skip_is_refused(cast: Cast) -> None:
    cast.label.time_zone = "Europe/Berlin"
    with at(datetime(2026, 3, 1, tzinfo=UTC)):
        form = SendTimeForm({"day": "2026-03-29", "at": "02:30"}, label=cast.label)
        assert not form.is_valid()
        assert "does not exist" in str(form.errors)


def test_only_managers_set_times_and_the_preparer_may_take_one_off(cast: Cast) -> None:
    proposal = prepare(cast)
    moment = now() + timedelta(hours=5)
    with pytest.raises(NotAllowed):
        changes.set_time(proposal, user=cast.reviewer, moment=moment)
    changes.set_time(proposal, user=cast.manager, moment=moment)
    assert (
        client_of(cast.reviewer).get(reverse("desk:outbox-time", args=[cast.label.slug])).status_code == 403
    )
    said = {"key": str(proposal.key), "from": "list"}
    assert client_of(cast.reviewer).post(url("proposal-untime", proposal.submission), said).status_code == 303
    fresh = Proposal.objects.get()
    assert (fresh.send_at, fresh.timed_by) == (None, None)


def test_edit_by_another_takes_the_time_off_so_that_nobody_sends_unread_words(cast: Cast) -> None:
    proposal = prepare(cast)
    changes.set_time(proposal, user=cast.manager, moment=now() + timedelta(hours=5))
    fresh = changes.change(
        proposal, user=cast.manager, fingerprint=proposal.fingerprint, note="A.", details=PASSING
    )
    assert fresh.timed_by == cast.manager
    fresh = changes.change(
        fresh, user=cast.reviewer, fingerprint=fresh.fingerprint, note="B.", details=PASSING
    )
    assert (fresh.send_at, fresh.timed_by) == (None, None)


def test_what_came_back_is_told_to_its_preparer_until_they_dismiss_it(cast: Cast) -> None:
    proposal = sent_back(cast)
    notice = Notice.objects.get()
    assert notice.what == "sent back what you prepared: to pass on it"
    assert "Mona (manager) shortlisted it meanwhile." in notice.text
    assert {each.person for each in Delivery.objects.filter(notice=notice)} == {cast.reviewer}
    page = outbox_of(cast, cast.reviewer).content.decode()
    assert "Sent back to you" in page
    assert "Mona (manager) shortlisted it meanwhile." in page
    assert "Sent back to you" not in outbox_of(cast, cast.manager).content.decode()
    said = {"key": str(proposal.key), "from": "list"}
    dismiss = url("proposal-dismiss", proposal.submission)
    assert client_of(cast.manager).post(dismiss, said).status_code == 403
    for _ in range(2):
        assert client_of(cast.reviewer).post(dismiss, said).status_code == 303
    assert "Sent back to you" not in outbox_of(cast, cast.reviewer).content.decode()


def test_what_came_back_is_prepared_again_with_one_press(cast: Cast) -> None:
    proposal = sent_back(cast)
    again = f"{url('propose', proposal.submission, 'reject')}?again={proposal.key}"
    assert again in outbox_of(cast, cast.reviewer).content.decode()
    panel = client_of(cast.reviewer).get(again).content.decode()
    assert "Not for us." in panel
    assert "checked" in panel
    assert "Not for us." not in client_of(cast.manager).get(again).content.decode()
    demo = Submission.objects.get(pk=proposal.submission_id)
    prepare(cast, demo)
    assert not Proposal.objects.sent_back_to(cast.reviewer).exists()


def test_decided_submission_offers_no_preparing_again(cast: Cast) -> None:
    proposal = prepare(cast, demo := cast.demo())
    act(demo, "reject", manager=cast.manager)
    with pytest.raises(SentBack):
        send(proposal, user=cast.owner)
    page = outbox_of(cast, cast.reviewer).content.decode()
    assert "Sent back to you" in page
    assert "Prepare again" not in page


def test_suspended_label_holds_what_waits_and_says_so(cast: Cast) -> None:
    proposal = prepare(cast)
    cast.label.status = Status.SUSPENDED
    cast.label.save()
    with pytest.raises(NotPossible, match="this waits until the suspension is lifted"):
        send(proposal, user=cast.manager)
    assert Proposal.objects.open().exists()
    page = outbox_of(cast, cast.manager).content.decode()
    assert "The outbox waits until the suspension is lifted." in page
    assert "Send in my name" not in page


def test_log_says_who_prepared_and_who_released(cast: Cast) -> None:
    send(prepare(cast), user=cast.manager)
    doings = list(Activity.objects.order_by("id").values_list("kind", "actor"))
    assert doings == [(Activity.Kind.PREPARED, cast.reviewer.pk), (Activity.Kind.RELEASED, cast.manager.pk)]


def test_releasing_what_is_picked_asks_once_more_with_the_count(cast: Cast) -> None:
    first, second, third = prepare(cast), prepare(cast), prepare(cast)
    changes.change(third, user=cast.reviewer, fingerprint=third.fingerprint, note="New.", details=PASSING)
    act(second.submission, "shortlist", manager=cast.manager)
    picks = [pick_of(each) for each in (first, second, third)]
    address = reverse("desk:outbox-send", args=[cast.label.slug])
    page = client_of(cast.manager).get(address, {"pick": picks}).content.decode()
    assert "Send 1 decision?" in page
    assert "Left out, because the submission has moved on since:" in page
    assert "1 of what you selected was sent, discarded or changed meanwhile" in page
    assert client_of(cast.manager).get(address, {"pick": ["x", "\x00"]}).status_code == 422
    assert Proposal.objects.open().count() == 3


def test_what_is_picked_is_released_only_as_it_was_read(cast: Cast) -> None:
    first, second, third = prepare(cast), prepare(cast), prepare(cast)
    picks = [pick_of(each) for each in (first, second, third)]
    address = reverse("desk:outbox-send", args=[cast.label.slug])
    client, said = client_of(cast.manager), {"pick": picks, "key": uuid4()}
    answers = [client.post(address, said) for _ in range(2)]
    bulk = Bulk.objects.get()
    assert {answer["Location"] for answer in answers} == {
        reverse("desk:bulk", args=[cast.label.slug, bulk.code])
    }
    changes.change(
        second, user=cast.reviewer, fingerprint=second.fingerprint, note="Slipped in.", details=PASSING
    )
    act(third.submission, "shortlist", manager=cast.owner)
    run(bulk)
    results = list(bulk.items.order_by("id").values_list("result", "because"))
    assert results[0] == (BulkResult.DONE, "")
    assert results[1] == (BulkResult.SKIPPED, "Rita changed this proposal meanwhile. Read it again.")
    assert results[2][0] == BulkResult.SKIPPED
    assert "Olga (owner) shortlisted it meanwhile." in results[2][1]
    assert [each.pk for each in Proposal.objects.open()] == [second.pk]
    assert Proposal.objects.get(pk=third.pk).sent_back_because
    assert client.get(answers[0]["Location"]).status_code == 200


def test_outbox_is_turned_over_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.outbox.views.ROWS", 2)
    for number in range(3):
        prepare(cast, note=f"Note {number}")
    first = outbox_of(cast, cast.viewer).content.decode()
    assert ("Note 1" in first, "Note 2" in first) == (True, False)
    after = re.search(r'href="(\?after=[^"]+)"', first)
    assert after
    assert "Note 2" in outbox_of(cast, cast.viewer, after.group(1)).content.decode()
