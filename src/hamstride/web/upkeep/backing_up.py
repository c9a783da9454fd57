"""A copy of the store in a folder, made while it is in use.

First the database, by SQLite's own way of copying: a file copied while it is written to is often
no database. Then the files that the copy's rows name. The manifest comes last, so that a copy
without one is known to be incomplete.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

import hamstride
from hamstride.errors import StoreError
from hamstride.web import originals
from hamstride.web.models import Original
from hamstride.web.settings import SQLITE_NAME

FORMAT = 1
FORMAT_KEY = "hamstride_backup"
MANIFEST = "manifest.json"
_TRIES = 3

Files = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class BackUp:
    """What was copied; `missing` are files that the store itself has no longer."""

    folder: Path
    database: str
    files: int
    bytes: int
    missing: tuple[str, ...]


def back_up(data: Path, folder: Path) -> BackUp:
    """Copy the store into a new folder.

    Raises
    ------
    StoreError
        The folder holds something already, or cannot be written to.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"{folder} holds something already. Name a new folder for each backup.")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        files: Files = {}
        if connection.vendor == "sqlite":
            missing = _sqlite(data, folder, files)
        else:
            missing = _originals(data, folder, files, _rows())
        _write(folder / MANIFEST, _manifest(files, missing))
    except OSError as error:
        raise StoreError(
            f"The backup in {folder} could not be finished ({error.strerror}). It has no manifest, "
            "so it counts for nothing: delete it, make room, and begin again."
        ) from error
    size = sum(told["bytes"] for told in files.values())
    return BackUp(folder, connection.vendor, len(files), size, tuple(missing))


def _manifest(files: Files, missing: list[str]) -> bytes:
    told = {
        FORMAT_KEY: FORMAT,
        "hamstride": hamstride.__version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "missing": missing,
        "files": dict(sorted(files.items())),
    }
    return (json.dumps(told, indent=1) + "\n").encode()


def _sqlite(data: Path, folder: Path, files: Files) -> list[str]:
    """Copy the database, then its files; again where an import was taken back in between."""
    copy = folder / SQLITE_NAME
    for _ in range(_TRIES):
        copy.unlink(missing_ok=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        missing = _originals(data, folder, files, _rows_in(copy))
        there = {sha256 for _, sha256 in _rows()}
        if there.issuperset(missing):
            break
        # What is missing was taken back by its owner since the database was copied: once more.
    _no_longer_named(folder, files, _rows_in(copy))
    _sync(copy)
    files[SQLITE_NAME] = _told(copy)
    return missing


def _rows() -> Iterator[tuple[UUID, str]]:
    yield from Original.objects.order_by("pk").values_list("runner__uid", "sha256")


def _rows_in(copy: Path) -> Iterator[tuple[UUID, str]]:
    with closing(sqlite3.connect(f"file:{copy}?mode=ro&immutable=1", uri=True)) as database:
        found = database.execute(
            "SELECT r.uid, o.sha256 FROM web_original o JOIN web_runner r ON r.id = o.runner_id "
            "ORDER BY o.id"
        ).fetchall()
    for uid, sha256 in found:
        yield UUID(uid), sha256


def _originals(
    data: Path, folder: Path, files: Files, rows: Iterator[tuple[UUID, str]]
) -> list[str]:
    """Copy the files that rows name, each looked at on the way; those that are gone."""
    missing = []
    for uid, sha256 in rows:
        name = originals.place(originals.folder(Path(), uid), sha256).as_posix()
        if name in files:
            continue
        try:
            found = originals.read(originals.folder(data, uid), sha256)
        except StoreError:
            missing.append(sha256)
            continue
        _write(folder / name, found)
        files[name] = {"sha256": sha256, "bytes": len(found)}
    return missing


def _no_longer_named(folder: Path, files: Files, rows: Iterator[tuple[UUID, str]]) -> None:
    named = {
        originals.place(originals.folder(Path(), uid), sha256).as_posix() for uid, sha256 in rows
    }
    for name in set(files) - named:
        (folder / name).unlink()
        del files[name]


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _told(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {"sha256": sha256, "bytes": path.stat().st_size}


# Back


def checked(folder: Path) -> dict[str, Any]:
    """The manifest of a backup, when every file is there as it was written.

    Raises
    ------
    StoreError
        There is no manifest, or a file is missing or changed; the message names it.
    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
        known = manifest[FORMAT_KEY]
        files = manifest["files"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{folder} is no finished backup: it has no manifest that can be read. "
            "Take another one."
        ) from error
    if known != FORMAT:
        raise StoreError("This backup was made by a newer Hamstride. Update this one first.")
    for name, told in files.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder.resolve()):
            raise StoreError(f"{name} leads out of the backup. Take another one.")
        if not path.is_file() or _told(path) != told:
            raise StoreError(
                f"{name} is missing from the backup, or is not as it was written. Take another "
                "backup; nothing was restored."
            )
    return manifest


def bring_back(folder: Path, data: Path) -> dict[str, Any]:
    """Put a backup into an empty data folder, and nothing anywhere else.

    Raises
    ------
    StoreError
        The backup is not whole, or the folder holds something already.
    """
    manifest = checked(folder)
    if data.exists() and any(data.iterdir()):
        raise StoreError(
            f"The data folder {data} holds something already, and a backup is restored into an "
            "empty one only. Name a new folder with --data."
        )
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in manifest["files"]:
            to = data / name
            to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            shutil.copyfile(folder / name, to)
            to.chmod(0o600)
            _sync(to)
    except OSError as error:
        raise StoreError(
            f"The backup could not be restored ({error.strerror}). Make room, empty {data}, and "
            "begin again; the backup is as it was."
        ) from error
    return manifest
