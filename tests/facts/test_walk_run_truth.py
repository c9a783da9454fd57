"""Walk-run sessions of known truth: every boundary within 5 s, the running within 3 %.

Fourteen sessions, each as four recorders see it. None is left out. Without cadence the walk and
the run are at least 0.8 m/s apart: closer together, speed alone cannot tell them within 5 s.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from hamstride.facts.activity import reading
from hamstride.facts.measured import measured
from hamstride.protocols.loading import load
from hamstride.readers import read_all
from made_up_walk_runs import Piece, Recorder, edges_s, ran, recorded, stood, walked

DECLARED = load().declared
SLOW = "rp__0da79b1d-dc15-4589-afff-aba4497ea626.gpx"
RECORDERS: tuple[Recorder, ...] = ("watch", "watch_without_steps", "phone", "phone_with_steps")


class Made(NamedTuple):
    """So many times a run and a walk, at what speeds, and a light of so many seconds in one."""

    repeats: int
    run_s: int
    walk_s: int
    run_mps: float
    walk_mps: float
    light_s: int = 0


SESSIONS = (
    Made(5, 60, 180, 2.4, 1.5),
    Made(5, 60, 180, 2.8, 1.6),
    Made(5, 90, 150, 2.2, 1.3),
    Made(5, 90, 150, 2.6, 1.6),
    Made(5, 120, 120, 2.5, 1.5),
    Made(5, 120, 120, 2.5, 1.5, light_s=25),
    Made(5, 150, 90, 2.3, 1.4),
    Made(5, 180, 60, 2.6, 1.5),
    Made(5, 180, 60, 3.0, 1.7, light_s=40),
    Made(5, 210, 60, 2.4, 1.4),
    Made(5, 240, 60, 2.7, 1.6),
    Made(8, 60, 60, 2.7, 1.5),
    Made(4, 300, 120, 2.9, 1.7, light_s=30),
    Made(10, 60, 90, 2.5, 1.4),
)


def pieces_of(made: Made) -> list[Piece]:
    found = [walked(300 + made.walk_s, made.walk_mps)]
    for nth in range(made.repeats):
        if made.light_s and nth == 1:
            half_s = made.run_s // 2
            found += [ran(half_s, made.run_mps), stood(made.light_s)]
            found.append(ran(made.run_s - half_s, made.run_mps))
        else:
            found.append(ran(made.run_s, made.run_mps))
        last = nth == made.repeats - 1
        found.append(walked(240 if last else made.walk_s, made.walk_mps))
    return found


@pytest.mark.parametrize("recorder", RECORDERS)
@pytest.mark.parametrize("seed", range(len(SESSIONS)))
def test_each_boundary_is_found_within_5_s_and_the_running_within_3_percent(
    seed: int, recorder: Recorder
) -> None:
    pieces = pieces_of(SESSIONS[seed])
    activity = recorded(pieces, recorder, seed=100 + seed)

    made = measured(activity, reading(activity, DECLARED.runs), DECLARED)

    assert [bout.kind for bout in made.bouts] == [piece.kind for piece in pieces]
    found_s = [bout.start_s for bout in made.bouts[1:]]
    off_s = [abs(found - true) for found, true in zip(found_s, edges_s(pieces), strict=True)]
    assert max(off_s) <= 5
    ran_s = sum(bout.duration_s for bout in made.bouts if bout.kind == "run")
    true_s = sum(piece.duration_s for piece in pieces if piece.kind == "run")
    assert ran_s == pytest.approx(true_s, rel=0.03)


@pytest.mark.parametrize("recorder", RECORDERS)
def test_half_an_hour_of_slow_jogging_is_one_run(recorder: Recorder) -> None:
    # 7.9 km/h, where the noise of a second reaches below the 2 m/s of a walk.
    activity = recorded([ran(1800, 2.2)], recorder, seed=7)

    made = measured(activity, reading(activity, DECLARED.runs), DECLARED)

    assert [(bout.kind, bout.duration_s) for bout in made.bouts] == [("run", 1800)]


@pytest.mark.parametrize("recorder", RECORDERS)
def test_half_an_hour_of_brisk_walking_is_no_run(recorder: Recorder) -> None:
    activity = recorded([walked(1800, 1.75)], recorder, seed=8)

    made = measured(activity, reading(activity, DECLARED.runs), DECLARED)

    assert [(bout.kind, bout.duration_s) for bout in made.bouts] == [("walk", 1800)]


# Real runs, looked at one by one: what their speeds show, and what was found.


@pytest.mark.parametrize(
    ("name", "walk_first_s", "runs_s"),
    [
        # Walk, nine minutes of running, then runs of two to four minutes with minutes of walking.
        ("tcx__20090528-202902.tcx", 510, [561, 223, 139, 164, 148, 96, 93, 92, 19]),
        ("tcx__20090529-222544.tcx", 438, [455, 99, 248, 122, 169, 16, 19]),
    ],
)
def test_the_runs_of_a_real_walk_run_without_cadence(
    activities_folder: Path, name: str, walk_first_s: float, runs_s: list[float]
) -> None:
    (outcome,) = read_all([activities_folder / "tcx" / name])
    (activity,) = outcome.activities

    found = reading(activity, DECLARED.runs).stretches

    assert found[0].kind == "walk"
    assert found[0].duration_s == pytest.approx(walk_first_s, abs=5)
    durations_s = [each.duration_s for each in found if each.kind == "run"]
    assert durations_s == pytest.approx(runs_s, abs=5)


def test_a_real_slow_run_whose_speed_dips_is_not_cut_into_pieces(activities_folder: Path) -> None:
    # 18 minutes with places every 5 s: ten runs by the plain comparison with 2 m/s.
    (outcome,) = read_all([activities_folder / "gpx" / SLOW])
    (activity,) = outcome.activities

    found = reading(activity, DECLARED.runs).stretches

    assert [each.kind for each in found] == ["run", "walk"] * 4
