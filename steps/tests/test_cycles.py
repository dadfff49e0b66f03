"""Circles: each is found and named in order, and nothing else is called one."""

from graphlib import CycleError, TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from steps.cycles import cycle_sentence, find_cycle

graphs = st.dictionaries(st.integers(1, 9), st.lists(st.integers(1, 9), max_size=4), max_size=9)


def has_cycle(graph: dict[int, list[int]]) -> bool:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError:
        return True
    return False


@given(graphs)
def test_circle_is_found_where_there_is_one(graph: dict[int, list[int]]) -> None:
    found = find_cycle(graph)
    assert bool(found) == has_cycle(graph)
    for number, following in zip(found, [*found[1:], *found[:1]], strict=True):
        assert following in graph[number]
    assert len(set(found)) == len(found)


def test_circle_is_named_in_order() -> None:
    names = {1: "Master", 2: "Artwork", 3: "Delivery"}
    assert find_cycle({1: [], 2: [1], 3: [2]}) == []
    assert (found := find_cycle({1: [3], 2: [1], 3: [2]})) == [1, 3, 2]
    assert cycle_sentence(found, names) == (
        "These steps wait for each other in a circle: “Master” waits for “Delivery” waits for “Artwork” "
        "waits for “Master”."
    )
    assert cycle_sentence(find_cycle({1: [1]}), names) == "“Master” cannot wait for itself."


def test_long_chain_is_followed() -> None:
    chain = {number: [number - 1] for number in range(2, 5001)} | {1: []}
    assert find_cycle(chain) == []
    assert len(find_cycle(chain | {1: [5000]})) == 5000
