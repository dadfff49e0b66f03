"""The list of mutations fits the code; `make mutants` shows that the suite catches each."""

import re
from subprocess import CompletedProcess

import pytest

from bench.mutants import ROOT, judged, mutations

LISTED = mutations()


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len(LISTED) >= 42
    assert len({mutation.name for mutation in LISTED}) == len(LISTED)
    assert all(mutation.without.endswith(".") for mutation in LISTED)


def test_each_can_be_applied() -> None:
    assert {mutation.name: fault for mutation in LISTED if (fault := mutation.fault())} == {}
    assert [mutation.name for mutation in LISTED if mutation.find == mutation.replace] == []


def test_tests_that_catch_them_exist() -> None:
    assert [test for mutation in LISTED for test in mutation.tests if not is_there(test)] == []


def is_there(test: str) -> bool:
    file, _, name = test.partition("::")
    head = rf"^def {name.partition('[')[0]}\("
    return (ROOT / file).is_file() and (not name or bool(re.search(head, (ROOT / file).read_text(), re.M)))


@pytest.mark.parametrize(
    ("code", "printed", "is_caught"),
    [
        (1, "FAILED app/tests/test_a.py::test_b[c d] - assert 1 == 2\n1 failed in 1 s", True),
        (
            1,
            "FAILED app/tests/test_a.py::test_b - NameError: name 'c' is not defined\n1 failed in 1 s",
            False,
        ),
        (0, "3 passed in 1 s", False),
        (1, "ERROR app/tests/test_a.py::test_b - django.db.utils.ProgrammingError\n1 error in 1 s", False),
        (2, "ERROR app/tests/test_a.py - SyntaxError\n1 error in 1 s", False),
        (4, "ERROR: not found: app/tests/test_a.py::test_b\n", False),
    ],
)
def test_only_a_failed_test_catches(code: int, printed: str, is_caught: bool) -> None:
    assert judged(CompletedProcess([], code, printed, "")).is_caught is is_caught
