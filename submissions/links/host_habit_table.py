"""How hosts answer a server that asks after a link, where plain HTTP does not tell.

Own knowledge and public bug reports (2025): YouTube's and Vimeo's pages answer any server with 200 or a robot
check, their documented oEmbed addresses tell. YouTube's says 403 for a private video, 401 for one that merely
may not be embedded. A 401 or 403 counts only at hosts named here; elsewhere, at SoundCloud above all, it is
as likely meant for robots. https://oembed.com lists the addresses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Habit:
    """`private`: statuses that say "not open to you"; `sign_in`: how "host/path" of its sign-in pages begin;
    `oembed`: what to ask instead of the page, with {url} for the page."""

    private: frozenset[int] = frozenset()
    sign_in: tuple[str, ...] = ()
    oembed: str = ""

    def address_for(self, url: str) -> str:
        """Return what to ask about this link."""
        return self.oembed.format(url=quote(url, safe="")) if self.oembed else url

    def is_sign_in(self, place: str) -> bool:
        return place.startswith(self.sign_in) if self.sign_in else False


PLAIN = Habit()
_SHUT = frozenset({401, 403})

HABITS: Mapping[str, Habit] = {
    "YouTube": Habit(frozenset({403}), oembed="https://www.youtube.com/oembed?format=json&url={url}"),
    "Vimeo": Habit(oembed="https://vimeo.com/api/oembed.json?url={url}"),
    "Google Drive": Habit(_SHUT, sign_in=("accounts.google.com/",)),
    "Dropbox": Habit(_SHUT, sign_in=("www.dropbox.com/login",)),
    "OneDrive": Habit(_SHUT, sign_in=("login.live.com/", "login.microsoftonline.com/")),
    "Box": Habit(sign_in=("account.box.com/login",)),
}
"""By a host's name in `catalog.links.host_table`."""
