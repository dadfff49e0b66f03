"""The still panel behind which a host's own player waits, as `catalog/links/_player.html` draws it."""

from dataclasses import dataclass, replace

from catalog.links.players import player_for
from catalog.tracks.completeness import read_link


@dataclass(frozen=True, slots=True)
class PlayerPanel:
    """What `components/player.html` asks for; `src` and `href` hold the link's tokens: never log them."""

    title: str
    by: str
    host: str
    href: str
    kind: str = "link"
    src: str = ""
    shape: str = ""
    referrer: str = ""
    reference: str = ""
    protocol: str = ""


def player_panel(url: str, *, title: str, by: str = "", reference: str = "") -> PlayerPanel | None:
    """Return the panel of a stored link, None where there is none or it would be refused today."""
    link = read_link(url)
    if link is None:
        return None
    plain = PlayerPanel(title, by, link.host_name, link.url, reference=reference)
    player = player_for(link)
    if player is None:
        return plain
    shape = _shape(player.kind, player.height_px)
    return replace(
        plain,
        kind=player.kind,
        src=player.src,
        shape=shape,
        referrer=player.referrer_policy,
        protocol=player.protocol,
    )


def _shape(kind: str, height_px: int) -> str:
    """Return the name of the frame's size in the style sheet."""
    if kind == "audio":
        return ""
    if height_px <= 120:
        return "slim"
    if height_px >= 395:
        return "tall"
    return "video" if height_px == 315 else ""
