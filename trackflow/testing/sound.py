"""What no answer of ours may be: sound. Told by type, by name and by how files of sound begin."""

import re

from django.http.response import HttpResponseBase

TYPES = re.compile(r"(?:audio|video)/|application/(?:ogg|octet-stream|x-(?:flac|wav|mpegurl))", re.IGNORECASE)
NAMES = re.compile(
    r"\.(?:wav|wave|bwf|aiff?|aifc|flac|mp[234]|m4a|aac|og[ga]|opus|wma|caf|alac|ape|dsf)\b", re.IGNORECASE
)
BEGINNINGS = (b"RIFF", b"RF64", b"FORM", b"fLaC", b"ID3", b"OggS", b"\xff\xfb", b"\xff\xf1", b"caff")


def is_sound(response: HttpResponseBase) -> bool:
    """Whether an answer carries sound."""
    begins = b"" if response.streaming else getattr(response, "content", b"")[:16]
    is_named = NAMES.search(response.headers.get("Content-Disposition", ""))
    is_typed = TYPES.match(response.headers.get("Content-Type", ""))
    return bool(is_typed or is_named or begins.startswith(BEGINNINGS) or begins[4:8] == b"ftyp")
