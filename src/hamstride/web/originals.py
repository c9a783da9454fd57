"""Files as the watch wrote them, byte for byte, each under the hash of its bytes.

They lie in a folder a runner, so that nobody's file is told from another's, and deleting a
runner is deleting a folder.
"""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

from hamstride.errors import StoreError

_WRITING = ".writing-"
_LEFT_OVER_S = 3600.0
"""A file that no row names may be one whose row is about to be written; after this it is not."""


def folder(data: Path, runner: UUID) -> Path:
    """Where the files of a runner lie."""
    return data / "media" / "originals" / runner.hex


def place(home: Path, sha256: str) -> Path:
    """Where the bytes of a hash lie."""
    return home / sha256[:2] / sha256


def keep(home: Path, data: bytes, sha256: str) -> None:
    """Write a file so that it is there whole or not at all, also when the power fails.

    Raises
    ------
    StoreError
        It cannot be written: the disk is full, or the folder may not be written to.
    """
    kept = place(home, sha256)
    if kept.exists():
        return
    writing = kept.with_name(f"{_WRITING}{uuid4().hex}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        writing.replace(kept)
        _sync_folder(kept.parent)
    except OSError as error:
        with suppress(OSError):
            writing.unlink()
        raise StoreError(
            f"A file could not be kept ({error.strerror}). Everything before it is stored; make "
            "room, or give leave to write, and import again: it goes on from there."
        ) from error


def _sync_folder(path: Path) -> None:
    """Make sure of a new name; Windows does so by itself and knows no such call."""
    if os.name == "nt":
        return  # pragma: no cover - not on this system
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(home: Path, sha256: str) -> bytes:
    """The bytes of a hash, and no others.

    Raises
    ------
    StoreError
        They are gone, or are no longer what was kept.
    """
    try:
        data = place(home, sha256).read_bytes()
    except OSError as error:
        raise StoreError(
            f"The original {sha256[:12]}… cannot be read ({error.strerror}). Restore it from a "
            "backup, or undo its import and import it again."
        ) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreError(
            f"The original {sha256[:12]}… is damaged on disk. Restore it from a backup, or undo "
            "its import and import it again."
        )
    return data


def remove(home: Path, sha256: str) -> None:
    """Delete the bytes of a hash; nothing where they are gone already."""
    place(home, sha256).unlink(missing_ok=True)


def sweep(home: Path, named: set[str], older_than_s: float = _LEFT_OVER_S) -> int:
    """Delete what a killed import left behind and no row names; how many files that were."""
    before, swept = time.time() - older_than_s, 0
    for path in sorted(home.glob("*/*")):
        if path.name not in named and path.stat().st_mtime <= before:
            path.unlink(missing_ok=True)
            swept += 1
    return swept
