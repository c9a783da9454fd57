"""Activities of known truth, built column by column; expected values are counted by hand."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from hamstride.facts.outliers import beat_kept, without_spikes
from hamstride.facts.segments import Samples
from hamstride.facts.signals import Signal, signal
from hamstride.records import Activity, Channel, Finding
from hamstride.vocabulary import RunTerms, SignalTerms

# The figures of library/facts.toml: 140 steps/min, 2.0 m/s, 10 s and 20 s.
RUNS = RunTerms(140, 2.0, 10, 20, 30, 20, 10, (), (), (), ())
TERMS = SignalTerms(
    hardest_change_mps2=5,
    spike_within_s=9,
    spike_from_mad=4,
    sprint_within_s=20,
    sprint_borne_out_frac=0.7,
    linear_within_s=5,
    smoothed_s=3,
    still_from_s=5,
    altitude_median_s=5,
    grade_over_m=40,
    grade_over_s=15,
    steepest_frac=0.45,
    locked_within_frac=0.15,
    shortest_stride_m=0.6,
    longest_stride_m=5.2,
    sparse_from_s=1.5,
    unknown_from_frac=0.05,
    spikes_from_frac=0.01,
    poor_from_reasons=3,
    half_known_frac=0.5,
)
UNITS = {"time": "s", "speed": "mps", "cadence": "spm"}
NAN = float("nan")


def activity(columns: dict[str, Any], *, sport: str = "running", **rest: Any) -> Activity:
    channels = {
        name: Channel(np.asarray(values, dtype=float), UNITS.get(name, "m"))
        for name, values in columns.items()
    }
    told: dict[str, Any] = {"file": "a.fit", "format": "fit"} | rest
    start = datetime(2026, 10, 19, 17, 0, tzinfo=UTC)
    return Activity(sport=sport, channels=channels, start=start, **told)


def steady(seconds: int = 300, speed_mps: float = 3.0, **more: float) -> dict[str, Any]:
    """Columns at 1 Hz with one speed throughout."""
    columns = {"time": np.arange(seconds + 1.0), "speed": np.full(seconds + 1, speed_mps)}
    return columns | {name: np.full(seconds + 1, float(value)) for name, value in more.items()}


def made(columns: dict[str, Any], **rest: Any) -> Signal:
    found = signal(activity(columns, **rest), RUNS, TERMS)
    assert found is not None
    return found


def changed(columns: dict[str, Any], name: str, at: slice, value: Any) -> dict[str, Any]:
    values = columns[name].copy()
    values[at] = value
    return columns | {name: values}


def metres(found: Signal) -> float:
    return float(np.nansum(found.speed_mps * found.dt_s))


# Clock, gaps and pauses


def test_the_figures_are_those_of_the_library() -> None:
    rows = tomllib.loads(
        (files("hamstride.protocols") / "library" / "signals.toml").read_text("utf-8")
    )["terms"]

    figures = {row["id"]: row["value"] for row in rows}

    assert figures == {name: getattr(TERMS, name) for name in SignalTerms.__dataclass_fields__}


def test_a_steady_run_with_everything_is_good_and_unchanged() -> None:
    found = made(steady(cadence=170, altitude=100))

    assert found.speed_mps == pytest.approx(np.full(301, 3.0))
    assert found.dt_s.tolist() == [1.0] * 300 + [0.0]
    assert not found.grade.any()
    assert found.running.all()
    assert found.cadence_spm.tolist() == [170.0] * 301
    assert (found.quality.grade, found.quality.reasons) == ("good", ())
    assert (found.has_grade, found.median_dt_s) == (True, 1.0)


@pytest.mark.parametrize("columns", [{}, {"time": [0.0]}, {"latitude": [38.7, 38.8]}])
def test_without_two_samples_that_have_a_time_there_is_no_signal(columns: dict[str, Any]) -> None:
    assert signal(activity(columns), RUNS, TERMS) is None


def test_a_pause_of_the_timer_counts_no_time_and_nothing_is_drawn_across_it() -> None:
    columns = steady()
    columns = changed(columns, "speed", slice(200, None), 4.0)
    keep = (columns["time"] <= 100) | (columns["time"] >= 200)
    columns = {name: values[keep] for name, values in columns.items()}

    found = made(columns, pauses=((100.0, 200.0),))

    assert found.dt_s.sum() == pytest.approx(200)
    assert set(found.speed_mps.tolist()) == {3.0, 4.0}  # no value between the two
    assert not ((found.time_s > 100) & (found.time_s < 200)).any()


def test_a_pause_between_two_samples_leaves_the_rest_of_the_second() -> None:
    found = made(steady(60), pauses=((10.25, 10.75),))

    assert found.dt_s[9:12].tolist() == [1.0, 0.5, 1.0]


@pytest.mark.parametrize(("gap_s", "counted_s"), [(10, 300), (11, 289), (30, 270), (31, 269)])
def test_a_gap_without_a_distance_counts_up_to_10_s(gap_s: int, counted_s: int) -> None:
    columns = steady()
    keep = (columns["time"] <= 100) | (columns["time"] >= 100 + gap_s)

    found = made({name: values[keep] for name, values in columns.items()})

    assert found.dt_s.sum() == pytest.approx(counted_s)


@pytest.mark.parametrize(("gap_s", "counted_s"), [(8, 300), (30, 300), (31, 269)])
def test_the_distance_bridges_a_gap_up_to_30_s_at_its_mean_speed(
    gap_s: int, counted_s: int
) -> None:
    columns = steady()
    # 2 m/s in the gap and 3 m/s elsewhere.
    speed = np.where((columns["time"] >= 100) & (columns["time"] < 100 + gap_s), 2.0, 3.0)
    columns["distance"] = np.concatenate(([0.0], np.cumsum(speed[:-1])))
    keep = (columns["time"] <= 100) | (columns["time"] >= 100 + gap_s)

    found = made({name: values[keep] for name, values in columns.items()})

    assert found.dt_s.sum() == pytest.approx(counted_s)
    inside = (found.time_s > 103) & (found.time_s < 97 + gap_s)
    assert found.speed_mps[inside] == pytest.approx(np.full(inside.sum(), 2.0))


def test_smart_recording_is_a_straight_line_between_its_samples_and_said() -> None:
    columns = {"time": np.arange(0.0, 201, 4), "speed": 2 + np.arange(0.0, 201, 4) / 100}

    found = made(columns)

    assert found.time_s.tolist() == list(range(201))
    assert found.speed_mps == pytest.approx(2 + np.arange(201) / 100)
    assert "sparse" in found.quality.reasons
    assert found.median_dt_s == 4.0


@pytest.mark.parametrize(("still_s", "counted_s"), [(5, 300), (6, 294)])
def test_standing_for_more_than_5_s_counts_no_time(still_s: int, counted_s: int) -> None:
    columns = changed(steady(), "speed", slice(100, 100 + still_s), 0.0)

    assert made(columns).dt_s.sum() == pytest.approx(counted_s)


def test_steps_on_the_spot_are_no_standing() -> None:
    columns = changed(steady(cadence=170), "speed", slice(100, 160), 0.1)

    assert made(columns).dt_s.sum() == pytest.approx(300)


# Spikes and sprints


def test_a_spike_of_one_second_to_12_mps_disappears() -> None:
    found = made(changed(steady(), "speed", slice(100, 101), 12.0))

    assert found.speed_mps == pytest.approx(np.full(301, 3.0))


@pytest.mark.parametrize("seconds", [1, 2, 4])
def test_a_short_burst_that_nobody_can_start_and_stop_disappears(seconds: int) -> None:
    found = made(changed(steady(), "speed", slice(100, 100 + seconds), 9.0))

    assert np.nanmax(found.speed_mps) == pytest.approx(3.0)


@pytest.mark.parametrize(("speed_mps", "kept"), [(12.5, True), (12.6, False)])
def test_speeds_up_to_12_5_mps_stay_where_a_run_up_bears_them_out(
    speed_mps: float, kept: bool
) -> None:
    time_s = np.arange(40.0)
    speed = np.interp(time_s, [10, 15, 20, 25], [3.0, speed_mps, speed_mps, 3.0])

    assert np.isfinite(without_spikes(time_s, speed, TERMS)[17]) == kept


def test_a_sprint_of_3_s_is_kept_within_a_tenth() -> None:
    columns = steady()
    columns["speed"][98:106] = [3.0, 5.0, 7.0, 8.0, 8.0, 8.0, 6.0, 4.0]  # 49 m in 8 s

    found = made(columns)

    assert found.speed_mps[96:108].max() == pytest.approx(8.0, rel=0.1)
    assert found.speed_mps[97:107].sum() == pytest.approx(49 + 3 + 3, rel=0.1)
    assert "spikes" not in found.quality.reasons


def test_a_lone_peak_below_the_limits_goes_only_when_nothing_near_bears_it_out() -> None:
    time_s = np.arange(60.0)
    lone = np.full(60, 3.0)
    lone[30] = 5.0
    borne_out = lone.copy()
    borne_out[38] = 3.6  # 0.72 of 5 m/s, 8 s later

    assert np.isnan(without_spikes(time_s, lone, TERMS)[30])
    assert without_spikes(time_s, borne_out, TERMS)[30] == 5.0


def test_noise_of_an_easy_run_is_no_spike() -> None:
    speed = 3 + 0.3 * np.random.default_rng(7).standard_normal(3600)

    clean = without_spikes(np.arange(3600.0), speed, TERMS)

    assert np.isnan(clean).mean() < 0.001


def test_many_spikes_lower_the_quality() -> None:
    columns = steady(cadence=170, altitude=100)
    columns["speed"][10::20] = 12.0

    assert made(columns).quality.reasons == ("spikes",)


# Elevation and grade


@pytest.mark.parametrize("rise", [0.06, -0.06, 0.15])
def test_the_grade_of_a_hill_is_found_within_a_point(rise: float) -> None:
    columns = steady(600)
    along_m = np.clip(columns["time"] * 3 - 600, 0, 600)  # 600 m level, 600 m hill, 600 m level
    # A barometer in steps of 0.2 m with a noise of 0.1 m.
    noise_m = 0.1 * np.random.default_rng(3).standard_normal(601)
    columns["altitude"] = np.round((100 + rise * along_m + noise_m) * 5) / 5

    found = made(columns)

    assert found.grade[220:380] == pytest.approx(np.full(160, rise), abs=0.01)
    assert found.grade[:180] == pytest.approx(np.zeros(180), abs=0.01)


def test_grades_are_clipped_at_45_pct() -> None:
    columns = steady()
    columns["altitude"] = columns["time"] * 3.0  # as far up as along

    assert made(columns).grade[100] == pytest.approx(0.45)


def test_altitude_that_drifts_while_standing_is_no_hill() -> None:
    columns = steady(speed_mps=0.2)
    columns["altitude"] = columns["time"] / 10

    found = made(columns)

    assert not found.grade.any()


def test_a_climb_during_a_pause_is_no_hill() -> None:
    columns = steady()
    columns["altitude"] = np.where(columns["time"] < 150, 100.0, 130.0)
    keep = (columns["time"] <= 140) | (columns["time"] >= 200)

    found = made({name: values[keep] for name, values in columns.items()}, pauses=((140.0, 200.0),))

    assert found.has_grade
    assert found.grade == pytest.approx(np.zeros(len(found.grade)), abs=1e-9)


@pytest.mark.parametrize("columns", [steady(cadence=170), steady(cadence=170, altitude=NAN)])
def test_without_altitude_the_grade_is_0_and_said(columns: dict[str, Any]) -> None:
    found = made(columns)

    assert not found.has_grade
    assert not found.grade.any()
    assert (found.quality.grade, found.quality.reasons) == ("fair", ("no_grade",))


def test_the_barometer_of_a_treadmill_run_is_the_weather() -> None:
    columns = steady(cadence=170)
    columns["altitude"] = columns["time"] / 10

    found = made(columns, sub_sport="treadmill")

    assert not found.has_grade
    assert not found.grade.any()


# Cadence


def test_without_cadence_speed_tells_running() -> None:
    columns = changed(steady(altitude=100), "speed", slice(150, None), 1.9)

    found = made(columns)

    assert np.isnan(found.cadence_spm).all()
    assert found.running[:149].all()
    assert not found.running[152:].any()
    assert found.quality.reasons == ("no_cadence",)


@pytest.mark.parametrize(("cadence_spm", "runs"), [(140, True), (139, False)])
def test_cadence_tells_running_at_any_speed(cadence_spm: float, runs: bool) -> None:
    assert made(steady(speed_mps=1.5, cadence=cadence_spm)).running.all() == runs


def test_a_lost_foot_pod_leaves_it_to_speed() -> None:
    columns = changed(steady(cadence=170, altitude=100), "cadence", slice(100, 160), 0)

    assert made(columns).running.all()


@pytest.mark.parametrize("written_spm", [85, 340])
def test_half_and_double_beats_at_running_speed_are_put_right(written_spm: float) -> None:
    cadence = np.full(100, 170.0)
    cadence[40:60] = written_spm

    kept = beat_kept(np.full(100, 3.0), cadence, RUNS, TERMS)

    assert kept.tolist() == [170.0] * 100


def test_the_cadence_of_walking_stays() -> None:
    speed = np.where(np.arange(100) < 50, 3.0, 1.2)
    cadence = np.where(np.arange(100) < 50, 180.0, 95.0)

    assert beat_kept(speed, cadence, RUNS, TERMS).tolist() == cadence.tolist()


def test_a_corrected_cadence_is_said() -> None:
    columns = changed(steady(cadence=170, altitude=100), "cadence", slice(100, 160), 85)

    found = made(columns)

    assert found.cadence_spm.tolist() == [170.0] * 301
    assert found.quality.reasons == ("cadence_corrected",)


def test_a_cadence_that_is_missing_for_a_while_is_said() -> None:
    columns = changed(steady(cadence=170, altitude=100), "cadence", slice(100, 160), NAN)

    assert made(columns).quality.reasons == ("cadence_unknown",)


def test_running_steps_without_the_speed_for_them_are_at_odds() -> None:
    # 170 steps/min at 0.5 m/s: a stride of 0.35 m.
    found = made(steady(speed_mps=0.5, cadence=170, altitude=100))

    assert found.quality.reasons == ("cadence_at_odds",)


# Quality


def test_a_treadmill_without_any_speed_still_tells_running_by_cadence() -> None:
    found = made({"time": np.arange(301.0), "cadence": np.full(301, 170.0)}, sub_sport="treadmill")

    assert np.isnan(found.speed_mps).all()
    assert found.running.all()
    assert found.dt_s.sum() == pytest.approx(300)
    assert (found.quality.grade, found.quality.reasons) == ("poor", ("no_speed", "no_grade"))


def test_speed_from_the_distance_is_said() -> None:
    columns = {"time": np.arange(301.0), "distance": np.arange(301) * 3.0}

    found = made(columns | {"cadence": np.full(301, 170.0), "altitude": np.full(301, 100.0)})

    assert metres(found) == pytest.approx(900, rel=0.01)
    assert (found.quality.grade, found.quality.reasons) == ("fair", ("speed_by_distance",))


def test_speed_that_is_missing_for_half_the_time_is_poor() -> None:
    columns = changed(steady(cadence=170, altitude=100), "speed", slice(100, 260), NAN)

    found = made(columns)

    assert np.isnan(found.speed_mps).sum() == 160
    assert (found.quality.grade, found.quality.reasons) == ("poor", ("speed_unknown", "gaps"))


def test_a_file_whose_numbers_may_be_wrong_is_poor() -> None:
    found = made(
        steady(cadence=170, altitude=100), findings=(Finding("crc", "Damaged.", unsure=True),)
    )

    assert (found.quality.grade, found.quality.reasons) == ("poor", ("unsure_file",))


def test_three_small_doubts_are_a_large_one() -> None:
    found = made({"time": np.arange(0.0, 200, 4), "speed": np.full(50, 3.0)})

    assert found.quality.reasons == ("sparse", "no_cadence", "no_grade")
    assert found.quality.grade == "poor"


def test_values_that_are_missing_everywhere_are_unknown_and_harm_nothing() -> None:
    found = made(steady(speed_mps=NAN, cadence=NAN, altitude=NAN, distance=NAN))

    assert np.isnan(found.speed_mps).all()
    assert not found.running.any()
    assert found.quality.grade == "poor"


@pytest.mark.parametrize("name", ["speed", "cadence", "altitude", "distance"])
def test_missing_values_stay_where_they_are(name: str) -> None:
    holes = np.random.default_rng(5).random(301) < 0.3
    columns = steady(cadence=170, altitude=100, distance=0)
    columns["distance"] = columns["time"] * 3
    columns[name][holes] = NAN

    found = made(columns)

    assert np.nanmax(found.speed_mps) == pytest.approx(3.0, abs=0.01)
    assert np.isfinite(found.grade).all()
    assert found.running.all()
    assert found.dt_s.sum() == pytest.approx(300)


@pytest.mark.parametrize("seconds", [1, 2, 3])
def test_the_shortest_files_have_a_signal(seconds: int) -> None:
    found = made(steady(seconds, cadence=170, altitude=100))

    assert found.speed_mps.tolist() == [3.0] * (seconds + 1)


def spread(values: Samples) -> float:
    return float(np.std(values))


def test_smoothing_halves_noise_and_keeps_a_straight_line() -> None:
    noise = 0.2 * np.random.default_rng(1).standard_normal(301)
    rising = 3 + np.arange(301) / 300

    found = made(steady() | {"speed": rising + noise})

    assert spread(found.speed_mps - rising) < 0.65 * spread(noise)  # 1 / sqrt(3) = 0.58
