"""Progress: 0 to 100, rounded down, never falling by completing."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from steps.choices import HEAVIEST, LIGHTEST
from steps.progress import Progress, progress_of


@dataclass
class Piece:
    weight: int
    is_done: bool = False
    is_skipped: bool = False


pieces = st.builds(
    lambda weight, state: Piece(weight, state == "done", state == "skipped"),
    st.integers(LIGHTEST, HEAVIEST),
    st.sampled_from(["open", "done", "skipped"]),
)


@given(st.lists(pieces), st.data())
def test_progress_lies_between_0_and_100_and_never_falls_by_completing(
    steps: list[Piece], data: st.DataObject
) -> None:
    before = progress_of(steps).percent
    opened = [step for step in steps if not step.is_done and not step.is_skipped]
    assert (before is None) == all(step.is_skipped for step in steps)
    assert before is None or 0 <= before <= 100
    assert (before == 100) == (before is not None and not opened)
    if opened:
        data.draw(st.sampled_from(opened)).is_done = True
        after = progress_of(steps).percent
        assert before is not None
        assert after is not None
        assert after >= before


@given(st.lists(pieces), st.lists(pieces))
def test_lists_add_up(one: list[Piece], other: list[Piece]) -> None:
    assert progress_of(one) + progress_of(other) == progress_of([*one, *other])


def test_progress_is_rounded_down_and_none_without_steps() -> None:
    assert progress_of([Piece(1, is_done=True), Piece(2)]).percent == 33
    assert progress_of([Piece(99, is_done=True), Piece(1)]).percent == 99
    assert progress_of([Piece(2, is_done=True), Piece(2), Piece(9, is_skipped=True)]).percent == 50
    assert progress_of([]).percent is None
    assert progress_of([Piece(5, is_skipped=True)]).percent is None
    assert sum([Progress(1, 2), Progress(3, 4)], Progress()) == Progress(4, 6)
