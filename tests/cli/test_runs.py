"""`hamstride runs`, on made-up files and on real ones."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamstride.cli import main
from hamstride.demo.ana import write
from terminals import on_terminal

KEYS = [
    "file", "start", "distance_m", "duration_s", "moving_s", "ascent_m", "longest_continuous_s",
    "load_hlu", "load_hlu_low", "load_hlu_high", "fast_m", "sprint_m", "fast_efforts", "spike",
    "quality", "doubts", "steep_s", "top_speed_mps", "top_speed_low_mps", "top_speed_high_mps",
    "bands", "jumps", "looks_like", "followed",
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Ana's activities."""
    return write(tmp_path_factory.mktemp("demo") / "ana").parent / "activities"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["runs", *map(str, arguments)])


def test_one_run_is_one_object_with_the_documented_keys(runs: Path) -> None:
    found = _run(runs / "2026-10-03-r7.fit", "--json")

    (run,) = json.loads(found.stdout)
    assert list(run) == KEYS
    assert run["start"] == "2026-10-03T09:00:00+00:00"
    assert run["duration_s"] == 1350
    assert run["load_hlu_low"] <= run["load_hlu"] <= run["load_hlu_high"]
    # 13.5 minutes of running at 9.5 km/h, a little under one unit each, and some walking.
    assert 11 < run["load_hlu"] < 14
    assert found.exit_code == 0


def test_a_run_alone_has_no_baseline_and_no_speed_that_is_fast_for_her(runs: Path) -> None:
    (run,) = json.loads(_run(runs / "2026-11-19-easy.fit", "--json").stdout)

    assert run["spike"] == "no_baseline"
    assert (run["fast_m"], run["sprint_m"], run["fast_efforts"]) == (None, None, None)
    assert run["top_speed_high_mps"] is None


def test_runs_are_told_against_the_runs_before_them(runs: Path) -> None:
    found = {run["file"]: run for run in json.loads(_run(runs, "--json").stdout)}
    by_start = sorted(found.values(), key=lambda run: run["start"])

    assert by_start[0]["spike"] == "no_baseline"
    # 8.91 km after 6.39 and 6.85 km: 130.1 %, over the limit of a big jump.
    assert [run["spike"] for run in by_start[1:4]] == ["none", "red", "none"]
    # Six strides of 80 m at 5.9 m/s; their first and last seconds are slower.
    strides = next(run for run in by_start if run["start"].startswith("2026-08-25"))
    assert 300 < strides["fast_m"] < 500
    assert strides["fast_efforts"] == 6
    assert by_start[0]["fast_m"] == 0


def test_the_bands_of_a_run_hold_all_of_its_running(runs: Path) -> None:
    found = json.loads(_run(runs, "--json").stdout)

    strides = next(run for run in found if run["start"].startswith("2026-08-25"))
    bands = strides["bands"]
    assert [(band["from_pct"], band["to_pct"]) for band in bands] == [
        (0, 50), (50, 60), (60, 70), (70, 80), (80, 90), (90, 95), (95, None),
    ]  # fmt: skip
    assert sum(band["distance_m"] for band in bands[4:]) == pytest.approx(strides["fast_m"])
    # Without walks all of the distance was run.
    easy = next(run for run in found if run["start"].startswith("2026-07-07"))
    whole_m = sum(band["distance_m"] for band in easy["bands"])
    assert whole_m == pytest.approx(easy["distance_m"], rel=0.01)


def test_a_run_alone_has_no_bands_without_a_top_speed(runs: Path) -> None:
    (short,) = json.loads(_run(runs / "2026-11-19-easy.fit", "--json").stdout)
    (long,) = json.loads(_run(runs / "2026-07-07-easy.fit", "--json").stdout)

    assert short["bands"] is None
    # Its fastest 5 km tell a top speed of 15.6 km/h: all of it lies at 60 to 70 % of that.
    assert [band["from_pct"] for band in long["bands"] if band["distance_m"]] == [60]


def test_what_jumped_is_named_in_json_and_below_the_table(runs: Path) -> None:
    july = sorted(runs.glob("2026-07-*"))[:3]

    found = json.loads(_run(*july, "--json").stdout)
    said = _run(*july).stdout

    assert found[2]["jumps"][0] == {
        "id": "distance", "level": "red", "value": 8906.0, "against": 6850.0, "unit": "m",
    }  # fmt: skip
    assert [jump["id"] for jump in found[2]["jumps"]] == [
        "distance", "load", "fast_week", "week_distance", "ascent", "steep", "fast_gap",
    ]  # fmt: skip
    assert "2026-07-12 was a big jump: distance 8.91 km, 131 % of the 6.85 km before it" in said


