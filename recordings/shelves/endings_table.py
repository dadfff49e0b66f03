"""What counts as audio, by the ending of its name (lower case)."""

AUDIO = frozenset(
    {
        *(b".wav", b".wave", b".bwf", b".w64", b".aif", b".aiff", b".aifc", b".caf"),
        *(b".flac", b".wv", b".m4a", b".m4b", b".aac", b".mp3", b".ogg", b".oga", b".opus"),
    }
)


def is_audio(name: bytes) -> bool:
    """Whether a file of this name is catalogued."""
    return name[name.rfind(b".") :].lower() in AUDIO and not name.startswith(b".")
