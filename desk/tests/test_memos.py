"""Memos, and whom they call."""

from uuid import uuid4

from accounts.models import User
from desk import memos
from desk.models import Activity, Memo
from desk.tests.cast import Cast
from labels.models import Membership
from notifications.models import Delivery, Notice
from submissions.models import Submission


def write(cast: Cast, submission: Submission, text: str, author: User | None = None) -> Memo:
    return memos.write(submission, author=author or cast.reviewer, text=text, key=uuid4())


def told() -> set[tuple[User, str]]:
    return {(each.person, each.channel) for each in Delivery.objects.exclude(notice=None)}


def test_the_mentioned_are_told_in_the_app_and_by_mail(cast: Cast) -> None:
    demo = cast.demo()
    write(cast, demo, "@mona, is this one for us?\n@Nobody: I think so.")
    assert told() == {(cast.manager, "in_app"), (cast.manager, "email")}
    notice = Notice.objects.get()
    assert notice.path == f"/desk/{cast.label.slug}/{demo.reference}/#memos"
    assert (notice.who, notice.submission, notice.text[:5]) == (cast.reviewer, demo, "@mona")


def test_nobody_calls_oneself(cast: Cast) -> None:
    write(cast, cast.demo(), "Note to @Rita: later.")
    assert told() == set()


def test_producer_who_is_a_member_is_never_called(cast: Cast) -> None:
    User.objects.filter(pk=cast.insider.pk).update(name="Ingo")
    cast.producer = cast.insider
    demo = cast.demo()
    write(cast, demo, "@Ingo must not know. Nor @all.")
    assert told() == set()
    talk = memos.talk_of(demo, cast.owner)
    assert "Ingo" not in [chip.handle for chip in talk.chips]
    assert [piece.member for piece in talk.rows[0].pieces] == [None]


def test_who_left_is_not_called(cast: Cast) -> None:
    demo = cast.demo()
    Membership.objects.filter(user=cast.manager).delete()
    write(cast, demo, "@Mona?")
    assert told() == set()


def test_memo_is_logged_with_whom_it_calls(cast: Cast) -> None:
    demo = cast.demo()
    write(cast, demo, "@Mona @Olga")
    write(cast, demo, "Strong.")
    assert [row.details for row in Activity.objects.of(demo)] == [
        {},
        {"mentioned": [{"person": cast.manager.pk}, {"person": cast.owner.pk}]},
    ]


def test_memo_sent_twice_is_written_and_told_once(cast: Cast) -> None:
    demo, key = cast.demo(), uuid4()
    first, again = (memos.write(demo, author=cast.owner, text="@Mona", key=key) for _ in range(2))
    assert first == again
    assert Activity.objects.of(demo).count() == 1
    assert len(told()) == 2


def test_reader_is_offered_the_others(cast: Cast) -> None:
    talk = memos.talk_of(cast.demo(), cast.reviewer)
    assert [chip.handle for chip in talk.chips if chip.member in (cast.owner, cast.manager)] == [
        "Mona",
        "Olga",
    ]
    assert cast.reviewer not in [chip.member for chip in talk.chips]
