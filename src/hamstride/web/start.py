"""From nothing to a store that can be written to: settings, folder, database, and a look at each.

What decides whether a commit survives a power failure is not believed but read back.
"""

import os
import sqlite3
import time
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from hamstride.errors import StoreError
from hamstride.web.folder import data_folder, make_folder, make_secret

_NETWORKED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs"})
# Another process may be migrating: a new database takes well under a second.
_WAIT_S, _PAUSE_S = 10.0, 0.1
_MOUNTS = Path("/proc/self/mounts")


def start(data: Path | None = None) -> None:
    """Make the store ready; without a folder it lies where the environment or the system says.

    Raises
    ------
    StoreError
        The folder cannot be used, the database cannot be reached, is newer than this Hamstride,
        or does not keep the settings that no commit is lost by.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamstride.web.settings")
    if data is not None:
        os.environ["HAMSTRIDE_DATA"] = str(data.resolve())
    make_folder(data_folder())
    make_secret(data_folder())
    django.setup()
    make_ready(Path(settings.DATA))


def make_ready(data: Path) -> None:
    """Make folder and database ready, once Django is set up."""
    make_folder(data)
    if connection.vendor == "sqlite":
        _refuse_network(data)
    try:
        _migrate()
        if connection.vendor == "sqlite":
            assert_kept()
    except (DatabaseError, sqlite3.Error) as error:
        raise StoreError(
            f"The database cannot be used ({str(error).strip()}). Look whether it runs, and "
            "whether HAMSTRIDE_DATABASE_URL and the data folder are right."
        ) from error


def _refuse_network(data: Path) -> None:
    kind = file_system(data.resolve(), _mounts())
    if kind in _NETWORKED:
        raise StoreError(
            f"The data folder {data} is on a network drive ({kind}), where SQLite loses data. "
            "Name a folder of this machine in HAMSTRIDE_DATA, or a PostgreSQL database in "
            "HAMSTRIDE_DATABASE_URL."
        )


def _mounts() -> str:
    """What is mounted where; empty on systems that do not tell it so."""
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def file_system(path: Path, mounts: str) -> str | None:
    """The kind of file system that holds a path, by a table as in /proc/mounts."""
    found: tuple[int, str] | None = None
    for line in mounts.splitlines():
        columns = line.split(" ")
        if len(columns) < 3:
            continue
        # A blank in a name is written as \040.
        mounted = Path(columns[1].replace("\\040", " "))
        if path.is_relative_to(mounted) and (found is None or len(mounted.parts) >= found[0]):
            found = len(mounted.parts), columns[2]
    return None if found is None else found[1]


def _migrate() -> None:
    """Bring an older database up to date; refuse a newer one."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    newer = sorted(name for name in set(executor.loader.applied_migrations) - known)
    if newer:
        raise StoreError(
            f"The database was made by a newer Hamstride (it knows {newer[-1][1]}). Update this "
            "one; nothing was changed."
        )
    if not _is_up_to_date():
        _bring_up_to_date()


def _is_up_to_date() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _bring_up_to_date() -> None:
    """Migrate, or wait for whoever began to do so a moment before."""
    until = time.monotonic() + _WAIT_S
    while True:
        try:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
        except DatabaseError:
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)
        if _is_up_to_date():
            return


def assert_kept() -> None:
    """Read back what SQLite was told to do."""
    from hamstride.web.settings import PRAGMAS  # noqa: PLC0415 - read after the environment is set

    found = {}
    with connection.cursor() as cursor:
        for name in PRAGMAS:
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    wrong = [f"{name} is {found[name]}" for name, value in PRAGMAS.items() if found[name] != value]
    if wrong:
        raise StoreError(
            f"SQLite does not keep to what saves your data ({', '.join(wrong)}). Nothing was "
            "stored. Name another folder in HAMSTRIDE_DATA, on a disk of this machine."
        )
