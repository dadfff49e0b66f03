"""How queries are written; `desk/tests/search/test_round_trips.py` reads them again."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.music.query_values import NO_TEMPO, Tempo, write_tempo
from kit.query.day_words import Days
from kit.query.days import write_days
from kit.query.values import quoted
from submissions.choices import Reason, State
from submissions.query_words import (
    ANY,
    STATE_WORDS,
    YES,
    TermName,
    query_text,
    write_reasons,
    write_states,
)

DAY, LATER = date(2026, 5, 4), date(2026, 5, 10)


def test_terms_stand_in_their_order_however_they_are_given() -> None:
    terms = {TermName.REASON: "genre", TermName.OPENED: YES, TermName.BALL: ANY}
    assert query_text(terms) == "ball:any opened:yes reason:genre"
    assert query_text({}) == ""


def test_every_state_that_a_desk_sees_has_its_word() -> None:
    assert set(STATE_WORDS.values()) == {state.value for state in State} - {State.DRAFT.value}
    assert write_states([State.SUBMITTED, State.IN_REVIEW]) == "in-review,new"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (write_reasons([Reason.TOO_CLOSE]), "too-close"),
        (write_tempo(NO_TEMPO), "unknown"),
        (write_tempo(Tempo(None, Decimal("89.99"))), "-89.99"),
        (write_tempo(Tempo(Decimal(120), Decimal("124.50"))), "120-124.5"),
        (write_tempo(Tempo(Decimal(128), Decimal(128))), "128"),
        (write_days(Days(DAY, LATER)), "2026-05-04..2026-05-10"),
        (write_days(Days(DAY, DAY)), "2026-05-04"),
        (write_days(Days(None, DAY)), "..2026-05-04"),
        (write_days(YES), "yes"),
        (quoted("ada@example.com"), "ada@example.com"),
        (quoted("ada lovelace"), '"ada lovelace"'),
    ],
)
def test_values_are_written_as_short_as_they_can_be(written: str, text: str) -> None:
    assert written == text
