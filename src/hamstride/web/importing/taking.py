"""One source into the store: what is there already is left out before anything is unpacked."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import OperationalError

from hamstride.errors import StoreError
from hamstride.readers import TAKEOUT, Found, Listed, Outcome, catalogue
from hamstride.web import bridge
from hamstride.web.importing.pool import Pool
from hamstride.web.models import Batch, Runner
from hamstride.web.prepared import Prepared, prepare
from hamstride.web.worker import Task, declared, given_up

Progress = Callable[[int, int, str], object]
"""Called with how many files are done, how many there are, and the name of the last."""

_FEW = 6
"""So few files are read sooner than a process starts."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A file in the order of an import, with its bytes."""

    place: int
    found: Found


@dataclass(frozen=True, slots=True)
class Source:
    """Where files lie, and what those are called that lie there under other names."""

    path: Path
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What all of it is called."""
        return self.called.get(self.path.name, self.path.name)

    def named(self, file: str) -> str:
        """A file of the source by its name there."""
        if file == str(self.path):
            return self.name
        within = file.removeprefix(f"{self.path}/")
        return self.called.get(within, within)


def take_in(
    source: Path | Source,
    runner: Runner,
    *,
    workers: int,
    tell: Progress = lambda *_: None,
    began: Callable[[Batch], object] = lambda _: None,
) -> Batch:
    """Store every file of a source, the newest first, each by itself.

    An import that was broken off is gone on with; one that was finished has nothing to do. What
    was in the files stands in `bridge.report`. `began` is told of the import before its first
    file.

    Raises
    ------
    StoreError
        Something cannot be written, or the import was undone. Everything before it is stored.
    """
    named = source if isinstance(source, Source) else Source(source)
    try:
        return _taken_in(named, runner, workers, tell, began)
    except OperationalError as error:
        raise StoreError(
            f"The database could not be written to ({str(error).strip()}). Everything before it is "
            "stored; make room, or see that the database runs, and import again: it goes on from "
            "there."
        ) from error


def _taken_in(
    source: Source,
    runner: Runner,
    workers: int,
    tell: Progress,
    began: Callable[[Batch], object],
) -> Batch:
    # Before the files are listed: one that is written meanwhile is then news to the next import.
    same = fingerprint(source.path)
    with catalogue(source.path, TAKEOUT) as files:
        batch = bridge.begin(runner, source.name, same, len(files))
        began(batch)
        if batch.finished_at is not None:
            return batch
        done = set(batch.entries.values_list("place", flat=True))
        left = [place for place in range(len(files)) if place not in done]
        count = len(done)
        with Pool(workers if len(left) > _FEW else 0) as pool:
            tasks = _tasks(batch, source, files, left)
            for at, prepared in pool.read(tasks):
                count += 1
                _keep(batch, at, prepared)
                tell(count, len(files), files[at.place].file)
        count = batch.entries.count()
        tell(count, len(files), "")
    bridge.renew_top_speed(runner, declared())
    bridge.finish(batch)
    return batch


def _tasks(
    batch: Batch, source: Source, files: Sequence[Listed], left: Sequence[int]
) -> Iterator[tuple[_Place, Task]]:
    """The files that have to be read; what is known or refused is noted on the way."""
    for place in left:
        found = _within(source, files[place].open())
        if isinstance(found, Outcome):
            bridge.keep(batch, place, prepare(found, declared(), batch.runner.timezone), b"")
            continue
        sha256 = hashlib.sha256(found.data).hexdigest()
        if bridge.keep_known(batch, place, found.file, sha256) is None:
            yield _Place(place, found), Task(found, batch.runner.timezone)


def _within(source: Source, found: Found | Outcome) -> Found | Outcome:
    """The file by its name within the source: where that lay is nobody's business later."""
    named = source.named(found.file)
    if isinstance(found, Found):
        return replace(found, file=named)
    return replace(found, file=named, message=found.message.replace(found.file, named))


def _keep(batch: Batch, at: _Place, prepared: Prepared | None) -> None:
    if prepared is None:
        prepared = given_up(at.found, "it ended the reader twice")
    bridge.keep(batch, at.place, prepared, at.found.data)


def fingerprint(source: Path) -> str:
    """The same for the same files: of a file its bytes, of a folder names, sizes and times."""
    if source.is_file():
        with source.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    found = hashlib.sha256(str(source.resolve()).encode("utf-8", "surrogateescape"))
    for folder, folders, names in os.walk(source):
        folders.sort()
        for name in sorted(names):
            path = Path(folder) / name
            about = path.lstat()
            # Leave to read a file changes nothing but the time at which its row was written.
            times = f"{about.st_mtime_ns}\0{about.st_ctime_ns}"
            line = f"{path.relative_to(source)}\0{about.st_size}\0{times}\n"
            found.update(line.encode("utf-8", "surrogateescape"))
    return found.hexdigest()
