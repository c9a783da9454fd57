"""Doctor, backup and restore, on real files and as somebody types them."""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone as clock

from hamstride.cli import main
from hamstride.errors import StoreError
from hamstride.web import bridge, originals
from hamstride.web.bridge import uploads
from hamstride.web.bridge.keeping import home
from hamstride.web.importing import take_in
from hamstride.web.models import Decision, Episode, Original, Record, Runner, Upload
from hamstride.web.upkeep import backing_up, examining
from hamstride.web.upkeep.replaying import replay
from made_up_takeouts import fit, takeout
from store_contents import kept, rows
from stores import Store

on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("store", ["postgresql"], indirect=True)
DATABASE = "hamstride.sqlite3"


def hamstride(*arguments: object) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def from_json(done: Result) -> Any:
    return json.loads(done.stdout)


def a_process(store: Store, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command as somebody types it."""
    return subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hamstride", *map(str, arguments)],
        env=store.environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def states(*arguments: object) -> dict[str, str]:
    done = hamstride("doctor", "--json", *arguments)
    return {each["what"]: each["state"] for each in from_json(done)["found"]}


@pytest.fixture
def answered(ana: Episode) -> Episode:
    """Ana with the answers of four days, another check-in before each of them."""
    Decision.objects.all().delete()
    today = bridge.today_of(ana.runner)
    last = bridge.rows_of(ana, "check_ins")[-1]
    for back in range(3, -1, -1):
        day = today - timedelta(days=back)
        body = {**(last.body or {}), "on": day.isoformat(), "pain_morning": back}
        bridge.add(ana.runner, "check_ins", body, on=day, episode=ana)
        bridge.answer_of(ana, day)
    return ana


# Doctor


def test_a_store_that_is_well_is_said_to_be(answered: Episode) -> None:
    done = hamstride("doctor", "--deep", "--json")

    assert done.exit_code == 0, done.output
    told = from_json(done)
    assert told["well"]
    assert {each["state"] for each in told["found"]} <= {"well", "word"}
    assert [each["what"] for each in told["found"]] == [
        "version", "disk", "database", "schema", "clock", "settings", "originals", "strangers",
        "queue",
    ]  # fmt: skip
    lines = hamstride("doctor").stdout.splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("✓ version")


def test_an_original_that_is_gone_or_damaged_is_named(answered: Episode) -> None:
    some, other = answered.runner.originals.order_by("pk")[:2]
    file = originals.place(home(answered.runner), some.sha256)
    file.write_bytes(file.read_bytes()[:-1] + b"\x00")
    assert states()["originals"] == "well"
    deep = hamstride("doctor", "--deep")
    assert deep.exit_code == 1
    assert some.sha256[:12] in deep.stdout

    originals.remove(home(answered.runner), other.sha256)

    done = hamstride("doctor")
    assert done.exit_code == 1
    assert other.sha256[:12] in done.stdout
    assert "Restore them from a backup." in done.stdout


def test_files_that_no_row_names_are_told_and_tidied(answered: Episode) -> None:
    (home(answered.runner) / "ab").mkdir(exist_ok=True)
    (home(answered.runner) / "ab" / "left").write_bytes(b"left")
    stranger = Path(settings.DATA) / "media" / "originals" / uuid4().hex
    stranger.mkdir()

    found = states()
    assert (found["left over"], found["strangers"]) == ("word", "word")
    assert states("--tidy")["strangers"] == "well"
    assert not stranger.exists()


def test_a_clock_that_was_set_back_is_told(answered: Episode) -> None:
    Record.objects.filter(pk=Record.objects.latest("pk").pk).update(
        recorded_at=clock.now() + timedelta(days=1)
    )

    done = hamstride("doctor")

    assert done.exit_code == 1
    assert "but something was stored at" in done.stdout


def test_an_import_that_waits_for_long_is_told(runner: Runner) -> None:
    assert states()["queue"] == "well"
    upload = Upload.objects.create(runner=runner, name="a.fit", names={}, size_bytes=1)
    assert states()["queue"] == "well"
    Upload.objects.filter(pk=upload.pk).update(created_at=clock.now() - timedelta(hours=2))

    assert states()["queue"] == "word"
    assert "the oldest import for 120 min" in hamstride("doctor").stdout
    assert uploads.folder_of(upload).parent.name == "uploads"


def test_a_disk_that_is_nearly_full_is_told(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(settings.DATA)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100 * 1024 * 1024))

    done = hamstride("doctor")

    assert done.exit_code == 0
    assert "100 MB free" in done.stdout
    assert "make room" in done.stdout


def test_a_store_that_is_behind_is_told(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("web", False)])

    (found,) = [each for each in examining.examine(settings.DATA) if each.what == "schema"]

    assert found.state == "wrong"
    assert "1 steps behind" in found.told


@on_sqlite
def test_a_row_that_points_to_nothing_is_told(answered: Episode) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys = OFF")
        cursor.execute("UPDATE web_decision SET episode_id = 999")
        cursor.execute("PRAGMA foreign_keys = ON")

    (found,) = [each for each in examining.examine(settings.DATA) if each.what == "database"]

    assert found.state == "wrong"
    assert "4 rows point to nothing" in found.told


@on_sqlite
def test_a_database_that_loses_commits_is_told(runner: Runner) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")

    (found,) = [each for each in examining.examine(settings.DATA) if each.what == "settings"]

    assert found.state == "wrong"
    assert "synchronous is 0" in found.told


@on_sqlite
def test_a_database_that_cannot_be_read_is_told(
    runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(statement: str) -> list[tuple[object, ...]]:
        raise DatabaseError(f"database disk image is malformed: {statement}")

    monkeypatch.setattr(examining, "_rows", fails)

    found = examining.examine(settings.DATA)

    assert [each.what for each in found] == ["version", "disk", "database"]
    assert "database disk image is malformed" in found[-1].told
    assert "Restore a backup." in found[-1].told


@on_sqlite
def test_a_damaged_database_is_told(answered: Episode, store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "damaged"
    assert hamstride("backup", copy).exit_code == 0
    with (copy / DATABASE).open("rb+") as file:
        # The middle of the file: streams of runs lie there.
        file.seek((copy / DATABASE).stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8192)

    done = a_process(store, "doctor", "--data", copy)

    assert done.returncode == 1, done.stderr
    assert "✗ database" in done.stdout
    assert "Restore a backup." in done.stdout


# Backup and restore


@on_sqlite
def test_what_is_backed_up_is_restored_and_every_answer_comes_out_the_same(
    answered: Episode, store: Store, tmp_path: Path
) -> None:
    before, files = rows(), kept()
    backup, data = tmp_path / "backup", tmp_path / "restored"

    made = from_json(hamstride("backup", "--json", backup))
    done = a_process(store, "restore", backup, "--data", data, "--verify", "--json")

    assert done.returncode == 0, done.stderr
    assert made["missing"] == []
    assert made["files"] == len(files) + 1
    told = json.loads(done.stdout)
    assert told["answers"] == {"same": 4, "different": [], "changed": 0, "older": 0}
    assert hashes(data / "media") == files
    assert tables(data / DATABASE) == tables(store.data / DATABASE)
    assert rows() == before
    backing_up.bring_back(backup, tmp_path / "again")
    assert hashes(tmp_path / "again" / "media") == files


def hashes(folder: Path) -> dict[str, str]:
    """Every file of a folder, with the hash of its bytes."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def tables(database: Path) -> dict[str, list[Any]]:
    """Every row of a store's own tables."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as found:
        names = [
            name
            for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name.startswith(("web_", "account_", "auth_")) and name != "web_cache"
        ]
        return {
            name: found.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall()  # noqa: S608
            for name in names
        }


@on_sqlite
def test_an_answer_that_comes_out_otherwise_fails_the_restore(
    answered: Episode, store: Store, tmp_path: Path
) -> None:
    some = answered.decisions.order_by("pk")[1]
    some.answer["today"]["action"] = "run away"
    some.save()
    backup = tmp_path / "backup"
    hamstride("backup", backup)

    done = a_process(store, "restore", backup, "--data", tmp_path / "restored", "--verify")

    assert done.returncode == 1
    assert "3 answers came out the same." in done.stdout
    assert f"came out otherwise: {some.day} ({some.uid})" in done.stdout


@on_sqlite
@pytest.mark.parametrize("spoil", ["change", "remove", "no manifest", "newer", "outside"])
def test_a_backup_that_is_not_whole_restores_nothing(
    answered: Episode, store: Store, tmp_path: Path, spoil: str
) -> None:
    backup, data = tmp_path / "backup", tmp_path / "restored"
    hamstride("backup", backup)
    manifest = json.loads((backup / "manifest.json").read_text())
    some = next(path for path in (backup / "media").rglob("*") if path.is_file())
    if spoil == "change":
        some.write_bytes(some.read_bytes() + b"!")
    elif spoil == "remove":
        some.unlink()
    elif spoil == "no manifest":
        (backup / "manifest.json").unlink()
    elif spoil == "newer":
        (backup / "manifest.json").write_text(json.dumps({**manifest, "hamstride_backup": 2}))
    else:
        manifest["files"]["../outside"] = {"sha256": "", "bytes": 0}
        (backup / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(StoreError, match="backup"):
        backing_up.bring_back(backup, data)

    assert not data.exists()


@on_sqlite
def test_nothing_is_restored_over_anything(answered: Episode, store: Store, tmp_path: Path) -> None:
    backup, data = tmp_path / "backup", tmp_path / "data-of-others"
    hamstride("backup", backup)
    data.mkdir()
    (data / "mine.txt").write_text("mine")

    done = a_process(store, "restore", backup, "--data", data)

    assert done.returncode == 2
    assert "holds something already" in done.stderr
    assert [path.name for path in data.iterdir()] == ["mine.txt"]
    with pytest.raises(StoreError, match="holds something already"):
        backing_up.bring_back(backup, data)
    again = hamstride("backup", backup)
    assert again.exit_code == 2
    assert "Name a new folder for each backup." in again.stderr


@on_sqlite
def test_a_place_that_cannot_be_written_to_is_told(
    answered: Episode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(StoreError, match="counts for nothing"):
        backing_up.back_up(settings.DATA, tmp_path / "file" / "backup")

    backing_up.back_up(settings.DATA, tmp_path / "backup")
    with pytest.raises(StoreError, match="the backup is as it was"):
        backing_up.bring_back(tmp_path / "backup", tmp_path / "file" / "data")


@on_sqlite
def test_a_backup_goes_on_without_what_the_store_has_lost_and_says_so(
    answered: Episode, tmp_path: Path
) -> None:
    some = answered.runner.originals.order_by("pk")[0]
    originals.remove(home(answered.runner), some.sha256)

    done = hamstride("backup", tmp_path / "backup")

    assert done.exit_code == 0
    assert "1 originals are gone or damaged in the store itself" in done.stdout
    manifest = backing_up.checked(tmp_path / "backup")
    assert manifest["missing"] == [some.sha256]


@on_sqlite
def test_an_import_that_is_taken_back_meanwhile_leaves_a_backup_of_one_moment(
    answered: Episode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = takeout(tmp_path / "extra.zip", {"1.fit": fit(1), "2.fit": fit(2)})
    batch = take_in(extra, answered.runner, workers=0)
    taken = set(batch.originals.values_list("sha256", flat=True))
    named = backing_up._rows_in

    def undone_meanwhile(copy: Path) -> Iterator[tuple[UUID, str]]:
        found = list(named(copy))
        batch.refresh_from_db()
        if batch.undone_at is None:
            bridge.undo(batch)
        yield from found

    monkeypatch.setattr(backing_up, "_rows_in", undone_meanwhile)
    made = backing_up.back_up(settings.DATA, tmp_path / "backup")

    assert made.missing == ()
    assert len(taken) == 2
    names = {Path(name).name for name in backing_up.checked(tmp_path / "backup")["files"]}
    assert not names & taken
    assert names == {*Original.objects.values_list("sha256", flat=True), DATABASE}


@on_sqlite
def test_every_backup_made_during_an_import_is_whole(
    answered: Episode, store: Store, tmp_path: Path
) -> None:
    export = takeout(tmp_path / "years.zip", {f"{each}.fit": fit(each, 600) for each in range(60)})
    importing = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hamstride", "import", str(export)],
        env=store.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    sizes: list[int] = []
    while importing.poll() is None:
        backup = tmp_path / f"backup-{len(sizes)}"
        before = Original.objects.count()
        made = backing_up.back_up(settings.DATA, backup)

        assert made.missing == ()
        sizes.append(made.files - 1)
        assert sizes[-1] >= before  # what was stored before it began is in it
        with closing(sqlite3.connect(backup / DATABASE)) as copy:
            assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert copy.execute("PRAGMA foreign_key_check").fetchall() == []
            named = {row[0] for row in copy.execute("SELECT sha256 FROM web_original")}
        assert {Path(name).name for name in hashes(backup / "media")} == named
        shutil.rmtree(backup)

    assert importing.returncode == 0
    assert len(sizes) > 1
    assert sizes == sorted(sizes)


@on_sqlite
def test_a_backup_ends_also_where_imports_are_taken_back_all_the_time(
    answered: Episode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = answered.runner.originals.order_by("pk")[0].sha256
    originals.remove(home(answered.runner), lost)
    monkeypatch.setattr(backing_up, "_rows", lambda: iter(()))

    made = backing_up.back_up(settings.DATA, tmp_path / "backup")

    assert made.missing == (lost,)


def test_what_a_backup_no_longer_names_is_not_left_in_it(tmp_path: Path) -> None:
    runner = uuid4()
    names = [
        originals.place(originals.folder(Path(), runner), sha256 * 32).as_posix()
        for sha256 in ("aa", "bb")
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(b"bytes")
    files = {name: {"sha256": "", "bytes": 5} for name in names}

    backing_up._no_longer_named(tmp_path, files, iter([(runner, "aa" * 32)]))

    assert list(files) == names[:1]
    assert [(tmp_path / name).exists() for name in names] == [True, False]


@on_postgresql
def test_postgresql_is_told_how_to_copy_itself_and_the_files_are_copied(
    answered: Episode, store: Store, tmp_path: Path
) -> None:
    backup, data = tmp_path / "backup", tmp_path / "restored"

    made = hamstride("backup", backup)
    assert "pg_dump --format=custom" in made.stdout
    assert from_json(hamstride("backup", "--json", tmp_path / "other"))["database"] == "postgresql"
    done = a_process(store, "restore", backup, "--data", data, "--verify")

    assert done.returncode == 0, done.stderr
    assert "pg_restore --dbname" in done.stdout
    assert "4 answers came out the same." in done.stdout
    assert len([path for path in (data / "media").rglob("*") if path.is_file()]) == len(kept())


# Answers made again


def test_every_stored_answer_comes_out_the_same_whatever_was_recorded_since(
    answered: Episode, tmp_path: Path
) -> None:
    last = bridge.rows_of(answered, "check_ins")[-1]
    bridge.add(
        answered.runner, "check_ins", {**(last.body or {}), "pain_morning": 9}, on=last.on,
        episode=answered, corrects=last,
    )  # fmt: skip
    later = takeout(tmp_path / "later.zip", {f"{each}.fit": fit(each) for each in range(3)})
    take_in(later, answered.runner, workers=0)
    bridge.answer_of(answered, bridge.today_of(answered.runner))
    before = rows(), Record.objects.count()

    found = replay()

    assert (found.same, found.different, found.older) == (5, [], 0)
    assert (rows(), Record.objects.count()) == before


def test_an_answer_on_what_is_gone_is_told_apart_from_one_that_is_wrong(
    answered: Episode, tmp_path: Path
) -> None:
    first, second, third, _ = answered.decisions.order_by("pk")
    Decision.objects.filter(pk=first.pk).update(version="0.0.1")
    Decision.objects.filter(pk=second.pk).update(answer={}, basis="what was there")
    Decision.objects.filter(pk=third.pk).update(answer={})

    found = replay()

    assert (found.same, found.changed, found.older) == (1, 1, 1)
    assert found.different == [f"{third.day} ({third.uid})"]


def test_an_answer_that_can_no_longer_be_made_is_no_match(answered: Episode) -> None:
    row = Record.objects.filter(episode=answered, kind="check_ins").order_by("pk")[0]
    Record.objects.filter(pk=row.pk).update(kind="phases", body={"on": str(row.on), "id": "moon"})

    found = replay()

    assert found.same == 0
    assert len(found.different) + found.changed == 4


@on_sqlite
def test_a_restore_says_what_it_could_not_try(
    answered: Episode, store: Store, tmp_path: Path
) -> None:
    first, second, *_ = answered.decisions.order_by("pk")
    Decision.objects.filter(pk=first.pk).update(version="0.0.1")
    Decision.objects.filter(pk=second.pk).update(answer={}, basis="what was there")
    hamstride("backup", tmp_path / "backup")

    done = a_process(store, "restore", tmp_path / "backup", "--data", tmp_path / "new", "--verify")

    assert done.returncode == 0
    assert "2 answers came out the same." in done.stdout
    assert "1 are of another version" in done.stdout
    assert "1 stand on runs or a time zone that changed since." in done.stdout
    plain = a_process(store, "restore", tmp_path / "backup", "--data", tmp_path / "newer")
    assert "answers" not in plain.stdout
