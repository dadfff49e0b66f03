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
from notifications.models import Delivery, Notice
from notifications.notices import tell
from notifications.tests.cast import Cast, jobs_named, make_admin, make_cast
from notifications.tests.conftest import PostOffice

Run = Callable[[], None]
PATH = "/desk/harbour/TF-0000-0000/#memos"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast("in_review")
    named(cast.reviewer, "Rita")
    return cast


def named(person: User, name: str) -> None:
    person.name = name
    person.save()


def mention(cast: Cast, *people: User, **more: Any) -> Notice:
    said = {"what": "mentioned you in a memo", "path": PATH, "text": "Listen @Owner", "key": "memo-1"}
    about = {"label": cast.label, "who": cast.reviewer, "submission": cast.submission}
    return tell(people, **{**about, **said, **more})


def told(notice: Notice) -> set[tuple[User, str]]:
    return {(each.person, each.channel) for each in notice.deliveries.select_related("person")}


def letter(notice: Notice, person: User) -> Any:
    rows = Delivery.objects.with_subject().select_related("person")
    return mail.build(rows.get(notice=notice, person=person, channel="email"))


def page(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get("/notifications/").content.decode()


def test_members_are_told_in_the_app_and_by_mail(cast: Cast) -> None:
    before = len(jobs_named("notifications.send"))
    notice = mention(cast, cast.owner, cast.manager)
    assert told(notice) == {(who, way) for who in (cast.owner, cast.manager) for way in ("in_app", "email")}
    assert len(jobs_named("notifications.send")) == before + 2


def test_nobody_is_told_twice_of_the_same_key(cast: Cast) -> None:
    first = mention(cast, cast.owner)
    again = mention(cast, cast.owner, cast.manager, text="Other words")
    assert again == first
    assert again.text == "Listen @Owner"
    assert first.deliveries.count() == 4


def test_neither_author_producer_stranger_nor_former_member_is_told(cast: Cast) -> None:
    insider = Membership.objects.create(label=cast.label, user=cast.producer, role=Role.MANAGER).user
    gone = make_member(cast.label, Role.MANAGER)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    stranger = make_member(make_label("Elsewhere"), Role.OWNER)
    notice = mention(cast, insider, gone, stranger, cast.reviewer)
    assert told(notice) == set()


def test_who_left_before_the_mail_went_gets_none(cast: Cast, mailoutbox: list[object]) -> None:
    notice = mention(cast, cast.owner, cast.manager)
    Membership.objects.filter(user=cast.owner).delete()
    for delivery in notice.deliveries.filter(channel="email"):
        tasks.send(delivery_id=delivery.pk)
    assert [each.to for each in mailoutbox] == [[cast.manager.email]]  # type: ignore[attr-defined]  # mails


def test_notices_of_a_label_one_has_left_are_not_shown(cast: Cast, client: Client) -> None:
    mention(cast, cast.owner)
    shown = page(client, cast.owner)
    assert "<bdi>Rita</bdi></strong> mentioned you in a memo" in shown
    assert f'href="{PATH}"' in shown
    assert "Listen @Owner" in shown
    assert Delivery.objects.unread_by(cast.owner).count() == 1
    Membership.objects.filter(user=cast.owner).delete()
    assert "mentioned you" not in page(client, cast.owner)
    assert Delivery.objects.unread_by(cast.owner).count() == 0


def test_notice_is_marked_read(cast: Cast, client: Client) -> None:
    mention(cast, cast.owner)
    client.force_login(cast.owner)
    one = Delivery.objects.unread_by(cast.owner).get()
    assert client.post("/notifications/mark-read/", {"notification": one.pk}).status_code == 303
    assert not Delivery.objects.unread_by(cast.owner).exists()


def test_mail_says_the_same_in_text_and_html(cast: Cast) -> None:
    message = letter(mention(cast, cast.owner), cast.owner)
    text, html = str(message.body), str(message.alternatives[0][0])
    assert message.subject == "Rita mentioned you in a memo: Night Drive"
    assert text.startswith("Rita mentioned you in a memo.\n\nNight Drive\nHarbour, TF-")
    for words in ("Listen @Owner", f"http://127.0.0.1:8001{PATH}", "team alone", cast.submission.reference):
        assert words in text
        assert words in html
    assert "Fingerprint" not in text + html


def test_markup_and_tricks_stay_text(cast: Cast, client: Client) -> None:
    named(cast.reviewer, "Eve\r\nBcc: all@example.com")
    notice = mention(cast, cast.owner, text="<script>alert(1)</script>\u202e")
    message = letter(notice, cast.owner)
    assert message.message()["Bcc"] is None
    assert "<script>alert" not in str(message.alternatives[0][0])
    assert "\u202e" not in str(message.body)
    assert "<script>alert" not in page(client, cast.owner)


def test_notice_about_many_has_a_title_and_a_thread_of_its_own(cast: Cast, client: Client) -> None:
    about = {"submission": None, "title": "12 demos nobody looks after", "who": None}
    notice = mention(cast, cast.owner, what="took them off Rita", text="", key="gone-1", **about)
    message = letter(notice, cast.owner)
    assert message.subject == "Trackflow took them off Rita: 12 demos nobody looks after"
    assert message.extra_headers["In-Reply-To"] == f"<notice-{notice.pk}@localhost>"
    assert "12 demos nobody looks after" in page(client, cast.owner)


def test_notice_follows_the_submissions_title(cast: Cast) -> None:
    notice = mention(cast, cast.owner, title="As it was called")
    assert (notice.title, notice.shown_title) == ("", "Night Drive")


@pytest.mark.parametrize("wrong", [{"path": "//evil.example"}, {"path": "x"}, {"submission": None}])
def test_notice_without_title_or_leading_elsewhere_is_refused(cast: Cast, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        mention(cast, cast.owner, **wrong)


def test_delivery_is_about_one_thing(cast: Cast) -> None:
    delivery = mention(cast, cast.owner).deliveries.all()[0]
    event = cast.submission.events.all()[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(event=event)


def test_failure_of_the_caller_takes_notice_and_mails_back(cast: Cast) -> None:
    before = len(jobs_named("notifications.send"))
    with pytest.raises(RuntimeError), transaction.atomic():
        mention(cast, cast.owner)
        raise RuntimeError
    assert not Notice.objects.exists()
    assert len(jobs_named("notifications.send")) == before


def test_office_lists_no_notice_about_the_admins_own_demo(cast: Cast, client: Client) -> None:
    mention(cast, cast.owner)
    address = "/admin/notifications/delivery/"
    client.force_login(make_admin())
    assert "notice at Harbour" in client.get(address).content.decode()
    User.objects.filter(pk=cast.producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(cast.producer)
    assert "notice at Harbour" not in client.get(address).content.decode()


def test_mail_arrives_in_the_submissions_thread(post_office: PostOffice, run_jobs: Run) -> None:
    cast = make_cast("in_review")
    Label.objects.filter(pk=cast.label.pk).update(name="Harbour Line")
    run_jobs()
    post_office.mails.clear()
    notice = mention(cast, cast.owner, cast.owner)
    run_jobs()
    [message] = post_office.mails
    delivery = notice.deliveries.get(channel="email")
    reference = cast.submission.reference
    assert message["To"] == cast.owner.email
    assert message["Message-ID"] == f"<delivery-{delivery.pk}.{reference}@localhost>"
    assert message["References"] == f"<{reference}@localhost>"
    assert delivery.sent_at
    run_jobs()
    assert len(post_office.mails) == 1
