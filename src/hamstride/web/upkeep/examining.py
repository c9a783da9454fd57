"""A look at the store: is it whole, is there room, and does anything wait too long."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max, Min
from django.utils import timezone as clock
from django_q.models import OrmQ

import hamstride
from hamstride.errors import StoreError
from hamstride.readers.limits import MB, size_text
from hamstride.web import originals
from hamstride.web.bridge.forgetting import strange_folders
from hamstride.web.bridge.keeping import home
from hamstride.web.models import Decision, Original, Record, Runner, Upload
from hamstride.web.start import assert_kept

WELL, WORD, WRONG = "well", "word", "wrong"
"""As it should be; worth a word; to be put right."""

_LITTLE_ROOM = 500 * MB
_CLOCK_MAY_DIFFER = timedelta(minutes=5)
_QUEUE_MAY_WAIT = timedelta(hours=1)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look showed."""

    what: str
    state: str
    told: str


def examine(data: Path, *, deep: bool = False) -> list[Finding]:
    """Every look at the store; `deep` reads the bytes of every original as well."""
    first = [_version(), _room(data), _database()]
    if first[-1].state == WRONG:
        return first  # Every other look asks the database.
    rest = (_schema(), _clock(), _settings(), *_originals(deep=deep), _strangers(data), _queue())
    return [*first, *rest]


def _version() -> Finding:
    python = platform.python_version()
    return Finding("version", WELL, f"Hamstride {hamstride.__version__}, Python {python}")


def _schema() -> Finding:
    executor = MigrationExecutor(connection)
    left = executor.migration_plan(executor.loader.graph.leaf_nodes())
    name = max(name for app, name in executor.loader.applied_migrations if app == "web")
    if left:
        return Finding("schema", WRONG, f"{name}, and {len(left)} steps behind. Start it once.")
    return Finding("schema", WELL, f"{connection.vendor}, {name}")


def _room(data: Path) -> Finding:
    free = shutil.disk_usage(data).free
    told = f"{free // MB:,} MB free in {data}"
    if free < _LITTLE_ROOM:
        return Finding("disk", WORD, f"{told}. Imports want {size_text(_LITTLE_ROOM)}: make room.")
    return Finding("disk", WELL, told)


def _clock() -> Finding:
    """A clock that was set back would show answers of days to come."""
    now = clock.now()
    newest = [
        Record.objects.aggregate(at=Max("recorded_at"))["at"],
        Decision.objects.aggregate(at=Max("made_at"))["at"],
    ]
    last = max((at for at in newest if at is not None), default=None)
    told = f"{now:%Y-%m-%d %H:%M} UTC"
    if last is not None and last > now + _CLOCK_MAY_DIFFER:
        return Finding(
            "clock", WRONG, f"{told}, but something was stored at {last:%Y-%m-%d %H:%M}. Set it."
        )
    return Finding("clock", WELL, told)


def _database() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("database", WELL, "PostgreSQL answers, and looks after itself")
    try:
        faults, loose = _rows("PRAGMA integrity_check(10)"), _rows("PRAGMA foreign_key_check")
    except DatabaseError as error:
        faults, loose = [(str(error),)], []
    if faults != [("ok",)]:
        return Finding("database", WRONG, f"{faults[0][0]}. Restore a backup.")
    if loose:
        return Finding("database", WRONG, f"{len(loose)} rows point to nothing. Restore a backup.")
    return Finding("database", WELL, "whole, and every row points to what there is")


def _rows(statement: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _settings() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("settings", WELL, "those of the server")
    try:
        assert_kept()
    except StoreError as error:
        return Finding("settings", WRONG, str(error))
    return Finding("settings", WELL, "no commit is lost when the power fails")


def _originals(*, deep: bool) -> Iterator[Finding]:
    """Every original against its row, and every file against the rows."""
    lost: list[str] = []
    left_over, many = 0, 0
    for runner in Runner.objects.order_by("pk"):
        folder = home(runner)
        named = set(Original.objects.filter(runner=runner).values_list("sha256", flat=True))
        many += len(named)
        there = {path.name for path in folder.glob("*/*")}
        left_over += len(there - named)
        lost += sorted(named - there)
        if deep:
            lost += [sha256 for sha256 in sorted(named & there) if not _reads(folder, sha256)]
    if lost:
        names = ", ".join(f"{sha256[:12]}…" for sha256 in lost[:_MOST_NAMED])
        told = f"{len(lost)} of {many} are gone or damaged ({names}). Restore them from a backup."
        yield Finding("originals", WRONG, told)
    else:
        how = "read and right to the byte" if deep else "there (--deep reads them)"
        yield Finding("originals", WELL, f"{many} {how}")
    if left_over:
        told = f"{left_over} files that no row names; the next import sweeps them up"
        yield Finding("left over", WORD, told)


def _reads(folder: Path, sha256: str) -> bool:
    try:
        originals.read(folder, sha256)
    except StoreError:
        return False
    return True


def _strangers(data: Path) -> Finding:
    count = len(strange_folders(data))
    if count:
        return Finding("strangers", WORD, f"files of {count} runners who are gone; --tidy deletes")
    return Finding("strangers", WELL, "no files of anybody who is gone")


def _queue() -> Finding:
    """How long the oldest task waits."""
    waiting = OrmQ.objects.count()
    states = (Upload.State.WAITING, Upload.State.RUNNING)
    oldest: datetime | None = Upload.objects.filter(state__in=states).aggregate(
        at=Min("created_at")
    )["at"]
    if oldest is None:
        return Finding("queue", WELL, f"{waiting} tasks wait")
    age = clock.now() - oldest
    told = f"{waiting} tasks wait, the oldest import for {age.total_seconds() // 60:.0f} min"
    if age > _QUEUE_MAY_WAIT:
        return Finding("queue", WORD, f"{told}. Is `hamstride serve` running?")
    return Finding("queue", WELL, told)
