"""Reply templates in the panel of a decision, and what the producer will get."""

import uuid
from typing import Any

import pytest

from accounts.models import User
from catalog.models import Profile
from desk.models import Proposal
from desk.review.template_picker import join_note
from kit.clock import now
from labels.models import ReplyTemplate
from labels.status import suspend
from labels.tests.builders import make_template
from notifications.mail import build
from notifications.models import Delivery
from notifications.tasks import announce
from submissions.models import Event, Submission
from submissions.reply_templates import reply_of
from submissions.tests.builders import history
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import PANEL, post, url


def pick(
    user: User, demo: Submission, template: ReplyTemplate | int, transition: str = "reject", **typed: Any
) -> Any:
    """Press a template in an open panel, as the panel's form stands."""
    number = template if isinstance(template, int) else template.pk
    said = {"turn": demo.turn, "key": uuid.uuid4(), **typed}
    name = typed.pop("name", "act")
    return client_of(user).post(f"{url(name, demo, transition)}?template={number}", said, headers=PANEL)


def held(answer: Any) -> dict[str, Any]:
    """Return what the form in the answer holds."""
    form = answer.context["panel"].form
    return {name: form[name].value() for name in form.fields}


def test_template_fills_note_reason_and_welcome(cast: Cast) -> None:
    demo = cast.demo(title="Tides")
    answer = pick(cast.manager, demo, make_template(cast.label))
    assert answer.status_code == 200
    form = held(answer)
    assert (
        form["note"]
        == f"Dear {demo.artist}, “{demo.shown_title}” ({demo.reference}) is not for Harbour. Harbour"
    )
    assert (form["reason"], form["welcome"]) == ("production", "this_again")
    assert answer.content.decode().lstrip().startswith('<div id="panel"')
    assert history(demo) == ["submit", "start_review"]


@pytest.mark.parametrize("transition", ["accept", "request_changes"])
def test_template_fills_the_note_of_the_other_outcomes(cast: Cast, transition: str) -> None:
    demo = cast.demo()
    template = make_template(cast.label, outcome=transition, text="For {title}.")
    assert held(pick(cast.manager, demo, template, transition))["note"] == f"For {demo.shown_title}."


def test_template_is_signed_by_name_where_the_label_shows_names(cast: Cast) -> None:
    cast.label.shows_names = True
    cast.label.save()
    template = make_template(cast.label, text="{me} for {label}")
    assert held(pick(cast.manager, cast.demo(), template))["note"] == "Mona for Harbour"


def test_what_a_producer_typed_is_never_expanded(cast: Cast) -> None:
    Profile.objects.filter(user=cast.producer).update(artist_name="{me}")
    demo = cast.demo(title="{label} {0}")
    note = held(pick(cast.manager, demo, make_template(cast.label, text="{artist}: {title}")))["note"]
    assert note.startswith("{me}: {label} {0}")


def test_everything_else_that_was_typed_is_kept(cast: Cast) -> None:
    demo = cast.demo()
    plain = make_template(cast.label, "Plain", reason="", welcome="", text="No.")
    key = str(uuid.uuid4())
    form = held(pick(cast.manager, demo, plain, reason="calendar", welcome="nothing", unheard="on", key=key))
    assert (form["reason"], form["welcome"], form["unheard"]) == ("calendar", "nothing", True)
    assert (form["key"], form["turn"]) == (key, str(demo.turn))
    offer = make_template(cast.label, outcome="accept", text="Yes.")
    form = held(pick(cast.manager, demo, offer, "accept", text="All of it."))
    assert (form["text"], form["note"]) == ("All of it.", "Yes.")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("", "B."),
        ("  \r\n ", "B."),
        ("A.\r\nSecond line.", "B."),
        ("B.", "B."),
        ("Own words.", "Own words.\n\nB."),
        ("Own words.\r\n\r\nA.\r\nSecond line.", "Own words.\n\nB."),
        ("Own words.\n\nB.", "Own words.\n\nB."),
        ("Not A.", "Not A.\n\nB."),
        ("A.\nSecond line. Changed.", "A.\nSecond line. Changed.\n\nB."),
    ],
)
def test_template_replaces_a_templates_words_and_follows_ones_own(typed: str, left: str) -> None:
    assert join_note(typed, "B.", ["A.\nSecond line.", "B.", "A."]) == left


