"""Hosts that demo links point to, and the shapes of their links.

Source: the host table of ``music-data.md``; hosts and warnings beyond it are own knowledge (2025). Lockers
are download hosts whose links expire by design; where the sender chooses how long they last, the reason names
no figure.

A ``Shape`` describes one form of link. Its ``pattern`` must match the whole of "host/path" in lower-case
host, without "www." or "m.", without a slash at the end, percent-encoded; named groups become ids. Its
``params`` take further ids from the query. Groups and params admit only characters that are safe in a URL,
so templates use ids verbatim. Templates are ``str.format`` texts in which a part in square brackets is
dropped when an id in it is absent; ``secrets`` are absent wherever a link is shown without its tokens.
"""

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["stream", "file", "locker", "web"]
"""stream: has a page with a player; file: cloud storage; locker: expires, refused; web: any other host."""

_SEGMENT = r"[A-Za-z0-9._~%!$&()*+,;=:@-]+"
_SLUG = r"[A-Za-z0-9_-]+"
_PLAYABLE = r"\.(?i:mp3|wav|flac|m4a|aac|ogg|oga|opus)"


@dataclass(frozen=True, slots=True)
class Param:
    """A query parameter that becomes the id ``to``; a shape does not match without its required ones."""

    name: str
    to: str
    pattern: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """One form of link at a host; with an empty ``identity``, links are compared by a digest."""

    name: str
    pattern: re.Pattern[str]
    url: str
    identity: str = ""
    params: tuple[Param, ...] = ()
    secrets: tuple[str, ...] = ()
    folds_case: bool = False
    """Ids are case-insensitive."""
    may_be_public: bool = False
    """A link with a secret may still be a public page."""
    warning: str = ""
    missing: tuple[str, str] = ("", "")
    """An id, and the warning shown when it is absent."""


@dataclass(frozen=True, slots=True)
class Host:
    """A host by its ``domains`` (each with all its subdomains).

    ``is_public``: a link here is a public page unless it carries a secret. ``warning`` is shown with each
    link, ``notes`` are for maintainers; for a locker, they end the sentence that says why it is refused.
    """

    name: str
    domains: tuple[str, ...]
    kind: Kind
    is_public: bool
    notes: str
    warning: str = ""
    shapes: tuple[Shape, ...] = ()


_FOLDER = "This is a folder: it cannot be played here. Link the audio file itself."
_NO_PLAYER = "This file type does not play in a browser. Link an MP3 or WAV."
_IS_OUT = "A link here usually means that the track is already released; most labels want unreleased music."
_IS_PUBLIC = "This page is public. If anyone can hear the track already, say so under release status."
_SHORT = "This is a short link, which cannot be played here. Open it and paste the full address."

_SOUNDCLOUD_PAGES = (
    r"(?!(?:charts|discover|feed|getstarted|jobs|messages|notifications|oembed|pages|people|player|popular|"
    r"search|settings|signin|stations|stream|tags|terms-of-use|upload|you)/)"
)
_SOUNDCLOUD_TABS = (
    r"(?!(?:albums|comments|followers|following|likes|popular-tracks|reposts|sets|toptracks|tracks)$)"
)
_SOUNDCLOUD_USER = rf"soundcloud\.com/{_SOUNDCLOUD_PAGES}(?P<user>{_SLUG})"
_SOUNDCLOUD_KEY = r"s-[A-Za-z0-9]{5,32}"
_SOUNDCLOUD_API = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F"


def _soundcloud_embed(sort: str) -> Shape:
    """The link inside a pasted player: by number, or by the URN ("soundcloud:tracks:1") used since 2025."""
    return Shape(
        f"soundcloud-embed-{sort}",
        re.compile(
            rf"api\.soundcloud\.com/{sort}s/(?:soundcloud(?::|%3A){sort}s(?::|%3A))?(?P<number>[0-9]{{1,20}})"
        ),
        url=_SOUNDCLOUD_API + sort + "s%2F{number}[%3Fsecret_token%3D{token}]",
        identity=f"soundcloud:api/{sort}s/" + "{number}",
        params=(Param("secret_token", "token", _SOUNDCLOUD_KEY),),
        secrets=("token",),
        missing=("token", _IS_PUBLIC),
    )


