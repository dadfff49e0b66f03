"""Cloud storage and services that share files: links that open for whoever has them.

Source: the host table of ``music-data.md``; own knowledge (2025) for further hosts and forms.
"""

import re

from catalog.links.shape import IS_FOLDER, NO_PLAYER, PLAYABLE, SEGMENT, Host, Param, Shape

_IN_FOLDER = "This is a file inside a shared folder: it cannot be played here. Share the file by itself."

_DROPBOX_HOST = r"(?:(?:dl|dl-web)\.dropbox\.com|dropbox\.com|dl\.dropboxusercontent\.com)(?:/e)?"
_RLKEY = Param("rlkey", "rlkey", r"[A-Za-z0-9_-]{1,80}")
_PREVIEW = Param("preview", "preview", r"[A-Za-z0-9._~%!$()*+,;:@-]+")
_RLKEY_LOST = ("rlkey", "This Dropbox link lacks its rlkey and will not open. Copy the whole link again.")


def _dropbox_file(name: str, file_name: str, warning: str = "") -> tuple[Shape, Shape]:
    return (
        Shape(
            f"dropbox-{name}",
            re.compile(rf"{_DROPBOX_HOST}/scl/fi/(?P<id>[A-Za-z0-9]+)/(?P<name>{file_name})"),
            url="https://www.dropbox.com/scl/fi/{id}/{name}?[rlkey={rlkey}&]dl=0",
            identity="dropbox:{id}",
            params=(_RLKEY,),
            secrets=("rlkey",),
            warning=warning,
            missing=_RLKEY_LOST,
        ),
        Shape(
            f"dropbox-old-{name}",
            re.compile(rf"{_DROPBOX_HOST}/s/(?:dl/)?(?P<id>[A-Za-z0-9]+)/(?P<name>{file_name})"),
            url="https://www.dropbox.com/[s/{id}/{name}?dl=0]",
            secrets=("id",),
            warning=warning,
        ),
    )


_DROPBOX = Host(
    name="Dropbox",
    domains=("dropbox.com", "dropboxusercontent.com", "db.tt"),
    kind="file",
    is_public=False,
    notes="rlkey opens the file; st and e are short-lived and dropped. Busy links are banned for a day.",
    shapes=(
        *_dropbox_file("audio", rf"{SEGMENT}{PLAYABLE}"),
        *_dropbox_file("other", SEGMENT, NO_PLAYER),
        Shape(
            "dropbox-folder",
            re.compile(rf"{_DROPBOX_HOST}/scl/fo/(?P<id>[A-Za-z0-9]+)/(?P<name>{SEGMENT})"),
            url="https://www.dropbox.com/scl/fo/{id}/{name}?[rlkey={rlkey}&][preview={preview}&]dl=0",
            identity="dropbox:folder/{id}[/{preview}]",
            params=(_RLKEY, _PREVIEW),
            secrets=("rlkey",),
            leads_to="folder",
            warning=IS_FOLDER,
            missing=_RLKEY_LOST,
        ),
        Shape(
            "dropbox-folder-file",
            re.compile(
                rf"{_DROPBOX_HOST}/scl/fo/(?P<id>[A-Za-z0-9]+)/(?P<name>{SEGMENT})/(?P<file>{SEGMENT}(?:/{SEGMENT})*)"
            ),
            url="https://www.dropbox.com/scl/fo/{id}/{name}/{file}?[rlkey={rlkey}&]dl=0",
            identity="dropbox:folder/{id}/{file}",
            params=(_RLKEY,),
            secrets=("rlkey",),
            warning=_IN_FOLDER,
            missing=_RLKEY_LOST,
        ),
        Shape(
            "dropbox-old-folder",
            re.compile(
                rf"{_DROPBOX_HOST}/sh/(?P<id>[A-Za-z0-9]+)/(?P<name>{SEGMENT})(?:/(?P<file>{SEGMENT}(?:/{SEGMENT})*))?"
            ),
            url="https://www.dropbox.com/[sh/{id}/{name}][/{file}][?preview={preview}]",
            params=(_PREVIEW,),
            secrets=("id", "name", "file", "preview"),
            leads_to="folder",
            warning=IS_FOLDER,
        ),
    ),
)

