"""An export of one's own, taken back: the same records, answers, files and ids."""

import hashlib
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

from hamstride.errors import CaseFileError, StoreError
from hamstride.readers.limits import MB, TAKEOUT
from hamstride.web import originals
from hamstride.web.bridge.exporting import FORMAT, FORMAT_KEY, MANIFEST, ORIGINALS
from hamstride.web.bridge.giving_back import Tables, give_back, is_empty, is_same
from hamstride.web.bridge.keeping import home
from hamstride.web.importing.reading_again import read_again
from hamstride.web.importing.taking import Progress
from hamstride.web.models import Runner

_MOST_TABLE_BYTES = 500 * MB
_TABLES = tuple(Tables.__dataclass_fields__)
_UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError)
"""What reading a damaged zip, or one with a password, may raise."""
_LISTS = frozenset(_TABLES) - {"runner"}


def is_export(path: Path) -> bool:
    """Whether a file is an export of Hamstride's own, going by its manifest."""
    if not zipfile.is_zipfile(path):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _json(archive, MANIFEST)
    except (StoreError, *_UNREADABLE):
        return False
    return isinstance(manifest, dict) and FORMAT_KEY in manifest


def take_back(
    path: Path, runner: Runner, *, workers: int, tell: Progress = lambda *_: None
) -> Tables:
    """Give a runner everything that an export holds; broken off, the same call goes on.

    Raises
    ------
    StoreError
        The export is damaged or of a newer Hamstride, or the runner has other records already.
        Nothing was changed then.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _checked(archive)
            tables = _tables(archive)
            if is_empty(runner) or not is_same(runner, tables):
                _keep(archive, manifest, runner)
                give_back(runner, tables)
    except _UNREADABLE as error:
        raise _damaged(path.name) from error
    except CaseFileError as error:
        raise StoreError(f"{_damaged('records.json')} {error.faults[0]}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged("one of its tables") from error
    read_again(runner, workers=workers, tell=tell)
    return tables


def _checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The files of the manifest, when each is there with the bytes that it had."""
    manifest = _json(archive, MANIFEST)
    if manifest[FORMAT_KEY] != FORMAT:
        raise StoreError(
            "This export was made by a newer Hamstride. Update this one; nothing was changed."
        )
    files: dict[str, Any] = manifest["files"]
    there = set(archive.namelist()) - {MANIFEST}
    if there != set(files) or len(archive.namelist()) != len(files) + 1:
        raise _damaged("its list of files")
    for name, told in files.items():
        most = TAKEOUT.entry_bytes if name.startswith(ORIGINALS) else _MOST_TABLE_BYTES
        if hashlib.sha256(_read(archive, name, most)).hexdigest() != told["sha256"]:
            raise _damaged(name)
    return files


def _tables(archive: zipfile.ZipFile) -> Tables:
    found = {name: _json(archive, f"{name}.json") for name in _TABLES}
    if not all(isinstance(found[name], list) for name in _LISTS):
        raise _damaged("one of its tables")
    tables = Tables(**found)
    there = {Path(name).stem for name in archive.namelist() if name.startswith(ORIGINALS)}
    # A file that was lost before the export is lost; all the others are not.
    tables.originals[:] = [each for each in tables.originals if each["sha256"] in there]
    return tables


def _keep(archive: zipfile.ZipFile, files: dict[str, Any], runner: Runner) -> None:
    """Keep the bytes before the rows that name them: bytes without a row are swept up."""
    if not is_empty(runner):
        return
    for name, told in files.items():
        if name.startswith(ORIGINALS):
            data = _read(archive, name, TAKEOUT.entry_bytes)
            if Path(name).stem != told["sha256"]:
                raise _damaged(name)
            originals.keep(home(runner), data, told["sha256"])


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    try:
        return json.loads(_read(archive, name, _MOST_TABLE_BYTES))
    except (KeyError, ValueError, RecursionError) as error:
        # Not there, no JSON, or nested so deep that it was meant to be.
        raise _damaged(name) from error


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A file of the zip, which is not believed about its size."""
    with archive.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _damaged(name)
    return data


def _damaged(what: str) -> StoreError:
    return StoreError(
        f"This export is not as it was written ({what}). Export again, or take an older one; "
        "nothing was changed."
    )
