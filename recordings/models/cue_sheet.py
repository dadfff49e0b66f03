from django.db import models

from recordings.models.file import shown
from recordings.models.shelf import Shelf


class CueSheet(models.Model):
    """A CUE sheet as it lay on a shelf when it was last noticed: one that differs now is read again.

    `path` is relative to the shelf's folder. What the sheets say is in `Tracklist`.
    """

    shelf = models.ForeignKey(Shelf, models.CASCADE, related_name="cue_sheets", db_index=False)
    path = models.BinaryField(max_length=4096, editable=False)
    size = models.BigIntegerField(editable=False)
    mtime_ns = models.BigIntegerField("modified, ns since 1970", editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shelf", "path"], name="cue_sheet_path_once")]

    def __str__(self) -> str:
        return shown(bytes(self.path))
