"""The still panel shown until the reader starts a host's player; drawn by `catalog/links/_player.html`."""

from dataclasses import dataclass, replace

from catalog.links.players import player_for
from catalog.tracks.completeness import read_link


@dataclass(frozen=True, slots=True)
class PlayerPanel:
    """Parameters of `components/player.html`; `src` and `href` hold the link's tokens: never log them."""

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
    """Return the panel of a stored link, None if the link is empty or would be refused today."""
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
    """Return the size class of the frame in the style sheet."""
    if kind == "audio":
        return ""
    if height_px <= 120:
        return "slim"
    if height_px >= 395:
        return "tall"
    return "video" if height_px == 315 else ""
