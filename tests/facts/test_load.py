"""What running asks of the hamstring, in load units.

Expected values are the tables of the load model as they were computed when it was made, from the
same equations by another program; they stand here as printed there. The scale is one unit a
minute at 10 km/h on the level.
"""

from collections.abc import Sequence

import numpy as np
import pytest

from hamstride.facts.load import RunLoad, hlu_per_s, run_load
from hamstride.facts.segments import Samples
from hamstride.facts.signals import Quality, Signal
from hamstride.protocols.loading import load

TERMS = load().declared.load
TENTH_S = 0.1
EASY_MPS = 10 / 3.6


def signal_of(
    speed_mps: Samples | Sequence[float],
    *,
    grade: float = 0,
    cadence_spm: float = np.nan,
    running: bool | None = None,
    dt_s: float = 1,
) -> Signal:
    """A signal with these speeds; running from 2.0 m/s where nothing else is said."""
    speed = np.asarray(speed_mps, dtype=float)
    runs = speed >= 2.0 if running is None else np.full(len(speed), running)
    return Signal(
        time_s=np.arange(len(speed), dtype=float) * dt_s,
        dt_s=np.full(len(speed), dt_s),
        speed_mps=speed,
        grade=np.full(len(speed), float(grade)),
        cadence_spm=np.full(len(speed), float(cadence_spm)),
        running=runs,
        quality=Quality("good", ()),
        has_grade=True,
        median_dt_s=dt_s,
    )


def a_minute(speed_mps: float, grade: float = 0, exponent: float = 4) -> float:
    one = np.array([speed_mps])
    return 60 * float(hlu_per_s(one, np.array([grade]), np.array([True]), TERMS, exponent)[0])


def repeated(times: int, distance_m: float, top_mps: float) -> RunLoad:
    """From rest at 1.6 m/s2 to the speed, held to the distance, and braking after it."""
    ramp = 1.6 * np.arange(TENTH_S / 2, top_mps / 1.6, TENTH_S)
    held_m = distance_m - top_mps**2 / (2 * 1.6)
    held = np.full(round(held_m / top_mps / TENTH_S), top_mps)
    once = np.concatenate([ramp, held, ramp[::-1]])
    return run_load(signal_of(np.tile(once, times), dt_s=TENTH_S), TERMS)


def steady(distance_m: float, speed_mps: float, grade: float = 0, *, runs: bool = True) -> RunLoad:
    one = signal_of([speed_mps], grade=grade, running=runs, dt_s=distance_m / speed_mps)
    return run_load(one, TERMS)


# The table of speeds


@pytest.mark.parametrize(
    ("speed_mps", "table"),
    [
        (2.5, "0.88 0.85 0.79"),
        (2.78, "1 1 1"),
        (3.33, "1.3 1.4 1.7"),
        # Printed as 1.9; by hand (3.6862^3 + 2.47^3) x 1.3758 / 48.49 = 1.849, so rounded twice.
        (4.0, "1.85 2.2 3.2"),
        (5.0, "3.2 4.6 9.4"),
        (6.0, "5.7 9.7 28"),
        (7.0, "10 21 86"),
        (8.0, "18 43 259"),
        (9.0, "32 91 756"),
    ],
)
def test_a_minute_at_each_speed_has_the_load_of_the_table(speed_mps: float, table: str) -> None:
    found = [a_minute(speed_mps, exponent=m) for m in (3, 4, 6)]

    for load_units, printed in zip(found, table.split(), strict=True):
        rounded = 0.5 * 10 ** -len(printed.partition(".")[2])
        assert abs(load_units - float(printed)) <= max(0.02 * float(printed), rounded)


@pytest.mark.parametrize(
    ("speed_mps", "per_km"), [(2.5, 5.7), (2.78, 6.0), (3.33, 7.1), (4.0, 9.3), (8, 91), (9, 168)]
)
def test_a_kilometre_at_each_speed_has_the_load_of_the_table(
    speed_mps: float, per_km: float
) -> None:
    assert steady(1000, speed_mps).hlu == pytest.approx(per_km, rel=0.02)


@pytest.mark.parametrize(
    ("speed_mps", "grade", "times"),
    [
        (2.78, -0.12, 0.94),
        (2.78, 0.06, 1.08),
        (2.78, 0.09, 1.17),
        (2.78, 0.12, 1.32),
        (2.78, 0.21, 2.6),
        (5.0, 0.06, 1.35),
        (5.0, 0.09, 1.60),
    ],
)
def test_a_slope_changes_the_load_as_in_the_table(
    speed_mps: float, grade: float, times: float
) -> None:
    found = a_minute(speed_mps, grade) / a_minute(speed_mps)

    assert found == pytest.approx(times, rel=0.02)


def test_the_unit_is_a_minute_easy_at_10_km_an_hour() -> None:
    assert [a_minute(EASY_MPS, exponent=m) for m in (3, 4, 6)] == pytest.approx([1, 1, 1])