_DRIVE_ID = r"[A-Za-z0-9_-]{10,120}"
_DRIVE_HOST = r"(?:drive|docs|drive\.usercontent)\.google\.com/(?:a/[A-Za-z0-9_.-]+/)?"
_OTHER_USER = r"(?:u/[0-9]+/)?"
_RESOURCE_KEY = Param("resourcekey", "resourcekey", r"[A-Za-z0-9_-]{1,80}")
_DRIVE_ID_PARAM = Param("id", "id", _DRIVE_ID, is_required=True)


def _drive_file(pattern: str, *params: Param) -> Shape:
    return Shape(
        "drive-file",
        re.compile(_DRIVE_HOST + pattern),
        url="https://drive.google.com/file/d/{id}/view[?resourcekey={resourcekey}]",
        identity="drive:{id}",
        params=(*params, _RESOURCE_KEY),
        secrets=("resourcekey",),
    )


def _drive_folder(pattern: str, *params: Param) -> Shape:
    return Shape(
        "drive-folder",
        re.compile(_DRIVE_HOST + pattern),
        url="https://drive.google.com/drive/folders/{id}[?resourcekey={resourcekey}]",
        identity="drive:folder/{id}",
        params=(*params, _RESOURCE_KEY),
        secrets=("resourcekey",),
        leads_to="folder",
        warning=IS_FOLDER,
    )


_DRIVE = Host(
    name="Google Drive",
    domains=("drive.google.com", "docs.google.com", "drive.usercontent.google.com"),
    kind="file",
    is_public=False,
    notes="Browsers that block third-party cookies may not play it. Older files need their resourcekey.",
    warning="Share the file with “Anyone with the link”; otherwise only you can open it.",
    shapes=(
        _drive_file(rf"file/{_OTHER_USER}d/(?P<id>{_DRIVE_ID})(?:/(?:view|preview|edit|p))?"),
        _drive_file(rf"{_OTHER_USER}(?:open|uc|download|leaf|thumbnail)", _DRIVE_ID_PARAM),
        _drive_folder(rf"(?:drive/)?(?:mobile/)?{_OTHER_USER}(?:mobile/)?folders/(?P<id>{_DRIVE_ID})"),
        _drive_folder(rf"{_OTHER_USER}(?:embedded)?folderview", _DRIVE_ID_PARAM),
    ),
)


def _storage(name: str, *domains: str, notes: str, warning: str = "") -> Host:
    return Host(name, domains, "file", False, notes, warning=warning)


FILE_HOSTS: tuple[Host, ...] = (
    _DROPBOX,
    _DRIVE,
    _storage(
        "OneDrive",
        "1drv.ms",
        "onedrive.live.com",
        "sharepoint.com",
        notes="No player outside Microsoft's pages.",
    ),
    _storage("Box", "box.com", notes="No player outside Box's pages."),
    _storage("pCloud", "pcloud.link", "pcloud.com", notes="No player outside pCloud's pages."),
    _storage("iCloud Drive", "icloud.com", notes="The fragment is part of the address."),
    _storage(
        "MEGA", "mega.nz", "mega.io", "mega.co.nz", notes="The fragment is the key that decrypts the file."
    ),
    _storage("Proton Drive", "drive.proton.me", notes="The fragment is the key to the file."),
    _storage("Internxt Drive", "share.internxt.com", notes="The last part of the path is the key."),
    _storage(
        "Yandex Disk", "disk.yandex.ru", "disk.yandex.com", "yadi.sk", notes="No player outside its pages."
    ),
    _storage("Samply", "samply.app", notes="A player with comments; private unless its address is known."),
    _storage("FilePass", "filepass.com", notes="A player for mixes in review; no frame for other pages."),
    _storage("Highnote", "highnote.fm", notes="A player with comments; no frame for other pages."),
    _storage("Boombox", "boombox.io", notes="A player with comments; no frame for other pages."),
    _storage(
        "Byta", "byta.com", "share.byta.com", notes="Private streams; a link may expire if its sender wants."
    ),
    _storage("Frame.io", "frame.io", "f.io", notes="A player with comments; no frame for other pages."),
    _storage("Notetracks", "notetracks.com", notes="A player with comments; no frame for other pages."),
    _storage("Pibox", "pibox.com", notes="A player with comments; no frame for other pages."),
    _storage(
        "MediaFire",
        "mediafire.com",
        notes="A download page with advertising; files of idle accounts go.",
        warning="Many labels do not open download pages. A private SoundCloud link is heard sooner.",
    ),
)
