"""What one activity measured: load, speeds, bouts and hills, and how far to trust them."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest

from hamstride.facts.activity import reading
from hamstride.facts.measured import measured, measured_run
from hamstride.protocols.loading import load
from hamstride.records import Activity, Channel, Finding, Measured

DECLARED = load().declared
NOON = datetime(2026, 10, 19, 12, tzinfo=UTC)
UNITS = {"time": "s", "speed": "mps", "cadence": "spm", "altitude": "m", "distance": "m"}


def activity(columns: dict[str, Any], **rest: Any) -> Activity:
    channels = {
        name: Channel(np.asarray(values, dtype=float), UNITS[name])
        for name, values in columns.items()
    }
    return Activity(
        file="run.fit", format="fit", sport=rest.pop("sport", "running"), start=NOON,
        channels=channels, **rest,
    )  # fmt: skip


def steady(seconds: int, speed_mps: float = 3.0, **more: float) -> dict[str, Any]:
    columns = {"time": np.arange(seconds + 1.0), "speed": np.full(seconds + 1, speed_mps)}
    return columns | {name: np.full(seconds + 1, value) for name, value in more.items()}


def found(columns: dict[str, Any], **rest: Any) -> Measured:
    of = activity(columns, **rest)
    return measured(of, reading(of, DECLARED.runs), DECLARED)


def test_a_steady_half_hour_is_told_by_its_speed_its_steps_and_its_load() -> None:
    made = found(steady(1800, 3.0, cadence=180, altitude=100))

    assert (made.quality, made.doubts) == ("good", ())
    assert (made.best_3s_mps, made.best_20s_mps, made.best_5k_mps) == (3.0, 3.0, 3.0)
    assert made.stride_lengths == ((3.0, 1.0, 1800.0),)  # three steps a second at 3 m/s
    assert (made.steep_s, made.hill_efforts) == (0.0, 0)
    assert [(b.kind, b.duration_s, b.distance_m) for b in made.bouts] == [("run", 1800.0, 5400.0)]
    assert made.load is not None
    assert sum(made.speeds.hlu) == pytest.approx(made.load.hlu, abs=0.01)
    assert sum(made.speeds.metres) == pytest.approx(5400)


def test_a_run_that_is_shorter_than_5_km_has_no_fastest_5_km() -> None:
    assert found(steady(600)).best_5k_mps is None


def test_hill_efforts_are_counted_from_8_s_on() -> None:
    columns = steady(600, 3.0, cadence=170)
    climb = np.zeros(601)
    for begin in (100, 300):
        climb[begin : begin + 40] = 0.10 * 3.0  # 40 s up at 10 %, 12 m
        climb[begin + 60 : begin + 100] = -0.10 * 3.0
    columns["altitude"] = 100 + np.cumsum(climb)

    made = found(columns)

    assert made.hill_efforts == 2
    # Four slopes of 40 s; the line that a grade is taken from blurs their ends.
    assert made.steep_s == pytest.approx(160, abs=30)


def test_without_height_and_cadence_hills_and_steps_are_not_known() -> None:
    made = found(steady(600))

    assert (made.steep_s, made.hill_efforts, made.stride_lengths) == (None, None, ())
    assert made.doubts == ("no_cadence", "no_grade")


def test_without_speed_there_is_no_load() -> None:
    made = found({"time": np.arange(601.0), "cadence": np.full(601, 170.0)})

    assert made.load is None
    assert made.quality == "poor"
    assert "no_speed" in made.doubts
    assert made.best_3s_mps is None


def test_without_samples_nothing_is_known() -> None:
    assert found({}, distance_m=5000.0, duration_s=1800.0) == Measured()


def test_a_load_that_lies_in_a_few_seconds_is_poor() -> None:
    columns = steady(600, 2.5, cadence=165)
    columns["speed"][300:310] = [4, 6, 8, 10, 11, 11, 10, 8, 6, 4]

    made = found(columns)

    assert made.quality == "poor"
    assert made.doubts[-1] == "load_in_seconds"


def test_a_run_carries_what_was_measured_of_it() -> None:
    run = measured_run(activity(steady(1800, 3.0)), DECLARED, "Europe/Lisbon")

    assert run is not None
    assert run.start.isoformat() == "2026-10-19T13:00:00+01:00"
    assert run.measured is not None
    assert run.measured.best_3s_mps == 3.0


def test_other_sports_are_no_runs() -> None:
    assert measured_run(activity(steady(1800, 8.0), sport="cycling"), DECLARED, "UTC") is None


def test_nothing_is_taken_from_a_file_that_may_be_wrong() -> None:
    broken = Finding("wrong_checksum", "The checksum is wrong.", unsure=True)

    run = measured_run(activity(steady(1800), findings=(broken,)), DECLARED, "UTC")

    assert run is not None
    assert (run.distance_m, run.measured) == (None, None)
