"""The words of recordings: what is kept, where it lies, and where what is known of it comes from."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What a recording is to whoever keeps it."""

    MASTER = "master", "Master"
    PREMASTER = "premaster", "Pre-master"
    SET = "set", "DJ set or mix"
    LIVE = "live", "Live recording"
    STEM = "stem", "Stem"


class MatchHow(TextChoices):
    """Why a recording is taken for the master of a demo."""

    REFERENCE = "reference", "By the reference in its file name"
    ISRC = "isrc", "By its ISRC"
    HAND = "hand", "By hand"


class FileState(TextChoices):
    """What became of a file since it was first seen."""

    PRESENT = "present", "Present"
    MISSING = "missing", "Missing"
    CHANGED = "changed", "Changed, being read again"
    UNREADABLE = "unreadable", "Unreadable"


class Change(TextChoices):
    """What happened to a file."""

    FOUND = "found", "Found"
    COPIED = "copied", "Found, a copy"
    MOVED = "moved", "Moved or renamed"
    RETAGGED = "retagged", "Tags changed, same audio"
    CUT = "cut", "Replaced by a shorter version"
    REPLACED = "replaced", "Replaced by other audio"
    MISSING = "missing", "Not found any more"
    RETURNED = "returned", "Back again"
    UNREADABLE = "unreadable", "Could not be read"


class Source(TextChoices):
    """Where a fact about a recording comes from, the one that counts most first."""

    PERSON = "person", "Typed by a person"
    RELEASE = "release", "From the release"
    TAG = "tag", "From the file's tags"
    ACOUSTID = "acoustid", "By its sound, AcoustID"
    MEASURED = "measured", "Measured"


class Outsider(TextChoices):
    """What outsiders are asked about a recording."""

    SOUND = "sound", "Which recording it is"
    PLAYS = "plays", "What is played in it"


class TracklistSource(TextChoices):
    """How a tracklist came about."""

    MANUAL = "manual", "Typed"
    CUE = "cue", "From a CUE sheet"
    PASTE = "paste", "Pasted"
    SITE = "1001tracklists", "From 1001Tracklists"
    MATCHED = "matched", "Found by sound"


class Fact(TextChoices):
    """What can be known of a recording (the keys of `Metadatum`)."""

    TITLE = "title", "Title"
    ARTIST = "artist", "Artist"
    MIX = "mix", "Mix"
    ALBUM = "album", "Album"
    ISRC = "isrc", "ISRC"
    GENRE = "genre", "Genre"
    TEMPO = "tempo", "Tempo"
    KEY = "key", "Key"
    LOUDNESS = "loudness", "Loudness"
    LOUDNESS_RANGE = "loudness_range", "Loudness range"
    TRUE_PEAK = "true_peak", "True peak"
    CLIPPED = "clipped", "Clipped samples"
    BRIGHTNESS = "brightness", "Brightness"
    MOOD = "mood", "Mood (estimated)"
