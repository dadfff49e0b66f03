"""One mailbox has one form, however its address is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.mailboxes import mailbox


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        (" Mara@Example.COM ", "mara@example.com"),
        ("x@bücher.example", "x@xn--bcher-kva.example"),
        ("x@BÜCHER.example", "x@xn--bcher-kva.example"),
        ("x@XN--BCHER-KVA.example", "x@xn--bcher-kva.example"),
        ("x@bu\u0308cher.example", "x@xn--bcher-kva.example"),
        ("x@почта.рф", "x@xn--80a1acny.xn--p1ai"),
        ("a.b+demo@example.com", "a.b+demo@example.com"),
        ("x@a..b", "x@a..b"),
        ("nobody", "nobody"),
        ("", ""),
    ],
)
def test_address_has_one_form(typed: str, form: str) -> None:
    assert mailbox(typed) == form


@given(st.text() | st.emails())
def test_form_of_a_form_is_itself(typed: str) -> None:
    assert mailbox(mailbox(typed)) == mailbox(typed)
