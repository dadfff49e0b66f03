"""Shops and streaming services, where what is linked is out: one identity for a record, whatever its page's form.

Source: the host table of ``music-data.md``; MusicBrainz's clean-up of URLs and own knowledge (2025) for locales, hosts
of embedded players and old addresses.
"""

import re

from catalog.links.shape import IS_OUT, LOCALE, SEGMENT, Host, Param, Shape

_NOTES = "A shop or streaming service: what is here is out."


def _shop(name: str, *shapes: Shape, domains: tuple[str, ...]) -> Host:
    return Host(name, domains, "stream", True, _NOTES, warning=IS_OUT, shapes=shapes)


def _page(name: str, pattern: str, *, url: str, identity: str, params: tuple[Param, ...] = ()) -> Shape:
    return Shape(name, re.compile(pattern), url, identity, params, leads_to="page")


_SPOTIFY = _shop(
    "Spotify",
    Shape(
        "spotify-page",
        re.compile(
            rf"(?:open|play|embed)\.spotify\.com/{LOCALE}(?:embed(?:-podcast)?/)?(?:user/{SEGMENT}/)?"
            r"(?P<sort>track|album|playlist|artist|episode|show|prerelease)/(?P<id>[A-Za-z0-9]+)"
        ),
        url="https://open.spotify.com/{sort}/{id}[?pt={token}]",
        identity="spotify:{sort}/{id}",
        params=(Param("pt", "token", r"[A-Za-z0-9_-]+"),),
        secrets=("token",),
        leads_to="page",
    ),
    domains=("spotify.com", "spotify.link", "spoti.fi", "spotify.app.link"),
)

_APPLE_PATH = (
    r"(?:[a-z]+\.)*(?:music|itunes)\.apple\.com/(?:(?P<country>[a-z]{2})/)?"
    r"(?P<sort>album|song|music-video|playlist|artist|preorder)"
    rf"/(?:(?P<slug>{SEGMENT})/)?(?:id)?(?P<number>[0-9]+|pl\.[A-Za-z0-9-]+)"
)
_APPLE_URL = "https://music.apple.com/[{country}/]{sort}/[{slug}/]{number}"

_APPLE = _shop(
    "Apple Music",
    _page(
        "apple-song",
        _APPLE_PATH,
        url=_APPLE_URL + "?i={item}",
        identity="apple:song/{item}",
        params=(Param("i", "item", r"[0-9]{1,20}", is_required=True),),
    ),
    _page("apple-page", _APPLE_PATH, url=_APPLE_URL, identity="apple:{sort}/{number}"),
    domains=("music.apple.com", "itunes.apple.com", "apple.co"),
)

_BEATPORT = _shop(
    "Beatport",
    _page(
        "beatport-page",
        rf"(?:[a-z]+\.)?beatport\.com/{LOCALE}(?P<sort>track|release|chart|artist|label|playlists?)"
        rf"/(?:(?P<slug>{SEGMENT})/)?(?P<number>[0-9]+)",
        url="https://www.beatport.com/{sort}/[{slug}/]{number}",
        identity="beatport:{sort}/{number}",
    ),
    _page(
        "beatport-embed",
        r"embed\.beatport\.com",
        url="https://embed.beatport.com/?id={number}&type={sort}",
        identity="beatport:{sort}/{number}",
        params=(
            Param("id", "number", r"[0-9]+", is_required=True),
            Param("type", "sort", r"track|release|chart", is_required=True),
        ),
    ),
    domains=("beatport.com",),
)

_DEEZER = _shop(
    "Deezer",
    _page(
        "deezer-page",
        rf"(?:widget\.)?deezer\.com/{LOCALE}(?:widget/[a-z]+/)?(?P<sort>track|album|playlist|artist|episode|show)s?"
        r"/(?P<number>[0-9]+)",
        url="https://www.deezer.com/{sort}/{number}",
        identity="deezer:{sort}/{number}",
    ),
    domains=("deezer.com", "deezer.page.link", "dzr.page.link"),
)

_TIDAL = _shop(
    "TIDAL",
    _page(
        "tidal-page",
        rf"(?:[a-z]+\.)?tidal\.com/{LOCALE}(?:browse/)?(?:album/[0-9]+/)?"
        r"(?P<sort>track|album|video|playlist|mix|artist)s?/(?P<id>[A-Za-z0-9-]+)(?:/u)?",
        url="https://tidal.com/{sort}/{id}",
        identity="tidal:{sort}/{id}",
    ),
    domains=("tidal.com", "tidal.link"),
)

_AMAZON_LANDS = ("com", "co.uk", "de", "fr", "it", "es", "co.jp", "ca", "com.au", "com.mx", "com.br", "in")
_AMAZON_PATH = (
    r"music\.amazon\.(?P<land>[a-z.]+)/(?P<sort>album|track|playlist|artist)s/(?P<id>[A-Za-z0-9]+)(?:/.*)?"
)

_AMAZON = _shop(
    "Amazon Music",
    _page(
        "amazon-track",
        _AMAZON_PATH,
        url="https://music.amazon.{land}/{sort}s/{id}?trackAsin={track}",
        identity="amazon:track/{track}",
        params=(Param("trackAsin", "track", r"[A-Za-z0-9]+", is_required=True),),
    ),
    _page(
        "amazon-page",
        _AMAZON_PATH,
        url="https://music.amazon.{land}/{sort}s/{id}",
        identity="amazon:{sort}/{id}",
    ),
    domains=(*(f"music.amazon.{land}" for land in _AMAZON_LANDS), "amzn.to"),
)

_QOBUZ = _shop(
    "Qobuz",
    _page(
        "qobuz-page",
        rf"(?:(?:open|play|widget)\.)?qobuz\.com/{LOCALE}(?P<sort>album|track|playlist|artist)/(?:{SEGMENT}/)?"
        r"(?P<id>[A-Za-z0-9]+)",
        url="https://open.qobuz.com/{sort}/{id}",
        identity="qobuz:{sort}/{id}",
    ),
    domains=("qobuz.com",),
)

_TRAXSOURCE = _shop(
    "Traxsource",
    _page(
        "traxsource-page",
        rf"(?:[a-z]+\.)?traxsource\.com/(?P<sort>track|title)/(?P<number>[0-9]+)(?:/(?P<slug>{SEGMENT}))?",
        url="https://www.traxsource.com/{sort}/{number}[/{slug}]",
        identity="traxsource:{sort}/{number}",
    ),
    domains=("traxsource.com",),
)

_JUNO = _shop(
    "Juno Download",
    _page(
        "juno-page",
        rf"junodownload\.com/products/(?:(?P<slug>{SEGMENT})/)?(?P<number>[0-9]+-[0-9]+)",
        url="https://www.junodownload.com/products/[{slug}/]{number}/",
        identity="juno:{number}",
    ),
    domains=("junodownload.com",),
)

SHOPS: tuple[Host, ...] = (
    _SPOTIFY,
    _APPLE,
    _BEATPORT,
    _DEEZER,
    _TIDAL,
    _AMAZON,
    _QOBUZ,
    _TRAXSOURCE,
    _JUNO,
    _shop("Boomkat", domains=("boomkat.com",)),
    _shop("Yandex Music", domains=("music.yandex.ru", "music.yandex.com")),
    _shop("Napster", domains=("napster.com",)),
    _shop("Pandora", domains=("pandora.com",)),
    _shop("Anghami", domains=("anghami.com",)),
)