# Where the equations bend, by hand: 2.467 + 0.0762 x 2.7778^2 = 3.0550 BW in swing and
# 2.03 + 0.40 x (2.7778 - 2.9) = 1.9811 BW in stance; to the fourth 87.10 and 15.40.


@pytest.mark.parametrize(
    ("grade", "times"),
    [
        # 1 - 0.2 = 0.8, to the fourth 0.4096: (87.10 + 15.40 x 0.4096) / 102.51
        (-0.20, 0.9113),
        (-0.45, 0.9113),
        # 1 + 0.35 + 14.5 x 0.35^2 = 3.1263, to the fourth 95.52, and no more beyond it; in swing
        # 1 + 1.5 x 0.35 x sigmoid(-6.074) = 1.0012, to the fourth 1.0048
        (0.35, 15.205),
        (0.36, 15.205),
    ],
)
def test_the_load_of_a_very_steep_slope_ends_at_a_limit(grade: float, times: float) -> None:
    assert a_minute(EASY_MPS, grade) == pytest.approx(times, rel=2e-3)


def test_the_force_in_stance_is_a_body_weight_at_least() -> None:
    # At 0.2 m/s the line gives 0.95 BW. Swing 2.47005 BW, to the fourth 37.225; stance 1.
    # Strides 1.42444 and 1.33631 a second: 1.42444 x 38.225 / (1.33631 x 102.51).
    assert a_minute(0.2) == pytest.approx(0.3975, rel=2e-3)


# Whole sessions


@pytest.mark.parametrize(
    ("kmh", "m3", "m4", "m6"), [(9, 27, 26, 24), (10, 30, 30, 30), (11, 34, 36, 38)]
)
def test_half_an_hour_easy_has_the_load_of_the_table(
    kmh: float, m3: float, m4: float, m6: float
) -> None:
    found = run_load(signal_of(np.full(1800, kmh / 3.6)), TERMS)

    assert found.hlu == pytest.approx(m4, rel=0.05)
    assert found.low == pytest.approx(min(m3, m6), rel=0.05)
    assert found.high == pytest.approx(max(m3, m6), rel=0.05)


@pytest.mark.parametrize(
    ("times", "distance_m", "top_mps", "band"),
    [
        (6, 50, 4.8, [3.0, 4.1, 7.5]),
        (6, 50, 6.4, [5.4, 9.5, 30]),
        (5, 80, 7.8, [13, 29, 153]),
    ],
)
def test_repetitions_have_the_load_of_the_table(
    times: int, distance_m: float, top_mps: float, band: list[float]
) -> None:
    found = repeated(times, distance_m, top_mps)

    assert [found.low, found.hlu, found.high] == pytest.approx(band, rel=0.05)


def test_ten_kilometres_flat_have_the_load_of_the_table() -> None:
    found = steady(10_000, 2.9)

    assert [found.low, found.hlu, found.high] == pytest.approx([61, 62, 64], rel=0.05)


def test_ten_hilly_kilometres_at_one_pace_have_the_load_of_the_table() -> None:
    flat, up, down = steady(2000, 2.9), steady(4000, 2.9, 0.12), steady(4000, 2.9, -0.12)

    assert [up.hlu, down.hlu] == pytest.approx([33, 23], rel=0.05)
    assert flat.hlu + up.hlu + down.hlu == pytest.approx(68.5, rel=0.05)


def test_ten_hilly_kilometres_with_the_climbs_walked_have_the_load_of_the_table() -> None:
    # 68 minutes: 690 s on the flat, 2500 s up at 1.6 m/s, and 890 s for the way down.
    flat, up = steady(2000, 2.9), steady(4000, 1.6, 0.12, runs=False)
    down = steady(4000, 4000 / 890, -0.12)

    assert down.hlu == pytest.approx(46, rel=0.05)
    assert up.hlu == pytest.approx(0.5, abs=0.1)
    assert flat.hlu + up.hlu + down.hlu == pytest.approx(59, rel=0.05)


# The band


@pytest.mark.parametrize("speed_mps", [2.2, EASY_MPS, 3.5, 8.0])
def test_the_load_lies_within_its_band(speed_mps: float) -> None:
    found = steady(1000, speed_mps)

    assert found.low <= found.hlu <= found.high


def test_a_band_holds_its_load_where_slow_and_fast_running_are_mixed() -> None:
    # 6000 s at 2.2 m/s and 60 s at 6 m/s: 83.2 units at exponent 3, 81.9 at 4 and 91.1 at 6, so
    # that the lesser of the two ends alone would lie above the load itself.
    found = run_load(signal_of([2.2] * 6000 + [6.0] * 60), TERMS)

    assert found.low == found.hlu == pytest.approx(81.87, rel=1e-3)
    assert found.high == pytest.approx(91.07, rel=1e-3)


# Strides