_SOUNDCLOUD = Host(
    name="SoundCloud",
    domains=("soundcloud.com",),
    kind="stream",
    is_public=True,
    notes="A private track needs its /s-token; resetting the secret link breaks every copy of it for good.",
    shapes=(
        Shape(
            "soundcloud-set",
            re.compile(rf"{_SOUNDCLOUD_USER}/sets/(?P<set>{_SLUG})(?:/(?P<token>{_SOUNDCLOUD_KEY}))?"),
            url="https://soundcloud.com/{user}/sets/{set}[/{token}]",
            identity="soundcloud:{user}/sets/{set}",
            folds_case=True,
            params=(Param("secret_token", "token", _SOUNDCLOUD_KEY),),
            secrets=("token",),
            missing=("token", _IS_PUBLIC),
        ),
        Shape(
            "soundcloud-track",
            re.compile(
                rf"{_SOUNDCLOUD_USER}/{_SOUNDCLOUD_TABS}(?P<track>{_SLUG})(?:/(?P<token>{_SOUNDCLOUD_KEY}))?"
            ),
            url="https://soundcloud.com/{user}/{track}[/{token}]",
            identity="soundcloud:{user}/{track}",
            folds_case=True,
            params=(Param("secret_token", "token", _SOUNDCLOUD_KEY),),
            secrets=("token",),
            missing=("token", _IS_PUBLIC),
        ),
        _soundcloud_embed("track"),
        _soundcloud_embed("playlist"),
        Shape(
            "soundcloud-short",
            re.compile(rf"on\.soundcloud\.com/(?P<code>{_SLUG})"),
            url="https://on.soundcloud.com/[{code}]",
            secrets=("code",),
            may_be_public=True,
            warning=_SHORT,
        ),
    ),
)

_YOUTUBE_ID = r"[A-Za-z0-9_-]{11}"

_YOUTUBE = Host(
    name="YouTube",
    domains=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    kind="stream",
    is_public=True,
    notes="Unlisted videos embed; private ones never do. The address does not tell which it is.",
    warning="Set the video to Unlisted: a Private video plays for nobody else, a Public one counts as out.",
    shapes=(
        Shape(
            "youtube-watch",
            re.compile(r"(?:music\.)?youtube\.com/watch"),
            url="https://www.youtube.com/watch?v={id}",
            identity="youtube:{id}",
            params=(Param("v", "id", _YOUTUBE_ID, is_required=True),),
        ),
        Shape(
            "youtube-watch",
            re.compile(
                r"(?:youtu\.be|youtube\.com/(?:shorts|live|embed|v)|youtube-nocookie\.com/embed)"
                rf"/(?P<id>{_YOUTUBE_ID})"
            ),
            url="https://www.youtube.com/watch?v={id}",
            identity="youtube:{id}",
        ),
    ),
)

_VIMEO_HASH = r"[0-9A-Za-z]{6,40}"

_VIMEO = Host(
    name="Vimeo",
    domains=("vimeo.com",),
    kind="stream",
    is_public=True,
    notes="The hash after the number is a privacy token: without it an unlisted video answers 404.",
    shapes=(
        Shape(
            "vimeo-video",
            re.compile(
                r"(?:vimeo\.com/(?:channels/[\w-]+/|groups/[\w-]+/videos/|manage/videos/|video/)?"
                rf"|player\.vimeo\.com/video/)(?P<id>[0-9]{{4,12}})(?:/(?P<hash>{_VIMEO_HASH}))?",
                re.ASCII,
            ),
            url="https://vimeo.com/{id}[/{hash}]",
            identity="vimeo:{id}",
            params=(Param("h", "hash", _VIMEO_HASH),),
            secrets=("hash",),
            missing=("hash", _IS_PUBLIC),
        ),
    ),
)

_AUDIUS = Host(
    name="Audius",
    domains=("audius.co",),
    kind="stream",
    is_public=True,
    notes="Plays in our pages only from a pasted embed address, which holds the track's id.",
    warning=_IS_PUBLIC,
    shapes=(
        Shape(
            "audius-embed",
            re.compile(r"audius\.co/embed/track/(?P<id>[A-Za-z0-9]{1,20})"),
            url="https://audius.co/embed/track/{id}",
            identity="audius:track/{id}",
        ),
        Shape(
            "audius-page",
            re.compile(rf"audius\.co/(?!embed/)(?P<page>{_SEGMENT}/{_SEGMENT})"),
            url="https://audius.co/{page}",
            identity="audius:{page}",
        ),
    ),
)

_BANDCAMP_PLAYER = r"bandcamp\.com/EmbeddedPlayer/(?:[a-z_]+=[A-Za-z0-9]+/)*"

