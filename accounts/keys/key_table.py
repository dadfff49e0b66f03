"""The keys of all pages that have some: one table for the help, the settings and the tests.

Templates write a key's default in `aria-keyshortcuts`; `static/js/key_map.js` puts a member's own in its place.
"""

from dataclasses import dataclass

DESK, RECORDINGS, STUDIO = "desk", "recordings", "studio"
EVERYWHERE = (DESK, RECORDINGS, STUDIO)
"""Pages on which a key does something."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is unless a member changes it, and what it does; digits and named keys are the same for all."""

    key: str
    does: str
    places: tuple[str, ...] = (DESK,)

    def clashes_with(self, other: "Key") -> bool:
        """Whether some page has both."""
        return not set(self.places).isdisjoint(other.places)

    @property
    def is_single(self) -> bool:
        """Whether it is one character, which can be switched off (WCAG 2.1.4)."""
        return len(self.key) == 1

    @property
    def may_change(self) -> bool:
        return self.is_single and not self.key.isdigit()


KEYS = (
    Key("j", "next demo, recording or project", EVERYWHERE),
    Key("k", "previous demo, recording or project", EVERYWHERE),
    Key("Enter", "open the first demo; in an open decision: send it"),
    Key("Space", "play, pause"),
    Key("b", "start the review; playing the demo starts it too"),
    Key("s", "shortlist, and on to the next"),
    Key("a", "offer to sign"),
    Key("r", "pass; 1 to 9 choose the reason"),
    Key("c", "request changes"),
    Key("z", "undo the decision you just sent, and open its form again"),
    Key("h", "in a pass: heard elsewhere"),
    Key("y", "in a pass: nobody has played it here, pass all the same"),
    Key("w", "in an open decision: the next reply template"),
    Key("v", "in an open decision: preview it as the producer gets it"),
    Key("o", "in an open decision: put it into the outbox"),
    Key("1", "score 1, or the first reason"),
    Key("2", "score 2, or the second reason"),
    Key("3", "score 3, or the third reason"),
    Key("4", "score 4, or the fourth reason"),
    Key("5", "score 5, or the fifth reason"),
    Key("6", "the sixth reason"),
    Key("7", "the seventh reason"),
    Key("8", "the eighth reason"),
    Key("9", "the ninth reason"),
    Key("g", "save the score"),
    Key("0", "remove your score"),
    Key("n", "write a memo"),
    Key("m", "write to the producer"),
    Key("e", "mark the producer’s question as answered, without writing"),
    Key("t", "tag: type a name, Enter adds it"),
    Key("x", "select for comparing and bulk actions", EVERYWHERE),
    Key(".", "studio: move the project forward: planned, in progress, finished, released", (STUDIO,)),
    Key(",", "studio: move the project back", (STUDIO,)),
    Key("f", "recordings: double the tempo", (RECORDINGS,)),
    Key("l", "recordings: halve the tempo", (RECORDINGS,)),
    Key("p", "recordings: the tempo times 3/2", (RECORDINGS,)),
    Key("q", "recordings: the tempo times 2/3", (RECORDINGS,)),
    Key("/", "search", EVERYWHERE),
    Key("u", "back to the list", (DESK, RECORDINGS)),
    Key("d", "another desk: Tab to it, Enter opens it", EVERYWHERE),
    Key("Escape", "leave a field, close what is open", EVERYWHERE),
    Key("?", "show these keys", EVERYWHERE),
)