def test_reason_of_the_template_before_does_not_linger(cast: Cast) -> None:
    demo, first, second = (
        cast.demo(),
        make_template(cast.label, "A"),
        make_template(cast.label, "B", reason="", welcome=""),
    )
    answer = pick(cast.manager, demo, second, used=first.pk, reason="production", welcome="this_again")
    form = held(answer)
    assert (form["reason"], form["welcome"]) == (None, "another")


def test_picker_shows_this_labels_templates_of_this_outcome(cast: Cast) -> None:
    shown, demo = make_template(cast.label), cast.demo()
    make_template(cast.label, "Yes", "accept")
    ReplyTemplate.objects.create(
        label=cast.rival.memberships.get().label, outcome="reject", name="Theirs", text="x"
    )
    make_template(cast.label, "Old")
    ReplyTemplate.objects.filter(name="Old").update(retired_at=now())
    panel = client_of(cast.manager).get(url("act", demo, "reject"), headers=PANEL).context["panel"]
    assert [each.template for each in panel.picker.choices] == [shown]
    assert client_of(cast.manager).get(url("act", demo, "extend")).context["panel"].picker is None


def test_template_of_another_label_or_retired_is_said_to_be_gone(cast: Cast) -> None:
    theirs = ReplyTemplate.objects.create(
        label=cast.rival.memberships.get().label, outcome="reject", name="Theirs", text="Secret."
    )
    for number in (theirs.pk, 999_999):
        answer = pick(cast.manager, cast.demo(), number, note="Kept words.")
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "no longer exists" in page
        assert "Kept words." in page
        assert "Secret." not in page


def test_key_w_goes_on_to_the_next_template(cast: Cast) -> None:
    demo, first, second = cast.demo(), make_template(cast.label, "A"), make_template(cast.label, "B")

    def keyed(used: ReplyTemplate) -> list[ReplyTemplate]:
        choices = pick(cast.manager, demo, used).context["panel"].picker.choices
        return [each.template for each in choices if each.key == "w"]

    assert (keyed(first), keyed(second)) == ([second], [first])


def test_template_by_address_needs_no_javascript(cast: Cast) -> None:
    demo, template = cast.demo(), make_template(cast.label, text="Sorry about {title}.")
    answer = client_of(cast.manager).get(f"{url('act', demo, 'reject')}?template={template.pk}")
    assert answer.status_code == 200
    assert f"Sorry about {demo.shown_title}." in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_template_without_javascript_keeps_what_was_typed(cast: Cast) -> None:
    demo, template = cast.demo(), make_template(cast.label, text="Sorry.")
    said = {"turn": demo.turn, "key": uuid.uuid4(), "note": "Hi.", "reason": "ai"}
    answer = client_of(cast.manager).post(f"{url('act', demo, 'reject')}?template={template.pk}", said)
    assert (answer.status_code, held(answer)["note"]) == (200, "Hi.\n\nSorry.")
    assert "<html" in answer.content.decode()


def test_proposal_keeps_the_filled_note(cast: Cast) -> None:
    demo, template = cast.demo(), make_template(cast.label, text="Dear {artist}, no.")
    form = held(pick(cast.reviewer, demo, template, name="propose"))
    said = {name: form[name] for name in ("note", "reason", "welcome")}
    assert post(cast.reviewer, demo, "reject", "propose", **said).status_code == 303
    proposal = Proposal.objects.get()
    assert proposal.note == f"Dear {demo.artist}, no."
    assert proposal.details == {"reason": "production", "welcome": "this_again", "heard_elsewhere": False}


def test_colleagues_without_the_role_and_strangers_get_no_template(cast: Cast) -> None:
    demo, template = cast.demo(), make_template(cast.label)
    assert pick(cast.viewer, demo, template).status_code == 403
    assert pick(cast.reviewer, demo, template).status_code == 403
    assert pick(cast.rival, demo, template).status_code == 404
    assert pick(cast.producer, demo, template).status_code == 404


def test_template_cannot_be_taken_for_what_is_decided_already(cast: Cast) -> None:
    answer = pick(cast.manager, cast.demo("rejected"), make_template(cast.label, outcome="accept"), "accept")
    assert answer.status_code == 409
    assert "This cannot be done while it says “Passed”." in answer.content.decode()


def test_reply_of_fills_a_template_for_each_submission(cast: Cast) -> None:
    template = make_template(cast.label, text="{title}")
    for title in ("Tides", "Dunes"):
        demo = cast.demo(title=title)
        assert reply_of(template, demo, user=cast.manager) == {
            "note": demo.shown_title,
            "reason": "production",
            "welcome": "this_again",
        }


