"""Bursts: strides, sprints and hill efforts, found without knowing what is fast for the runner."""

from dataclasses import replace

import numpy as np
import pytest

from hamstride.facts.activity import reading
from hamstride.facts.bouts import bouts, bursts
from hamstride.facts.measured import measured
from hamstride.facts.segments import Stretch
from hamstride.facts.signals import Quality, Signal, signal
from hamstride.protocols.loading import load
from hamstride.records import Bout, Measured
from made_up_walk_runs import Piece, Recorder, ran, recorded, stood, walked

DECLARED = load().declared
WARM_UP, COOL_DOWN = ran(600, 2.7), ran(300, 2.7)
JOG_BACK, WALK_BACK = ran(60, 2.5), walked(60)


def found(*pieces: Piece, recorder: Recorder = "watch", seed: int = 3) -> Measured:
    activity = recorded(pieces, recorder, seed=seed)
    return measured(activity, reading(activity, DECLARED.runs), DECLARED)


def session(repeats: int, effort: tuple[Piece, ...], rest: Piece) -> tuple[Piece, ...]:
    return (WARM_UP, walked(60), *((*effort, rest) * repeats), COOL_DOWN)


def signal_of(*pieces: Piece) -> Signal:
    activity = recorded(pieces, "watch", seed=3)
    made = signal(activity, DECLARED.runs, DECLARED.signals)
    assert made is not None
    return made


@pytest.mark.parametrize("recorder", ["watch", "watch_without_steps"])
@pytest.mark.parametrize("rest", [JOG_BACK, WALK_BACK], ids=["jogged back", "walked back"])
@pytest.mark.parametrize("seed", range(5))
def test_six_strides_of_80_m_are_six_bursts_of_80_m(
    recorder: Recorder, rest: Piece, seed: int
) -> None:
    # 16 s at 5 m/s.
    made = found(*session(6, (ran(16, 5.0),), rest), recorder=recorder, seed=seed)

    assert len(made.bursts) == 6
    assert [bout.distance_m for bout in made.bursts] == pytest.approx([80] * 6, rel=0.12)
    assert [bout.best_3s_mps for bout in made.bursts] == pytest.approx([5.0] * 6, abs=0.6)
    assert [bout.duration_s for bout in made.bursts] == pytest.approx([16] * 6, abs=2)


def test_a_file_that_blurs_short_efforts_has_no_bursts() -> None:
    strides = session(6, (ran(16, 5.0),), WALK_BACK)
    rare = Quality("fair", ("sparse",))

    # A phone tells places alone; the noise of places looks like bursts.
    assert found(*strides, recorder="phone").bursts == ()
    assert bursts(replace(signal_of(*strides), quality=rare), DECLARED.following) == ()
    assert len(bursts(signal_of(*strides), DECLARED.following)) == 6


@pytest.mark.parametrize("held_s", [4, 5, 6])
@pytest.mark.parametrize("rest", [JOG_BACK, WALK_BACK], ids=["jogged back", "walked back"])
def test_flying_sprints_of_4_to_6_s_are_found(held_s: int, rest: Piece) -> None:
    run_up = ran(2, 4.5)

    made = found(*session(5, (run_up, ran(held_s, 7.5), run_up), rest))

    assert len(made.bursts) == 5
    # The watch lags, so that it shows the top of so short a sprint a little too slow.
    assert all(6.2 < (bout.best_3s_mps or 0) < 7.9 for bout in made.bursts)


@pytest.mark.parametrize("held_s", [9, 15, 30])
@pytest.mark.parametrize("down", [walked(60, 1.2), ran(60, 2.5)], ids=["walked", "jogged"])
def test_hill_repeats_are_found_with_their_climb_though_they_are_slow(
    held_s: int, down: Piece
) -> None:
    # 3.3 m/s up 10 %, a fifth faster than the jog on the flat, and the same height down again.
    rise = -0.10 * 3.3 * held_s / (down.duration_s * down.speed_mps)
    made = found(*session(6, (ran(held_s, 3.3, 0.10),), replace(down, rise=rise)))

    assert len(made.bursts) == 6
    for bout in made.bursts:
        assert bout.climb_m is not None
        assert bout.distance_m is not None
        # The grade is that of 40 m of the way, which blurs a climb of 30 m.
        assert 0.05 < bout.climb_m / bout.distance_m < 0.11


