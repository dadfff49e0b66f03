"""Public codes: what is made, and what people may type."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import converters
from hypothesis import given
from hypothesis import strategies as st

from kit.codes import ALPHABET, CodeField, new, normalise, register

CODES = st.text(ALPHABET, min_size=8, max_size=8)


def test_new_codes_look_like_this_and_differ() -> None:
    codes = {new("TF") for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(r"TF-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", code) for code in codes)
    assert set("".join(code[3:].replace("-", "") for code in codes)) == set(ALPHABET)


@given(CODES, st.sampled_from(["TF", "TR", "IN", "CL"]))
def test_every_code_is_read_as_it_is_printed(letters: str, prefix: str) -> None:
    code = f"{prefix}-{letters[:4]}-{letters[4:]}"
    assert normalise(prefix, code) == code


@given(CODES, st.data())
def test_typing_is_forgiven(letters: str, data: st.DataObject) -> None:
    """Case, hyphens, spaces and the prefix are free; I and L are 1, O is 0."""
    typed = "".join(data.draw(st.sampled_from([*likenesses(letter)])) for letter in letters)
    typed = data.draw(st.sampled_from(["TF-", "tf-", "TF", "tF ", "", " "])) + typed[:4] + typed[4:]
    for gap in data.draw(st.lists(st.integers(0, len(typed)), max_size=3)):
        typed = f"{typed[:gap]}{data.draw(st.sampled_from(' -'))}{typed[gap:]}"
    assert normalise("TF", typed) == f"TF-{letters[:4]}-{letters[4:]}"


def likenesses(letter: str) -> str:
    return {"0": "0Oo", "1": "1IiLl"}.get(letter, letter + letter.lower())


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "TF",
        "TF-",
        "TF-4K7Q",
        "TF-4K7Q-9XM",
        "TF-4K7Q-9XMDD",
        "TR-4K7Q-9XMD",
        "TF-4K7Q-9XMU",
        "TF-4K7Q-9XM!",
        "TF-TF-4K7Q-9XMD",
        "TF_4K7Q_9XMD",
        "TF-4K7Q-9XM\0",
        "ＴＦ-4K7Q-9XMÐ",
        "-" * 10_000,
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not a TF code"):
        normalise("TF", typed)


def test_code_that_begins_like_its_prefix_needs_none() -> None:
    assert normalise("TF", "TFAB-1234") == "TF-TFAB-1234"


def test_field_is_rebuilt_by_a_migration_as_it_was() -> None:
    field = CodeField(prefix="TF", help_text="How to find it.")
    _, _, args, options = field.deconstruct()
    assert (args, options) == ([], {"prefix": "TF", "help_text": "How to find it."})
    assert (field.max_length, field.unique, field.editable) == (12, True, False)
    assert len(new("TF")) == field.max_length


@pytest.fixture
def converter() -> Iterator[Any]:
    """What turns a part of an address into a `TF-` code and back."""
    register("code_of_a_test", "TF")
    yield converters.get_converters()["code_of_a_test"]
    converters.REGISTERED_CONVERTERS.pop("code_of_a_test")
    converters.get_converters.cache_clear()  # type: ignore[attr-defined]  # an lru_cache, which the stubs leave out


@pytest.mark.parametrize("typed", ["TF-4K7Q-9XMD", "tf-4k7q-9xmd", "TF4K7Q9XMD", "tf-4K7Q9xmd"])
def test_address_is_read_as_people_type_it(typed: str, converter: Any) -> None:
    assert re.fullmatch(converter.regex, typed)
    assert converter.to_python(typed) == "TF-4K7Q-9XMD"
    assert converter.to_url("TF-4K7Q-9XMD") == "TF-4K7Q-9XMD"


@pytest.mark.parametrize(
    "typed", ["4K7Q-9XMD", "TR-4K7Q-9XMD", "TF-4K7Q-9XMDD", "TF--4K7Q-9XMD", "TF-4ä7Q-9XMD"]
)
def test_address_that_is_none_matches_nothing(typed: str, converter: Any) -> None:
    assert not re.fullmatch(converter.regex, typed)


def test_address_with_a_letter_outside_the_alphabet_is_not_found(converter: Any) -> None:
    with pytest.raises(ValueError, match="not a TF code"):
        converter.to_python("TF-UUUU-UUUU")