def preview(user: User, demo: Submission, transition: str, name: str = "act", **fields: Any) -> Any:
    return post(user, demo, transition, name, headers=PANEL, preview="1", **fields)


@pytest.mark.parametrize(
    ("transition", "fields"),
    [
        ("reject", {"reason": "genre", "welcome": "another", "note": "Not <for> us."}),
        ("accept", {"text": "All of it.", "note": "We love it."}),
        ("request_changes", {"note": "A shorter intro.\n\nPlease."}),
    ],
)
def test_preview_is_the_mail_that_is_sent(cast: Cast, transition: str, fields: dict[str, str]) -> None:
    cast.producer.time_zone = "Pacific/Auckland"
    cast.producer.save()
    demo = cast.demo()
    answer = preview(cast.manager, demo, transition, **fields)
    assert answer.status_code == 200
    told = answer.context["panel"].preview
    assert (history(demo), Delivery.objects.count()) == (["submit", "start_review"], 0)
    assert {name: held(answer)[name] for name in fields} == fields
    post(cast.manager, demo, transition, **fields)
    event = Event.objects.of(demo).last()
    assert event
    announce(event_id=event.pk)
    delivery = Delivery.objects.with_subject().get(person=cast.producer, channel="email", event=event)
    sent = build(delivery)
    assert told.mail.subject == sent.subject
    letter, footer = str(sent.body).split("\n\nChoose what we mail you:")
    assert _without_minutes(told.mail.text) == _without_minutes(
        letter.replace(event.digest_hex, "(made when it is sent)")
    )
    assert "/unsubscribe/" in footer, "which is the producer's own"
    assert told.entry.note == event.note
    assert (
        f"{told.entry.who} {told.entry.what}"
        in client_of(cast.producer).get(demo.get_absolute_url()).content.decode()
    )


def _without_minutes(text: str) -> str:
    """A preview is made a moment before the mail, perhaps in the minute before."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("Answer due by"))


def test_preview_escapes_what_was_typed(cast: Cast) -> None:
    page = preview(cast.manager, cast.demo(), "request_changes", note="<b>Shorter</b>").content.decode()
    assert "&lt;b&gt;Shorter" in page
    assert "<b>Shorter" not in page


def test_preview_of_a_proposal_is_of_some_manager(cast: Cast) -> None:
    cast.label.shows_names = True
    cast.label.save()
    answer = preview(cast.reviewer, cast.demo(), "request_changes", "propose", note="Shorter.")
    told = answer.context["panel"].preview
    assert told.entry.who == "Harbour’s manager"
    assert "Rita" not in told.mail.text
    assert "Signed by whoever sends it." in answer.content.decode()


def test_preview_with_something_missing_says_what(cast: Cast) -> None:
    demo = cast.demo()
    answer = preview(cast.manager, demo, "request_changes", note="")
    assert (answer.status_code, answer.context["panel"].preview) == (422, None)
    assert "This field is required" in answer.content.decode()


def test_preview_does_not_ask_whether_it_was_heard(cast: Cast) -> None:
    demo = cast.demo()
    answer = preview(cast.manager, demo, "reject", reason="genre", welcome="another", unheard="")
    assert answer.status_code == 200
    assert "Nobody at your label has played this here." not in answer.content.decode()
    assert (
        post(cast.manager, demo, "reject", reason="genre", welcome="another", unheard="").status_code == 422
    )


def test_preview_keeps_the_turn_so_that_who_was_slower_is_told(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.owner, demo, "shortlist")
    answer = preview(cast.manager, demo, "request_changes", note="Shorter.")
    assert held(answer)["turn"] == str(demo.turn)
    assert post(cast.manager, demo, "request_changes", note="Shorter.").status_code == 409


def test_preview_for_a_state_that_is_gone_answers_409(cast: Cast) -> None:
    answer = preview(cast.manager, cast.demo("rejected"), "request_changes", note="Shorter.")
    assert answer.status_code == 409
    assert "Shorter." in answer.content.decode()


def test_suspended_label_is_offered_no_template(cast: Cast) -> None:
    demo, template = cast.demo(), make_template(cast.label)
    suspend(cast.label, reason="Asked for money.")
    assert pick(cast.manager, demo, template).status_code == 409
