"""A host's own page of a link, opened at a position of the track."""

from catalog.links.players import PlayerPanel
from catalog.music.units import display_duration


def address_from(panel: PlayerPanel, seconds: int) -> str:
    """Return the address that starts at this second, "" where the host has no word for it.

    YouTube's `t`, SoundCloud's and Vimeo's `#t=`, and the media fragment of a sound file.
    """
    href = panel.href
    if panel.protocol == "youtube":
        return f"{href}{'&' if '?' in href else '?'}t={seconds}s"
    if "#" in href:
        return ""
    if panel.protocol == "soundcloud":
        is_page = href.startswith("https://soundcloud.com/")
        return f"{href}#t={display_duration(seconds)}" if is_page else ""
    if panel.protocol == "vimeo":
        return f"{href}#t={seconds}s"
    return f"{href}#t={seconds}" if panel.protocol in ("audio", "file") else ""
