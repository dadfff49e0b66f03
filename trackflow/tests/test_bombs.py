"""Texts made to keep a reader busy: each reader of what strangers type answers within a fraction of a second."""

from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest
from django.core.exceptions import ValidationError

from catalog.links.link import parse_link
from catalog.links.title_guess import guess_from
from catalog.music.keys import parse_key
from catalog.music.units import parse_duration
from desk.search.parser import parse
from kit.clean_text import cleaned_address, cleaned_text
from kit.mailboxes import mailbox
from kit.query.text import QueryError
from kit.text_comparison import fold
from releases.track_list_reader import read_text

cleaned_address("/")  # loads the URLconf
LIMIT = 0.25
"""Seconds of this process; the suite's machine may be slow, and a regular expression that explodes takes minutes."""
LONG = 20_000
PIECES: dict[str, str] = {
    "letters": "a",
    "blanks": " ",
    "lines": "\n",
    "dots": ".",
    "dashes": "-",
    "quotes": '"',
    "colons": "a:",
    "at signs": "@",
    "mailboxes": "a@b.",
    "slashes": "/",
    "schemes": "https://",
    "percent signs": "%25",
    "ampersands": "&a=",
    "brackets": "[(",
    "digits": "1",
    "times": "1:",
    "lists": "genre:a,",
    "minus signs": "- -",
    "composed letters": "e\u0301",
    "many marks": "\u0301",
    "ligatures": "\ufdfa",
    "directions": "\u202e\u2066",
    "wide": "\U0001f4a3",
    "tabs and ends": "\t\r\n",
}
READERS: dict[str, Callable[[str], object]] = {
    "query": parse,
    "link": parse_link,
    "mailbox": mailbox,
    "duration": parse_duration,
    "fold": fold,
    "guess of a title": lambda text: guess_from(parse_link("https://soundcloud.com/" + text)),
    "key": parse_key,
    "track list": read_text,
    "address in a log": cleaned_address,
    "text in a log": cleaned_text,
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("piece", PIECES)
def test_reader_is_done_in_a_moment(reader: str, piece: str) -> None:
    for text in (
        PIECES[piece] * LONG,
        "https://a.example/" + PIECES[piece] * LONG,
        PIECES[piece] * LONG + "!",
    ):
        began = process_time()
        with suppress(QueryError, ValidationError, ValueError):
            READERS[reader](text[:LONG])
        assert process_time() - began < LIMIT
