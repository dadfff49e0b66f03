"""Hosts that demo links point to, and the shapes of their links.

Source: the host table of ``music-data.md``; hosts, forms and warnings beyond it are own knowledge (2025) and the tests
of yt-dlp's extractors. Here are the hosts with players; shops, storage and lockers have tables of their own.
"""

import re

from catalog.links.file_host_table import FILE_HOSTS
from catalog.links.locker_table import LOCKERS
from catalog.links.shape import IS_PUBLIC, IS_SHORT, SEGMENT, SLUG, Host, LeadsTo, Param, Shape
from catalog.links.shop_table import SHOPS

_IS_LIST = "This is a list of videos: it cannot be played here. Link the video itself."

_SOUNDCLOUD_PAGES = (
    r"(?!(?:artists|charts|creators|discover|explore|feed|for|getstarted|groups|imprint|jobs|messages|mobile|notifications|"
    r"oembed|pages|people|player|popular|search|settings|signin|stations|stream|tags|terms-of-use|upload|you)/)"
)
_SOUNDCLOUD_TABS = (
    r"(?!(?:albums|comments|followers|following|groups|likes|popular-tracks|posts|reposts|sets|spotlight|toptracks|"
    r"tracks)$)"
)
_SOUNDCLOUD_USER = rf"soundcloud\.com/{_SOUNDCLOUD_PAGES}(?P<user>{SLUG})"
_SOUNDCLOUD_KEY = r"s-[A-Za-z0-9]{5,32}"
_SOUNDCLOUD_API = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fapi.soundcloud.com%2F"
_SECRET_TOKEN = Param("secret_token", "token", _SOUNDCLOUD_KEY)


def _soundcloud_embed(sort: str, leads_to: LeadsTo) -> Shape:
    """The link inside a pasted player: by number, or by the URN ("soundcloud:tracks:1") used since 2025."""
    return Shape(
        f"soundcloud-embed-{sort}",
        re.compile(
            rf"api(?:-v2|-mobile)?\.soundcloud\.com/{sort}s/(?:soundcloud(?::|%3A){sort}s(?::|%3A))?"
            rf"(?P<number>[0-9]{{1,20}})(?:/stream|/(?P<token>{_SOUNDCLOUD_KEY}))?"
        ),
        url=_SOUNDCLOUD_API + sort + "s%2F{number}[%3Fsecret_token%3D{token}]",
        identity=f"soundcloud:api/{sort}s/" + "{number}",
        params=(_SECRET_TOKEN,),
        secrets=("token",),
        leads_to=leads_to,
        missing=("token", IS_PUBLIC),
    )


_SOUNDCLOUD = Host(
    name="SoundCloud",
    domains=("soundcloud.com", "snd.sc", "soundcloud.app.goo.gl"),
    kind="stream",
    is_public=True,
    profiles=re.compile(r"soundcloud\.com/[^/]+(?:/[^/]+)?|api(?:-v2)?\.soundcloud\.com/users/[0-9]+"),
    secret=re.compile(rf"(?:[/=]|%2F|%3D){_SOUNDCLOUD_KEY}(?![A-Za-z0-9_-])"),
    notes="A private track needs its /s-token; resetting the secret link breaks every copy of it for good.",
    shapes=(
        Shape(
            "soundcloud-set",
            re.compile(rf"{_SOUNDCLOUD_USER}/sets/(?P<set>{SLUG})(?:/(?P<token>{_SOUNDCLOUD_KEY}))?"),
            url="https://soundcloud.com/{user}/sets/{set}[/{token}]",
            identity="soundcloud:{user}/sets/{set}",
            folds_case=True,
            params=(_SECRET_TOKEN,),
            secrets=("token",),
            leads_to="playlist",
            missing=("token", IS_PUBLIC),
        ),
        Shape(
            "soundcloud-track",
            re.compile(
                rf"{_SOUNDCLOUD_USER}/{_SOUNDCLOUD_TABS}(?P<track>{SLUG})(?:/(?P<token>{_SOUNDCLOUD_KEY}))?"
            ),
            url="https://soundcloud.com/{user}/{track}[/{token}]",
            identity="soundcloud:{user}/{track}",
            folds_case=True,
            params=(_SECRET_TOKEN,),
            secrets=("token",),
            missing=("token", IS_PUBLIC),
        ),
        _soundcloud_embed("track", "track"),
        _soundcloud_embed("playlist", "playlist"),
        Shape(
            "soundcloud-short",
            re.compile(rf"on\.soundcloud\.com/(?P<code>{SLUG})"),
            url="https://on.soundcloud.com/[{code}]",
            secrets=("code",),
            may_be_public=True,
            warning=IS_SHORT,
        ),
    ),
)

