"""Memos, and whom they call."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from activity.models import Activity
from desk.memos import service as memos
from desk.models import Memo
from labels import status
from labels.models import Membership
from notifications.models import Delivery, Notice
from submissions.errors import NotPossible
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url


def write(cast: Cast, submission: Submission, text: str, author: User | None = None) -> Memo:
    return memos.write(submission, author=author or cast.reviewer, text=text, key=uuid4())


def read_by(reader: User, submission: Submission) -> memos.MemoList:
    return memos.memos_of(Memo.objects.of(submission), memos.team_of(submission), reader)


def told() -> set[tuple[User | None, str]]:
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
    memo_list = read_by(cast.owner, demo)
    assert "Ingo" not in [name.handle for name in memo_list.names]
    assert [piece.member for piece in memo_list.rows[0].pieces] == [None]


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
    memo_list = read_by(cast.reviewer, cast.demo())
    assert [name.handle for name in memo_list.names if name.member in (cast.owner, cast.manager)] == [
        "Mona",
        "Olga",
    ]
    assert cast.reviewer not in [name.member for name in memo_list.names]


MEMOS = {"HX-Request": "true", "HX-Target": "memos"}
MAY_WRITE = {
    "owner": 303,
    "manager": 303,
    "reviewer": 303,
    "viewer": 403,
    "insider": 404,
    "rival": 404,
    "producer": 404,
    "stranger": 404,
}


def post(user: User, demo: Submission, text: str, **headers: Any) -> Any:
    said = {"text": text, "key": uuid4()}
    return client_of(user).post(url("memo", demo), said, headers=headers)


def page_of(user: User, demo: Submission, **headers: Any) -> str:
    return client_of(user).get(url("submission", demo), headers=headers).content.decode()


@pytest.mark.parametrize("who", MAY_WRITE)
def test_reviewers_and_above_write_memos(cast: Cast, who: str) -> None:
    if who == "insider":
        cast.producer = cast.insider
    demo = cast.demo()
    assert post(getattr(cast, who), demo, "Strong.").status_code == MAY_WRITE[who]
    assert Memo.objects.count() == (MAY_WRITE[who] == 303)


def test_viewer_reads_memos_and_has_no_box(cast: Cast) -> None:
    demo = cast.demo()
    write(cast, demo, "Strong.")
    page = page_of(cast.viewer, demo)
    assert "Strong." in page
    assert f'action="{url("memo", demo)}' not in page


def test_mention_is_shown_as_one_and_markup_as_text(cast: Cast) -> None:
    demo = cast.demo()
    assert post(cast.reviewer, demo, "<b>@Mona</b>\nNobody <script>alert(1)</script>").status_code == 303
    shown = page_of(cast.owner, demo)
    assert '&lt;b&gt;<mark class="mention">@Mona</mark>&lt;/b&gt;\nNobody &lt;script&gt;' in shown
    assert '<mark class="mention mention--me">@Mona</mark>' in page_of(cast.manager, demo)


def test_what_was_typed_is_kept_when_it_is_too_long(cast: Cast) -> None:
    response = post(cast.reviewer, cast.demo(), "@Mona " + "x" * 4000)
    assert response.status_code == 422
    assert "@Mona xxx" in response.content.decode()
    assert told() == set()


def test_suspended_label_takes_no_memo(cast: Cast) -> None:
    demo = cast.demo()
    status.suspend(cast.label, reason="Asked for money.")
    assert post(cast.reviewer, demo, "@Mona").status_code == 409
    assert not Memo.objects.exists()


def test_label_that_is_suspended_while_somebody_writes_takes_no_memo(cast: Cast) -> None:
    demo = cast.demo()
    status.suspend(cast.label, reason="Asked for money.")
    with pytest.raises(NotPossible, match="suspended"):
        write(cast, Submission.objects.get(pk=demo.pk), "@Mona")
    assert not Memo.objects.exists()


def test_memos_come_with_the_log_for_htmx(cast: Cast) -> None:
    demo = cast.demo()
    write(cast, demo, "@Mona")
    part = page_of(cast.owner, demo, **MEMOS)
    assert part.lstrip().startswith("<section")
    assert 'id="logged" hx-swap-oob="true"' in part
    assert "mentioned Mona in a memo" in part


def test_producer_reads_neither_memo_nor_log(cast: Cast) -> None:
    demo = cast.demo()
    write(cast, demo, "@Mona a secret word")
    for path in (f"/submissions/{demo.reference}/", "/notifications/", "/submissions/"):
        page = client_of(cast.producer).get(path).content.decode()
        assert "secret word" not in page
        assert "memo" not in page.lower()
