"""Upload handler: in memory, never more bytes than one picture may have."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest

from accounts.pictures import MOST_BYTES


class Upload(InMemoryUploadedFile):
    """An uploaded file and the request that brought it, which says who has uploaded how much."""

    request: HttpRequest | None


class SmallUploads(FileUploadHandler):
    """Keeps at most `room` bytes over all files of a request and drops the rest; `size` is the size sent."""

    room = MOST_BYTES + 1

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.room -= self.kept.write(raw_data[: self.room])

    def file_complete(self, file_size: int) -> Upload:
        self.kept.seek(0)
        upload = Upload(
            self.kept, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )
        upload.request = self.request
        return upload
