"""Addresses that hold the address of the music: pasted players, oEmbed requests, redirects of other sites.

Source: the hosts' documentation of players and oEmbed; own knowledge (2025) of redirects.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrapper:
    """An address whose ``pattern`` matches "host/path" as in `Shape`; one of its ``params`` holds the other address.

    What is ``carried`` stands beside it and belongs to it: the token of a private track. Only a redirect may lead to
    another host.
    """

    pattern: re.Pattern[str]
    params: tuple[str, ...]
    carried: tuple[str, ...] = ()
    is_redirect: bool = False


def _player(pattern: str, *params: str, carried: tuple[str, ...] = ()) -> Wrapper:
    return Wrapper(re.compile(pattern), params, carried)


def _redirect(pattern: str, *params: str) -> Wrapper:
    return Wrapper(re.compile(pattern), params, is_redirect=True)


_TOKEN = ("secret_token",)

WRAPPERS: tuple[Wrapper, ...] = (
    _player(r"(?:w|wt|player)\.soundcloud\.com(?:/.*)?", "url", carried=_TOKEN),
    _player(
        r"(?:api-widget\.|api(?:-v2)?\.)?soundcloud\.com/(?:oembed|resolve|player)(?:\.json)?",
        "url",
        carried=_TOKEN,
    ),
    _player(r"youtube\.com/(?:oembed|attribution_link)", "url", "u"),
    _player(r"vimeo\.com/api/oembed\.(?:json|xml)", "url", carried=("h",)),
    _player(r"audius\.co/oembed", "url"),
    _player(r"(?:player-widget\.)?mixcloud\.com/(?:widget/iframe|oembed)", "feed", "url"),
    _player(r"hearthis\.at/oembed", "url"),
    _player(r"audiomack\.com/oembed", "url", carried=("key",)),
    _player(r"(?:embed|open)\.spotify\.com(?:/oembed)?", "uri", "url"),
    _player(r"dropbox\.com/referrer_cleansing_redirect", "url"),
    _redirect(r"(?:[a-z]+\.)*google\.(?:[a-z]{2,3}|com?\.[a-z]{2})/url", "q", "url"),
    _redirect(r"accounts\.google\.com/.*", "continue", "followup"),
    _redirect(r"(?:lm?|l\.wl)\.(?:facebook|instagram|messenger)\.com(?:/l\.php)?", "u"),
    _redirect(r"facebook\.com/(?:flx/warn|l\.php)", "u"),
    _redirect(r"(?:[a-z0-9-]+\.)+safelinks\.protection\.outlook\.com(?:/.*)?", "url"),
    _redirect(r"youtube\.com/redirect", "q"),
    _redirect(r"gate\.sc|exit\.sc", "url"),
    _redirect(r"slack-redir\.net/link", "url"),
    _redirect(r"linkedin\.com/(?:safety/go|redir/redirect)", "url"),
    _redirect(r"(?:away\.)?vk\.com/away\.php", "to"),
    _redirect(r"out\.reddit\.com(?:/.*)?", "url"),
    _redirect(r"t\.umblr\.com/redirect", "z"),
)
