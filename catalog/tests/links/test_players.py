"""Players: addresses built from ids alone, and a policy that admits them and nothing else."""

from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import resolve
from hypothesis import given

from catalog.links.host_table import HOSTS
from catalog.links.link import parse_link
from catalog.links.players import _TEMPLATES, FRAME_SOURCES, MEDIA_SOURCES, player_for
from catalog.tests.links.link_table import DISCO, DRIVE_ID, FORMS, UNREAD, pasted

W = "https://w.soundcloud.com/player/?url=https%3A%2F%2F"

PLAYED = [
    ("https://soundcloud.com/user/track?si=x", W + "soundcloud.com%2Fuser%2Ftrack&auto_play=false", 166),
    (
        "https://soundcloud.com/user/track/s-MjcQ5BtcRPp",
        W + "soundcloud.com%2Fuser%2Ftrack%2Fs-MjcQ5BtcRPp&auto_play=false",
        166,
    ),
    (
        "https://soundcloud.com/user/sets/ep/s-CYqsZ",
        W + "soundcloud.com%2Fuser%2Fsets%2Fep%2Fs-CYqsZ&auto_play=false",
        450,
    ),
    (
        W + "api.soundcloud.com%2Ftracks%2F12%3Fsecret_token%3Ds-CYqsZ&color=red",
        W + "api.soundcloud.com%2Ftracks%2F12%3Fsecret_token%3Ds-CYqsZ&auto_play=false",
        166,
    ),
    (
        W + "api.soundcloud.com%2Fplaylists%2F12",
        W + "api.soundcloud.com%2Fplaylists%2F12&auto_play=false",
        450,
    ),
    ("https://youtu.be/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", 315),
    ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789", 315),
    ("https://vimeo.com/123456789/abcdef1234", "https://player.vimeo.com/video/123456789?h=abcdef1234", 315),
    (
        f"https://drive.google.com/file/d/{DRIVE_ID}/view?usp=sharing",
        f"https://drive.google.com/file/d/{DRIVE_ID}/preview",
        200,
    ),
    (
        f"https://drive.google.com/file/d/{DRIVE_ID}/view?resourcekey=0-AbC",
        f"https://drive.google.com/file/d/{DRIVE_ID}/preview?resourcekey=0-AbC",
        200,
    ),
    (
        "https://www.dropbox.com/scl/fi/ab12/a b.mp3?rlkey=k3yk3y&dl=0".replace(" ", "%20"),
        "https://www.dropbox.com/scl/fi/ab12/a%20b.mp3?rlkey=k3yk3y&raw=1",
        54,
    ),
    ("https://www.dropbox.com/s/ab12/a.WAV?dl=0", "https://www.dropbox.com/s/ab12/a.WAV?raw=1", 54),
    ("https://audius.co/embed/track/QQ1", "https://audius.co/embed/track/QQ1?flavor=compact", 120),
    (
        "https://bandcamp.com/EmbeddedPlayer/track=77/size=small/",
        "https://bandcamp.com/EmbeddedPlayer/track=77/size=large/",
        470,
    ),
    (DISCO + "?s=sig-1", DISCO + "?download=false&s=sig-1&artwork=true&theme=dark", 395),
    ("https://untitled.stream/embed/abcdefghij12", "https://untitled.stream/embed/abcdefghij12", 200),
]

NOT_PLAYED = [
    *UNREAD,
    "https://audius.co/handle/slug",
    "https://artist.bandcamp.com/track/song",
    "https://bandcamp.com/private/C0DE",
    "https://s.disco.ac/abcdefghijkl",
    "https://untitled.stream/library/project/" + "a" * 21,
    "https://on.soundcloud.com/aB3dE",
    "https://open.spotify.com/track/abc",
    "https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3yk3y",
    "https://www.dropbox.com/scl/fi/ab12/stems.zip?rlkey=k3yk3y",
    "https://drive.google.com/drive/folders/" + DRIVE_ID,
    "http://example.com/a.mp3",
    "https://example.com/a.mp3/page",
    "https://www.mediafire.com/file/x/a.mp3",
]


def is_admitted(src: str, sources: tuple[str, ...]) -> bool:
    """Whether a CSP with these sources lets the mara_client load ``src``."""
    if src.startswith("/"):
        return resolve(urlsplit(src).path).url_name == "sound-file"
    scheme, host = urlsplit(src).scheme, urlsplit(src).hostname or ""
    exact = f"{scheme}://{host}"
    return exact in sources or f"{scheme}://*.{host.partition('.')[2]}" in sources


