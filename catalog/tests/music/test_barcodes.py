"""UPC and EAN: thirteen digits, the last of which follows from the others."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.music.barcodes import check_digit, display_barcode, parse_barcode

twelve = st.text("0123456789", min_size=12, max_size=12).filter(lambda text: int(text) > 0)


@given(twelve)
def test_sum_is_divisible_by_ten_and_no_other_digit_is_taken(digits: str) -> None:
    code = digits + check_digit(digits)
    assert sum(int(digit) * weight for digit, weight in zip(code, [1, 3] * 6 + [1], strict=True)) % 10 == 0
    assert parse_barcode(code) == code
    for wrong in set("0123456789") - {code[12]}:
        with pytest.raises(ValidationError, match="does not match the others"):
            parse_barcode(digits + wrong)


@given(twelve, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(digits: str, place: int, by: int) -> None:
    code = digits + check_digit(digits)
    wrong = code[:place] + str((int(code[place]) + by) % 10) + code[place + 1 :]
    with pytest.raises(ValidationError):
        parse_barcode(wrong)


@pytest.mark.parametrize(
    ("typed", "code", "shown"),
    [
        ("036000291452", "0036000291452", "036000291452"),
        (" 0 36000 29145 2 ", "0036000291452", "036000291452"),
        ("4006381333931", "4006381333931", "4006381333931"),
        ("4-006381-333931", "4006381333931", "4006381333931"),
    ],
)
def test_typed_code_is_kept_as_thirteen_digits(typed: str, code: str, shown: str) -> None:
    assert (parse_barcode(typed), display_barcode(code)) == (code, shown)


@pytest.mark.parametrize(
    "typed", ["", "12345", "03600029145", "40063813339311", "٠٣٦٠٠٠٢٩١٤٥٢", "03600029145X"]
)
def test_anything_else_is_no_code(typed: str) -> None:
    with pytest.raises(ValidationError, match="12 digits"):
        parse_barcode(typed)


def test_all_zeros_are_no_code() -> None:
    with pytest.raises(ValidationError, match=re.escape("not all zeros")):
        parse_barcode("0" * 12)
