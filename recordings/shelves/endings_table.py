"""What counts as audio, by the ending of its name (lower case)."""

AUDIO = frozenset(
    {
        *(b".wav", b".wave", b".bwf", b".w64", b".aif", b".aiff", b".aifc", b".caf"),
        *(b".flac", b".wv", b".m4a", b".m4b", b".aac", b".mp3", b".ogg", b".oga", b".opus"),
    }
)

SHEETS = (b".cue", b".CUE")
"""How the lists of tracks end that lie beside files."""


def is_sheet(name: bytes) -> bool:
    """Whether a file of this name may list what is played in the file beside it."""
    return name.endswith(SHEETS) and not name.startswith(b".")


def is_audio(name: bytes) -> bool:
    """Whether a file of this name is catalogued."""
    return name[name.rfind(b".") :].lower() in AUDIO and not name.startswith(b".")