_BANDCAMP = Host(
    name="Bandcamp",
    domains=("bandcamp.com",),
    kind="stream",
    is_public=True,
    notes="Plays in our pages only from a pasted embed address, which holds the track's id.",
    shapes=(
        Shape(
            "bandcamp-embed",
            re.compile(rf"{_BANDCAMP_PLAYER}track=(?P<track>[0-9]{{1,20}})(?:/[a-z_]+=[A-Za-z0-9]+)*"),
            url="https://bandcamp.com/EmbeddedPlayer/track={track}/size=large/",
            identity="bandcamp:track/{track}",
            warning=_IS_PUBLIC,
        ),
        Shape(
            "bandcamp-private",
            re.compile(rf"bandcamp\.com/private/(?P<code>{_SLUG})"),
            url="https://bandcamp.com/[private/{code}]",
            secrets=("code",),
        ),
        Shape(
            "bandcamp-page",
            re.compile(rf"(?P<artist>[a-z0-9-]+)\.bandcamp\.com/(?P<sort>track|album)/(?P<slug>{_SEGMENT})"),
            url="https://{artist}.bandcamp.com/{sort}/{slug}",
            identity="bandcamp:{artist}/{sort}/{slug}",
            warning=_IS_PUBLIC,
        ),
    ),
)

_DISCO = Host(
    name="DISCO",
    domains=("disco.ac",),
    kind="stream",
    is_public=False,
    notes="Plays in our pages only from a pasted embed address, which holds the signature.",
    shapes=(
        Shape(
            "disco-embed",
            re.compile(r"(?P<sub>[a-z0-9][a-z0-9-]*)\.disco\.ac/e/p/(?P<playlist>[0-9]{1,20})"),
            url="https://{sub}.disco.ac/[e/p/{playlist}?download=false&s={sig}&artwork=true&theme=dark]",
            identity="disco:{sub}/{playlist}",
            params=(Param("s", "sig", r"[A-Za-z0-9._~%:+/=-]{1,300}", is_required=True),),
            secrets=("sig",),
        ),
        Shape(
            "disco-share",
            re.compile(r"s\.disco\.ac/(?P<code>[A-Za-z]{12})"),
            url="https://s.disco.ac/[{code}]",
            secrets=("code",),
        ),
    ),
)

_UNTITLED = Host(
    name="untitled",
    domains=("untitled.stream",),
    kind="stream",
    is_public=False,
    notes="Plays in our pages only from a pasted embed address: its id differs from the project's.",
    shapes=(
        Shape(
            "untitled-embed",
            re.compile(r"untitled\.stream/embed/(?P<code>[A-Za-z0-9_-]{12})"),
            url="https://untitled.stream/[embed/{code}]",
            secrets=("code",),
        ),
        Shape(
            "untitled-project",
            re.compile(r"untitled\.stream/library/(?P<sort>project|track)/(?P<code>[A-Za-z0-9_-]{21})"),
            url="https://untitled.stream/[library/{sort}/{code}]",
            secrets=("code",),
        ),
    ),
)

_DROPBOX_HOST = r"(?:dropbox\.com|dl\.dropbox\.com|dl\.dropboxusercontent\.com)"
_RLKEY = Param("rlkey", "rlkey", r"[A-Za-z0-9]{5,80}")
_RLKEY_LOST = ("rlkey", "This Dropbox link lacks its rlkey and will not open. Copy the whole link again.")


def _dropbox_file(name: str, file_name: str, warning: str = "") -> tuple[Shape, Shape]:
    return (
        Shape(
            f"dropbox-{name}",
            re.compile(rf"{_DROPBOX_HOST}/scl/fi/(?P<id>[A-Za-z0-9]+)/(?P<name>{file_name})"),
            url="https://www.dropbox.com/scl/fi/{id}/{name}?[rlkey={rlkey}&]dl=0",
            identity="dropbox:{id}",
            params=(_RLKEY,),
            secrets=("rlkey",),
            warning=warning,
            missing=_RLKEY_LOST,
        ),
        Shape(
            f"dropbox-old-{name}",
            re.compile(rf"{_DROPBOX_HOST}/s/(?P<id>[A-Za-z0-9]+)/(?P<name>{file_name})"),
            url="https://www.dropbox.com/[s/{id}/{name}?dl=0]",
            secrets=("id",),
            warning=warning,
        ),
    )


