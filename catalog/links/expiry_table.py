"""Links that expire at hosts we accept: how long they last, and as of when.

Hosts change this often, so each row carries the date of its source, which the warning states; where the source
is undated, the date when we last knew it to be so (2025). Hosts whose links always expire are lockers and
refused: see ``host_table``.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Expiry:
    """A kind of link that expires: at these domains or their subdomains, with this path and query parameter.

    ``name`` is the plural that begins the warning. ``lasts`` counts from the link's creation; where it depends on
    the plan, it is that of a free account.
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
