"""The path converters for public codes, used by all apps' URLs."""

from functools import cache

from kit import codes

CODES = {
    "track": "TR",
    "reference": "TF",
    "intake": "CL",
    "picture": "PI",
    "bulk": "BU",
    "invitation": "IN",
    "label_list": "LL",
    "saved_note": "SN",
    "release": "RL",
    "series": "SE",
    "data_export": "EX",
    "recording": "RE",
    "project": "PJ",
    "pack": "PK",
    "work": "WK",
}


@cache
def register_once() -> None:
    """Register a converter for each kind of code, once even if the URLconf is loaded again."""
    for name, prefix in CODES.items():
        codes.register(name, prefix)