_DROPBOX = Host(
    name="Dropbox",
    domains=("dropbox.com", "dropboxusercontent.com", "db.tt"),
    kind="file",
    is_public=False,
    notes="rlkey opens the file; st and e are short-lived and dropped. Busy links are banned for a day.",
    shapes=(
        *_dropbox_file("audio", rf"{_SEGMENT}{_PLAYABLE}"),
        *_dropbox_file("other", _SEGMENT, _NO_PLAYER),
        Shape(
            "dropbox-folder",
            re.compile(rf"dropbox\.com/scl/fo/(?P<id>[A-Za-z0-9]+)/(?P<name>{_SEGMENT})"),
            url="https://www.dropbox.com/scl/fo/{id}/{name}?[rlkey={rlkey}&]dl=0",
            identity="dropbox:folder/{id}",
            params=(_RLKEY,),
            secrets=("rlkey",),
            warning=_FOLDER,
            missing=_RLKEY_LOST,
        ),
        Shape(
            "dropbox-old-folder",
            re.compile(rf"dropbox\.com/sh/(?P<id>[A-Za-z0-9]+)/(?P<name>{_SEGMENT})"),
            url="https://www.dropbox.com/[sh/{id}/{name}?dl=0]",
            secrets=("id", "name"),
            warning=_FOLDER,
        ),
    ),
)

_DRIVE_ID = r"[A-Za-z0-9_-]{10,120}"
_RESOURCE_KEY = Param("resourcekey", "resourcekey", r"[A-Za-z0-9_-]{4,80}")
_DRIVE_FILE = "https://drive.google.com/file/d/{id}/view[?resourcekey={resourcekey}]"

_DRIVE = Host(
    name="Google Drive",
    domains=("drive.google.com", "docs.google.com"),
    kind="file",
    is_public=False,
    notes="Browsers that block third-party cookies may not play it. Older files need their resourcekey.",
    warning="Share the file with “Anyone with the link”; otherwise only you can open it.",
    shapes=(
        Shape(
            "drive-file",
            re.compile(
                r"drive\.google\.com/(?:a/[\w.-]+/)?file/(?:u/[0-9]+/)?"
                rf"d/(?P<id>{_DRIVE_ID})(?:/(?:view|preview|edit))?",
                re.ASCII,
            ),
            url=_DRIVE_FILE,
            identity="drive:{id}",
            params=(_RESOURCE_KEY,),
            secrets=("resourcekey",),
        ),
        Shape(
            "drive-file",
            re.compile(r"(?:drive|docs)\.google\.com/(?:u/[0-9]+/)?(?:open|uc)"),
            url=_DRIVE_FILE,
            identity="drive:{id}",
            params=(Param("id", "id", _DRIVE_ID, is_required=True), _RESOURCE_KEY),
            secrets=("resourcekey",),
        ),
        Shape(
            "drive-folder",
            re.compile(rf"drive\.google\.com/drive/(?:u/[0-9]+/)?folders/(?P<id>{_DRIVE_ID})"),
            url="https://drive.google.com/drive/folders/{id}[?resourcekey={resourcekey}]",
            identity="drive:folder/{id}",
            params=(_RESOURCE_KEY,),
            secrets=("resourcekey",),
            warning=_FOLDER,
        ),
    ),
)


def _released(name: str, domain: str, prefix: str, host: str = "") -> Host:
    """A shop or streaming service; ``prefix`` begins an identity, ``host`` is a pattern of page hosts."""
    page = Shape(
        f"{prefix}-page",
        re.compile(rf"(?P<host>{host or re.escape(domain)})/(?P<page>{_SEGMENT}(?:/{_SEGMENT})*)"),
        url="https://{host}/{page}[?i={item}]",
        identity=prefix + ":{page}[?i={item}]",
        params=(Param("i", "item", r"[0-9]{1,20}"),),
    )
    notes = "A shop or streaming service: what is here is out."
    return Host(name, (domain,), "stream", True, notes, warning=_IS_OUT, shapes=(page,))


_RELEASED = (
    _released("Spotify", "spotify.com", "spotify", host=r"open\.spotify\.com"),
    _released("Apple Music", "music.apple.com", "apple"),
    _released("Beatport", "beatport.com", "beatport"),
    _released("Deezer", "deezer.com", "deezer"),
    _released("TIDAL", "tidal.com", "tidal", host=r"(?:listen\.)?tidal\.com"),
)

_OTHER_STREAMS = (
    Host("Mixcloud", ("mixcloud.com",), "stream", True, "Mixes rather than tracks.", warning=_IS_PUBLIC),
    Host(
        "hearthis.at",
        ("hearthis.at",),
        "stream",
        True,
        "A private track has a secret as the last part of its path.",
    ),
    Host("Audiomack", ("audiomack.com",), "stream", True, "A private track has a secret key in its query."),
    Host("Amazon Music", ("music.amazon.com",), "stream", True, "What is here is out.", warning=_IS_OUT),
)