def test_strides_alone_with_nothing_to_compare_them_with_are_found() -> None:
    made = found(walked(300), *(ran(12, 4.5), walked(60)) * 6)

    assert len(made.bursts) == 6


@pytest.mark.parametrize(
    "pieces",
    [
        (ran(2400, 2.7),),
        (*(ran(200, 2.7), stood(25)) * 8, ran(30, 2.7), stood(20), ran(200, 2.7)),
        (*(walked(120), ran(120, 2.5)) * 5, walked(240)),
        (WARM_UP, *(ran(240, 4.0), ran(120, 2.5)) * 4),
        (walked(1800),),
    ],
    ids=["easy", "traffic lights", "walk-run", "long intervals", "walk"],
)
@pytest.mark.parametrize("recorder", ["watch", "watch_without_steps"])
def test_easy_runs_lights_walk_runs_and_long_intervals_have_no_bursts(
    pieces: tuple[Piece, ...], recorder: Recorder
) -> None:
    assert found(*pieces, recorder=recorder).bursts == ()


def test_the_longest_burst_lasts_40_s() -> None:
    made = found(*session(1, (ran(36, 4.5),), WALK_BACK), *session(1, (ran(48, 4.5),), WALK_BACK))

    assert [bout.duration_s for bout in made.bursts] == pytest.approx([36], abs=2)


def test_a_sprint_to_the_very_end_counts() -> None:
    made = found(WARM_UP, ran(12, 6.0))

    assert [bout.end_s for bout in made.bursts] == pytest.approx([612], abs=1)


def test_bursts_end_at_a_pause() -> None:
    made = signal_of(WARM_UP, ran(20, 5.5), COOL_DOWN)
    dt_s = made.dt_s.copy()
    dt_s[610:613] = 0.0  # the timer stood still

    (first, second) = bursts(replace(made, dt_s=dt_s), DECLARED.following)

    assert first.end_s <= 611
    assert second.start_s >= 612


def test_without_height_a_burst_has_no_climb() -> None:
    made = replace(signal_of(WARM_UP, ran(15, 5.5), COOL_DOWN), has_grade=False)

    (burst,) = bursts(made, DECLARED.following)

    assert burst.climb_m is None


def test_without_any_speed_there_is_no_burst_and_no_distance() -> None:
    made = signal_of(WARM_UP, ran(15, 5.5), COOL_DOWN)
    blind = replace(made, speed_mps=np.full(len(made.speed_mps), np.nan))

    assert bursts(blind, DECLARED.following) == ()


def test_without_any_speed_a_bout_has_its_times_alone() -> None:
    made = replace(signal_of(ran(120, 2.5)), speed_mps=np.full(121, np.nan))

    assert bouts((Stretch("run", 0.0, 120.0),), made) == (Bout("run", 0.0, 120.0),)


def test_a_run_that_ends_in_a_long_standstill_keeps_its_last_sprint() -> None:
    made = found(WARM_UP, ran(12, 6.0), stood(120))

    assert [bout.end_s for bout in made.bursts] == pytest.approx([612], abs=2)


def test_bouts_know_their_distance_their_fastest_3_s_and_their_climb() -> None:
    made = found(walked(120, 1.5), ran(120, 2.5, 0.10), walked(120, 1.5))

    first, climb, _ = made.bouts
    assert isinstance(first, Bout)
    assert first.distance_m == pytest.approx(120 * 1.5, rel=0.05)
    assert climb.distance_m == pytest.approx(120 * 2.5, rel=0.05)
    assert climb.climb_m == pytest.approx(30, abs=5)
    assert climb.best_3s_mps == pytest.approx(2.8, abs=0.3)