@pytest.mark.parametrize(("text", "src", "height_px"), PLAYED, ids=[row[0][:60] for row in PLAYED])
def test_link_plays_at_its_host(text: str, src: str, height_px: int) -> None:
    player = player_for(parse_link(text))
    assert player is not None
    assert (player.src, player.height_px) == (src, height_px)
    assert player.kind == ("audio" if "dropbox" in src else "frame")


@pytest.mark.parametrize("text", NOT_PLAYED)
def test_other_link_has_no_player(text: str) -> None:
    assert player_for(parse_link(text)) is None


@pytest.mark.parametrize("text", [row[0] for row in FORMS])
def test_only_youtube_learns_where_its_player_stands(text: str) -> None:
    player = player_for(parse_link(text))
    if player is not None:
        is_youtube = player.host_name == "YouTube"
        assert player.referrer_policy == ("strict-origin-when-cross-origin" if is_youtube else "no-referrer")


@pytest.mark.parametrize("end", ["mp3", "WAV", "flac", "m4a", "ogg"])
def test_sound_file_at_any_host_plays_in_our_own_frame(end: str) -> None:
    player = player_for(
        parse_link(f"https://Files.Example.com/demos/Low%20Tide.{end}?sig=s3cret&utm_source=x")
    )
    assert player is not None
    assert (player.kind, player.protocol, player.referrer_policy) == ("frame", "file", "no-referrer")
    assert player.src == f"/tracks/file/files.example.com/#/demos/Low%20Tide.{end}?sig=s3cret"
    assert player.host_name == "files.example.com"


def test_frame_of_a_sound_file_admits_its_host_alone(mara_client: Client) -> None:
    answer = mara_client.get("/tracks/file/files.example.com/")
    policy = dict(part.partition(" ")[::2] for part in answer["Content-Security-Policy"].split("; "))
    assert policy["media-src"] == "https://files.example.com"
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "X-Frame-Options" not in answer
    page = answer.content.decode()
    assert page.index("files.example.com</strong>") < page.index("<audio")
    tracks = mara_client.get("/tracks/")["Content-Security-Policy"]
    assert "files.example.com" not in tracks
    assert "frame-src 'self' https://*.disco.ac" in tracks


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "a;script-src *",
        "a.com; script-src x",
        "EXAMPLE.com",
        "user@a.com",
        "a.com:8080",
    ],
)
def test_frame_of_a_sound_file_names_public_hosts_only(mara_client: Client, host: str) -> None:
    assert mara_client.get(f"/tracks/file/{quote(host)}/").status_code == 404


def test_soundcloud_gets_the_permalink_as_one_parameter() -> None:
    player = player_for(
        parse_link("https://soundcloud.com/user/track/s-MjcQ5BtcRPp?utm_source=x&auto_play=true")
    )
    assert player is not None
    assert parse_qs(urlsplit(player.src).query) == {
        "url": ["https://soundcloud.com/user/track/s-MjcQ5BtcRPp"],
        "auto_play": ["false"],
    }


def test_policy_sources_are_those_of_the_allow_list() -> None:
    assert FRAME_SOURCES == (
        "https://*.disco.ac",
        "https://audius.co",
        "https://bandcamp.com",
        "https://drive.google.com",
        "https://player.vimeo.com",
        "https://untitled.stream",
        "https://w.soundcloud.com",
        "https://www.youtube-nocookie.com",
    )
    assert MEDIA_SOURCES == ("https://*.dropboxusercontent.com", "https://www.dropbox.com")


def test_every_maker_serves_a_shape() -> None:
    assert set(_TEMPLATES) <= {shape.name for host in HOSTS for shape in host.shapes}


@given(pasted())
def test_no_text_leads_a_player_off_the_allow_list(text: str) -> None:
    try:
        player = player_for(parse_link(text))
    except ValidationError:
        return
    if player is not None:
        assert is_admitted(player.src, FRAME_SOURCES if player.kind == "frame" else MEDIA_SOURCES)
        assert player.src.isascii()
        assert not set(player.src.removeprefix("/tracks/file/").replace("#", "", 1)) & set(" \"'<>\\`{}[]#")