_OTHER_FILES = (
    Host("OneDrive", ("1drv.ms", "onedrive.live.com"), "file", False, "No player outside Microsoft's pages."),
    Host("Box", ("box.com",), "file", False, "No player outside Box's pages."),
    Host("pCloud", ("pcloud.link", "pcloud.com"), "file", False, "No player outside pCloud's pages."),
    Host("iCloud Drive", ("icloud.com",), "file", False, "The fragment is part of the address."),
    Host("MEGA", ("mega.nz", "mega.io"), "file", False, "The fragment is the key that decrypts the file."),
    Host("Proton Drive", ("drive.proton.me",), "file", False, "The fragment is the key to the file."),
    Host(
        "MediaFire",
        ("mediafire.com",),
        "file",
        False,
        "A download page with advertising; files of idle accounts go.",
        warning="Many labels do not open download pages. A private SoundCloud link is heard sooner.",
    ),
)


def _locker(name: str, *domains: str, because: str = "expire after some days") -> Host:
    return Host(name, domains, "locker", False, because)


_LOCKERS = (
    _locker("WeTransfer", "wetransfer.com", "we.tl", "wetransfer.net"),
    _locker("Sendspace", "sendspace.com", because="are removed when nobody downloads for a while"),
    _locker("TransferNow", "transfernow.net"),
    _locker("Send.zip", "send.zip"),
    _locker("Smash", "fromsmash.com"),
    _locker("SwissTransfer", "swisstransfer.com", because="expire after at most 30 days"),
    _locker("Filemail", "filemail.com"),
    _locker("Wormhole", "wormhole.app", because="expire within a day"),
    _locker("file.io", "file.io", because="are gone after the first download"),
    _locker("Gofile", "gofile.io", because="are removed when nobody downloads for some days"),
    _locker(
        "Send Anywhere", "send-anywhere.com", "sendanywhe.re", because="expire within days, often minutes"
    ),
    _locker("TransferXL", "transferxl.com"),
    _locker("SendGB", "sendgb.com"),
    _locker("FileTransfer.io", "filetransfer.io"),
    _locker("Hightail", "hightail.com", "yousendit.com"),
    _locker("MyAirBridge", "myairbridge.com"),
    _locker("uFile", "ufile.io", "uploadfiles.io"),
    _locker("Send", "send.vis.ee", because="expire within days or after a few downloads"),
    _locker("Firefox Send", "send.firefox.com", because="are dead: the service closed in 2020"),
    _locker("Litterbox", "litterbox.catbox.moe", "litter.catbox.moe", because="expire within three days"),
    _locker("tmpfiles.org", "tmpfiles.org", because="expire within an hour"),
    _locker("temp.sh", "temp.sh", because="expire within three days"),
    _locker("Uguu", "uguu.se", because="expire within hours"),
    _locker("transfer.sh", "transfer.sh"),
    _locker("ToffeeShare", "toffeeshare.com", because="work only while the sender's page is open"),
    _locker("Zippyshare", "zippyshare.com", because="are dead: the service closed in 2023"),
    _locker("AnonFiles", "anonfiles.com", because="are dead: the service closed in 2023"),
)

HOSTS: tuple[Host, ...] = (
    _SOUNDCLOUD,
    _YOUTUBE,
    _VIMEO,
    _AUDIUS,
    _BANDCAMP,
    _DISCO,
    _UNTITLED,
    _DROPBOX,
    _DRIVE,
    *_RELEASED,
    *_OTHER_STREAMS,
    *_OTHER_FILES,
    *_LOCKERS,
)
"""Every host we know; the first shape that matches a link wins. Any other host is a plain link."""

TRACKING_EVERYWHERE = frozenset(
    {
        "_ga",
        "dclid",
        "fbclid",
        "gclid",
        "gbraid",
        "igsh",
        "igshid",
        "mc_cid",
        "mc_eid",
        "msclkid",
        "ttclid",
        "twclid",
        "wbraid",
        "yclid",
    }
)
"""Query parameters used only for tracking, besides utm_*."""

TRACKING_AT_KNOWN_HOSTS = frozenset({"feature", "in", "ref", "referrer", "si", "usp"})
"""Dropped only at hosts of this table: elsewhere these names may matter."""
