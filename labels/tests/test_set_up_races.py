"""Several managers setting up one intake at the same moment, on connections of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import permutations

from django.core.exceptions import ValidationError
from django.db import connection

from kit.errors import ChangedMeanwhile
from labels.intakes import service as intakes
from labels.models import Intake, Question
from labels.questions import service as questions
from labels.questions.service import MOST_QUESTIONS, MovedMeanwhile
from labels.tests.builders import make_label, make_question

THREADS = 6


def got_through(act: Callable[[], object]) -> bool:
    try:
        act()
    except (ChangedMeanwhile, MovedMeanwhile, ValidationError):
        return False
    finally:
        connection.close()
    return True


def at_once(acts: Sequence[Callable[[], object]]) -> int:
    """Let everybody act at the same time; return how many got through."""
    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(got_through, acts))


def test_managers_saving_the_same_page_at_once_leave_the_first_ones_rules(committed_db: str) -> None:
    intake = make_label().intakes.get()
    stamp = intakes.stamp_of(intake)

    def save(days: int) -> None:
        typed = Intake.objects.select_related("label").get(pk=intake.pk)
        typed.promise_days = days
        intakes.change(typed, genres=[], stamp=stamp)

    assert at_once([partial(save, days) for days in range(1, THREADS + 1)]) == 1
    assert Intake.objects.get(pk=intake.pk).promise_days in range(1, THREADS + 1)


def test_managers_asking_at_once_stay_within_the_limit(committed_db: str) -> None:
    intake = make_label().intakes.get()
    for place in range(MOST_QUESTIONS - 2):
        make_question(intake, position=place)
    asked = [Question(intake=intake, kind="short", text=f"{number}?") for number in range(THREADS)]
    assert at_once([partial(questions.add, question) for question in asked]) == 2
    assert intake.questions.count() == MOST_QUESTIONS
    assert len(set(intake.questions.values_list("position", flat=True))) == MOST_QUESTIONS


def test_managers_ordering_at_once_leave_one_whole_order(committed_db: str) -> None:
    intake = make_label().intakes.get()
    was = [make_question(intake, position=place).pk for place in range(3)]
    orders = [order for order in permutations(was) if list(order) != was]
    acts = [partial(questions.put_in_order, intake, was=was, order=order) for order in orders]
    assert at_once(acts) == 1
    assert tuple(intake.questions.values_list("pk", flat=True)) in orders
