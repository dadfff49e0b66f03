"""Links that people paste, and texts that look like them, for the tests of links and players."""

from hypothesis import strategies as st

from catalog.links.host_table import HOSTS

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
DRIVE_ID = "1aB_cdEFghIJklMNopQRstUVwxYZ01234"
DRIVE = f"https://drive.google.com/file/d/{DRIVE_ID}/view"
DROPBOX = "https://www.dropbox.com/scl/fi/ab12/My%20Track.wav"
W_PLAYER = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F"
TRACK = "https://soundcloud.com/user/impact-moderato"
DISCO = "https://acme.disco.ac/e/p/123"

# pasted, canonical, host name, identity, without tokens
FORMS = [
    (TRACK + "?si=abc&utm_source=x", TRACK, "SoundCloud", "soundcloud:user/impact-moderato", TRACK),
    (
        "http://m.soundcloud.com/User/Impact-Moderato/s-MjcQ5BtcRPp/?in=a/sets/b#t=0:10",
        "https://soundcloud.com/User/Impact-Moderato/s-MjcQ5BtcRPp",
        "SoundCloud",
        "soundcloud:user/impact-moderato",
        "https://soundcloud.com/User/Impact-Moderato",
    ),
    (TRACK + "/s-CYqsZ", TRACK + "/s-CYqsZ", "SoundCloud", "soundcloud:user/impact-moderato", TRACK),
    (
        TRACK + "?secret_token=s-CYqsZ",
        TRACK + "/s-CYqsZ",
        "SoundCloud",
        "soundcloud:user/impact-moderato",
        TRACK,
    ),
    (
        "https://soundcloud.com/user/sets/ep/s-CYqsZ",
        "https://soundcloud.com/user/sets/ep/s-CYqsZ",
        "SoundCloud",
        "soundcloud:user/sets/ep",
        "https://soundcloud.com/user/sets/ep",
    ),
    (
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1303723630"
        "%3Fsecret_token%3Ds-qVs8eTtFFwv&color=%23ff5500&auto_play=true",
        W_PLAYER + "tracks%2F1303723630%3Fsecret_token%3Ds-qVs8eTtFFwv",
        "SoundCloud",
        "soundcloud:api/tracks/1303723630",
        W_PLAYER + "tracks%2F1303723630",
    ),
    (
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/playlists/soundcloud%253Aplaylists%253A7",
        W_PLAYER + "playlists%2F7",
        "SoundCloud",
        "soundcloud:api/playlists/7",
        W_PLAYER + "playlists%2F7",
    ),
    (
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/user/impact-moderato/s-CYqsZ",
        TRACK + "/s-CYqsZ",
        "SoundCloud",
        "soundcloud:user/impact-moderato",
        TRACK,
    ),
    ("https://youtu.be/dQw4w9WgXcQ?si=x&t=3", YOUTUBE, "YouTube", "youtube:dQw4w9WgXcQ", YOUTUBE),
    ("https://m.youtube.com/watch?app=m&v=dQw4w9WgXcQ", YOUTUBE, "YouTube", "youtube:dQw4w9WgXcQ", YOUTUBE),
    (
        "https://youtube.com/shorts/dQw4w9WgXcQ?feature=share",
        YOUTUBE,
        "YouTube",
        "youtube:dQw4w9WgXcQ",
        YOUTUBE,
    ),
    (
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        YOUTUBE,
        "YouTube",
        "youtube:dQw4w9WgXcQ",
        YOUTUBE,
    ),
    (
        "https://vimeo.com/123456789/abcdef1234?share=copy",
        "https://vimeo.com/123456789/abcdef1234",
        "Vimeo",
        "vimeo:123456789",
        "https://vimeo.com/123456789",
    ),
    (
        "https://player.vimeo.com/video/123456789?h=abcdef1234&dnt=1",
        "https://vimeo.com/123456789/abcdef1234",
        "Vimeo",
        "vimeo:123456789",
        "https://vimeo.com/123456789",
    ),
    (
        "https://dropbox.com/scl/fi/ab12/My%20Track.wav?st=tmp&dl=1&rlkey=k3yk3y",
        DROPBOX + "?rlkey=k3yk3y&dl=0",
        "Dropbox",
        "dropbox:ab12",
        DROPBOX + "?dl=0",
    ),
    (
        "https://dl.dropboxusercontent.com/scl/fi/ab12/My%20Track.wav?rlkey=k3yk3y",
        DROPBOX + "?rlkey=k3yk3y&dl=0",
        "Dropbox",
        "dropbox:ab12",
        DROPBOX + "?dl=0",
    ),
    (
        "https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3yk3y&dl=0",
        "https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3yk3y&dl=0",
        "Dropbox",
        "dropbox:folder/ab12",
        "https://www.dropbox.com/scl/fo/ab12/h4sh?dl=0",
    ),
    (DRIVE + "?usp=sharing", DRIVE, "Google Drive", f"drive:{DRIVE_ID}", DRIVE),
    (
        f"https://drive.google.com/open?id={DRIVE_ID}&resourcekey=0-AbC&usp=drive_copy",
        DRIVE + "?resourcekey=0-AbC",
        "Google Drive",
        f"drive:{DRIVE_ID}",
        DRIVE,
    ),
    (
        f"https://drive.google.com/file/u/1/d/{DRIVE_ID}/preview",
        DRIVE,
        "Google Drive",
        f"drive:{DRIVE_ID}",
        DRIVE,
    ),
    (
        "https://bandcamp.com/EmbeddedPlayer/v=2/album=5/track=77/size=large/tracklist=false/",
        "https://bandcamp.com/EmbeddedPlayer/track=77/size=large/",
        "Bandcamp",
        "bandcamp:track/77",
        "https://bandcamp.com/EmbeddedPlayer/track=77/size=large/",
    ),
    (
        "https://artist.bandcamp.com/track/song?from=x",
        "https://artist.bandcamp.com/track/song",
        "Bandcamp",
        "bandcamp:artist/track/song",
        "https://artist.bandcamp.com/track/song",
    ),
    (
        DISCO + "?s=a.b-c_d%3Ae&theme=light",
        DISCO + "?download=false&s=a.b-c_d%3Ae&artwork=true&theme=dark",
        "DISCO",
        "disco:acme/123",
        "https://acme.disco.ac/",
    ),
    (
        "https://www.audius.co/embed/track/QQ1?flavor=card",
        "https://audius.co/embed/track/QQ1",
        "Audius",
        "audius:track/QQ1",
        "https://audius.co/embed/track/QQ1",
    ),
    (
        "https://music.apple.com/us/album/x/123?i=456&at=affiliate",
        "https://music.apple.com/us/album/x/123?i=456",
        "Apple Music",
        "apple:song/456",
        "https://music.apple.com/us/album/x/123?i=456",
    ),
]

