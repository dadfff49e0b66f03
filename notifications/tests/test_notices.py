"""What the team is told of its own work, in the app and by mail."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import User
from labels.choices import Role
from labels.models import Label, Membership
from labels.tests.builders import make_label, make_member
from notifications import mail, tasks
from notifications.choices import NoticeKind
from notifications.digests.digest_mail import sections_of
from notifications.models import Delivery, KindChoice, Notice
from notifications.notices import tell, tell_person
from notifications.tests.parties import Parties, make_admin, make_parties
from trackflow.testing.announcements import jobs_named
from trackflow.testing.post_office import PostOffice

Run = Callable[[], None]
PATH = "/desk/harbour/TF-0000-0000/#memos"


@pytest.fixture
def parties(db: None) -> Parties:
    parties = make_parties("in_review")
    named(parties.reviewer, "Rita")
    return parties


def named(person: User, name: str) -> None:
    person.name = name
    person.save()


def mention(parties: Parties, *people: User, **more: Any) -> Notice:
    said = {"what": "mentioned you in a memo", "path": PATH, "text": "Listen @Owner", "key": "memo-1"}
    about = {"label": parties.label, "who": parties.reviewer, "submission": parties.submission}
    return tell(people, **{**about, **said, **more})


def told(notice: Notice) -> set[tuple[User | None, str]]:
    return {(each.person, each.channel) for each in notice.deliveries.select_related("person")}


def letter(notice: Notice, person: User) -> Any:
    rows = Delivery.objects.with_subject().select_related("person")
    return mail.build(rows.get(notice=notice, person=person, channel="email"))


def page(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get("/notifications/").content.decode()


def test_members_are_told_in_the_app_and_by_mail(parties: Parties) -> None:
    before = len(jobs_named("notifications.send"))
    notice = mention(parties, parties.owner, parties.manager)
    assert told(notice) == {
        (who, way) for who in (parties.owner, parties.manager) for way in ("in_app", "email")
    }
    assert len(jobs_named("notifications.send")) == before + 2


def test_nobody_is_told_twice_of_the_same_key(parties: Parties) -> None:
    first = mention(parties, parties.owner)
    again = mention(parties, parties.owner, parties.manager, text="Other words")
    assert again == first
    assert again.text == "Listen @Owner"
    assert first.deliveries.count() == 4


def test_neither_author_producer_stranger_nor_former_member_is_told(parties: Parties) -> None:
    insider = Membership.objects.create(label=parties.label, user=parties.producer, role=Role.MANAGER).user
    gone = make_member(parties.label, Role.MANAGER)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    stranger = make_member(make_label("Elsewhere"), Role.OWNER)
    notice = mention(parties, insider, gone, stranger, parties.reviewer)
    assert told(notice) == set()


def test_who_left_before_the_mail_went_gets_none(parties: Parties, mailoutbox: list[object]) -> None:
    notice = mention(parties, parties.owner, parties.manager)
    Membership.objects.filter(user=parties.owner).delete()
    for delivery in notice.deliveries.filter(channel="email"):
        tasks.send(delivery_id=delivery.pk)
    assert [each.to for each in mailoutbox] == [[parties.manager.email]]  # type: ignore[attr-defined]  # mails


def test_notices_of_a_label_one_has_left_are_not_shown(parties: Parties, client: Client) -> None:
    mention(parties, parties.owner)
    shown = page(client, parties.owner)
    assert "<bdi>Rita</bdi></strong> mentioned you in a memo" in shown
    assert f'href="{PATH}"' in shown
    assert "Listen @Owner" in shown
    assert Delivery.objects.unread_by(parties.owner).count() == 1
    Membership.objects.filter(user=parties.owner).delete()
    assert "mentioned you" not in page(client, parties.owner)
    assert Delivery.objects.unread_by(parties.owner).count() == 0


def test_notice_is_marked_read(parties: Parties, client: Client) -> None:
    mention(parties, parties.owner)
    client.force_login(parties.owner)
    one = Delivery.objects.unread_by(parties.owner).get()
    assert client.post("/notifications/mark-read/", {"notification": one.pk}).status_code == 303
    assert not Delivery.objects.unread_by(parties.owner).exists()


def test_mail_says_the_same_in_text_and_html(parties: Parties) -> None:
    message = letter(mention(parties, parties.owner), parties.owner)
    text, html = str(message.body), str(message.alternatives[0][0])
    assert message.subject == "Rita mentioned you in a memo: Night Drive"
    assert text.startswith("Rita mentioned you in a memo.\n\nNight Drive\nHarbour, TF-")
    for words in (
        "Listen @Owner",
        f"http://127.0.0.1:8001{PATH}",
        "team gets this mail",
        parties.submission.reference,
    ):
        assert words in text
        assert words in html
    assert "Fingerprint" not in text + html


def test_markup_and_tricks_stay_text(parties: Parties, client: Client) -> None:
    named(parties.reviewer, "Eve\r\nBcc: all@example.com")
    notice = mention(parties, parties.owner, text="<script>alert(1)</script>\u202e")
    message = letter(notice, parties.owner)
    assert message.message()["Bcc"] is None
    assert "<script>alert" not in str(message.alternatives[0][0])
    assert "\u202e" not in str(message.body)
    assert "<script>alert" not in page(client, parties.owner)


def test_notice_about_many_has_a_title_and_a_thread_of_its_own(parties: Parties, client: Client) -> None:
    about = {"submission": None, "title": "12 demos nobody looks after", "who": None}
    notice = mention(parties, parties.owner, what="took them off Rita", text="", key="gone-1", **about)
    message = letter(notice, parties.owner)
    assert message.subject == "Trackflow took them off Rita: 12 demos nobody looks after"
    assert message.extra_headers["In-Reply-To"] == f"<notice-{notice.pk}@localhost>"
    assert "12 demos nobody looks after" in page(client, parties.owner)


def test_notice_follows_the_submissions_title(parties: Parties) -> None:
    notice = mention(parties, parties.owner, title="As it was called")
    assert (notice.title, notice.shown_title) == ("", "Night Drive")


@pytest.mark.parametrize("wrong", [{"path": "//evil.example"}, {"path": "x"}, {"submission": None}])
def test_notice_without_title_or_leading_elsewhere_is_refused(
    parties: Parties, wrong: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        mention(parties, parties.owner, **wrong)


def test_delivery_is_about_one_thing(parties: Parties) -> None:
    delivery = mention(parties, parties.owner).deliveries.all()[0]
    event = parties.submission.events.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(event=event)


def test_failure_of_the_caller_takes_notice_and_mails_back(parties: Parties) -> None:
    before = len(jobs_named("notifications.send"))
    with pytest.raises(RuntimeError), transaction.atomic():
        mention(parties, parties.owner)
        raise RuntimeError
    assert not Notice.objects.exists()
    assert len(jobs_named("notifications.send")) == before


def test_office_lists_no_notice_about_the_admins_own_demo(parties: Parties, client: Client) -> None:
    mention(parties, parties.owner)
    address = "/admin/notifications/delivery/"
    client.force_login(make_admin())
    assert "notice at Harbour" in client.get(address).content.decode()
    User.objects.filter(pk=parties.producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(parties.producer)
    assert "notice at Harbour" not in client.get(address).content.decode()


def test_mail_arrives_in_the_submissions_thread(post_office: PostOffice, run_jobs: Run) -> None:
    parties = make_parties("in_review")
    Label.objects.filter(pk=parties.label.pk).update(name="Harbour Line")
    run_jobs()
    post_office.mails.clear()
    notice = mention(parties, parties.owner, parties.owner)
    run_jobs()
    [message] = post_office.mails
    delivery = notice.deliveries.get(channel="email")
    reference = parties.submission.reference
    assert message["To"] == parties.owner.email
    assert message["Message-ID"] == f"<delivery-{delivery.pk}.{reference}@localhost>"
    assert message["References"] == f"<{reference}@localhost>"
    assert delivery.sent_at
    run_jobs()
    assert len(post_office.mails) == 1


def tell_ola(person: User, **more: Any) -> Notice:
    said = {"what": "wants to join", "title": "Night", "path": "/notifications/", "key": "request-1"}
    return tell_person(person, **{"who": None, "kind": NoticeKind.RELEASES, **said, **more})


def test_one_person_is_told_of_what_no_label_has_to_do_with(parties: Parties, client: Client) -> None:
    who, person = parties.reviewer, parties.producer
    notice = tell_ola(person, who=who, text="May I sing?")
    assert told(notice) == {(person, "in_app"), (person, "email")}
    assert {each.is_to_team for each in notice.deliveries.all()} == {False}
    found = page(client, person)
    assert "wants to join" in found
    assert "May I sing?" in found
    assert "wants to join" not in page(client, parties.owner)
    mailed = letter(notice, person)
    assert mailed.subject == "Rita wants to join: Night"
    assert "This mail is for you alone." in mailed.body
    assert "None" not in mailed.body
    assert "May I sing?" in mailed.body
    assert mailed.extra_headers["List-Unsubscribe"]


def test_person_is_told_once_and_not_of_their_own_acts(parties: Parties) -> None:
    person = parties.producer
    assert tell_ola(person) == tell_ola(person)
    assert Notice.objects.get(person=person).deliveries.count() == 2
    assert tell_ola(person, who=person, key="own").deliveries.count() == 0
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert tell_ola(User.objects.get(pk=person.pk), key="late").deliveries.count() == 0
    assert tell_ola(parties.owner).person == parties.owner  # the same key, another person


def test_person_reads_it_in_a_digest_beside_what_labels_did(parties: Parties) -> None:
    person = parties.producer
    way = {"person": person, "side": "producer", "kind": "releases", "way": "digest"}
    KindChoice.objects.create(**way)
    tell_ola(person, text="May I sing?")
    deliveries = list(Delivery.objects.for_digest().filter(person=person).with_subject())
    (section,) = sections_of(deliveries)
    assert (section.label, section.kind) == ("Yours alone", "Releases, splits and files")
    assert section.lines[0].what == "wants to join"


@pytest.mark.parametrize("kind", [NoticeKind.TEAM, NoticeKind.ASSIGNED])
def test_person_is_not_told_of_a_kind_that_only_teams_settle(parties: Parties, kind: NoticeKind) -> None:
    with pytest.raises(ValueError, match="producers settle no notifications"):
        tell_ola(parties.producer, kind=kind)


def test_notice_is_of_a_label_or_to_a_person_and_never_both(parties: Parties) -> None:
    said = {"what": "did it", "title": "Night", "path": "/", "key": "x"}
    wrong: list[dict[str, Any]] = [
        {},
        {"label": parties.label, "person": parties.producer},
        {"person": parties.producer, "submission": parties.submission},
    ]
    for fields in wrong:
        with (
            pytest.raises(IntegrityError, match=r"notice_of_(label_or_person|submission)"),
            transaction.atomic(),
        ):
            Notice.objects.create(**said, **fields)


def test_delivery_without_a_label_is_of_a_notice(parties: Parties) -> None:
    event = parties.submission.events.first()
    with pytest.raises(IntegrityError, match="delivery_of_label"), transaction.atomic():
        Delivery.objects.create(event=event, person=parties.producer, channel="email")
