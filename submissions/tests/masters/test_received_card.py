"""What a producer reads of the master that their label has: that it came, its format, its fingerprint."""

from django.urls import reverse

from submissions.models import Submission
from submissions.tests.builders import act
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

CODECS = ("pcm_s24le", "384512", "6:24")


def page(cast: Cast, demo: Submission) -> str:
    answer = client_of(cast.producer).get(reverse("submissions:submission", args=[demo.reference]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_producer_reads_format_and_fingerprint_and_no_more(cast: Cast) -> None:
    demo = cast.demo("signed", duration=200)
    assert 'id="master"' not in page(cast, demo)
    act(demo, "master_received")
    shown = page(cast, demo)
    assert 'id="master"' in shown
    assert "24 bit, 44.1 kHz" in shown
    assert shown.count("f1" * 32) == 2  # on the card and in the history
    assert not any(each in shown for each in CODECS)
    assert "a1" * 32 not in shown


def test_second_master_is_counted_and_a_removed_one_is_not(cast: Cast) -> None:
    demo = cast.demo("signed")
    act(demo, "master_received")
    act(demo, "master_received", audio_digest="a2" * 32, file_digest="f2" * 32, sample_rate=96_000)
    shown = page(cast, demo)
    assert "24 bit, 96 kHz." in shown
    assert "It is the newest of 2" in shown
    act(demo, "master_removed", audio_digest="a2" * 32, file_digest="f2" * 32)
    act(demo, "master_removed")
    assert 'id="master"' not in page(cast, demo)