def test_top_speed_is_frozen_on_the_day_it_began(runs: Path) -> None:
    newest = json.loads(_run(runs, "--json").stdout)[0]
    frozen = json.loads(_run(runs, "--injured-on", "2026-08-10", "--json").stdout)[0]
    said = _run(runs, "--injured-on", "2026-08-10").stdout

    # Until then she ran easily; her strides at 5.9 m/s came later.
    assert newest["top_speed_low_mps"] > 5.9
    assert frozen["top_speed_low_mps"] < 4.0
    assert "of your top speed up to Mon 10 August 2026, taken as" in said


def test_without_a_run_up_to_that_day_nothing_is_fast(runs: Path) -> None:
    found = json.loads(_run(runs, "--injured-on", "2026-01-01", "--json").stdout)

    assert {run["top_speed_mps"] for run in found} == {None}
    assert {run["fast_m"] for run in found} == {None}


def test_a_day_that_is_none_is_told(runs: Path) -> None:
    found = _run(runs, "--injured-on", "yesterday")

    assert "--injured-on: 'yesterday' is not a day of the calendar" in found.stderr
    assert found.exit_code == 2


def test_a_run_that_comes_twice_counts_once(runs: Path) -> None:
    one = runs / "2026-10-03-r7.fit"

    assert len(json.loads(_run(one, runs, "--json").stdout)) == len(list(runs.iterdir()))


def test_several_runs_are_a_table_by_date(runs: Path) -> None:
    lines = _run(runs).stdout.splitlines()

    rows = lines[1 : lines.index("")]
    assert lines[0].split()[:2] == ["start,", "UTC"]
    assert rows == sorted(rows)
    assert any(line.startswith("Assumed, not measured") for line in lines)


@pytest.mark.parametrize(("columns", "whole"), [(46, False), (100, True)])
def test_the_table_fits_a_phone_and_says_what_it_leaves_out(
    runs: Path, columns: int, whole: bool
) -> None:
    said = [
        re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line)
        for line in on_terminal(columns, "runs", str(runs)).splitlines()
    ]

    assert max(map(len, said)) <= columns
    assert any(
        line.split() == ["start,", "UTC", "km", "load", "jump", "data"] for line in said
    ) != (whole)
    assert any(line.startswith("A wider window shows") for line in said) != whole


def test_a_single_run_is_explained(runs: Path) -> None:
    said = _run(runs / "2026-10-03-r7.fit").stdout

    assert said.startswith("Run on Sat 3 October 2026, 09:00 UTC\n")
    assert "3 times: run 4:00" in said
    assert "What it asked of the hamstrings" in said


def test_a_damaged_file_is_told_and_ends_with_1(tmp_path: Path) -> None:
    for name in range(7):
        (tmp_path / f"{name}.fit").write_bytes(b"\x0e\x10\0\0\x10\0\0\0.FIT\0" + bytes([name]))

    found = _run(tmp_path)

    assert "No run was found." in found.stdout
    assert "more files; `hamstride read` names them." in found.stdout
    assert found.exit_code == 1


def test_a_run_without_any_speed_has_no_load(activities_folder: Path) -> None:
    told = json.loads(_run(activities_folder, "--json").stdout)

    without = [each for each in told if "load_hlu" in each and each["distance_m"] is None]
    assert without
    assert {each["load_hlu"] for each in without} == {None}


def test_every_real_file_is_read_without_a_traceback(activities_folder: Path) -> None:
    told = json.loads(_run(activities_folder, "--json").stdout)

    loads = [each for each in told if each.get("load_hlu") is not None]
    assert loads
    assert all(e["load_hlu_low"] <= e["load_hlu"] <= e["load_hlu_high"] for e in loads)


def test_noise_of_a_phone_that_makes_up_much_of_a_load_is_marked(activities_folder: Path) -> None:
    # Two of its seconds stand at over 12 m/s, among a run at 10 km/h.
    noisy = activities_folder / "gpx" / "rp__68d141b2-ef47-4476-bac5-fd72f4faf678.gpx"

    (run,) = json.loads(_run(noisy, "--json").stdout)
    said = _run(noisy).stdout

    assert run["quality"] == "poor"
    assert "a few seconds make up much of the load" in said
