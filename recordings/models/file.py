from django.db import models

from kit.clock import now
from recordings.choices import FileState
from recordings.models.recording import Recording
from recordings.models.shelf import Shelf


class File(models.Model):
    """A place where a recording's bytes lie, or lay: unique per shelf.

    `path` is relative to the shelf's folder, as the bytes that the file system keeps. `problem` says in words why
    a file is unreadable. `trace` is the correlation id from the change that was seen to the last job.
    """

    shelf = models.ForeignKey(Shelf, models.PROTECT, related_name="files")
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, blank=True, related_name="files")
    path = models.BinaryField(max_length=4096, editable=False)
    size = models.BigIntegerField(editable=False)
    mtime_ns = models.BigIntegerField("modified, ns since 1970", editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    xxh128 = models.CharField(max_length=32, blank=True, editable=False)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.CHANGED, editable=False)
    problem = models.CharField(max_length=300, blank=True, editable=False)
    trace = models.CharField(max_length=32, blank=True, editable=False)
    first_seen_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "path"], name="file_path_once")]
        indexes = [
            # files that need somebody: counts of a shelf, their list
            models.Index(
                fields=["shelf", "state", "-id"], condition=~models.Q(state="present"), name="file_in_trouble"
            ),
            # the same bytes again: moves and copies
            models.Index(fields=["sha256"], condition=~models.Q(sha256=""), name="file_same_bytes"),
        ]

    def __str__(self) -> str:
        return self.shown_path

    @property
    def shown_path(self) -> str:
        """The path as text; what is not UTF-8 is shown escaped."""
        return shown(bytes(self.path))


def shown(path: bytes) -> str:
    """Return a path as text for a page: bytes that are not UTF-8 and control characters are escaped."""
    text = path.decode("utf-8", "backslashreplace")
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
