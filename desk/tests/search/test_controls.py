"""The search box and the filter controls: each holds the whole query, and so does the URL."""

from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from desk.search.controls import Controls
from desk.search.term_table import TERMS
from labels.tests.builders import make_intake
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

HTMX = {"HX-Request": "true", "HX-Target": "queue"}
ADDRESS = "/desk/harbour/"


def ask(cast: Cast, query: dict[str, Any], **options: Any) -> Any:
    return client_of(cast.viewer).get(reverse("desk:queue", args=["harbour"]), query, **options)


def test_controls_lead_to_the_address_of_their_query(cast: Cast) -> None:
    values = {"words": "night", "bpm": "122–128", "key": "8A", "overdue": "on", "sort": "due", "genre": ""}
    answer = ask(cast, values)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query) == {"q": ["night bpm:122-128 key:8A overdue"]}
    assert urlsplit(answer["Location"]).path == ADDRESS


def test_controls_that_say_nothing_lead_to_an_empty_query(cast: Cast) -> None:
    assert ask(cast, {"words": "", "sort": "due", "genre": ""})["Location"] == f"{ADDRESS}?q="


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"-tag": "peak time", "tag": "vocal"}, 'tag:vocal -tag:"peak time"'),
        ({"-genre": "'tech house'", "-overdue": "on"}, "-genre:tech-house -overdue"),
        ({"words": "night -drive", "-words": '"day time"'}, 'night -drive -"day time"'),
        ({"-bpm": "122–128", "due": "..Friday"}, "due:..friday -bpm:122-128"),
        ({"-is": "new", "ball": "any", "-first": "on"}, "ball:any -is:new -first"),
        ({"-exclusive": "offer", "-wav": "no"}, "-wav:no -exclusive:offer"),
    ],
)
def test_what_controls_leave_out_is_in_the_address_and_back_in_the_controls(
    cast: Cast, values: dict[str, str], text: str
) -> None:
    address = ask(cast, values)["Location"]
    assert parse_qs(urlsplit(address).query) == {"q": [text]}
    page = client_of(cast.viewer).get(address)
    assert page.context["search"].query.text == text
    shown = Controls.of(page.context["search"].query)
    again = Controls({name: value for name in shown.fields if (value := shown[name].value())})
    assert again.is_valid()
    assert again.query.text == text
    filters = client_of(cast.viewer).get(f"{ADDRESS}filters/?{urlsplit(address).query}")
    assert '<details class="disclosure filter__fold" open>' in filters.content.decode()


def test_wrong_value_to_leave_out_is_said_beside_its_field(cast: Cast) -> None:
    answer = ask(cast, {"-genre": "polka", "words": "night"})
    assert answer.status_code == 422
    assert "There is no genre “polka”" in answer.content.decode()
    assert 'name="-genre" value="polka"' in answer.content.decode()


def test_words_of_the_controls_are_never_terms(cast: Cast) -> None:
    answer = ask(cast, {"words": 'is:new "deep night"'})
    assert parse_qs(urlsplit(answer["Location"]).query) == {"q": ['"is:new" "deep night"']}


def test_htmx_gets_the_list_and_the_address_of_the_query(cast: Cast) -> None:
    cast.demo(title="Night")
    for values in ({"bpm": "122 - 128", "words": ""}, {"q": "bpm: 122..128"}):
        answer = ask(cast, values, headers=HTMX)
        assert answer.status_code == 200
        assert answer["HX-Push-Url"] == f"{ADDRESS}?q=bpm%3A122-128"
        assert "<html" not in answer.content.decode()
        assert [row.title for row in answer.context["rows"]] == ["Night"]


def test_the_text_is_the_query_where_both_are_said(cast: Cast) -> None:
    answer = ask(cast, {"q": "overdue", "bpm": "fast", "state": "new"})
    assert answer.status_code == 200
    assert answer.context["search"].query.text == "overdue"