# the whole address is the secret: only a digest identifies it
CLOSED = [
    ("https://on.soundcloud.com/aB3dE", "SoundCloud", "https://on.soundcloud.com/", False),
    ("https://bandcamp.com/private/C0DE", "Bandcamp", "https://bandcamp.com/", True),
    ("https://s.disco.ac/abcdefghijkl", "DISCO", "https://s.disco.ac/", True),
    ("https://untitled.stream/embed/abcdefghij12", "untitled", "https://untitled.stream/", True),
    ("https://untitled.stream/library/project/" + "a" * 21, "untitled", "https://untitled.stream/", True),
    ("https://www.dropbox.com/s/ab12/song.mp3?dl=0", "Dropbox", "https://www.dropbox.com/", True),
    ("https://mega.nz/file/abc#d3crypt", "MEGA", "https://mega.nz/", True),
    ("https://cloud.example.com/s/t0ken?x=1", "cloud.example.com", "https://cloud.example.com/", False),
]

LOCKER_LINKS = [
    "https://we.tl/t-abc",
    "https://wetransfer.com/downloads/abc",
    "https://studio.wetransfer.com/downloads/abc",
    "http://www.SENDSPACE.com/file/abc",
    "https://fromsmash.com/abc",
    "https://wormhole.app/abc#key",
    "https://www.swisstransfer.com/d/abc",
    "https://send.zip/abc",
]

UNREAD = [
    "https://soundcloud.com/discover/sets/charts",
    "https://soundcloud.com/user/track/s-MjcQ5BtcRPp/recommended",
    "https://www.youtube.com/watch?v=short",
    "https://acme.disco.ac/e/p/123",
    "https://w.soundcloud.com/player/?url=https%3A//evil.example/tracks/1",
    "https://w.soundcloud.com/player/?url=javascript%3Aalert(1)",
]

PROFILES = [
    "https://soundcloud.com/user",
    "https://soundcloud.com/user/likes",
    "https://www.youtube.com/@user/videos",
    "https://vimeo.com/user/about",
    "https://artist.bandcamp.com/music",
    "https://www.mixcloud.com/user/uploads/",
]


def pasted() -> st.SearchStrategy[str]:
    """Texts that look like links to known hosts, whole or broken."""
    known = [row[0] for row in FORMS] + [row[0] for row in CLOSED] + LOCKER_LINKS + UNREAD
    tails = st.text(max_size=10) | st.sampled_from(["/", "?", "&rlkey=x", "#", "%", "/s-abcdefgh", "'\""])
    cut = st.integers(-12, 0).map(lambda end: end or None)
    domains = [domain for host in HOSTS for domain in host.domains]
    broken = st.builds(lambda link, end, tail: link[:end] + tail, st.sampled_from(known), cut, tails)
    return (
        broken | st.builds("https://{}/{}".format, st.sampled_from(domains), st.text(max_size=30)) | st.text()
    )
