from django.db import models

from kit.clock import now
from recordings.choices import Change
from recordings.models.file import File, shown
from recordings.models.recording import Recording


class FileChange(models.Model):
    """What became of a file, and when: append-only, so that a replaced file's history can be read.

    `former_path` and `former_recording` are where it lay and what it held before. `detail` is a sentence.
    """

    file = models.ForeignKey(File, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=Change)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="file_changes")
    former_recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="+")
    former_path = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    trace = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = [
            # a file's history, latest first
            models.Index(fields=["file", "-id"], name="file_change_latest"),
            # of a recording: where its files went
            models.Index(fields=["recording", "-id"], name="file_change_of_recording"),
            models.Index(fields=["former_recording", "-id"], name="file_change_of_former"),
        ]

    def __str__(self) -> str:
        return f"{self.file}: {self.get_kind_display()}"

    @property
    def shown_former_path(self) -> str:
        return shown(bytes(self.former_path or b""))
