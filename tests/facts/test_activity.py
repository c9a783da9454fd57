"""Activities are built by hand, column by column; expected values are counted by hand."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamstride.facts.activity import reading, run_of
from hamstride.facts.segments import Samples
from hamstride.readers import read as read_files
from hamstride.records import MISSING, Activity, Channel, Finding, Lap
from hamstride.vocabulary import RunTerms

# The figures of library/facts.toml: 140 steps/min, 2.0 m/s, 10 s and 20 s.
TERMS = RunTerms(140, 2.0, 10, 20, 30, 20, 10, (), (), (), ())
START = datetime(2026, 10, 19, 17, 0, tzinfo=UTC)
Columns = Mapping[str, Any]
UNITS = {"time": "s", "latitude": "deg", "longitude": "deg", "speed": "mps", "cadence": "spm"}

# One degree of latitude on the mean sphere: 2 pi 6371008.8 m / 360.
DEGREE_M = 111_195.08


def activity(
    columns: Columns,
    *,
    sport: str = "running",
    units: dict[str, str] | None = None,
    **rest: Any,
) -> Activity:
    channels = {
        name: Channel(np.asarray(values, dtype=float), (UNITS | (units or {})).get(name, "m"))
        for name, values in columns.items()
    }
    told: dict[str, Any] = {"file": "a.fit", "format": "fit", "start": START} | rest
    return Activity(sport=sport, channels=channels, **told)


def steady(seconds: int, speed_mps: float, **more: float) -> dict[str, Any]:
    """Columns at 1 Hz with one speed throughout."""
    n = seconds + 1
    return {"time": np.arange(n), "speed": np.full(n, speed_mps)} | {
        name: np.full(n, value) for name, value in more.items()
    }


def parts(*spans: tuple[int, float]) -> Samples:
    """One value a second, and a last one that closes the last span."""
    return np.concatenate([np.full(s, v) for s, v in spans] + [[spans[-1][1]]])


WALK_RUN = parts(*[(180, 1.3), (60, 2.8)] * 5)


def test_a_walk_run_by_the_device_speed() -> None:
    walk_run = activity({"time": np.arange(1201), "speed": WALK_RUN})

    read = reading(walk_run, TERMS)

    assert (read.duration_s, read.moving_s) == (1200, 1200)
    assert (read.running_s, read.longest_continuous_s, read.walk_breaks) == (300, 60, 4)
    assert read.best_speed_mps == pytest.approx(2.8)
    assert (read.distance_m, read.ascent_m, read.descent_m) == (None, None, None)
    assert (read.timer_s, read.cadence_spm, read.warnings) == (None, None, ())


@pytest.mark.parametrize("source", ["distance", "latitude"])
def test_a_walk_run_without_device_speed_by_the_distance_or_the_positions(source: str) -> None:
    metres = np.concatenate(([0], np.cumsum(WALK_RUN[:-1])))
    columns = {"time": np.arange(1201), "distance": metres}
    if source == "latitude":
        columns = {
            "time": np.arange(1201),
            "latitude": 38.7 + metres / DEGREE_M,
            "longitude": np.full(1201, -9.1),
        }

    read = reading(activity(columns), TERMS)

    assert (read.running_s, read.longest_continuous_s, read.walk_breaks) == (300, 60, 4)
    # 5 x (180 x 1.3 + 60 x 2.8) = 2010 m
    assert read.distance_m == pytest.approx(2010, abs=0.5)


def test_integer_channels_are_scaled_and_their_missing_values_are_no_values() -> None:
    raw = np.array([2800, MISSING, *[2800] * 59], dtype=np.int32)
    run = Activity("a.fit", "fit", "running", START, {
        "time": Channel(np.arange(61, dtype=np.int32) * 1000, "s", 1000.0),
        "speed": Channel(raw, "mps", 1000.0),
    })  # fmt: skip

    read = reading(run, TERMS)

    assert (read.duration_s, read.running_s) == (60, 60)
    assert read.best_speed_mps == pytest.approx(2.8)


def half_run(written: float, unit: str) -> Activity:
    """Five minutes of walking and five of running, with so many counts a minute while running."""
    speed_mps = parts((300, 1.3), (300, 2.8))
    counted = np.where(speed_mps > 2, written, written * 0.6)
    columns = {"time": np.arange(601), "speed": speed_mps, "cadence": counted}
    return activity(columns, units={"cadence": unit})


@pytest.mark.parametrize(
    ("written", "unit", "median_spm"),
    [
        (82, "rpm_or_spm", 164),
        (164, "rpm_or_spm", 164),
        (82, "rpm", 164),
        (164, "spm", 164),
        (110, "rpm_or_spm", 220),
        (220, "rpm_or_spm", 220),
        # 130 steps a minute are told and are too few to be running.
        (65, "rpm_or_spm", None),
        (130, "rpm_or_spm", None),
    ],
)
def test_the_median_at_running_speed_tells_strides_from_steps(
    written: float, unit: str, median_spm: float | None
) -> None:
    read = reading(half_run(written, unit), TERMS)

    assert read.cadence_spm == median_spm
    assert read.running_s == (300 if median_spm else 0)
    assert read.warnings == ()


@pytest.mark.parametrize("written", [64, 111, 129, 221])
def test_a_cadence_that_is_neither_steps_nor_strides_leaves_it_to_speed(written: float) -> None:
    read = reading(half_run(written, "rpm_or_spm"), TERMS)

    assert (read.cadence_spm, read.running_s) == (None, 300)
    assert read.warnings == ("The cadence fits neither steps nor strides; speed was used instead.",)


def test_slow_walking_steps_are_not_taken_for_fast_strides() -> None:
    # 105 steps a minute at 1.2 m/s; doubled they would be running at 210.
    walk = activity(steady(600, 1.2, cadence=105.0), units={"cadence": "rpm_or_spm"})

    assert reading(walk, TERMS).running_s == 0


def test_walking_counted_in_strides_stays_walking() -> None:
    walk = activity(steady(600, 1.2, cadence=55.0), units={"cadence": "rpm"})

    assert reading(walk, TERMS).running_s == 0


def test_a_treadmill_without_speed_runs_by_its_cadence() -> None:
    belt = activity(
        {"time": np.arange(601), "cadence": parts((300, 0.0), (300, 84.0))},
        units={"cadence": "rpm"},
        sub_sport="treadmill",
        distance_m=1500.0,
    )

    read = reading(belt, TERMS)

    assert (read.running_s, read.cadence_spm, read.moving_s) == (300, 168, None)
    assert (read.distance_m, read.best_speed_mps) == (1500, None)


def test_pauses_are_standing_and_the_timer_stops_in_them() -> None:
    run = activity(steady(700, 2.8), pauses=((300.0, 400.0),))

    read = reading(run, TERMS)

    assert (read.duration_s, read.timer_s, read.moving_s) == (700, 600, 600)
    assert (read.running_s, read.longest_continuous_s, read.walk_breaks) == (600, 300, 1)


def test_the_devices_timer_and_totals_win() -> None:
    run = activity(steady(700, 2.8, distance=0.0), timer_s=590.0, distance_m=1999.0)

    read = reading(run, TERMS)

    assert (read.timer_s, read.distance_m) == (590, 1999)


@pytest.mark.parametrize(("gap_s", "running"), [(10, 610), (11, 611), (30, 630), (31, 600)])
def test_a_gap_up_to_half_a_minute_is_bridged_by_its_distance(gap_s: int, running: int) -> None:
    time_s = np.concatenate((np.arange(301), np.arange(300 + gap_s, 601 + gap_s)))
    run = activity({"time": time_s, "distance": time_s * 2.8})

    read = reading(run, TERMS)

    assert read.running_s == running
    assert read.distance_m == pytest.approx((600 + gap_s) * 2.8)


def test_a_walked_recovery_in_a_gap_is_not_bridged_as_running() -> None:
    # 25 s of auto-pause in which 30 m were walked.
    time_s = np.concatenate((np.arange(301), np.arange(325, 626)))
    metres = np.where(time_s <= 300, time_s * 2.8, 840 + 30 + (time_s - 325) * 2.8)
    cadence = np.full(len(time_s), 166.0)

    read = reading(activity({"time": time_s, "distance": metres, "cadence": cadence}), TERMS)

    assert (read.longest_continuous_s, read.walk_breaks) == (300, 1)


def test_a_gap_without_distance_is_standing() -> None:
    time_s = np.concatenate((np.arange(301), np.arange(325, 626)))
    run = activity({"time": time_s, "speed": np.full(602, 2.8)})

    assert [s.kind for s in reading(run, TERMS).stretches] == ["run", "stand", "run"]


@pytest.mark.parametrize("every_s", [2, 4, 8])
def test_smart_recording_gives_the_same_run(every_s: int) -> None:
    run = activity({"time": np.arange(1201)[::every_s], "speed": WALK_RUN[::every_s]})

    read = reading(run, TERMS)

    assert read.duration_s == 1200
    assert read.running_s == pytest.approx(300, abs=5 * every_s)
    assert read.walk_breaks == 4


def test_samples_too_far_apart_leave_running_unknown_and_distance_known() -> None:
    run = activity({"time": np.arange(0, 1201, 60), "distance": np.arange(21) * 150.0})

    read = reading(run, TERMS)

    assert (read.distance_m, read.moving_s) == (3000, 1200)
    assert (read.running_s, read.longest_continuous_s, read.walk_breaks) == (None, None, None)
    assert read.warnings == ("The samples are too far apart to tell walking from running.",)


@pytest.mark.parametrize(
    ("heights", "up", "down"),
    [
        ([100] * 20, 0, 0),
        ([0] * 10 + [1.9] * 10, 0, 0),
        ([0] * 10 + [2.0] * 10, 2, 0),
        ([0] * 10 + [2.1] * 10, 2.1, 0),
        ([10] * 10 + [20] * 10 + [5] * 10 + [6] * 10, 10, 15),
        # The median of five takes the tip of 100 to 99.
        ([*range(101), *range(99, -1, -1)], 99, 99),
        ([10, 11] * 50, 0, 0),
        ([10] * 20 + [60] * 2 + [10] * 20, 0, 0),
        ([10] * 10 + [99_999] * 10 + [14] * 10, 4, 0),
    ],
)
def test_ascent_counts_swings_of_two_metres_and_more(
    heights: list[float], up: float, down: float
) -> None:
    columns = steady(len(heights) - 1, 2.8) | {"altitude": heights}

    read = reading(activity(columns), TERMS)

    assert read.ascent_m == pytest.approx(up)
    assert read.descent_m == pytest.approx(down)


def test_a_height_of_zero_is_a_height() -> None:
    read = reading(activity(steady(100, 2.8, altitude=0.0)), TERMS)

    assert (read.ascent_m, read.descent_m) == (0, 0)


def test_without_altitude_the_devices_ascent_is_all_that_is_known() -> None:
    read = reading(activity(steady(100, 2.8), ascent_m=12.0), TERMS)

    assert (read.ascent_m, read.descent_m) == (12, None)


@pytest.mark.parametrize(
    ("peak", "best"),
    [
        ([(10, 8.0)], 8.0),
        ([(5, 8.0)], (5 * 8.0 + 5 * 2.8) / 10),
        ([(20, 12.5)], 12.5),
        ([(20, 12.6)], 2.8),
        ([(5, 8.0), (1, 60.0), (5, 8.0)], 8.0),
    ],
)
def test_the_best_speed_was_held_for_ten_seconds_and_spikes_are_dropped(
    peak: list[tuple[int, float]], best: float
) -> None:
    speed = parts((100, 2.8), *peak, (100, 2.8))

    read = reading(activity({"time": np.arange(len(speed)), "speed": speed}), TERMS)

    assert read.best_speed_mps == pytest.approx(best)


def test_a_drive_home_is_no_running() -> None:
    speed = parts((600, 2.8), (300, 20.0))

    assert reading(activity({"time": np.arange(901), "speed": speed}), TERMS).running_s == 609


def test_times_running_backwards_are_put_in_order() -> None:
    order = np.r_[0:300, 600:900, 300:600, 900:1201]
    run = activity({"time": np.arange(1201)[order], "speed": WALK_RUN[order]})

    read = reading(run, TERMS)

    assert (read.duration_s, read.running_s, read.walk_breaks) == (1200, 300, 4)
    assert read.warnings == ("The times run backwards in places; the samples were put in order.",)


def test_samples_of_one_second_are_merged_from_what_each_knows() -> None:
    time_s = np.repeat(np.arange(101.0), 2)
    odd = np.arange(202) % 2 == 1
    run = activity(
        {
            "time": time_s,
            "distance": np.where(odd, time_s * 2.8, np.nan),
            "altitude": np.where(odd, np.nan, time_s * 0.1),
        }
    )

    read = reading(run, TERMS)

    assert (read.duration_s, read.running_s) == (100, 100)
    assert read.distance_m == pytest.approx(280)
    assert read.ascent_m == pytest.approx(10, abs=0.5)


def test_five_samples_a_second_end_with_the_last_one() -> None:
    time_s = np.arange(305) / 5  # 0.0 to 60.8
    quick = activity({"time": time_s, "speed": np.full(305, 2.8)})

    read = reading(quick, TERMS)

    assert (read.duration_s, read.running_s) == (60.8, 60.8)


def test_samples_of_a_single_second_are_one_and_measure_nothing() -> None:
    brief = activity({"time": [0.0, 0.5], "speed": [2.8, 2.9]}, duration_s=900.0)

    read = reading(brief, TERMS)

    assert (read.duration_s, read.running_s) == (900, None)  # the device's total speaks


def test_samples_without_a_time_are_left_out() -> None:
    columns = steady(100, 2.8)
    columns["time"] = np.where(np.arange(101) == 50, np.nan, np.arange(101))

    assert reading(activity(columns), TERMS).running_s == 100


def test_a_sample_of_another_year_is_left_out() -> None:
    columns = steady(100, 2.8)
    columns["time"] = np.where(np.arange(101) == 50, -1.1e9, np.arange(101))

    read = reading(activity(columns), TERMS)

    assert (read.duration_s, read.start) == (100, START)
    assert read.warnings == (
        "Some samples are dated more than a week from the others; they were left out.",
    )


def going_north(seconds: int) -> dict[str, Samples]:
    metres = np.arange(seconds + 1) * 2.8
    return {
        "time": np.arange(seconds + 1),
        "latitude": 38.7 + metres / DEGREE_M,
        "longitude": np.full(seconds + 1, -9.1),
    }


def test_five_hundred_kilometres_in_a_second_leave_the_distance_out() -> None:
    columns = going_north(600)
    columns["latitude"][300:] += 500_000 / DEGREE_M

    read = reading(activity(columns), TERMS)

    assert (read.distance_m, read.duration_s) == (None, 600)
    assert "The place jumps farther than anyone can run; distance was left out." in read.warnings


@pytest.mark.parametrize("bad", [91.0, -90.5, np.inf])
def test_a_position_off_the_globe_is_left_out_of_the_path(bad: float) -> None:
    columns = going_north(600)
    columns["latitude"][300] = bad

    read = reading(activity(columns), TERMS)

    assert read.distance_m == pytest.approx(1680, abs=0.5)
    assert read.running_s == 600
    assert read.warnings == ("Some positions are nowhere on Earth; they were left out.",)


def test_many_positions_off_the_globe_leave_the_distance_out() -> None:
    columns = going_north(600)
    columns["longitude"][:40] = 181.0

    read = reading(activity(columns), TERMS)

    assert read.distance_m is None
    assert read.warnings[0] == ("Many positions are nowhere on Earth; the distance was left out.")


def test_a_total_farther_than_anyone_runs_is_left_out() -> None:
    assert reading(activity(steady(100, 2.8), distance_m=1250.0), TERMS).distance_m == 1250
    assert reading(activity(steady(100, 2.8), distance_m=1251.0), TERMS).distance_m is None


def test_without_samples_the_totals_and_laps_speak() -> None:
    laps = (Lap(0.0, 600.0, 1500.0), Lap(600.0, 300.0, 800.0))

    by_laps = reading(activity({}, laps=laps), TERMS)
    by_totals = reading(
        activity({}, laps=laps, duration_s=910.0, distance_m=2310.0, ascent_m=3.0), TERMS
    )

    assert (by_laps.duration_s, by_laps.distance_m, by_laps.running_s) == (900, 2300, None)
    assert (by_totals.duration_s, by_totals.distance_m, by_totals.ascent_m) == (910, 2310, 3)


def test_a_path_without_times_has_a_length_and_no_duration() -> None:
    columns = going_north(600)
    del columns["time"]

    read = reading(activity(columns, start=None), TERMS)

    assert (read.start, read.duration_s) == (None, None)
    assert read.distance_m == pytest.approx(1680, abs=0.5)
    assert read.warnings == ("The file has no times that tell how long it took.",)


def test_samples_that_end_before_the_timer_are_told() -> None:
    broken = activity(steady(300, 2.8), timer_s=1800.0)

    assert reading(broken, TERMS).duration_s == 300
    assert "The samples end before the timer did" in reading(broken, TERMS).warnings[0]
    run = run_of(broken, TERMS, "UTC")
    assert run is not None
    assert run.duration_s == 1800


def test_a_run_is_whole_numbers_in_the_runners_time_zone() -> None:
    columns = going_north(600) | {"cadence": np.full(601, 83.4), "altitude": np.zeros(601)}
    recorded = activity(columns, units={"cadence": "rpm"}, sub_sport="trail", timer_s=599.6)

    run = run_of(recorded, TERMS, "Europe/Lisbon")

    assert run is not None
    assert run.start.isoformat() == "2026-10-19T18:00:00+01:00"
    assert (run.file, run.kind, run.treadmill, run.top_speed_pct) == ("a.fit", None, False, None)
    assert (run.duration_s, run.timer_s, run.moving_s, run.running_s) == (600, 600, 600, 600)
    assert (run.longest_continuous_s, run.walk_breaks, run.distance_m) == (600, 0, 1680)
    assert (run.cadence_spm, run.best_speed_mps, run.ascent_m) == (167, 2.8, 0)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "speed_mps", "is_run"),
    [
        ("running", None, 2.8, True),
        ("running", None, 1.2, True),
        ("trail_running", None, 2.8, True),
        ("fitness_equipment", "treadmill", 2.8, True),
        ("fitness_equipment", "treadmill", 1.2, False),
        ("walking", None, 2.8, False),
        ("cycling", None, 2.8, False),
        ("other", None, 2.8, False),
        ("unknown", None, 2.8, True),
        ("unknown", None, 1.2, False),
        ("unknown", None, 4.9, True),
        ("unknown", None, 5.0, False),
        ("", None, 2.8, True),
    ],
)
def test_only_runs_make_a_run(
    sport: str, sub_sport: str | None, speed_mps: float, is_run: bool
) -> None:
    columns = steady(600, speed_mps) | {"distance": np.arange(601) * speed_mps}
    recorded = activity(columns, sport=sport, sub_sport=sub_sport)

    assert (run_of(recorded, TERMS, "UTC") is not None) is is_run


def test_a_file_without_a_sport_says_how_it_was_counted() -> None:
    fast, slow = (activity(steady(600, v), sport="unknown") for v in (2.8, 1.2))

    assert reading(fast, TERMS).warnings == (
        "The file does not name its sport; it moves like a run, so it counts as one.",
    )
    assert reading(slow, TERMS).warnings == (
        "The file does not name its sport; it does not move like a run, so it counts as none.",
    )


@pytest.mark.parametrize(
    ("distance_m", "is_run"),
    [
        (1799.0, False),  # 1.999 m/s, and running begins at 2.0
        (1800.0, True),
        (4499.0, True),
        (4500.0, False),  # 5 m/s on average is a ride
    ],
)
def test_without_samples_the_average_says_whether_it_was_a_run(
    distance_m: float, is_run: bool
) -> None:
    totals = activity({}, sport="unknown", duration_s=900.0, distance_m=distance_m)

    assert (run_of(totals, TERMS, "UTC") is not None) is is_run


@pytest.mark.parametrize(("sport", "said"), [("running", 1), ("unknown", 2), ("cycling", 0)])
def test_a_run_whose_numbers_may_be_wrong_says_so_and_counts_by_its_day_alone(
    sport: str, said: int
) -> None:
    found = Finding("damaged", "A made-up damage.", unsure=True)
    unsure = activity(steady(600, 2.8), sport=sport, findings=(found,))

    assert len(reading(unsure, TERMS).warnings) == said
    run = run_of(unsure, TERMS, "UTC")
    if sport == "cycling":
        assert run is None
    else:
        assert run is not None
        assert (run.start, run.file) == (START, "a.fit")
        assert (run.duration_s, run.distance_m, run.best_speed_mps) == (None, None, None)


def test_other_sports_have_no_running_in_them() -> None:
    read = reading(activity(steady(600, 6.0), sport="cycling"), TERMS)

    assert (read.moving_s, read.running_s, read.stretches) == (600, None, ())


def test_a_run_without_a_start_has_no_day() -> None:
    undated = activity(steady(600, 2.8), start=None)

    assert run_of(undated, TERMS, "UTC") is None
    assert (reading(undated, TERMS).start, reading(undated, TERMS).duration_s) == (None, 600)


@pytest.mark.parametrize(
    ("sport", "sub_sport", "positions", "treadmill"),
    [
        ("running", "treadmill", False, True),
        ("running", "indoor_running", True, True),
        ("running", "virtual", True, None),
        ("running", None, True, False),
        ("running", None, False, None),
        ("running", "trail", False, False),
    ],
)
def test_a_treadmill_is_named_or_told_by_missing_positions(
    sport: str, sub_sport: str | None, positions: bool, treadmill: bool | None
) -> None:
    columns = going_north(600) if positions else steady(600, 2.8)

    run = run_of(activity(columns, sport=sport, sub_sport=sub_sport), TERMS, "UTC")

    assert run is not None
    assert run.treadmill is treadmill


samples = st.lists(
    st.tuples(
        st.one_of(st.just(np.nan), st.integers(-20, 400).map(float)),
        st.one_of(st.just(np.nan), st.floats(-1, 70)),
        st.one_of(st.just(np.nan), st.floats(0, 300)),
        st.one_of(st.just(np.nan), st.floats(-100, 100)),
        st.one_of(st.just(np.nan), st.floats(-1e6, 1e6)),
    ),
    max_size=80,
)


@given(samples, st.sampled_from(["spm", "rpm", "rpm_or_spm"]))
def test_no_samples_however_odd_break_a_reading(rows: list[tuple[float, ...]], unit: str) -> None:
    time_s, speed, cadence, place, height = (
        np.array([row[i] for row in rows], dtype=float) for i in range(5)
    )
    odd = activity(
        {
            "time": time_s,
            "speed": speed,
            "cadence": cadence,
            "latitude": place,
            "longitude": place * 2,
            "altitude": height,
        },
        units={"cadence": unit},
    )

    read = reading(odd, TERMS)

    numbers = (
        read.duration_s, read.moving_s, read.distance_m, read.ascent_m, read.descent_m,
        read.running_s, read.longest_continuous_s, read.cadence_spm, read.best_speed_mps,
    )  # fmt: skip
    assert all(n is None or (np.isfinite(n) and n >= 0) for n in numbers)
    if read.stretches:
        assert sum(s.duration_s for s in read.stretches) == pytest.approx(read.duration_s)


@given(st.integers(-500, 90_000))
def test_seconds_counted_from_another_moment_change_no_number(shift_s: int) -> None:
    plain = activity({"time": np.arange(1201), "speed": WALK_RUN}, pauses=((500.0, 530.0),))
    later = activity(
        {"time": np.arange(1201) + shift_s, "speed": WALK_RUN},
        pauses=((500.0 + shift_s, 530.0 + shift_s),),
    )

    one, other = reading(plain, TERMS), reading(later, TERMS)

    assert (one.running_s, one.moving_s, one.timer_s) == (
        other.running_s, other.moving_s, other.timer_s
    )  # fmt: skip
    assert one.best_speed_mps == pytest.approx(other.best_speed_mps)
    assert other.start == START + timedelta(seconds=min(shift_s, 0))


def real(folder: Path, name: str) -> Activity:
    """The last activity of a real file."""
    kind = name.rpartition(".")[2]
    return next(read_files(folder / kind / name)).activities[-1]


# Distances, timers and ascents are the devices' own totals, as the sessions of the files have
# them. Ascents of
# one run differ by 20 to 30 % between makers.
@pytest.mark.parametrize(
    ("name", "distance_m", "timer_s", "ascent_m"),
    [
        ("rp__run.fit", 5839.8, 3164.6, 234),
        ("pfp__2013-02-06-12-11-14.fit", 4835.4, 2625.1, 168),
        ("torm__mornindew-broken.fit", 16773.3, 6856.0, 99),
    ],
)
def test_what_real_watches_total_is_what_is_read(
    activities_folder: Path, name: str, distance_m: float, timer_s: float, ascent_m: float
) -> None:
    read = reading(real(activities_folder, name), TERMS)

    assert read.distance_m == pytest.approx(distance_m, abs=0.1)
    assert read.timer_s == pytest.approx(timer_s, abs=0.1)
    assert read.ascent_m == pytest.approx(ascent_m, rel=0.2)
    assert 0 < (read.running_s or 0) <= (read.moving_s or 0) <= (read.duration_s or 0)


def test_a_real_phone_writes_place_and_distance_in_records_of_one_second(
    activities_folder: Path,
) -> None:
    broken = real(activities_folder, "pfp__strava-android-app-201.10-b1218918.fit")

    read = reading(broken, TERMS)

    # Its last record is damaged and dated 64 years later; the one before is 314 s after the start.
    assert (read.duration_s, read.running_s, read.longest_continuous_s) == (314, 314, 314)
    assert read.best_speed_mps == pytest.approx(3.3, abs=0.1)


def test_a_real_treadmill_has_strides_and_no_positions(activities_folder: Path) -> None:
    run = run_of(real(activities_folder, "tcx__treadmill_1.tcx"), TERMS, "UTC")

    assert run is not None
    assert run.distance_m == pytest.approx(4111, abs=1)
    assert (run.cadence_spm, run.treadmill, run.ascent_m) == (154, None, None)


@pytest.mark.parametrize(
    ("name", "is_run"),
    [
        ("gpxpy__cerknicko-jezero-without-elevations.gpx", False),
        ("rp__8c3249a1-602f-4e76-a277-5e3ebd25c9a0.gpx", True),
        ("tcx__walking_activity_1.tcx", False),
        ("tcx__sup_activity_1.tcx", False),
        ("php__road-cycling.fit", False),
    ],
)
def test_only_real_runs_make_a_run(activities_folder: Path, name: str, is_run: bool) -> None:
    assert (run_of(real(activities_folder, name), TERMS, "UTC") is not None) is is_run


def test_every_real_activity_adds_up(activities_folder: Path) -> None:
    counted = 0
    for outcome in read_files(activities_folder / "tcx"):
        for recorded in outcome.activities:
            read = reading(recorded, TERMS)
            if read.stretches:
                counted += 1
                total_s = sum(s.duration_s for s in read.stretches)
                assert total_s == pytest.approx(read.duration_s)
                assert 0 <= (read.longest_continuous_s or 0) <= total_s
                assert (read.moving_s or 0) <= total_s

    assert counted >= 20