_YOUTUBE_ID = r"(?!videoseries$|live_stream$)[A-Za-z0-9_-]{11}"
_YOUTUBE_HOST = (
    r"(?:(?:music|gaming|web)\.)?youtube\.com|youtube-nocookie\.com|youtube\.googleapis\.com|yt\.be"
)
_YOUTUBE_LIST = Param("list", "list", r"[A-Za-z0-9_-]+", is_required=True)


def _youtube_video(pattern: str, *params: Param) -> Shape:
    return Shape(
        "youtube-watch",
        re.compile(pattern),
        url="https://www.youtube.com/watch?v={id}",
        identity="youtube:{id}",
        params=params,
    )


_YOUTUBE = Host(
    name="YouTube",
    domains=("youtube.com", "youtu.be", "youtube-nocookie.com", "youtube.googleapis.com", "yt.be"),
    kind="stream",
    is_public=True,
    notes="Unlisted videos embed; private ones never do. The address does not tell which it is.",
    warning="Set the video to Unlisted: a Private video plays for nobody else, a Public one counts as out.",
    profiles=re.compile(r"(?:music\.)?youtube\.com/(?:@[^/]+|(?:c|channel|user)/[^/]+)(?:/.*)?"),
    shapes=(
        _youtube_video(
            rf"(?:{_YOUTUBE_HOST})(?:/(?:watch|movie)(?:_popup)?(?:\.php)?)?",
            Param("v", "id", _YOUTUBE_ID, is_required=True),
        ),
        _youtube_video(
            rf"(?:{_YOUTUBE_HOST})/(?:watch|shorts|live|embed|v|e|vi)/(?P<id>{_YOUTUBE_ID})(?:[&?].*)?"
        ),
        _youtube_video(rf"youtu\.be/(?P<id>{_YOUTUBE_ID})(?:[&?].*)?"),
        _youtube_video(rf"studio\.youtube\.com/video/(?P<id>{_YOUTUBE_ID})(?:/.*)?"),
        _youtube_video(rf"(?:i|img)\.(?:ytimg|youtube)\.com/vi/(?P<id>{_YOUTUBE_ID})/.*"),
        Shape(
            "youtube-list",
            re.compile(rf"(?:{_YOUTUBE_HOST})/(?:playlist|watch|embed(?:/videoseries)?|view_play_list|p)"),
            url="https://www.youtube.com/playlist?list={list}",
            identity="youtube:list/{list}",
            params=(_YOUTUBE_LIST,),
            leads_to="playlist",
            warning=_IS_LIST,
        ),
    ),
)

_VIMEO_HASH = r"[0-9a-f]{8,40}"
_VIMEO_WORDS = r"(?:/[a-z][a-z_-]*)*"


def _vimeo_video(pattern: str, *params: Param) -> Shape:
    return Shape(
        "vimeo-video",
        re.compile(pattern),
        url="https://vimeo.com/{id}[/{hash}]",
        identity="vimeo:{id}",
        params=(*params, Param("h", "hash", _VIMEO_HASH)),
        secrets=("hash",),
        missing=("hash", IS_PUBLIC),
    )


_VIMEO = Host(
    name="Vimeo",
    domains=("vimeo.com",),
    kind="stream",
    is_public=True,
    notes="The hash after the number is a privacy token: without it an unlisted video answers 404.",
    profiles=re.compile(r"vimeo\.com/(?:user)?[a-z0-9]*[a-z][a-z0-9_]*(?:/(?:videos|about|collections))?"),
    secret=re.compile(rf"/(?:review|event)/[0-9]+/{_VIMEO_HASH}|[?&](?:h|s|sig|signature)={_VIMEO_HASH}"),
    shapes=(
        _vimeo_video(
            rf"(?:player\.)?vimeo\.com/(?:(?:channels/{SLUG}|ondemand/{SLUG}|m|video|videos|manage/videos|"
            rf"groups/{SLUG}/videos|(?:album|showcase)/[0-9]+/video)/)?"
            rf"(?P<id>[0-9]{{4,12}})(?:[/:](?P<hash>{_VIMEO_HASH}))?{_VIMEO_WORDS}"
        ),
        _vimeo_video(r"vimeo\.com/moogaloop\.swf", Param("clip_id", "id", r"[0-9]{4,12}", is_required=True)),
        Shape(
            "vimeo-review",
            re.compile(rf"vimeo\.com/(?P<user>{SLUG})/review/(?P<id>[0-9]{{4,12}})/(?P<hash>{_VIMEO_HASH})"),
            url="https://vimeo.com/{user}/review/{id}[/{hash}]",
            identity="vimeo:{id}",
            secrets=("hash",),
        ),
        Shape(
            "vimeo-showcase",
            re.compile(r"vimeo\.com/(?:album|showcase)/(?P<id>[0-9]{4,12})(?:/embed2?)?"),
            url="https://vimeo.com/showcase/{id}[?h={hash}]",
            identity="vimeo:showcase/{id}",
            params=(Param("h", "hash", _VIMEO_HASH),),
            secrets=("hash",),
            leads_to="playlist",
            warning=_IS_LIST,
        ),
    ),
)

