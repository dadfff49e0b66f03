"""Reason codes: all of them, explained, with what is welcome next."""

from submissions.choices import Reason, RescindReason, Welcome
from submissions.reason_table import REASONS
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

ASKED_FOR = [
    "Not our genre",
    "Mix or production",
    "Arrangement",
    "Too close to what we have",
    "Our calendar is full",
    "Already released",
    "Rights unclear",
    "Against our policy on generative AI",
    "Not enough information",
]


def test_every_reason_is_there_and_explained() -> None:
    assert Reason.labels == ASKED_FOR
    assert list(REASONS) == Reason.values
    assert all(words.hint for words in REASONS.values())
    assert {words.suits for words in REASONS.values()} <= set(Welcome)


def test_panel_explains_each_reason_and_suggests_what_is_welcome(cast: Cast) -> None:
    page = client_of(cast.manager).get(url("act", cast.demo(), "reject")).content.decode()
    for words in REASONS.values():
        assert words.hint in page
    assert page.count('data-suits="this_again"') == 4
    assert 'value="another" required id="id_welcome_1" checked' in page


def test_producer_reads_the_reason_in_words(cast: Cast) -> None:
    demo = cast.demo()
    post(cast.manager, demo, "reject", reason="too_close", welcome="another")
    page = client_of(cast.producer).get(demo.get_absolute_url()).content.decode()
    assert "Too close to what we have" in page
    assert "Another track" in page
    assert "too_close" not in page


def test_withdrawing_an_offer_has_its_own_reasons(cast: Cast) -> None:
    assert not set(RescindReason.values) & set(Reason.values)
    page = client_of(cast.manager).get(url("act", cast.demo("signed"), "rescind")).content.decode()
    assert all(label in page for label in RescindReason.labels)
    assert "Not our genre" not in page


def test_producer_reads_why_an_offer_was_withdrawn(cast: Cast) -> None:
    demo = cast.demo("signed")
    assert post(cast.manager, demo, "rescind", reason="genre", note="Sorry.").status_code == 422
    post(cast.manager, demo, "rescind", reason="plans", note="Sorry.")
    page = client_of(cast.producer).get(demo.get_absolute_url()).content.decode()
    assert "Our release plans have changed" in page
