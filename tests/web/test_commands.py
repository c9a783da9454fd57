"""`hamstride import` and `hamstride load`, as somebody types them."""

import json
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

from hamstride import cli
from hamstride.cli import main
from hamstride.demo.ana import ACTIVITIES, write
from made_up_takeouts import fit, start, takeout
from stores import Store
from terminals import on_terminal

on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """The folder of Ana's activities."""
    return write(tmp_path / "ana").parent / ACTIVITIES


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A takeout of three runs and a note."""
    files = {f"activities/{number}.fit": fit(number) for number in range(3)}
    return takeout(tmp_path / "export.zip", {**files, "notes.txt": b"Ran well today."})


def hamstride(store: Store, *arguments: object) -> Result:
    """A command in this process, on the store of the test."""
    assert store.data == settings.DATA
    return CliRunner().invoke(main, [*map(str, arguments)])


def a_process(store: Store, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A command as somebody types it."""
    return subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hamstride", *map(str, arguments)],
        env={**store.environment, "TZ": "Europe/Lisbon"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def from_json(done: Result) -> Any:
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_a_takeout_is_imported_and_told(store: Store, small: Path) -> None:
    done = a_process(store, "import", small)

    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert lines[:3] == ["export.zip: 4 files", "  3  read", "  1  not an activity"]
    assert lines[3].startswith("  To take it back: hamstride import --undo ")
    assert lines[4] == "The store now holds 3 runs, from 1 March 2026 to 5 March 2026."


def test_the_same_takeout_again_is_nothing_new(store: Store, small: Path) -> None:
    hamstride(store, "import", small)
    done = hamstride(store, "import", small)

    assert "Nothing new; your data are as they were." in done.stdout
    assert "The store now holds 3 runs" in done.stdout


def test_every_file_stands_in_the_json(store: Store, small: Path) -> None:
    (found,) = from_json(hamstride(store, "import", "--json", small))

    assert found["of"] == 4
    assert found["counts"] == {"read": 3, "not_an_activity": 1}
    # The note has no date of its own: that of the zip, which was written now, stands in.
    assert [each["file"] for each in found["files"]] == [
        "notes.txt", "activities/2.fit", "activities/1.fit", "activities/0.fit",
    ]  # fmt: skip
    assert found["files"][0]["message"].startswith("notes.txt: not an activity file")


def test_a_file_that_cannot_be_read_is_named_and_changes_the_exit_code(
    store: Store, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.gpx"
    broken.write_text("<!DOCTYPE gpx [<!ENTITY a 'a'>]><gpx></gpx>")
    done = hamstride(store, "import", broken)

    assert done.exit_code == 1
    assert "broken.gpx" in done.stdout
    assert "The store holds no runs yet." in done.stdout


def test_an_import_is_listed_and_undone(store: Store, small: Path) -> None:
    assert "Nothing was imported yet." in hamstride(store, "import", "--list").stdout
    hamstride(store, "import", small)
    (listed,) = from_json(hamstride(store, "import", "--list", "--json"))
    table = hamstride(store, "import", "--list").stdout.splitlines()
    assert table[1].split() == [
        listed["import"][:8],
        table[1].split()[1],
        "export.zip",
        "4",
        "done",
    ]

    done = hamstride(store, "import", "--undo", listed["import"][:8])
    assert "The import of export.zip is undone: 3 activities went with it" in done.stdout
    assert hamstride(store, "import", "--list").stdout.splitlines()[1].endswith("undone")
    again = hamstride(store, "import", "--undo", "last")
    assert again.exit_code == 2
    assert again.stderr.startswith("There is no import.")


def test_an_import_that_is_not_there_is_not_guessed_at(store: Store, small: Path) -> None:
    hamstride(store, "import", small)
    done = hamstride(store, "import", "--undo", "zzz")

    assert done.exit_code == 2
    assert done.stderr == (
        "No import begins with 'zzz'. `hamstride import --list` shows them all.\n"
    )


def test_reading_again_says_when_there_is_nothing_to_do(store: Store, small: Path) -> None:
    hamstride(store, "import", small)

    assert "Nothing to read again." in hamstride(store, "import", "--reread").stdout
    assert from_json(hamstride(store, "import", "--reread", "--json")) == {"read_again": 0}


@pytest.mark.parametrize("arguments", [(), ("--list", "--reread"), ("--undo", "last", "--list")])
@on_sqlite
def test_one_thing_at_a_time(store: Store, arguments: tuple[str, ...]) -> None:
    done = hamstride(store, "import", *arguments)

    assert done.exit_code == 2
    assert "Name what to import, or one of --list, --undo and --reread." in done.stderr


@on_sqlite
def test_a_zone_that_is_none_is_refused(store: Store, small: Path) -> None:
    done = hamstride(store, "import", "--timezone", "Mars/Base", small)

    assert done.exit_code == 2
    assert "'Mars/Base' is not known. Use a name such as Europe/Lisbon." in done.stderr


@on_sqlite
def test_ctrl_c_says_where_it_was_and_the_same_command_goes_on(
    store: Store, tmp_path: Path
) -> None:
    files = {f"{number}.fit": fit(number, 900) for number in range(150)}
    export = takeout(tmp_path / "years.zip", files)
    running = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hamstride", "import", str(export)],
        env=store.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    database = store.data / "hamstride.sqlite3"
    until = time.monotonic() + 60
    while stored(database) < 10 and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "of 150 files of years.zip. They are stored; the same command goes on" in said
    assert 10 <= stored(database) < 150
    assert a_process(store, "import", export).returncode == 0
    assert stored(database) == 150


def stored(database: Path) -> int:
    import sqlite3  # noqa: PLC0415 - beside the process that writes

    found = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        count: int = found.execute("SELECT count(*) FROM web_entry").fetchone()[0]
    finally:
        found.close()
    return count


# Load


def test_the_load_of_weeks_and_days_is_that_of_the_runs(store: Store, runs: Path) -> None:
    hamstride(store, "import", runs)
    found = from_json(hamstride(store, "load", "--until", "2026-11-22", "--weeks", "4", "--json"))
    of_runs = json.loads(CliRunner().invoke(main, ["runs", str(runs), "--json"]).stdout)

    by_day: dict[str, float] = {}
    for run in of_runs:
        day = run["start"][:10]
        by_day[day] = by_day.get(day, 0.0) + run["load_hlu"]
    for day in found["days"]:
        assert day["hlu"] == pytest.approx(by_day.get(day["on"], 0.0), abs=0.002)
    assert [week["first"] for week in found["weeks"]] == [
        "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16",
    ]  # fmt: skip
    last = date(2026, 11, 16)
    days = [(last + timedelta(days=ahead)).isoformat() for ahead in range(7)]
    assert found["weeks"][3]["hlu"] == pytest.approx(
        sum(by_day.get(day, 0.0) for day in days), abs=0.01
    )
    assert found["weeks"][3]["low"] <= found["weeks"][3]["hlu"] <= found["weeks"][3]["high"]


def test_the_load_is_told_as_tables_with_what_they_rest_on(store: Store, runs: Path) -> None:
    hamstride(store, "import", runs)
    done = hamstride(store, "load", "--until", "2026-11-22", "--weeks", "2", "--days", "3")

    lines = done.stdout.splitlines()
    assert lines[0].split("  ")[0] == "week of"
    assert [line[:11] for line in lines[1:3]] == ["9 Nov 2026 ", "16 Nov 2026"]
    assert [line[:10] for line in lines[5:8]] == ["Fri 20 Nov", "Sat 21 Nov", "Sun 22 Nov"]
    assert "rest" in lines[7]
    assert "One load unit is a minute of easy running" in done.stdout
    assert "Neither they nor their ratio tell what will happen." in done.stdout


def test_days_may_be_left_out(store: Store, runs: Path) -> None:
    hamstride(store, "import", runs)
    done = hamstride(store, "load", "--until", "2026-11-22", "--days", "0")

    assert "7 days" not in done.stdout


def test_a_store_without_runs_says_how_to_begin(store: Store) -> None:
    for arguments in (("load",), ("import", "--list"), ("load",)):
        done = hamstride(store, *arguments)
        assert "Begin with: hamstride import" in done.stdout + done.stderr


def test_the_day_of_the_injury_holds_the_top_speed(store: Store, small: Path) -> None:
    hamstride(store, "import", "--injured-on", start(1).date().isoformat(), small)

    assert hamstride(store, "load", "--until", "2026-03-10").exit_code == 0


# Without the app


def test_without_django_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.metadata  # noqa: PLC0415

    def missing(_: object) -> object:
        raise ModuleNotFoundError("No module named 'django'", name="django")

    monkeypatch.setattr(importlib.metadata.EntryPoint, "load", missing)
    done: Result = CliRunner().invoke(main, ["load"])

    assert done.exit_code == 1
    assert "hamstride load needs the app (django is missing)" in done.output
    assert "pip install 'hamstride[web]'" in done.output


@on_sqlite
def test_the_store_may_lie_anywhere(store: Store, small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"

    assert a_process(store, "import", "--data", elsewhere, small).returncode == 0
    done = a_process(store, "load", "--data", elsewhere, "--until", "2026-03-08", "--json")
    assert [week["runs"] for week in json.loads(done.stdout)["weeks"]][-2:] == [1, 2]
    assert "Begin with" in a_process(store, "load").stderr


@on_sqlite
def test_a_phone_sees_fewer_columns(
    store: Store, runs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hamstride(store, "import", runs)
    monkeypatch.setenv("HAMSTRIDE_DATA", str(store.data))
    said = on_terminal(46, "load", "--until", "2026-11-22")

    rows = [line.rstrip("\r") for line in said.splitlines() if "█" in line]
    assert len(rows) == 5
    assert max(map(len, rows)) <= 46
    assert "A wider window shows ranges" in said


def test_a_command_that_was_not_installed_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "entry_points", lambda **_: ())
    done = CliRunner().invoke(main, ["import", "--list"])

    assert done.exit_code == 1
    assert "hamstride import is not among the commands that were installed." in done.output
