"""Files on their way in: written as they come, counted, and refused when they grow too large.

What a header says of a size is not believed, and no file is written under its own name.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hamstride.readers.limits import TAKEOUT, UPLOAD, size_text
from hamstride.readers.sniff import sniff

MOST_BYTES = TAKEOUT.zip_bytes + UPLOAD.file_bytes
"""So much is looked at in one go."""

_HEAD_BYTES = 512


def uploads_folder() -> Path:
    """Where files lie that were sent, for their owner alone."""
    folder = Path(settings.DATA) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


class Passing(UploadedFile):  # type: ignore[type-arg] # generic to the type checker alone
    """A file under a passing name, gone when the request is over unless it is moved."""

    def __init__(self, name: str) -> None:
        self.path = uploads_folder() / f"sending-{uuid4().hex}"
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        self._written = os.fdopen(handle, "w+b")
        self._head = b""
        super().__init__(self._written, name, size=0)

    @property
    def is_zip(self) -> bool:
        """Whether it is a zip, by its first bytes."""
        return sniff(self._head).kind == "zip"

    def append(self, data: bytes) -> None:
        """Write some more of it."""
        self._head += data[: _HEAD_BYTES - len(self._head)]
        self._written.write(data)

    def move_to(self, path: Path) -> None:
        """Keep it: it would outlive a power failure."""
        self._written.flush()
        os.fsync(self._written.fileno())
        self.path.replace(path)

    def close(self) -> None:
        """Close it, and delete it unless it was moved."""
        with suppress(OSError):
            self._written.close()
        self.path.unlink(missing_ok=True)


class Receiver(FileUploadHandler):
    """Takes files as they come; `refused` says of each that was left out why."""

    file: Passing

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.refused: list[str] = []

    def new_file(self, *args: Any, **more: Any) -> None:
        """Begin with a file."""
        super().new_file(*args, **more)
        self.file = Passing(self.file_name or "?")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write some more of a file, or leave out all of it."""
        if shutil.disk_usage(self.file.path.parent).free < settings.KEEP_FREE_BYTES:
            self._refuse(_("%(file)s: the disk has no room left. Make room, and try again."))
        try:
            self.file.append(raw_data)
        except OSError:
            self._refuse(_("%(file)s: it could not be written. Look whether the disk is full."))
        most = TAKEOUT.zip_bytes if self.file.is_zip else UPLOAD.file_bytes
        if start + len(raw_data) > most:
            said = _("%(file)s: larger than %(most)s, the most that is read of such a file.")
            self._refuse(said, most=size_text(most))

    def _refuse(self, said: str, **more: str) -> None:
        self.refused.append(said % {"file": self.file.name, **more})
        raise SkipFile

    def file_complete(self, file_size: int) -> Passing:
        """The whole file."""
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Forget what was not sent whole."""
        if hasattr(self, "file"):
            self.file.close()
