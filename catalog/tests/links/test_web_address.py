"""Web addresses: what could mislead is refused, the rest is written in one way."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from catalog.links.web_address import MAX_LENGTH, read_address

REFUSED = [
    ("", "not_http"),
    ("soundcloud.com/a/b", "not_http"),
    ("javascript:alert(1)", "not_http"),
    ("JavaScript://soundcloud.com/%0aalert(1)", "characters"),
    ("data:text/html,hello", "not_http"),
    ("ftp://example.com/a.mp3", "not_http"),
    ("//example.com/a.mp3", "not_http"),
    ("https:", "host"),
    ("https:///a.mp3", "host"),
    ("https:example.com", "host"),
    ("https://user@example.com/", "userinfo"),
    ("https://user:pass@example.com/", "userinfo"),
    ("https://soundcloud.com@evil.example/", "userinfo"),
    ("https://@example.com/", "userinfo"),
    ("https://soundcloud.com\\@evil.example/", "characters"),
    ("https://example.com/a\x00b", "characters"),
    ("https://example.com/a\nb", "characters"),
    ("https://exam\tple.com/", "characters"),
    ("https://example.com/a b", "characters"),
    ("https://example.com/a\u00a0b", "characters"),
    ("https://example.com/\u202egpj.exe", "characters"),
    ("https://example.com/\u200bzero", "characters"),
    ("https://exam\u00adple.com/", "characters"),
    ("https://exam\u2060ple.com/", "characters"),
    ("https://example.com/\ud800", "characters"),
    ("https://example.com/a%00b", "characters"),
    ("https://example.com/a%0Ab", "characters"),
    ("https://example.com/a/../b", "characters"),
    ("https://example.com/a/%2E%2e", "characters"),
    ("https://127.0.0.1/", "host"),
    ("https://93.184.216.34/a.mp3", "host"),
    ("https://2130706433/", "host"),
    ("https://0x7f.1/", "host"),
    ("https://127.1/", "host"),
    ("https://example.0x7f/", "host"),
    ("https://①②⑦.0.0.1/", "host"),
    ("https://[::1]/", "host"),
    ("https://[::ffff:127.0.0.1/", "host"),
    ("https://localhost/", "host"),
    ("https://music.localhost/", "host"),
    ("https://printer.local/", "host"),
    ("https://db.internal./", "host"),
    ("https://router.home.arpa/", "host"),
    ("https://a..com/", "host"),
    ("https://-a.com/", "host"),
    ("https://a_b.com/", "host"),
    ("https://exa%6dple.com/", "host"),
    ("https://example.com℀.org/", "host"),
    ("https://straße.de/", "host"),
    ("https://" + "a" * 64 + ".com/", "host"),
    ("https://" + "a." * 127 + "com/", "host"),
    ("https://example.com:8080/", "port"),
    ("https://example.com:80/", "port"),
    ("https://example.com:x/", "port"),
    ("https://example.com:99999/", "port"),
    ("https://example.com/" + "a" * MAX_LENGTH, "too_long"),
    ("https://example.com/" + "é" * (MAX_LENGTH // 3), "too_long"),
]

WRITTEN = [
    ("  https://Example.COM  ", "https://example.com/"),
    ("HTTPS://example.com:443/A?b=C#d", "https://example.com/A?b=C#d"),
    ("http://example.com:80/", "http://example.com/"),
    ("https://example.com./a", "https://example.com/a"),
    ("https://bücher.example/", "https://xn--bcher-kva.example/"),
    ("https://soundcloud。com/a", "https://soundcloud.com/a"),
    ("https://example.com/é%c3%a9", "https://example.com/%C3%A9%C3%A9"),
    ("https://example.com/<b>\"'", "https://example.com/%3Cb%3E%22%27"),
    ("https://example.com/?a[]=1&b", "https://example.com/?a%5B%5D=1&b"),
    ("https://example.com/..a/b..", "https://example.com/..a/b.."),
    ("https://example.com/?", "https://example.com/"),
]

ADDRESSES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["https://", "http://", "HTTPS:", "//", ""]),
    st.sampled_from(["example.com", "bücher.example", "a@b.com", "[::1]", "soundcloud.com:443", "١.com"])
    | st.text(max_size=12),
    st.sampled_from(["/", "?", "#", "/%", ""]),
    st.text(max_size=40),
)


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_misleading_address_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read_address(text)
    assert refusal.value.code == code


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_address_is_written_in_one_way(text: str, written: str) -> None:
    assert str(read_address(text)) == written


@given(ADDRESSES | st.text())
@example("https://example.com/%%41?%#%4")
def test_any_text_is_read_once_and_for_all_or_refused(text: str) -> None:
    try:
        written = str(read_address(text))
    except ValidationError:
        return
    assert written.isascii()
    assert not set(written) & set(" \"'<>\\`{}[]")
    assert str(read_address(written)) == written


def test_dropped_parameters_leave_the_others_as_they_were() -> None:
    address = read_address("https://example.com/?UTM_source=x&b=%20+&si=1&a=2&a=3")
    assert address.without_params(frozenset({"si"})).query == "b=%20+&a=2&a=3"
