"""`hamstride read`, on made-up files and on real ones."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamstride.cli import main
from hamstride.demo.ana import write

KEYS = [
    "file", "format", "sport", "sub_sport", "start", "duration_s", "timer_s", "moving_s",
    "distance_m", "ascent_m", "descent_m", "samples", "channels", "device", "laps", "warnings",
]  # fmt: skip
GPX_WITHOUT_TIMES = """<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>
<trkpt lat="38.70" lon="-9.1"/><trkpt lat="38.71" lon="-9.1"/></trkseg></trk></gpx>
"""


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Ana's activities."""
    return write(tmp_path_factory.mktemp("demo") / "ana").parent / "activities"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["read", *(str(each) for each in arguments)])


def test_one_activity_is_one_object_with_the_documented_keys(runs: Path) -> None:
    found = _run(runs / "2026-10-03-r7.fit", "--json")

    (activity,) = json.loads(found.stdout)
    assert list(activity) == KEYS
    assert activity["format"] == "fit"
    assert activity["sport"] == "running"
    # 10:00 in Lisbon in summer; 22 minutes and 30 seconds, a sample a second.
    assert activity["start"] == "2026-10-03T09:00:00+00:00"
    assert activity["duration_s"] == activity["timer_s"] == 1350
    assert activity["samples"] == 1351
    # Nine efforts, a lap each.
    assert activity["laps"] == 9
    assert {"time", "speed", "cadence", "altitude"} <= set(activity["channels"])
    assert activity["warnings"] == []
    assert found.exit_code == 0


def test_a_file_that_is_no_activity_is_said_and_is_no_failure(tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("Ran well today.", encoding="utf-8")

    found = _run(note, "--json")

    (told,) = json.loads(found.stdout)
    assert told["error"] == "not_an_activity"
    assert set(told) == {"file", "error", "message"}
    assert found.exit_code == 0


def test_a_damaged_file_ends_with_1_and_the_rest_is_read(runs: Path, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.fit"
    damaged.write_bytes(b"\x0e\x10\x00\x00\x10\x00\x00\x00.FIT\x00\x00")

    found = _run(damaged, runs / "2026-10-03-r7.fit", "--json")

    first, second = json.loads(found.stdout)
    assert first["error"] == "unreadable"
    assert second["samples"] == 1351
    assert found.exit_code == 1


def test_a_path_that_leads_nowhere_is_told_and_ends_with_1(tmp_path: Path) -> None:
    found = _run(tmp_path / "nothing.fit", "--json")

    (told,) = json.loads(found.stdout)
    assert told["error"] == "unreadable"
    assert "there is no such file" in told["message"]
    assert found.exit_code == 1


def test_a_gpx_without_times_has_no_start_no_duration_and_a_warning(tmp_path: Path) -> None:
    track = tmp_path / "track.gpx"
    track.write_text(GPX_WITHOUT_TIMES, encoding="utf-8")

    (activity,) = json.loads(_run(track, "--json").stdout)

    assert activity["start"] is None
    assert activity["duration_s"] is None
    # A hundredth of a degree of latitude is 1.11 km.
    assert activity["distance_m"] == pytest.approx(1111, abs=5)
    assert activity["warnings"]


def test_an_empty_folder_is_said_and_is_no_failure(tmp_path: Path) -> None:
    found = _run(tmp_path, "--json")

    (told,) = json.loads(found.stdout)
    assert told["error"] == "not_an_activity"
    assert found.exit_code == 0


def test_without_json_there_is_a_table_a_line_an_activity(runs: Path) -> None:
    found = _run(runs)

    heading, *lines = found.stdout.splitlines()
    assert heading.split() == [
        "file", "sport", "start,", "UTC", "time", "moving", "km", "up", "m", "samples",
    ]  # fmt: skip
    assert len(lines) == len(list(runs.iterdir()))
    flare_up = next(line for line in lines if "2026-10-03-r7.fit" in line)
    assert flare_up.split()[1:5] == ["running", "2026-10-03", "09:00", "22:30"]


def test_a_warning_that_many_files_share_is_said_once(tmp_path: Path) -> None:
    for name in ("one.gpx", "two.gpx"):
        (tmp_path / name).write_text(GPX_WITHOUT_TIMES, encoding="utf-8")

    found = _run(tmp_path)

    assert any(line.startswith("2 files: ") for line in found.stdout.splitlines())


def test_every_real_file_has_its_object(activities_folder: Path) -> None:
    found = _run(activities_folder, "--json")

    told = json.loads(found.stdout)
    files = {path.name for path in activities_folder.rglob("*") if path.is_file()}
    assert {Path(each["file"]).name for each in told} >= files
    assert all(list(each) == KEYS or set(each) == {"file", "error", "message"} for each in told)
