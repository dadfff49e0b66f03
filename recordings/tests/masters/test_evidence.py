"""What file names and codes say of the demo that a recording belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit import codes
from recordings.choices import MatchHow
from recordings.masters.evidence import Demo, Evidence, fitting, references_in, says_premaster

TIDE = "TF-4K7Q-9XMD"


@pytest.mark.parametrize(
    "path",
    [
        "TF-4K7Q-9XMD.wav",
        "Masters/2026/Maya Lind - Tide TF-4K7Q-9XMD.wav",
        "tf-4k7q-9xmd_tide_master.flac",
        "tide_TF_4K7Q_9XMD_24bit.wav",
        "TF4K7Q9XMD.aiff",
        "4K7Q-9XMD tide.wav",
        "Deep Blue 4k7q 9xmd.wav",
        "(TF-4K7Q-9XMD).wav",
        "Tide.TF.4K7Q.9XMD.wav",
        "TF 4K7Q 9XMD Extended Mix.wav",
    ],
)
def test_reference_is_read_however_it_is_written(path: str) -> None:
    assert TIDE in references_in(path)


def test_letters_are_folded_as_when_typed() -> None:
    assert "TF-1010-0110" in references_in("tf-IoLo-oIlO master.wav")


@pytest.mark.parametrize(
    "path",
    [
        "TF-4K7Q-9XM.wav",
        "XTF-4K7Q-9XMD1.wav",
        "TF-4K7Q-9XMD/master.wav",
        "Tide.wav",
        "TF-4K7Q-9XMU.wav",
        "",
        "\0",
    ],
)
def test_what_is_no_reference_is_none(path: str) -> None:
    assert TIDE not in references_in(path)


@given(st.text(alphabet=codes.ALPHABET, min_size=8, max_size=8), st.sampled_from(["", "-", " ", "_"]))
def test_any_code_is_found(letters: str, between: str) -> None:
    code = f"TF{between}{letters[:4]}{between}{letters[4:]}".lower()
    assert f"TF-{letters[:4]}-{letters[4:]}" in references_in(f"The Long Night ({code}) v2.wav")


def test_reader_takes_no_longer_than_a_long_name() -> None:
    assert references_in("TF-" * 100_000) == frozenset()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Tide premaster.wav", True),
        ("Tide Pre-Master v2.wav", True),
        ("tide_pre_master.wav", True),
        ("Tide (unmastered).wav", True),
        ("Premasters/Tide.wav", False),
        ("Tide master.wav", False),
        ("Supremaster.wav", False),
    ],
)
def test_premaster_is_one_by_its_name(path: str, *, expected: bool) -> None:
    assert says_premaster(path) is expected


DEMOS = [
    Demo(1, TIDE, frozenset({"DEABC2600001"})),
    Demo(2, "TF-0000-0002", frozenset({"DEABC2600002"})),
    Demo(3, "TF-0000-0003", frozenset({"DEABC2600002"})),
    Demo(4, "TF-0000-0004"),
]


@pytest.mark.parametrize(
    ("references", "isrcs", "expected"),
    [
        ({TIDE}, set(), {1: MatchHow.REFERENCE}),
        (set(), {"DEABC2600001"}, {1: MatchHow.ISRC}),
        ({TIDE}, {"DEABC2600001"}, {1: MatchHow.REFERENCE}),
        (set(), {"DEABC2600002"}, {2: MatchHow.ISRC, 3: MatchHow.ISRC}),
        ({"TF-0000-0004"}, {"DEABC2600001"}, {1: MatchHow.ISRC, 4: MatchHow.REFERENCE}),
        ({TIDE, "TF-0000-0004"}, set(), {1: MatchHow.REFERENCE, 4: MatchHow.REFERENCE}),
        ({"TF-9999-9999"}, {"DEABC2699999"}, {}),
        (set(), set(), {}),
    ],
)
def test_all_that_the_evidence_speaks_for_fits(
    references: set[str], isrcs: set[str], expected: dict[int, MatchHow]
) -> None:
    assert fitting(Evidence(frozenset(references), frozenset(isrcs)), DEMOS) == expected


def test_what_was_refused_is_not_offered_again() -> None:
    evidence = Evidence(isrcs=frozenset({"DEABC2600002"}))
    assert fitting(evidence, DEMOS, {2}) == {3: MatchHow.ISRC}
