"""Taking in a whole history: everything once, whatever comes, and nothing of what is taken back."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
from django.db import connection

import killing
import made_up_takeouts as made_up
import store_contents
from hamstride.errors import StoreError
from hamstride.web import bridge, originals
from hamstride.web.bridge.asking import counting
from hamstride.web.bridge.keeping import home
from hamstride.web.importing import read_again, reading_again, take_in, taking
from hamstride.web.importing.pool import Pool
from hamstride.web.models import Activity, Batch, Original, Runner
from stores import Store

HTML = b"<!DOCTYPE html><html><body>Log in</body></html>"
STRAVA_TABLE = """\
Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Activity Gear,Filename
1,"Mar 1, 2026",Along the river,Run,,Blue shoes,activities/1.fit
2,"Mar 3, 2026","Hills, slowly",Run,,Trail shoes,activities/2.gpx
3,"Mar 5, 2026",Swim,Swim,,,
"""


class BrokenOffError(Exception):
    """What happens to an import half way."""


def stops_at(done: int, error: BaseException) -> Callable[[int, int, str], None]:
    """A report of progress after which the import does not live."""

    def tell(count: int, of: int, file: str) -> None:
        if count == done:
            raise error

    return tell


def statuses(batch: Batch) -> dict[str, str]:
    """What became of each file, by its name within the source."""
    return {each.file: each.status for each in bridge.report(batch).files}


def mixed(folder: Path) -> Path:
    """Twelve files: eight runs, one of them in two formats, one twice, and two that are no runs."""
    files = {f"runs/{number}.fit": made_up.fit(number) for number in range(8)}
    files |= {
        "runs/3.gpx": made_up.gpx(3),
        "copies/5.fit": made_up.fit(5),
        "runs/login.fit": HTML,
        "runs/notes.txt": b"Ran well today.",
    }
    return made_up.takeout(folder / "mixed.zip", files)


# All of it, once


def test_the_newest_runs_are_stored_first(runner: Runner, tmp_path: Path) -> None:
    files = {f"{'acbd'[number]}.fit": made_up.fit(number) for number in range(4)}
    told: list[str] = []

    batch = take_in(
        made_up.takeout(tmp_path / "t.zip", files),
        runner,
        workers=0,
        tell=lambda done, of, file: told.append(f"{done} of {of} {Path(file).name}"),
    )

    names = [each.file for each in bridge.report(batch).files]
    assert names == ["d.fit", "b.fit", "c.fit", "a.fit"]
    assert told == [
        "1 of 4 d.fit", "2 of 4 b.fit", "3 of 4 c.fit", "4 of 4 a.fit", "4 of 4 ",
    ]  # fmt: skip
    assert Activity.objects.order_by("pk").first() == Activity.objects.order_by("-start").first()


@pytest.mark.parametrize("workers", [0, 2])
def test_every_file_is_in_the_report_once(runner: Runner, tmp_path: Path, workers: int) -> None:
    report = bridge.report(take_in(mixed(tmp_path), runner, workers=workers))

    assert report.counts == {
        "read": 8,
        "duplicate": 1,
        "already_there": 1,
        "not_an_activity": 2,
    }
    assert sum(report.counts.values()) == report.of == len(report.files) == 12
    assert report.finished_at is not None
    assert bridge.extent(runner)[0] == 8


def test_processes_store_what_one_process_does(runner: Runner, tmp_path: Path) -> None:
    # One zip for both: a zip that is written again holds other times, and is another source.
    takeout = mixed(tmp_path)
    take_in(takeout, runner, workers=0)
    alone = store_contents.rows()
    store_contents.forget_all()

    take_in(takeout, store_contents.owner(), workers=2)

    assert store_contents.rows() == alone


def test_an_import_that_was_finished_changes_nothing_the_second_time(
    runner: Runner, tmp_path: Path
) -> None:
    takeout = mixed(tmp_path)
    first = take_in(takeout, runner, workers=0)
    before = store_contents.untouched(), store_contents.kept()

    again = take_in(takeout, runner, workers=0)

    assert again == first
    assert (store_contents.untouched(), store_contents.kept()) == before


def test_the_same_files_in_another_zip_are_there_already(runner: Runner, tmp_path: Path) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(3)}
    take_in(made_up.takeout(tmp_path / "one.zip", files), runner, workers=0)
    before, kept = store_contents.rows(batches=False), store_contents.kept()
    files["3.fit"] = made_up.fit(3)

    batch = take_in(made_up.takeout(tmp_path / "two.zip", files), runner, workers=0)

    assert statuses(batch) == {
        "3.fit": "read",
        "2.fit": "already_there",
        "1.fit": "already_there",
        "0.fit": "already_there",
    }
    after = store_contents.rows(batches=False)
    assert len(after["activities"]) == 4
    assert all(row in after["activities"] for row in before["activities"])
    assert kept.items() < store_contents.kept().items()


def test_an_import_stays_finished_when_it_was(runner: Runner, tmp_path: Path) -> None:
    batch = take_in(mixed(tmp_path), runner, workers=0)
    finished_at = batch.finished_at

    bridge.finish(batch)

    assert finished_at is not None
    assert Batch.objects.get().finished_at == finished_at


@pytest.mark.parametrize("workers", [0, 2])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), BrokenOffError()])
def test_an_import_that_was_broken_off_goes_on_where_it_was(
    runner: Runner, tmp_path: Path, workers: int, error: BaseException
) -> None:
    takeout = mixed(tmp_path)
    take_in(takeout, runner, workers=0)
    undisturbed, kept = store_contents.rows(), store_contents.kept()
    store_contents.forget_all()
    runner = store_contents.owner()
    with pytest.raises(type(error)):
        take_in(takeout, runner, workers=workers, tell=stops_at(4, error))
    batch = Batch.objects.get()
    half = bridge.report(batch)

    take_in(takeout, runner, workers=workers)

    assert half.finished_at is None
    assert 4 <= len(half.files) < half.of == 12
    assert Batch.objects.get() == batch
    assert store_contents.rows() == undisturbed
    assert sorted(store_contents.kept().values()) == sorted(kept.values())


# Where files come from


def test_a_folder_is_taken_in_with_all_below_it(runner: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "1.fit").write_bytes(made_up.fit(1))
    (folder / "0.gpx").write_bytes(made_up.gpx(0))

    batch = take_in(folder, runner, workers=0)

    assert statuses(batch) == {"2026/1.fit": "read", "0.gpx": "read"}
    assert batch.source == "runs"


def test_a_file_that_came_into_a_folder_is_news(runner: Runner, tmp_path: Path) -> None:
    folder = tmp_path / "runs"
    folder.mkdir()
    (folder / "1.fit").write_bytes(made_up.fit(1))
    first = take_in(folder, runner, workers=0)
    (folder / "2.fit").write_bytes(made_up.fit(2))

    second = take_in(folder, runner, workers=0)

    assert second != first
    assert statuses(second) == {"2.fit": "read", "1.fit": "already_there"}


def test_a_file_that_may_be_read_since_is_news(runner: Runner, tmp_path: Path) -> None:
    run = tmp_path / "runs" / "1.fit"
    run.parent.mkdir()
    run.write_bytes(made_up.fit(1))
    before = taking.fingerprint(run.parent)

    run.chmod(0o604)

    assert taking.fingerprint(run.parent) != before


def test_a_file_of_the_same_bytes_is_the_same_import_by_any_name(
    runner: Runner, tmp_path: Path
) -> None:
    for name in ("one.fit", "two.fit"):
        (tmp_path / name).write_bytes(made_up.fit(1))

    one, two = (take_in(tmp_path / name, runner, workers=0) for name in ("one.fit", "two.fit"))

    assert one == two
    assert statuses(one) == {"one.fit": "read"}


def test_a_takeout_of_strava_brings_titles_and_shoes(runner: Runner, tmp_path: Path) -> None:
    files = {
        "activities.csv": STRAVA_TABLE.encode(),
        "activities/1.fit": made_up.fit(1),
        "activities/2.gpx": made_up.gpx(2),
    }

    batch = take_in(made_up.takeout(tmp_path / "export.zip", files), runner, workers=0)

    rows = Activity.objects.order_by("start").values_list("file", "title", "gear")
    assert list(rows) == [
        ("activities/1.fit", "Along the river", "Blue shoes"),
        ("activities/2.gpx", "Hills, slowly", "Trail shoes"),
    ]
    assert statuses(batch)["activities.csv"] == "not_an_activity"


def test_a_source_that_is_gone_is_one_file_that_cannot_be_read(
    runner: Runner, tmp_path: Path
) -> None:
    batch = take_in(tmp_path / "gone.zip", runner, workers=0)

    assert statuses(batch) == {"gone.zip": "unreadable"}


# Bad files


@pytest.mark.parametrize("workers", [0, 2])
def test_bad_files_are_said_so_and_stop_none_of_the_rest(
    runner: Runner, tmp_path: Path, workers: int
) -> None:
    whole = made_up.fit(20)
    files = {
        "login.fit": HTML,
        "empty.fit": b"",
        "cut.fit": whole[:-400],
        "torn.fit": whole[:20],
        "bomb.fit": bytes(4_000_000),
        "doctype.gpx": b'<!DOCTYPE gpx [<!ENTITY a "a">]><gpx>&a;</gpx>',
        "old.rar": b"Rar!\x1a\x07\x01\x00",
    }
    files |= {f"{number}.fit": made_up.fit(number) for number in range(5)}

    batch = take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=workers)

    found = statuses(batch)
    assert {
        name: status for name, status in found.items() if name in files and status != "read"
    } == {
        "login.fit": "not_an_activity",
        "empty.fit": "not_an_activity",
        "cut.fit": "in_part",
        "torn.fit": "unreadable",
        "bomb.fit": "too_large",
        "doctype.gpx": "unsupported",
        "old.rar": "unsupported",
    }
    assert len(found) == 12
    assert all(each.message for each in bridge.report(batch).files if each.status != "read")
    # Five whole runs and the one that was cut; and what a better reader may read some day.
    assert bridge.extent(runner)[0] == 6
    assert Original.objects.count() == len(store_contents.kept()) == 8


# One run in several files


@pytest.mark.parametrize("order", list(permutations(("fit", "tcx", "gpx"))))
def test_a_run_in_three_formats_counts_once_from_the_richest(
    runner: Runner, tmp_path: Path, order: tuple[str, ...]
) -> None:
    make = {"fit": made_up.fit, "tcx": made_up.tcx, "gpx": made_up.gpx}
    batches = {}
    for form in order:
        (tmp_path / f"run.{form}").write_bytes(make[form](1))
        batches[form] = take_in(tmp_path / f"run.{form}", runner, workers=0)
    counts = [[each.format for each in counting(runner)]]

    for form in ("fit", "tcx", "gpx"):
        bridge.undo(batches[form])
        counts.append([each.format for each in counting(runner)])

    assert counts == [["fit"], ["tcx"], ["gpx"], []]


def test_a_run_in_three_formats_within_one_import_counts_once(
    runner: Runner, tmp_path: Path
) -> None:
    files = {"1.gpx": made_up.gpx(1), "1.fit": made_up.fit(1), "1.tcx": made_up.tcx(1)}

    report = bridge.report(take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=0))

    assert {each.file: (each.status, each.same_as) for each in report.files} == {
        "1.fit": ("read", None),
        "1.gpx": ("duplicate", "1.fit"),
        "1.tcx": ("duplicate", "1.fit"),
    }


# Taking it back


def test_undoing_takes_back_what_an_import_brought_and_nothing_else(
    runner: Runner, tmp_path: Path
) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(6)}
    take_in(made_up.takeout(tmp_path / "one.zip", files), runner, workers=0)
    before = store_contents.rows(batches=False), store_contents.kept()
    more = {"5.fit": made_up.fit(5), "5.gpx": made_up.gpx(5), "login.fit": HTML}
    more |= {f"{number}.fit": made_up.fit(number) for number in range(7, 12)}
    second = take_in(made_up.takeout(tmp_path / "two.zip", more), runner, workers=0)
    between = store_contents.rows(batches=False), store_contents.kept()

    activities = bridge.undo(second)

    # Her top speed among it: the second import brought a faster run.
    assert between[0]["runners"] != before[0]["runners"]
    assert activities == 6
    assert (store_contents.rows(batches=False), store_contents.kept()) == before


def test_a_file_that_another_import_had_too_stays_until_that_is_undone(
    runner: Runner, tmp_path: Path
) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(2)}
    first = take_in(made_up.takeout(tmp_path / "one.zip", files), runner, workers=0)
    second = take_in(
        made_up.takeout(tmp_path / "two.zip", {"1.fit": made_up.fit(1)}), runner, workers=0
    )

    went = bridge.undo(first)
    stayed = [each.file for each in counting(runner)], len(store_contents.kept())
    went_then = bridge.undo(second)

    assert (went, stayed, went_then) == (1, (["1.fit"], 1), 1)
    assert store_contents.kept() == {}
    assert Original.objects.count() == 0


def test_what_was_undone_twice_was_undone(runner: Runner, tmp_path: Path) -> None:
    batch = take_in(mixed(tmp_path), runner, workers=0)
    bridge.undo(batch)
    before = store_contents.rows(), store_contents.kept()

    activities = bridge.undo(batch)

    assert activities == 0
    assert (store_contents.rows(), store_contents.kept()) == before


def test_what_was_undone_can_be_imported_again(runner: Runner, tmp_path: Path) -> None:
    takeout = mixed(tmp_path)
    first = take_in(takeout, runner, workers=0)
    before = store_contents.rows(batches=False), store_contents.kept()
    bridge.undo(first)

    second = take_in(takeout, runner, workers=0)

    assert second != first
    assert (store_contents.rows(batches=False), store_contents.kept()) == before


def test_an_import_that_was_not_finished_can_be_undone(runner: Runner, tmp_path: Path) -> None:
    takeout = mixed(tmp_path)
    with pytest.raises(BrokenOffError):
        take_in(takeout, runner, workers=0, tell=stops_at(4, BrokenOffError()))

    bridge.undo(Batch.objects.get())

    assert store_contents.kept() == {}
    assert store_contents.rows(batches=False)["activities"] == []
    assert take_in(takeout, runner, workers=0).undone_at is None


@pytest.mark.parametrize("workers", [0, 2])
def test_an_import_that_is_undone_while_it_runs_stops(
    runner: Runner, tmp_path: Path, workers: int
) -> None:
    def tell(count: int, of: int, file: str) -> None:
        if count == 4:
            bridge.undo(Batch.objects.get())

    with pytest.raises(StoreError, match="taken back while it ran"):
        take_in(mixed(tmp_path), runner, workers=workers, tell=tell)

    assert Activity.objects.count() == Original.objects.count() == 0
    assert store_contents.faults() == []


# Reading again


@pytest.fixture
def newer_reader(monkeypatch: pytest.MonkeyPatch) -> int:
    """A reader that is newer than the one that the runs were read by."""
    monkeypatch.setattr("hamstride.web.bridge.keeping.READER", 2)
    monkeypatch.setattr(reading_again, "READER", 2)
    return 2


def _known() -> list[tuple[object, ...]]:
    rows = Activity.objects.order_by("original__sha256", "part")
    return list(rows.values_list("uid", "title", "gear", "file", "same_as__uid", "load_hlu"))


@pytest.mark.parametrize("workers", [0, 2])
def test_reading_again_keeps_ids_titles_shoes_and_what_counts(
    runner: Runner, tmp_path: Path, newer_reader: int, workers: int
) -> None:
    files = {
        "activities.csv": STRAVA_TABLE.encode(),
        "activities/1.fit": made_up.fit(1),
        "activities/2.gpx": made_up.gpx(2),
        "activities/2.tcx": made_up.tcx(2),
        "activities/torn.fit": made_up.fit(9)[:20],
    }
    files |= {f"activities/{number}.fit": made_up.fit(number) for number in range(3, 8)}
    take_in(made_up.takeout(tmp_path / "export.zip", files), runner, workers=0)
    Original.objects.update(reader=1)
    before, known = store_contents.rows(), _known()

    count = read_again(runner, workers=workers)

    assert count == 9
    assert {each[1:3] for each in known} == {
        ("Along the river", "Blue shoes"),
        ("Hills, slowly", "Trail shoes"),
        (None, None),
    }
    assert _known() == known
    assert set(Original.objects.values_list("reader", flat=True)) == {newer_reader}
    Original.objects.update(reader=1)
    assert store_contents.rows() == before
    Original.objects.update(reader=newer_reader)
    assert read_again(runner, workers=workers) == 0


def test_everything_is_read_again_when_it_is_asked_for(runner: Runner, tmp_path: Path) -> None:
    take_in(mixed(tmp_path), runner, workers=0)
    before = store_contents.rows()

    count = read_again(runner, workers=0, everything=True)

    # Eight runs and a copy of one of them; the other copy has the same bytes.
    assert count == 9
    assert store_contents.rows() == before


def test_an_original_that_is_gone_is_said_and_the_others_are_read_again(
    runner: Runner, tmp_path: Path, newer_reader: int
) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(3)}
    take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=0)
    Original.objects.update(reader=1)
    gone = Original.objects.order_by("pk")[1]
    originals.remove(home(runner), gone.sha256)

    with pytest.raises(StoreError, match=gone.sha256[:12]):
        read_again(runner, workers=0)

    assert list(Original.objects.order_by("pk").values_list("reader", flat=True)) == [2, 1, 2]


@pytest.mark.parametrize("workers", [0, 2])
def test_a_file_that_was_undone_is_not_brought_back_by_reading_it_again(
    runner: Runner, tmp_path: Path, newer_reader: int, workers: int
) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(8)}
    batch = take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=0)
    Original.objects.update(reader=1)

    read_again(runner, workers=workers, tell=lambda *_: bridge.undo(batch))

    assert Activity.objects.count() == Original.objects.count() == 0
    assert store_contents.kept() == {}


# What goes wrong beneath


@pytest.mark.parametrize("poisons", [1, 3])
def test_a_file_that_kills_its_reader_is_given_up_and_no_other(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, poisons: int
) -> None:
    monkeypatch.setattr(taking, "Pool", partial(Pool, do=killing.read_unless_poisoned))
    files = {f"{number}.fit": made_up.fit(number) for number in range(12)}
    files |= {f"poison-{number}.fit": made_up.fit(3 * number, 95) for number in range(poisons)}

    batch = take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=2)

    found = statuses(batch)
    assert {name for name, status in found.items() if status == "unreadable"} == {
        f"poison-{number}.fit" for number in range(poisons)
    }
    assert sum(status == "read" for status in found.values()) == 12
    # Its bytes are kept: a better reader may get through it.
    assert made_up.fit(0, 95) in [
        originals.read(home(runner), sha256)
        for sha256 in Original.objects.values_list("sha256", flat=True)
    ]
    assert store_contents.faults() == []


def test_a_file_that_kills_its_reader_is_left_as_it_was_read_before(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, newer_reader: int
) -> None:
    files = {f"{number}.fit": made_up.fit(number) for number in range(7)}
    files["poison.fit"] = made_up.fit(8)
    take_in(made_up.takeout(tmp_path / "t.zip", files), runner, workers=0)
    Original.objects.update(reader=1)
    monkeypatch.setattr(reading_again, "Pool", partial(Pool, do=killing.read_unless_poisoned))

    read_again(runner, workers=2)

    assert Activity.objects.count() == 8
    poisonous = Original.objects.get(entries__file="poison.fit")
    assert (poisonous.reader, poisonous.activities.count()) == (1, 1)
    assert Original.objects.filter(reader=newer_reader).count() == 7


def _cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hamstride.web.importing.pool.begin_work", killing.end_at_once)


def _no_room_for_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> int:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("multiprocessing.connection.Pipe", refused)


@pytest.mark.parametrize("fault", [_cannot_start, _no_room_for_pipes])
def test_processes_that_do_not_start_are_no_file_s_fault(
    runner: Runner,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[pytest.MonkeyPatch], None],
) -> None:
    takeout = mixed(tmp_path)
    with monkeypatch.context() as patched:
        fault(patched)
        with pytest.raises(StoreError, match="import with --workers 0"):
            take_in(takeout, runner, workers=2)
    half = bridge.report(Batch.objects.get())

    batch = take_in(takeout, runner, workers=0)

    # What is seen without reading it was noted; nothing was called unreadable.
    assert half.counts.keys() <= {"not_an_activity"}
    assert bridge.report(batch).counts["read"] == 8


def test_a_full_disk_leaves_an_import_that_can_be_gone_on_with(
    runner: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    takeout = mixed(tmp_path)
    written: list[int] = []
    truly = os.fsync

    def fsync(handle: int) -> None:
        written.append(handle)
        if len(written) == 7:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        truly(handle)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fsync)
        with pytest.raises(StoreError, match=r"No space left on device.*goes on from there"):
            take_in(takeout, runner, workers=0)
    # A file and its folder are written each: three files are whole, the fourth is not there.
    stored = Original.objects.count(), len(store_contents.kept())

    batch = take_in(takeout, runner, workers=0)

    assert stored == (3, 3)
    assert bridge.report(batch).counts["read"] == 8
    assert store_contents.faults() == []


@pytest.fixture
def no_more_room(runner: Runner) -> Iterator[Callable[[int, int, str], None]]:
    """Half way the database takes nothing more: SQLite is full, PostgreSQL ends the connection."""

    def tell(count: int, of: int, file: str) -> None:
        if count != 4:
            return
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA max_page_count = 1")
            else:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    yield tell
    connection.close()


def test_a_database_that_takes_nothing_more_leaves_an_import_that_can_be_gone_on_with(
    runner: Runner, tmp_path: Path, no_more_room: Callable[[int, int, str], None]
) -> None:
    takeout = mixed(tmp_path)
    with pytest.raises(StoreError, match="goes on from there"):
        take_in(takeout, runner, workers=0, tell=no_more_room)
    connection.close()
    half = bridge.report(Batch.objects.get())

    batch = take_in(takeout, runner, workers=0)

    assert 4 <= len(half.files) < 12
    assert bridge.report(batch).counts["read"] == 8
    assert store_contents.faults() == []


# Two at once


@pytest.mark.parametrize("workers", [0, 2])
def test_an_import_that_another_one_overtakes_stores_nothing_twice(
    runner: Runner, tmp_path: Path, workers: int
) -> None:
    takeout = mixed(tmp_path)
    take_in(takeout, runner, workers=0)
    alone = store_contents.rows()
    store_contents.forget_all()
    runner = store_contents.owner()

    def tell(count: int, of: int, file: str) -> None:
        if count == 2:
            take_in(takeout, runner, workers=0)

    batch = take_in(takeout, runner, workers=workers, tell=tell)

    assert store_contents.rows() == alone
    assert store_contents.faults() == []
    assert Batch.objects.get() == batch


def _importing(store: Store, source: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "hamstride", "import", str(source), "--workers", "1"]
    return subprocess.Popen(  # noqa: S603 - this very interpreter
        command, env=store.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_two_imports_of_one_source_at_once_store_it_once(
    store: Store, runner: Runner, tmp_path: Path
) -> None:
    takeout = killing.small_takeout(tmp_path / "takeout.zip")
    take_in(takeout, runner, workers=0)
    alone, kept = store_contents.rows(), store_contents.kept()
    store_contents.forget_all()
    store_contents.owner()

    at_once = [_importing(store, takeout) for _ in range(2)]
    codes = [each.wait() for each in at_once]

    assert codes == [0, 0]
    assert store_contents.faults() == []
    assert store_contents.rows() == alone
    assert sorted(store_contents.kept().values()) == sorted(kept.values())


def test_two_imports_of_the_same_runs_at_once_store_them_once(
    store: Store, runner: Runner, tmp_path: Path
) -> None:
    fits = {f"{number}.fit": made_up.fit(number) for number in range(20)}
    others = {f"{number}.gpx": made_up.gpx(number) for number in range(20)}
    # The same bytes in both, in the other order of names, and each run in another format too.
    one = made_up.takeout(tmp_path / "one.zip", fits | {"0.gpx": others["0.gpx"]})
    two = made_up.takeout(tmp_path / "two.zip", others | fits)

    at_once = [_importing(store, each) for each in (one, two)]
    codes = [each.wait() for each in at_once]

    assert codes == [0, 0]
    assert store_contents.faults() == []
    assert (Original.objects.count(), Activity.objects.count()) == (40, 40)
    assert {each.format for each in counting(runner)} == {"fit"}
    assert bridge.extent(runner)[0] == 20
    reports = bridge.reports(runner)
    assert sorted(each.of for each in reports) == [21, 40]
    assert all(sum(each.counts.values()) == each.of for each in reports)
