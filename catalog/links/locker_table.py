"""Download hosts whose links expire by design, and why we refuse them.

Source: own knowledge (2025). Where the sender chooses how long a link lasts, the reason names no figure.
"""

from catalog.links.shape import Host


def _locker(name: str, *domains: str, because: str = "expire after some days") -> Host:
    return Host(name, domains, "locker", False, because)


LOCKERS: tuple[Host, ...] = (
    _locker("WeTransfer", "wetransfer.com", "we.tl", "wetransfer.net"),
    _locker("Sendspace", "sendspace.com", because="are removed when nobody downloads for a while"),
    _locker("TransferNow", "transfernow.net"),
    _locker("Send.zip", "send.zip"),
    _locker("Smash", "fromsmash.com"),
    _locker("SwissTransfer", "swisstransfer.com", because="expire after at most 30 days"),
    _locker("Filemail", "filemail.com"),
    _locker("Wormhole", "wormhole.app", because="expire within a day"),
    _locker("file.io", "file.io", because="are gone after the first download"),
    _locker("Gofile", "gofile.io", because="are removed when nobody downloads for some days"),
    _locker(
        "Send Anywhere", "send-anywhere.com", "sendanywhe.re", because="expire within days, often minutes"
    ),
    _locker("TransferXL", "transferxl.com"),
    _locker("SendGB", "sendgb.com"),
    _locker("FileTransfer.io", "filetransfer.io"),
    _locker("Hightail", "hightail.com", "yousendit.com"),
    _locker("MyAirBridge", "myairbridge.com"),
    _locker("uFile", "ufile.io", "uploadfiles.io"),
    _locker("Send", "send.vis.ee", because="expire within days or after a few downloads"),
    _locker("Firefox Send", "send.firefox.com", because="are dead: the service closed in 2020"),
    _locker("Litterbox", "litterbox.catbox.moe", "litter.catbox.moe", because="expire within three days"),
    _locker("tmpfiles.org", "tmpfiles.org", because="expire within an hour"),
    _locker("temp.sh", "temp.sh", because="expire within three days"),
    _locker("Uguu", "uguu.se", because="expire within hours"),
    _locker("transfer.sh", "transfer.sh"),
    _locker("ToffeeShare", "toffeeshare.com", because="work only while the sender's page is open"),
    _locker("Zippyshare", "zippyshare.com", because="are dead: the service closed in 2023"),
    _locker("AnonFiles", "anonfiles.com", because="are dead: the service closed in 2023"),
)
