"""What an address gives away: a table of addresses and what we read in each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.links.link import parse_link
from catalog.links.title_guess import guess_from
from catalog.tests.links.link_table import YOUTUBE

SOUNDCLOUD = "https://soundcloud.com/mara/{}"
DROPBOX = "https://www.dropbox.com/scl/fi/ab12/{}?rlkey=abcdefgh"


@pytest.mark.parametrize(
    ("slug", "read"),
    [
        ("low-tide", {"title": "Low Tide"}),
        ("low-tide/s-MjcQ5BtcRPp", {"title": "Low Tide"}),
        ("low-tide-extended-mix", {"title": "Low Tide", "mix": "Extended Mix"}),
        ("low-tide-extended", {"title": "Low Tide", "mix": "Extended Mix"}),
        ("low_tide_radio_edit", {"title": "Low Tide", "mix": "Radio Edit"}),
        ("low-tide-dub", {"title": "Low Tide", "mix": "Dub Mix"}),
        ("low-tide-vip", {"title": "Low Tide", "mix": "VIP"}),
        ("mara-low-tide", {"title": "Low Tide"}),
        ("mara", {"title": "Mara"}),
        ("low-tide-ines-remix", {"title": "Low Tide Ines Remix", "version_type": "remix"}),
        ("low-tide-bootleg", {"title": "Low Tide Bootleg", "version_type": "bootleg"}),
        ("vip", {"title": "Vip"}),
        ("---", {}),
    ],
)
def test_soundcloud_page_names_title_and_mix(slug: str, read: dict[str, str]) -> None:
    assert guess_from(parse_link(SOUNDCLOUD.format(slug))) == read


@pytest.mark.parametrize(
    ("name", "read"),
    [
        (
            "Mara%20Lindqvist%20-%20Low%20Tide%20(Extended%20Mix).wav",
            {"title": "Low Tide", "mix": "Extended Mix"},
        ),
        ("Low%20Tide.mp3", {"title": "Low Tide"}),
        ("low%20tide.mp3", {"title": "Low Tide"}),
        ("i%20can't%20wait%20(for%20you)%20now.mp3", {"title": "I Can't Wait (For You) Now"}),
        ("rock%20%E2%80%99n%E2%80%99%20roll.mp3", {"title": "Rock ’n’ Roll"}),
        ("low-tide-extended-mix.mp3", {"title": "Low Tide", "mix": "Extended Mix"}),
        ("01.%20Low%20Tide%20Master%20v3.wav", {"title": "Low Tide"}),
        ("Low%20Tide%20(Dub)%20(Master).wav", {"title": "Low Tide", "mix": "Dub Mix"}),
        (
            "mara_-_low_tide_(ines_remix)_124bpm.wav",
            {"title": "Low Tide", "mix": "Ines Remix", "version_type": "remix", "tempo": "124"},
        ),
        ("Low%20Tide%20127.5%20BPM.flac", {"title": "Low Tide", "tempo": "127.5"}),
        ("Low%20Tide%20999%20BPM.wav", {"title": "Low Tide"}),
        ("%E2%80%AELow%20Tide.mp3", {"title": "Low Tide"}),
        ("%EF%BF%BD.mp3", {}),
        ("%FF.mp3", {}),
        (".mp3", {}),
    ],
)
def test_file_name_gives_title_mix_and_tempo_away(name: str, read: dict[str, str]) -> None:
    assert guess_from(parse_link(DROPBOX.format(name))) == read


@pytest.mark.parametrize(
    ("url", "read"),
    [
        (
            "https://mara.bandcamp.com/track/low-tide-original-mix",
            {"title": "Low Tide", "mix": "Original Mix"},
        ),
        ("https://mara.bandcamp.com/album/low-tide", {}),
        ("https://audius.co/mara/low-tide", {"title": "Low Tide"}),
        (YOUTUBE, {}),
        ("https://vimeo.com/123456789/abcdef1234", {}),
        ("https://drive.google.com/file/d/1aB_cdEFghIJklMNopQRstUVwxYZ01234/view", {}),
        ("https://s.disco.ac/abcdefghijkl", {}),
        ("https://example.com/low-tide.mp3", {"title": "Low Tide"}),
        ("https://example.com/low-tide", {}),
        ("https://hearthis.at/mara/low-tide/s3cr3t/", {"title": "Low Tide"}),
    ],
)
def test_other_hosts_say_what_their_addresses_say(url: str, read: dict[str, str]) -> None:
    assert guess_from(parse_link(url)) == read


@given(st.from_regex(r"[A-Za-z0-9_%().\[\]&+ -]{1,400}", fullmatch=True))
def test_no_file_name_breaks_it_and_what_it_reads_fits(name: str) -> None:
    quoted = name.replace("%", "%25").replace(" ", "%20").replace("[", "%5B").replace("]", "%5D")
    read = guess_from(parse_link(DROPBOX.format(f"{quoted}.wav")))
    assert len(read.get("title", "")) <= 150
    assert len(read.get("mix", "")) <= 80
    assert all(read.values())
