from recordings.models.candidate import Candidate
from recordings.models.cue_sheet import CueSheet
from recordings.models.file import File
from recordings.models.file_change import FileChange
from recordings.models.lookup import Lookup
from recordings.models.metadatum import Metadatum
from recordings.models.recording import Recording
from recordings.models.scan import Scan
from recordings.models.set_fingerprint import SetFingerprint
from recordings.models.shelf import Shelf
from recordings.models.tracklist import Play, Tracklist
from recordings.models.work import Work

__all__ = [
    "Candidate",
    "CueSheet",
    "File",
    "FileChange",
    "Lookup",
    "Metadatum",
    "Play",
    "Recording",
    "Scan",
    "SetFingerprint",
    "Shelf",
    "Tracklist",
    "Work",
]
