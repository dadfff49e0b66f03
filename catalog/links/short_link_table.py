"""Short links that lead elsewhere by a redirect, and whose hosts we ask where.

Source: the hosts' own share buttons; own knowledge (2025). Each row is a pattern of "host/path".
"""

import re

SHORT_HOSTS: tuple[str, ...] = (
    "on.soundcloud.com",
    "snd.sc",
    "soundcloud.app.goo.gl",
    "db.tt",
    "spotify.link",
    "spoti.fi",
    "spotify.app.link",
    "deezer.page.link",
    "dzr.page.link",
    "link.deezer.com",
    "tidal.link",
    "apple.co",
    "amzn.to",
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
    "v.gd",
)

SHORT_LINK = re.compile(rf"(?:{'|'.join(map(re.escape, SHORT_HOSTS))})/[^/].*|dropbox\.com/l/.+")
"""Matches "host/path" as the patterns of `Shape` do."""
