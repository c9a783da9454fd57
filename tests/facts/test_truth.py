"""Runs of known truth, all the way from the file to the load."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from hamstride.demo.activity_files import as_fit, as_gpx, as_tcx
from hamstride.demo.streams import Effort, Samples, Streams, recorded
from hamstride.facts.load import RunLoad, run_load
from hamstride.facts.signals import Mask, Signal, signal
from hamstride.protocols.loading import load
from hamstride.readers import Found, decode
from hamstride.records import Activity

DECLARED = load().declared
START = datetime(2026, 10, 19, 17, 0, tzinfo=UTC)
WRITERS = {"fit": as_fit, "gpx": as_gpx, "tcx": as_tcx}

EASY = (Effort(1200, 2.9),)
WALK_RUN = tuple(effort for _ in range(6) for effort in (Effort(60, 1.5), Effort(120, 2.7)))
STRIDES = (
    Effort(600, 2.7),
    *(each for _ in range(4) for each in (Effort(20, 5.5), Effort(60, 1.5))),
    Effort(300, 2.7),
)


def read_back(streams: Streams, form: str) -> Activity:
    outcome = decode(Found(f"run.{form}", WRITERS[form](streams, START)))
    (activity,) = outcome.activities
    return activity


def signal_of(streams: Streams, form: str = "fit") -> Signal:
    found = signal(read_back(streams, form), DECLARED.runs, DECLARED.signals)
    assert found is not None
    return found


def load_of(found: Signal) -> RunLoad:
    return run_load(found, DECLARED.load)


def metres(found: Signal) -> float:
    return float(np.nansum(found.speed_mps * found.dt_s))


def run_of(speed_mps: Samples, strides_per_min: float = 85) -> Streams:
    """A run with exactly these speeds, on a treadmill, as its watch adds them up."""
    base = recorded((Effort(len(speed_mps) - 1, 3.0),), seed=1, treadmill=True)
    distance = np.concatenate([[0.0], np.cumsum(speed_mps[:-1])])
    strides = np.full(len(speed_mps), float(strides_per_min))
    return replace(base, speed_mps=speed_mps, distance_m=distance, strides_per_min=strides)


def outdoors(speed_mps: Samples, rise: float) -> Streams:
    """A straight way north with one slope, and heights in the steps of a barometer."""
    streams = run_of(speed_mps)
    north_deg = streams.distance_m / 111_195
    return replace(
        streams,
        latitude_deg=38.7 + north_deg,
        longitude_deg=np.full(len(speed_mps), -9.1),
        altitude_m=300 + rise * streams.distance_m,
    )


@pytest.mark.parametrize("efforts", [EASY, WALK_RUN, STRIDES], ids=["easy", "walk-run", "strides"])
@pytest.mark.parametrize("form", ["gpx", "tcx"])
def test_one_run_has_one_distance_and_one_load_in_every_format(
    efforts: tuple[Effort, ...], form: str
) -> None:
    streams = recorded(efforts, seed=11)
    fit, other = signal_of(streams, "fit"), signal_of(streams, form)

    assert metres(fit) == pytest.approx(float(streams.distance_m[-1]), rel=0.01)
    assert metres(other) == pytest.approx(metres(fit), rel=0.01)
    assert load_of(other).hlu == pytest.approx(load_of(fit).hlu, rel=0.05)


def test_twenty_minutes_easy_have_the_load_that_the_scale_promises() -> None:
    # One unit is a minute at 10 km/h, at the 160 steps a minute that the model expects there.
    found = load_of(signal_of(run_of(np.full(1201, 10 / 3.6), strides_per_min=80)))

    assert found.hlu == pytest.approx(20, rel=0.02)


@pytest.mark.parametrize("at", [0, 1, 600, 1199, 1200])
def test_a_spike_of_a_second_to_12_mps_changes_the_load_by_under_a_hundredth(at: int) -> None:
    speed = np.full(1201, 3.0)
    spiked = speed.copy()
    spiked[at] = 12.0

    # The watch that slips in speed does not add up its slip.
    found = load_of(signal_of(replace(run_of(speed), speed_mps=spiked)))

    assert found.hlu == pytest.approx(load_of(signal_of(run_of(speed))).hlu, rel=0.01)


@pytest.mark.parametrize("top_mps", [6.0, 7.0, 8.5])
def test_a_true_sprint_of_3_s_is_kept_within_a_tenth(top_mps: float) -> None:
    time_s = np.arange(601.0)
    # Three seconds at the top, after four of run-up and before four of braking.
    speed = np.interp(time_s, [298, 302, 305, 309], [2.7, top_mps, top_mps, 2.7])

    found = signal_of(run_of(speed))

    assert found.speed_mps.max() == pytest.approx(top_mps, rel=0.1)
    assert metres(found) == pytest.approx(float(speed[:-1].sum()), rel=0.01)
    assert load_of(found).fast > 0


@pytest.mark.parametrize("rise", [-0.08, 0.0, 0.06, 0.12])
@pytest.mark.parametrize("form", ["fit", "gpx", "tcx"])
def test_the_grade_of_a_file_is_found_within_a_point(rise: float, form: str) -> None:
    found = signal_of(outdoors(np.full(301, 3.0), rise), form)

    assert found.grade[20:280] == pytest.approx(np.full(260, rise), abs=0.01)


@pytest.mark.parametrize("times", [0.5, 2.0])
def test_half_and_double_cadence_change_no_load(times: float) -> None:
    streams = run_of(np.full(601, 3.0))
    odd = streams.strides_per_min.copy()
    odd[200:300] *= times

    found = signal_of(replace(streams, strides_per_min=odd))

    assert found.running.all()
    assert load_of(found).hlu == pytest.approx(load_of(signal_of(streams)).hlu, rel=0.01)


def without(
    activity: Activity, keep: Mask, pauses: tuple[tuple[float, float], ...] = ()
) -> Activity:
    """The same activity without the samples that are not kept."""
    channels = {
        name: replace(channel, raw=channel.raw[keep]) for name, channel in activity.channels.items()
    }
    return replace(activity, channels=channels, pauses=pauses)


def test_a_pause_of_the_timer_counts_neither_time_nor_distance_nor_load() -> None:
    whole = read_back(run_of(np.full(601, 3.0)), "fit")
    at = np.arange(601)
    paused = without(whole, (at <= 200) | (at >= 400), pauses=((200.0, 400.0),))
    found = signal(paused, DECLARED.runs, DECLARED.signals)
    alone = signal(whole, DECLARED.runs, DECLARED.signals)

    assert found is not None
    assert alone is not None
    assert found.dt_s.sum() == pytest.approx(400)
    assert metres(found) == pytest.approx(1200, rel=0.01)
    assert load_of(found).hlu == pytest.approx(load_of(alone).hlu * 400 / 600, rel=0.01)


@pytest.mark.parametrize(("gap_s", "counted_s"), [(5, 600), (20, 600), (120, 480)])
def test_a_gap_is_bridged_by_its_distance_for_half_a_minute(gap_s: int, counted_s: int) -> None:
    whole = read_back(run_of(np.full(601, 3.0)), "fit")
    at = np.arange(601)
    found = signal(
        without(whole, (at <= 200) | (at >= 200 + gap_s)), DECLARED.runs, DECLARED.signals
    )

    assert found is not None
    assert found.dt_s.sum() == pytest.approx(counted_s)
    assert metres(found) == pytest.approx(3.0 * counted_s, rel=0.01)