_AUDIUS = Host(
    name="Audius",
    domains=("audius.co",),
    kind="stream",
    is_public=True,
    notes="Plays in our pages only from a pasted embed address, which holds the track's id.",
    warning=IS_PUBLIC,
    profiles=re.compile(r"audius\.co/[^/]+"),
    shapes=(
        Shape(
            "audius-embed",
            re.compile(r"audius\.co/embed/track/(?P<id>[A-Za-z0-9]{1,20})"),
            url="https://audius.co/embed/track/{id}",
            identity="audius:track/{id}",
        ),
        Shape(
            "audius-page",
            re.compile(rf"audius\.co/(?!embed/)(?P<page>{SEGMENT}/{SEGMENT})"),
            url="https://audius.co/{page}",
            identity="audius:{page}",
        ),
        Shape(
            "audius-list",
            re.compile(rf"audius\.co/(?!embed/)(?P<page>{SEGMENT}/(?:playlist|album)/{SEGMENT})"),
            url="https://audius.co/{page}",
            identity="audius:{page}",
            leads_to="playlist",
        ),
    ),
)

_BANDCAMP_PLAYER = r"bandcamp\.com/EmbeddedPlayer/(?:[a-z_]+=[A-Za-z0-9]+/)*"
_BANDCAMP_REST = r"(?:/[a-z_]+=[A-Za-z0-9]+)*"


def _bandcamp_page(sort: str, leads_to: LeadsTo) -> Shape:
    return Shape(
        f"bandcamp-{sort}",
        re.compile(rf"(?P<artist>[a-z0-9-]+)\.bandcamp\.com/{sort}/(?P<slug>{SEGMENT})"),
        url="https://{artist}.bandcamp.com/" + sort + "/{slug}",
        identity="bandcamp:{artist}/" + sort + "/{slug}",
        leads_to=leads_to,
        warning=IS_PUBLIC,
    )


