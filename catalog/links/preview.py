"""What is shown of a pasted link before it is kept: where it leads, its player and warnings."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from catalog.links.link import Link, parse_link
from catalog.links.players import PlayerPanel, player_panel
from catalog.links.short_links import NO_ANSWER, look_up
from kit import canonical
from kit.forms import refuse_control, tidy

TOO_MANY = "These were many short links in an hour. Open this one and paste the full address."


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """A link as it would be kept; `was_short` for one that a short link leads to, `is_waiting` while we ask where."""

    link: Link
    panel: PlayerPanel | None = None
    was_short: bool = False
    is_waiting: bool = False

    @property
    def stamp(self) -> str:
        """What a form carries so that its second sending says: this link was shown."""
        return canonical.stamp({"link": self.link.url})

    @property
    def asks_for_a_look(self) -> bool:
        """Whether its owner should see this before it is sent: where it leads, that it expires or does not play."""
        is_played = self.panel is not None and self.panel.kind != "link"
        return self.was_short or self.link.lasts is not None or not is_played


def preview_of(text: str, *, may_ask: Callable[[], bool], title: str, by: str = "") -> LinkPreview:
    """Return the preview of what was pasted; `may_ask` whether one more short link may be looked up.

    Raises ValidationError for what `parse_link` refuses, and for a short link that leads nowhere.
    """
    typed = tidy(text)
    refuse_control(typed)
    link = parse_link(typed)
    if not link.is_short:
        return LinkPreview(link, player_panel(link.url, title=title, by=by))
    row = look_up(link, may_ask=may_ask)
    if row is None:
        raise ValidationError(TOO_MANY, code="many")
    if row.is_waiting:
        return LinkPreview(link, is_waiting=True)
    if not row.target:
        raise ValidationError(row.problem or NO_ANSWER, code="short")
    return LinkPreview(parse_link(row.target), player_panel(row.target, title=title, by=by), was_short=True)
