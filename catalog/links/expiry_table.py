"""Links that hosts take back by themselves, at hosts we accept: how long they last, and since when we know.

Hosts change this often, so each row is dated by its source and the warning says the date; where the source
bears none, by when we last knew it to be so (2025). Hosts that do nothing but lend files are lockers and
refused: see ``host_table``.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Expiry:
    """A kind of link that stops working: at these domains or their subdomains, with this path and parameter.

    ``name`` is the plural a sentence begins with. ``lasts`` counts from when the link was made; where the
    host gives a range it is what everyone gets without paying.
    """

    name: str
    domains: tuple[str, ...]
    lasts: timedelta
    as_of: date
    source: str
    path: re.Pattern[str] = re.compile(".*")
    param: str = ""


_SEVEN_DAYS = timedelta(days=7)

EXPIRIES: tuple[Expiry, ...] = (
    Expiry(
        "Links to Discord attachments",
        ("cdn.discordapp.com", "media.discordapp.net"),
        timedelta(days=1),
        date(2023, 12, 1),
        "Discord's announcement of signed attachment links, autumn 2023; github.com/merlinfuchs/cdproxy",
        path=re.compile("/(?:ephemeral-)?attachments/.*"),
    ),
    Expiry(
        "Dropbox Transfer links",
        ("dropbox.com",),
        _SEVEN_DAYS,
        date(2025, 1, 1),
        "help.dropbox.com/share/dropbox-transfer (30 days on the larger plans)",
        path=re.compile("/t/.*"),
    ),
    Expiry(
        "Temporary Dropbox links",
        ("dl.dropboxusercontent.com",),
        timedelta(hours=4),
        date(2024, 3, 1),
        "dropbox.com/developers/documentation/http, files/get_temporary_link",
        path=re.compile("/cd/0/.*"),
    ),
    Expiry(
        "iCloud Mail Drop links",
        ("icloud.com",),
        timedelta(days=30),
        date(2025, 6, 1),
        "Apple Support, “Mail Drop limits”",
        path=re.compile("/attachment/?"),
    ),
    Expiry(
        "Signed Amazon S3 links",
        ("amazonaws.com",),
        _SEVEN_DAYS,
        date(2022, 7, 1),
        "github.com/boto/boto3/discussions/3326; AWS CLI reference, s3 presign: at most 604,800 seconds",
        param="X-Amz-Signature",
    ),
    Expiry(
        "Signed Google Cloud Storage links",
        ("storage.googleapis.com",),
        _SEVEN_DAYS,
        date(2025, 1, 1),
        "cloud.google.com/storage/docs/access-control/signed-urls: at most 604,800 seconds",
        param="X-Goog-Signature",
    ),
    Expiry(
        "Telegram file links",
        ("api.telegram.org",),
        timedelta(hours=1),
        date(2024, 1, 1),
        "core.telegram.org/bots/api#file: valid for at least an hour",
        path=re.compile("/file/.*"),
    ),
)