_BANDCAMP = Host(
    name="Bandcamp",
    domains=("bandcamp.com",),
    kind="stream",
    is_public=True,
    notes="Plays in our pages only from a pasted embed address, which holds the track's id.",
    profiles=re.compile(r"[a-z0-9-]+\.bandcamp\.com(?:/music|/merch|/community)?"),
    secret=re.compile(r"/private/[A-Za-z0-9_-]+"),
    shapes=(
        Shape(
            "bandcamp-embed",
            re.compile(rf"{_BANDCAMP_PLAYER}track=(?P<track>[0-9]{{1,20}}){_BANDCAMP_REST}"),
            url="https://bandcamp.com/EmbeddedPlayer/track={track}/size=large/",
            identity="bandcamp:track/{track}",
            warning=IS_PUBLIC,
        ),
        Shape(
            "bandcamp-album-embed",
            re.compile(rf"{_BANDCAMP_PLAYER}album=(?P<album>[0-9]{{1,20}}){_BANDCAMP_REST}"),
            url="https://bandcamp.com/EmbeddedPlayer/album={album}/size=large/",
            identity="bandcamp:album/{album}",
            leads_to="playlist",
            warning=IS_PUBLIC,
        ),
        Shape(
            "bandcamp-private",
            re.compile(rf"(?:[a-z0-9-]+\.)?bandcamp\.com/private/(?P<code>{SLUG})"),
            url="https://bandcamp.com/[private/{code}]",
            secrets=("code",),
        ),
        _bandcamp_page("track", "track"),
        _bandcamp_page("album", "playlist"),
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


_HEARTHIS = Host(
    name="hearthis.at",
    domains=("hearthis.at",),
    kind="stream",
    is_public=True,
    notes="A private track has a secret as the last part of its path.",
    profiles=re.compile(r"hearthis\.at/[^/]+"),
    secret=re.compile(r"[?&]s(?:ecret)?=[A-Za-z0-9]+"),
    shapes=(
        Shape(
            "hearthis-set",
            re.compile(
                rf"hearthis\.at/(?!embed/)(?:(?P<user>{SLUG})/)?set/(?P<set>{SLUG})(?:/(?P<secret>{SLUG}))?"
            ),
            url="https://hearthis.at/[{user}/]set/{set}/[{secret}/]",
            identity="hearthis:[{user}/]set/{set}",
            secrets=("secret",),
            folds_case=True,
            leads_to="playlist",
            missing=("secret", IS_PUBLIC),
        ),
        Shape(
            "hearthis-track",
            re.compile(
                rf"hearthis\.at/(?!embed/|set/|search/|categories/|maps/)(?P<user>{SLUG})/(?P<track>[A-Za-z0-9._-]+)"
                rf"(?:/(?!(?:download|embed|stats|likes|comments)$)(?P<secret>{SLUG}))?"
            ),
            url="https://hearthis.at/{user}/{track}/[{secret}/]",
            identity="hearthis:{user}/{track}",
            secrets=("secret",),
            folds_case=True,
            missing=("secret", IS_PUBLIC),
        ),
    ),
)

_AUDIOMACK_KEY = Param("key", "key", r"[A-Za-z0-9_-]+")


def _audiomack(sort: str, leads_to: LeadsTo) -> Shape:
    return Shape(
        f"audiomack-{sort}",
        re.compile(
            rf"audiomack\.com/(?:embed/)?(?:(?P<artist>{SLUG})/{sort}|{sort}/(?P<maker>{SLUG}))/(?P<slug>{SLUG})"
        ),
        url="https://audiomack.com/[{artist}/][{maker}/]" + sort + "/{slug}[?key={key}]",
        identity="audiomack:[{artist}/][{maker}/]" + sort + "/{slug}",
        params=(_AUDIOMACK_KEY,),
        secrets=("key",),
        folds_case=True,
        leads_to=leads_to,
        missing=("key", IS_PUBLIC),
    )


_AUDIOMACK = Host(
    name="Audiomack",
    domains=("audiomack.com",),
    kind="stream",
    is_public=True,
    notes="A private track has a secret key in its query.",
    profiles=re.compile(r"audiomack\.com/[^/]+"),
    secret=re.compile(r"[?&]key=[A-Za-z0-9_-]+"),
    shapes=(_audiomack("song", "track"), _audiomack("album", "playlist"), _audiomack("playlist", "playlist")),
)

_MIXCLOUD = Host(
    name="Mixcloud",
    domains=("mixcloud.com",),
    kind="stream",
    is_public=True,
    notes="Mixes rather than tracks.",
    warning=IS_PUBLIC,
    profiles=re.compile(r"mixcloud\.com/[^/]+(?:/(?:uploads|favorites|listens|playlists|stream))?"),
    shapes=(
        Shape(
            "mixcloud-show",
            re.compile(
                rf"mixcloud\.com/(?!discover/|widget/|genres/|categories/)(?P<user>{SEGMENT})/"
                rf"(?!(?:uploads|favorites|listens|playlists|stream|followers|following)$)(?P<show>{SEGMENT})"
            ),
            url="https://www.mixcloud.com/{user}/{show}/",
            identity="mixcloud:{user}/{show}",
            folds_case=True,
        ),
    ),
)

_OTHER_STREAMS = (
    Host(
        "BandLab",
        ("bandlab.com",),
        "stream",
        True,
        "A link to a private track has a sharedKey.",
        secret=re.compile(r"[?&]sharedKey=[A-Za-z0-9_-]+"),
    ),
    Host(
        "Whyp",
        ("whyp.it",),
        "stream",
        True,
        "An unlisted track has a token in its query.",
        secret=re.compile(r"[?&]token=[A-Za-z0-9_-]+"),
    ),
    Host(
        "Clyp",
        ("clyp.it",),
        "stream",
        True,
        "A private track has a token in its query.",
        secret=re.compile(r"[?&]token=[A-Za-z0-9_-]+"),
    ),
)

HOSTS: tuple[Host, ...] = (
    _SOUNDCLOUD,
    _YOUTUBE,
    _VIMEO,
    _AUDIUS,
    _BANDCAMP,
    _DISCO,
    _UNTITLED,
    _HEARTHIS,
    _AUDIOMACK,
    _MIXCLOUD,
    *_OTHER_STREAMS,
    *SHOPS,
    *FILE_HOSTS,
    *LOCKERS,
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

SECRET_PARAMS = frozenset(
    {
        "access_token",
        "auth",
        "authkey",
        "key",
        "password",
        "pwd",
        "rlkey",
        "secret",
        "secret_token",
        "sharedkey",
        "sig",
        "signature",
        "token",
        "x-amz-signature",
        "x-goog-signature",
    }
)
"""Query parameters (lower case) that open what is not public, at any host."""
