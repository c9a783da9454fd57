"""The store starts from nothing, and not at all where it would lose data."""

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from hamstride.errors import StoreError
from hamstride.web import folder, start
from hamstride.web import settings as ours
from stores import Store

MOUNTS = """\
sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
nas:/home /home nfs4 rw 0 0
/dev/sdb1 /home/ana/local\\040disk xfs rw 0 0
broken
"""


on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


def pragma(name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


@on_sqlite
def test_sqlite_keeps_to_what_no_commit_is_lost_by(store: Store) -> None:
    assert store.url == ""
    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    assert pragma("foreign_keys") == 1
    assert pragma("busy_timeout") == 5000
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


@on_sqlite
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        ("PRAGMA synchronous = OFF", "synchronous is 0"),
        ("PRAGMA foreign_keys = OFF", "foreign_keys is 0"),
        ("PRAGMA journal_mode = DELETE", "journal_mode is delete"),
    ],
)
def test_sqlite_that_does_not_is_refused(store: Store, spoil: str, said: str) -> None:
    assert store.url == ""
    with connection.cursor() as cursor:
        cursor.execute(spoil)

    with pytest.raises(StoreError, match=said):
        start.assert_kept()


def test_a_newer_database_is_left_alone(store: Store) -> None:
    MigrationRecorder(connection).record_applied("web", "9999_from_the_future")

    with pytest.raises(StoreError, match=r"newer Hamstride .*9999_from_the_future.*Update"):
        start.make_ready(store.data)


def test_an_up_to_date_database_is_not_touched(store: Store) -> None:
    before = MigrationRecorder(connection).applied_migrations()
    start.make_ready(store.data)

    assert list(MigrationRecorder(connection).applied_migrations()) == list(before)


def test_a_database_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / ours.SQLITE_NAME).write_bytes(b"this is no database, and long enough to tell" * 50)
    done = started(tmp_path)

    assert "The database cannot be used (file is not a database)" in done


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    done = started(tmp_path, url="postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")

    assert "The database cannot be used" in done
    assert "HAMSTRIDE_DATABASE_URL" in done


@on_sqlite
def test_a_database_that_fails_while_it_starts_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(start, "assert_kept", fails)
    monkeypatch.setenv("HAMSTRIDE_DATA", "")  # put back when the test is over

    with pytest.raises(StoreError, match=r"cannot be used \(disk I/O error\)"):
        start.start(store.data)


def started(data: Path, url: str = "") -> str:
    """What a process says that starts a store."""
    code = (
        "from hamstride.errors import HamstrideError\n"
        "from hamstride.web.start import start\n"
        "from pathlib import Path\n"
        "import sys\n"
        "try: start(Path(sys.argv[1]))\n"
        "except HamstrideError as error: print(error)\n"
        "else: print('started')\n"
    )
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", code, str(data)],
        env={**os.environ, "HAMSTRIDE_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout


def test_a_new_store_lies_in_a_folder_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "deep" / "store"

    assert started(data) == "started\n"
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
    assert (data / ours.SQLITE_NAME).exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(StoreError, match="Name another one in HAMSTRIDE_DATA"):
        folder.make_folder(tmp_path / "file" / "data")


def test_a_folder_that_may_not_be_written_to_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root

    with pytest.raises(StoreError, match="may not be written to"):
        folder.make_folder(tmp_path)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/hamstride", "ext4"),
        ("/home/ana/data", "nfs4"),
        ("/home/ana/local disk/data", "xfs"),
        ("/homework", "ext4"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert start.file_system(Path(path), MOUNTS) == kind


def test_without_a_table_of_mounts_nothing_is_told() -> None:
    assert start.file_system(Path("/home"), "") is None


@on_sqlite
def test_sqlite_on_a_network_drive_is_refused(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_mounts", lambda: "nas:/ / nfs4 rw 0 0\n")

    with pytest.raises(StoreError, match=r"network drive \(nfs4\).*PostgreSQL"):
        start.make_ready(store.data)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_files_of_a_postgresql_store_may_lie_on_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_mounts", lambda: "nas:/ / nfs4 rw 0 0\n")
    start.make_ready(store.data)

    assert store.data.is_dir()


def test_where_the_system_tells_no_mounts_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "_MOUNTS", tmp_path / "absent")

    assert start._mounts() == ""


def test_settings_come_from_the_environment_and_are_safe_without() -> None:
    assert settings.DEBUG is False
    assert ours.database(Path("data"), "")["NAME"] == "data/hamstride.sqlite3"
    of_server = ours.database(Path("data"), "postgresql://ana:secret@db.example:5433/runs")
    assert of_server["ENGINE"] == "django.db.backends.postgresql"
    assert (of_server["HOST"], of_server["PORT"], of_server["NAME"]) == ("db.example", 5433, "runs")


@on_sqlite
def test_whoever_comes_second_waits_for_the_first_to_migrate(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def late(name: str, **_: object) -> None:
        seen.append(name)
        raise OperationalError("table web_batch already exists")

    answers = iter([False, False, True])
    monkeypatch.setattr(start, "call_command", late)
    monkeypatch.setattr(start, "_is_up_to_date", lambda: next(answers))
    monkeypatch.setattr(start, "_PAUSE_S", 0.0)
    start.make_ready(store.data)

    assert seen == ["migrate", "migrate"]


@on_sqlite
def test_a_database_that_cannot_be_migrated_is_told_in_the_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(name: str, **_: object) -> None:
        raise OperationalError(f"{name}: no such table: web_runner")

    monkeypatch.setattr(start, "call_command", never)
    monkeypatch.setattr(start, "_is_up_to_date", lambda: False)
    monkeypatch.setattr(start, "_WAIT_S", -1.0)

    with pytest.raises(StoreError, match="no such table: web_runner"):
        start.make_ready(store.data)
