"""What a distributor is handed: a sheet with a row for each track, as JSON and as CSV."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog.music.barcodes import display_barcode
from catalog.music.isrc import display_isrc
from kit import canonical
from kit.spreadsheet import csv_lines
from releases.choices import Kind, Line
from releases.masters import masters_on_sheet
from releases.models import Release
from releases.pictures import Picture

HEAD = (
    "Catalogue number",
    "UPC",
    "Release title",
    "Edition",
    "Release artist",
    "Type",
    "Label",
    "Release date",
    "Original release date",
    "Pre-order date",
    "Territories",
    "Genre",
    "P line",
    "C line",
    "Artwork",
    "Track",
    "Track title",
    "Mix",
    "Track artist",
    "ISRC",
    "Length",
    "Explicit",
)
FILE_HEAD = {
    "codec": "File codec",
    "sample_rate": "File sample rate (Hz)",
    "bit_depth": "File bits per sample",
    "length_ms": "File length (ms)",
    "file_digest": "File SHA-256",
}
"""Further columns where a track has a master: what its file is, as the demo's history says."""


def sheet_of(release: Release, picture: Picture) -> dict[str, Any]:
    """Return the sheet in values of canonical JSON; lines that are irrelevant are left out. One query."""
    columns, files = picture.columns, masters_on_sheet(release, picture)
    words = ("title", "edition", "artist", "genre", "p_line", "c_line", "artwork_url", "catalogue_number")
    sheet = {name: columns[name] for name in words} | {
        "reference": release.reference,
        "label": release.label.name,
        "kind": columns["kind"],
        "upc": display_barcode(columns["upc"]),
        "territories": columns["territories"] or ["Worldwide"],
        "excluded": columns["excluded"],
        "is_explicit": any(track["is_explicit"] for track in _relevant(picture)),
        "tracks": [_track(number, track, files) for number, track in enumerate(_relevant(picture), 1)],
    }
    dates = {name: columns[name] for name in ("release_on", "original_on", "pre_order_on")}
    plain: Any = canonical.plain(sheet | dates)
    return dict(plain)


def sheet_digest(release: Release, picture: Picture) -> str:
    """Return the SHA-256 of the sheet's canonical JSON, in hex, which `deliver` keeps."""
    return canonical.digest(canonical.encode(sheet_of(release, picture))).hex()


def sheet_lines(release: Release, picture: Picture) -> Iterator[str]:
    """Yield the lines of the sheet as CSV."""
    sheet = sheet_of(release, picture)
    shown = [
        *(sheet[name] for name in ("catalogue_number", "upc", "title", "edition", "artist")),
        Kind(sheet["kind"]).label,
        sheet["label"],
        *(sheet[name] or "" for name in ("release_on", "original_on", "pre_order_on")),
        _territories(sheet),
        *(sheet[name] for name in ("genre", "p_line", "c_line", "artwork_url")),
    ]
    has_files = any("file" in track for track in sheet["tracks"])
    head = [*HEAD, *FILE_HEAD.values()] if has_files else HEAD
    return csv_lines(
        head,
        [[*shown, *_cells(track), *(_file_cells(track) if has_files else [])] for track in sheet["tracks"]],
    )


def _relevant(picture: Picture) -> list[dict[str, Any]]:
    return [track for track in picture.tracks if track["line"] != Line.IRRELEVANT]


def _track(number: int, track: dict[str, Any], files: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    said = {name: track[name] for name in ("title", "mix", "artist", "seconds", "is_explicit")}
    file = {"file": files[track["submission"]]} if track["submission"] in files else {}
    return {"number": number, "isrc": display_isrc(track["isrc"]), **said, **file}


def _file_cells(track: dict[str, Any]) -> list[object]:
    file = track.get("file", {})
    return [file.get(name) or "" for name in FILE_HEAD]


def _cells(track: dict[str, Any]) -> list[object]:
    seconds = track["seconds"]
    length = f"{seconds // 60}:{seconds % 60:02}" if seconds else ""
    explicit = "yes" if track["is_explicit"] else "no"
    return [track["number"], track["title"], track["mix"], track["artist"], track["isrc"], length, explicit]


def _territories(sheet: dict[str, Any]) -> str:
    excluded = f" except {' '.join(sheet['excluded'])}" if sheet["excluded"] else ""
    return " ".join(sheet["territories"]) + excluded
