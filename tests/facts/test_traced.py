"""A run in columns, to be drawn and read as a table; expected values are counted by hand."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hamstride.facts.activity import reading
from hamstride.facts.measured import measured
from hamstride.facts.samples import CHANNELS
from hamstride.facts.traced import Trace, traced
from hamstride.protocols.loading import load
from hamstride.readers import read
from hamstride.records import Activity, Bout, Channel

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


def steady(seconds: int, **more: float) -> dict[str, Any]:
    columns = {"time": np.arange(seconds + 1.0), "speed": np.full(seconds + 1, 3.0)}
    return columns | {name: np.full(seconds + 1, value) for name, value in more.items()}


def test_a_run_is_cut_into_columns_of_one_round_length() -> None:
    found = traced(activity(steady(1800, altitude=100)), (), DECLARED, 200).columns

    # 1,800 s in 200 columns would be 9 s each: the next round length is 10 s.
    assert len(found) == 180
    assert {each.end_s - each.start_s for each in found} == {10.0}
    assert (found[0].start_s, found[-1].end_s) == (0.0, 1800.0)
    assert {each.speed_mps for each in found} == {3.0}
    assert {(each.grade, each.height_m) for each in found} == {(0.0, 100.0)}


def test_the_last_column_ends_with_the_run() -> None:
    found = traced(activity(steady(1795)), (), DECLARED, 200).columns

    assert (found[-1].start_s, found[-1].end_s) == (1790.0, 1795.0)
    assert found[-1].speed_mps == 3.0


def test_no_run_needs_more_columns_than_asked_for() -> None:
    for seconds in (60, 200, 201, 7300):
        assert len(traced(activity(steady(seconds)), (), DECLARED, 200).columns) <= 200
    assert len(traced(activity(steady(7300)), (), DECLARED, 1).columns) == 1


def test_the_load_of_the_columns_adds_up_to_that_of_the_run() -> None:
    columns = steady(900, cadence=170)
    columns["speed"][300:330] = 6.0
    of = activity(columns)

    found = traced(of, (), DECLARED, 100).columns

    made = measured(of, reading(of, DECLARED.runs), DECLARED)
    assert made.load is not None
    assert sum(each.hlu or 0 for each in found) == pytest.approx(made.load.hlu)
    # A column of 10 s holds a sixth of what it holds a minute.
    assert found[0].hlu_min == pytest.approx(6 * (found[0].hlu or 0))


def test_where_nothing_was_recorded_a_column_knows_nothing() -> None:
    columns = steady(600)
    kept = (columns["time"] < 200) | (columns["time"] >= 400)
    of = activity({name: values[kept] for name, values in columns.items()})

    found = traced(of, (), DECLARED, 60).columns

    unknown = [each for each in found if each.speed_mps is None]
    # Columns of 10 s; the sample at 199 s still stands for a moment of the one before.
    assert [each.start_s for each in unknown] == [200.0 + 10 * i for i in range(20)]
    assert {(each.hlu, each.hlu_min, each.grade, each.height_m) for each in unknown} == {
        (None, None, None, None)
    }


def test_a_treadmill_has_neither_height_nor_slope() -> None:
    of = activity(steady(600, altitude=100), sub_sport="treadmill")

    found = traced(of, (), DECLARED, 60).columns

    assert {(each.grade, each.height_m) for each in found} == {(None, None)}
    assert {each.speed_mps for each in found} == {3.0}


def test_a_climb_has_its_slope_and_its_height() -> None:
    columns = steady(600)
    columns["altitude"] = 0.1 * 3.0 * columns["time"]

    found = traced(activity(columns), (), DECLARED, 60).columns

    # 10 % at 3 m/s is 0.3 m a second; the middle of the column from 300 s is at 305 s.
    assert found[30].grade == pytest.approx(0.1)
    assert found[30].height_m == pytest.approx(91.5, abs=0.2)


def test_a_column_has_the_gait_of_its_middle() -> None:
    bouts = (Bout("run", 0, 104.0), Bout("walk", 104.0, 200.0))

    found = traced(activity(steady(300)), bouts, DECLARED, 30).columns

    # Columns of 10 s: the one from 100 s has its middle at 105 s; from 200 s on nothing is known.
    assert [each.gait for each in found[9:11]] == ["run", "walk"]
    assert found[20].gait is None


def test_the_moments_are_the_samples_and_unknown_ones_stay_unknown() -> None:
    columns = steady(60)
    columns["speed"][20:40] = np.nan

    found = traced(activity(columns), (), DECLARED, 60)

    assert found.moments[0] == (0.0, 1.0, 3.0)
    assert found.moments[30][2] is None
    assert len(found.moments) == 61


def test_without_two_times_there_is_nothing_to_trace() -> None:
    assert traced(activity({"time": [0.0], "speed": [3.0]}), (), DECLARED, 60) == Trace()


def test_no_other_channel_than_those_that_are_read_has_a_say(activities_folder: Path) -> None:
    found = [each for outcome in read(activities_folder) for each in outcome.activities]
    assert len(found) > 100
    for whole in found:
        part = {name: each for name, each in whole.channels.items() if name in CHANNELS}

        assert traced(replace(whole, channels=part), (), DECLARED, 200) == traced(
            whole, (), DECLARED, 200
        )
