"""Subjects of mails, to the producer and to the team; "" where the audience table has no such mail.

The team hears of its own kind of act only when staff acted in its place.
"""

from collections.abc import Mapping
from types import MappingProxyType

from submissions.choices import Transition

T = Transition

SUBJECTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        T.SUBMIT: ("", "New demo: “{title}” by {artist}"),
        T.START_REVIEW: ("{label} opened “{title}”", "Opened for you: “{title}” by {artist}"),
        T.SHORTLIST: ("{label} shortlisted “{title}”", "Shortlisted for you: “{title}” by {artist}"),
        T.REQUEST_CHANGES: (
            "{label} asks for changes to “{title}”",
            "Changes asked for in your name: “{title}” by {artist}",
        ),
        T.RESUBMIT: ("", "New revision: “{title}” by {artist}"),
        T.ACCEPT: ("{label} would like to sign “{title}”", "Offer made in your name: “{title}” by {artist}"),
        T.REJECT: ("{label} passed on “{title}”", "Passed on in your name: “{title}” by {artist}"),
        T.REOPEN: ("{label} takes another look at “{title}”", "Reopened for you: “{title}” by {artist}"),
        T.SIGN: ("", "Signed: “{title}” by {artist}"),
        T.DECLINE: ("", "Offer turned down: “{title}” by {artist}"),
        T.RESCIND: (
            "{label} withdrew from “{title}”",
            "Offer withdrawn in your name: “{title}” by {artist}",
        ),
        T.SCHEDULE: ("{label} set a date for “{title}”", "Release date set for you: “{title}” by {artist}"),
        T.RELEASE: ("“{title}” is out on {label}", "Released: “{title}” by {artist}"),
        T.WITHDRAW: ("", "Withdrawn: “{title}” by {artist}"),
        T.EXPIRE: ("“{title}” at {label}: no answer in time", "Expired: “{title}” by {artist}"),
        T.REPLACE_LINK: ("", "New link: “{title}” by {artist}"),
        T.LINK_FAILED: ("A link of “{title}” does not work", ""),
        T.EXTEND: ("{label} needs more time for “{title}”", "More time taken for you: “{title}” by {artist}"),
    }
)

SUSPENDED, RESUMED = "{label} is suspended: your clocks stand still", "{label}: the suspension is over"
NOTICED = "{who} {what}: {title}"