def test_measured_steps_are_counted_and_do_not_change_the_force() -> None:
    usual = run_load(signal_of([EASY_MPS] * 60), TERMS)
    more = run_load(signal_of([EASY_MPS] * 60, cadence_spm=176.4), TERMS)

    # Usual at 10 km/h: 1.441 - 0.0863 x 2.7778 + 0.0175 x 2.7778^2 = 1.33631 strides, 160.36 steps.
    assert more.hlu / usual.hlu == pytest.approx(176.4 / 160.36, rel=1e-4)


def test_a_lost_foot_pod_does_not_take_the_load_away() -> None:
    usual = run_load(signal_of([3.0] * 60), TERMS)

    assert run_load(signal_of([3.0] * 60, cadence_spm=0), TERMS) == usual


# Walking


def test_walking_counts_a_body_weight_a_step_at_any_speed_and_slope() -> None:
    # 110 steps a minute are 0.91667 strides a second: 0.91667 x 2 / (1.33631 x 102.51) a minute.
    for speed_mps, grade in ((1.0, 0.0), (1.9, 0.15), (0.5, -0.3)):
        found = steady(speed_mps * 60, speed_mps, grade, runs=False)
        assert found.hlu == found.walking == pytest.approx(0.01338, rel=2e-3)


def test_measured_steps_of_walking_are_counted() -> None:
    found = run_load(signal_of([1.4] * 60, cadence_spm=120), TERMS)

    # One stride a second: 2 / (1.33631 x 102.51).
    assert found.walking == pytest.approx(0.01460, rel=2e-3)


@pytest.mark.parametrize(("speed_mps", "cadence_spm"), [(0.49, np.nan), (0.0, np.nan), (0.3, 0)])
def test_standing_adds_nothing(speed_mps: float, cadence_spm: float) -> None:
    found = run_load(signal_of([speed_mps] * 60, cadence_spm=cadence_spm), TERMS)

    assert found.hlu == 0


def test_a_slow_jog_is_running_where_the_cadence_says_so() -> None:
    jogged = steady(120, 1.9, runs=True)

    assert jogged.walking == 0
    assert jogged.hlu > 0.5


# What is not known


def test_samples_without_a_speed_add_nothing() -> None:
    some = run_load(signal_of([3.0, np.nan, 3.0]), TERMS)

    assert some == run_load(signal_of([3.0, 3.0]), TERMS)
    assert np.isnan(a_minute(np.nan))


def test_a_signal_without_samples_has_no_load() -> None:
    assert run_load(signal_of([]), TERMS) == RunLoad(0, 0, 0, 0, 0, 0, 0)


# Where it came from


@pytest.mark.parametrize(
    ("speed_mps", "grade", "runs", "where"),
    [
        (4.5, 0, True, "fast"),
        (4.5, 0.2, True, "fast"),
        (4.49, 0, True, "easy"),
        (3.0, 0.06, True, "hills"),
        (3.0, -0.06, True, "hills"),
        (3.0, 0.059, True, "easy"),
        (3.0, -0.059, True, "easy"),
        (1.8, 0.2, False, "walking"),
        (5.0, 0, False, "walking"),
    ],
)
def test_load_is_fast_or_hills_or_easy_or_walking(
    speed_mps: float, grade: float, runs: bool, where: str
) -> None:
    found = steady(100, speed_mps, grade, runs=runs)

    shares = {name: getattr(found, name) for name in ("fast", "hills", "easy", "walking")}
    assert {name for name, share in shares.items() if share > 0} == {where}
    assert shares[where] == found.hlu


def test_the_shares_of_a_long_run_add_up_to_its_load() -> None:
    # 20,000 samples, more than are computed at a time, with walking, running and sprints.
    speeds = 4 + 3.5 * np.sin(np.arange(20_000) / 50)
    found = run_load(signal_of(speeds, grade=0.07), TERMS)

    assert found.fast + found.hills + found.easy + found.walking == pytest.approx(found.hlu)
    assert min(found.fast, found.hills, found.walking) > 0


def test_a_load_that_a_few_seconds_make_up_is_said_to() -> None:
    # Half an hour at 10 km/h is 30 units; at 12 m/s a second is about 12, by the model.
    easy = [2.78] * 1800

    assert not run_load(signal_of(easy), TERMS).in_seconds
    assert not run_load(signal_of([*easy, 12.0]), TERMS).in_seconds
    assert run_load(signal_of([*easy, *[12.0] * 4]), TERMS).in_seconds


def test_a_session_of_sprints_is_not_taken_for_a_fault() -> None:
    sprint, walk = [3.0, 5.0, 6.5, 7.5, 7.8, 7.8, 7.8, 7.8, 7.8, 6.0, 3.0], [1.3] * 120

    session = [2.78] * 600 + (sprint + walk) * 5

    assert not run_load(signal_of(session), TERMS).in_seconds


def test_a_recording_of_half_a_minute_tells_nothing_of_bursts() -> None:
    assert not run_load(signal_of([2.5] * 20 + [9.0] * 10), TERMS).in_seconds
