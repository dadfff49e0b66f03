"""Build, chain and save events of releases; the only module that creates them. The arithmetic is `kit.chain`'s."""

from datetime import datetime

from kit import chain
from kit.chain import Entry
from releases.choices import State
from releases.models import Release, ReleaseEvent
from releases.transition_table import RULES

KIND = b"trackflow/release/1/"


def build(release: Release, last: ReleaseEvent | None, entry: Entry, *, moment: datetime) -> ReleaseEvent:
    """Return the unsaved event that follows `last`, chained and sealed."""
    state = last.to_state if last else State.NEW.value
    event = ReleaseEvent(
        release=release,
        from_state=state,
        to_state=RULES[entry.transition].target_from(state),
        **chain.columns_after(last, entry, moment=moment, first=first_digest(release.reference)),
    )
    return chain.seal(event, release.reference)


def append(release: Release, last: ReleaseEvent | None, entry: Entry, *, moment: datetime) -> ReleaseEvent:
    """Build the next event and save it."""
    event = build(release, last, entry, moment=moment)
    event.save(force_insert=True)
    return event


def first_digest(reference: str) -> bytes:
    """Return the previous digest of a release's first event."""
    return chain.first_digest(KIND, reference)
