import pytest

from kit.urls import MALFORMED, split_url


@pytest.mark.parametrize(
    "text", ["//[", "http://[", "http://[::1", "http://[x]/", "https://a\u2100b.example"]
)
def test_malformed_address_has_no_parts(text: str) -> None:
    assert split_url(text) is MALFORMED


def test_other_addresses_are_taken_apart() -> None:
    parts = split_url("https://label.example/demo?q=1#top")
    assert (parts.scheme, parts.netloc, parts.path, parts.query) == ("https", "label.example", "/demo", "q=1")
    assert split_url("") == MALFORMED