def test_both_forms_show_the_query(cast: Cast) -> None:
    call = make_intake(cast.label, call_name="Summer <3")
    text = f"night IS:new intake:{call.code} genre:techno,house bpm:122-128 mixes:8A ai:no,yes country:de sort:due"
    assert 'value="night is:new' in ask(cast, {"q": text}).content.decode()
    page = client_of(cast.viewer).get(f"{ADDRESS}filters/", {"q": text}).content.decode()
    for part in (
        'name="is" value="new"',
        f'<option value="{call.code}" selected>Call: Summer &lt;3</option>',
        "selected>House, Techno (Peak Time / Driving), Techno (Raw / Deep / Hypnotic)</option>",
        'name="bpm" value="122-128"',
        '<option value="8A" selected>',
        '<option value="no,yes" selected>No, Yes: most of it</option>',
        'name="country" value="DE"',
        '<option value="due" selected>Due first</option>',
    ):
        assert part in page, part


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("genr:house", "Did you mean genre:?"),
        ("is:draft", "There is no state"),
        ("bpm:fast", "Give the tempo as a number"),
        ("nul \x00", "characters that are not text"),
        ("!!! \ud800", "has no letter and no digit"),
        ("x" * 200, "150 characters at most"),
        ("y " * 600, "1000 characters at most"),
    ],
)
def test_wrong_text_is_said_beside_the_box(cast: Cast, text: str, sentence: str) -> None:
    cast.demo()
    for headers in ({}, HTMX):
        answer = ask(cast, {"q": text.encode("utf-8", "surrogatepass")}, headers=headers)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert sentence in page
        assert 'aria-invalid="true"' in page
        assert answer.context["search"].box["q"].value()[:4] == text[:4]
        assert answer.context["rows"] == []
        assert answer.headers.get("HX-Push-Url") == ("false" if headers else None)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"bpm": "fast"}, "Give the tempo as a number"),
        ({"bpm": "500"}, "between 40 and 300"),
        ({"bpm": "150-120"}, "runs backwards"),
        ({"key": "X minor"}, "is no key"),
        ({"genre": "polka"}, "There is no genre"),
        ({"older": "-1"}, "is no age"),
        ({"received": "2026-02-30"}, "February 2026 has 28 days"),
        ({"opened": "2026-05-10..2026-05-04"}, "runs backwards"),
        ({"reason": "righs"}, "Did you mean rights?"),
        ({"country": "Atlantis"}, "There is no country"),
        ({"is": "draft"}, "There is no state"),
        ({"ball": "mine"}, "There is no side"),
        ({"sort": "loudest"}, "There is no order"),
        ({"intake": "x"}, "is no intake"),
        ({"words": "!?"}, "no letter and no digit"),
        ({"words": "nul \x00"}, "characters that are not text"),
        ({"words": "x" * 1001}, "at most 1000 characters"),
        ({"words": " ".join(f"a:{each}" for each in range(160))}, "1000 characters at most"),
    ],
)
def test_wrong_control_is_said_beside_its_field(cast: Cast, query: dict[str, str], sentence: str) -> None:
    answer = ask(cast, {"newer": "3w", **query})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'name="newer" value="3w"' in answer.content.decode()


def test_pages_keep_the_query_and_nothing_else(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.queue.listing.ROWS", 1)
    for _ in range(2):
        cast.demo()
    page = ask(cast, {"q": "IS:in-review", "utm_source": "mail"}).context["page"]
    assert page.next_url.startswith("?q=is%3Ain-review&after=")


def test_help_explains_every_term_as_a_page_and_beside_the_box(cast: Cast) -> None:
    client = client_of(cast.viewer)
    for headers in ({}, {"HX-Request": "true", "HX-Target": "query-terms"}):
        page = client.get("/desk/harbour/help/", headers=headers).content.decode()
        assert ("<html" in page) == (not headers)
        for term in TERMS:
            assert term.meaning in unescape(page)
    assert 'hx-get="/desk/harbour/help/"' in client.get("/desk/harbour/?q=").content.decode()
