"""Steps that wait for each other in a circle; pure functions."""

from collections.abc import Mapping, Sequence


def find_cycle(waits_for: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the numbers of the first circle in order, each waiting for the next and the last for the first.

    Returns [] if there is none. `waits_for` holds, by number, those that each step waits for; numbers that are no key
    are passed over.
    """
    done: set[int] = set()
    for start in waits_for:
        path: list[int] = []
        stack = [(start, iter(waits_for[start]))] if start not in done else []
        while stack:
            number, further = stack[-1]
            if not path or path[-1] != number:
                path.append(number)
            following = next((each for each in further if each in waits_for and each not in done), None)
            if following is None:
                done.add(path.pop())
                stack.pop()
            elif following in path:
                return path[path.index(following) :]
            else:
                stack.append((following, iter(waits_for[following])))
    return []


def cycle_sentence(cycle: Sequence[int], names: Mapping[int, str]) -> str:
    """Return the refusal of a circle, which names its steps in order."""
    steps = [f"“{names[number]}”" for number in cycle]
    if len(steps) == 1:
        return f"{steps[0]} cannot wait for itself."
    return f"These steps wait for each other in a circle: {' waits for '.join([*steps, steps[0]])}."
