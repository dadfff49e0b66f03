"""Whether splits are settled, computed from events alone."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.splits.status import is_settled, read_splits


@dataclass(frozen=True)
class Said:
    transition: str
    payload: dict[str, Any]


def sheet(number: int, shares: int, own: list[int], transition: str = "set_splits") -> Said:
    return Said(transition, {"sheet": number, "sheet_digest": f"{number}", "shares": shares, "own": own})


def answer(transition: str, number: int, share: int) -> Said:
    return Said(transition, {"sheet": number, "sheet_digest": f"{number}", "share": share})


OVERRIDE = Said("override_splits", {"sheet": 1, "sheet_digest": "1"})
NO_SHEET = Said("sign", dict.fromkeys(("sheet", "sheet_digest", "shares", "own")))


@pytest.mark.parametrize(
    ("events", "word"),
    [
        ([], ""),
        ([NO_SHEET], ""),
        ([sheet(1, 1, [1], "sign")], "confirmed"),
        ([sheet(1, 2, [1])], "waiting"),
        ([sheet(1, 2, []), answer("confirm_split", 1, 2)], "waiting"),
        ([sheet(1, 2, [1]), answer("confirm_split", 1, 2)], "confirmed"),
        ([sheet(1, 2, [1]), answer("object_split", 1, 2)], "objected"),
        ([sheet(1, 3, [1]), answer("object_split", 1, 2), answer("confirm_split", 1, 3)], "objected"),
        ([sheet(1, 2, [1]), answer("object_split", 1, 2), answer("confirm_split", 1, 2)], "confirmed"),
        ([sheet(1, 2, [1]), OVERRIDE], "overridden"),
        ([sheet(1, 2, [1]), answer("object_split", 1, 2), OVERRIDE], "overridden"),
        ([sheet(1, 2, [1]), OVERRIDE, sheet(2, 2, [1])], "waiting"),
        ([sheet(1, 2, [1]), answer("confirm_split", 1, 2), sheet(2, 2, [1])], "waiting"),
        ([NO_SHEET, Said("override_splits", {"sheet": None, "sheet_digest": None})], "overridden"),
    ],
)
def test_last_sheet_and_its_answers_decide(events: list[Said], word: str) -> None:
    assert read_splits(events).word == word


def test_only_confirmed_and_overridden_are_settled() -> None:
    words = ["", "waiting", "objected", "confirmed", "overridden"]
    assert [word for word in words if is_settled(word)] == ["confirmed", "overridden"]


@given(st.lists(st.sampled_from(["confirm_split", "object_split"]), max_size=12), st.integers(2, 6))
def test_splits_are_settled_exactly_when_everybody_said_yes_last(answers: list[str], shares: int) -> None:
    events = [sheet(1, shares, [1])]
    last: dict[int, str] = {}
    for place, transition in enumerate(answers):
        share = place % (shares - 1) + 2
        events.append(answer(transition, 1, share))
        last[share] = transition
    everybody = len(last) == shares - 1 and set(last.values()) == {"confirm_split"}
    assert is_settled(read_splits(events).word) == everybody


@given(st.lists(st.sampled_from(["confirm_split", "object_split"]), max_size=6), st.booleans())
def test_new_sheet_voids_everything(answers: list[str], is_overridden: bool) -> None:
    events = [sheet(1, 3, [1]), *(answer(each, 1, 2) for each in answers), *[OVERRIDE] * is_overridden]
    assert read_splits([*events, sheet(2, 3, [1])]) == read_splits([sheet(2, 3, [1])])
