"""Planned against done, from a file of known truth to the verdict."""

from typing import NamedTuple

import pytest

from hamstride.facts.following import followed, recognised
from hamstride.facts.measured import measured_run
from hamstride.protocols.loading import load
from made_up_walk_runs import Piece, Recorder, ran, recorded, stood, walked

LIBRARY = load()
DECLARED = LIBRARY.declared_for(LIBRARY.protocols["strain"])
STEPS, TERMS = DECLARED.steps, DECLARED.following
TOP_MPS = 8.0


class Verdict(NamedTuple):
    """The share of a step that was done, what was harder, and the step that a run looks like."""

    share_pct: int
    harder: tuple[str, ...] = ()
    looks: str | None = None


def verdict(pieces: tuple[Piece, ...], recorder: Recorder, step: str) -> Verdict:
    run = measured_run(recorded(pieces, recorder, seed=5), DECLARED, "UTC")
    assert run is not None
    found = followed(run, STEPS[step], TOP_MPS, TERMS)
    assert found is not None
    return Verdict(found.share_pct, found.harder, recognised(run, STEPS, TOP_MPS, TERMS))


def session(
    repeats: int, run_s: int, walk_s: int, *, run_mps: float = 2.5, rise: float = 0.0
) -> tuple[Piece, ...]:
    between = (ran(run_s, run_mps, rise), walked(walk_s)) * repeats
    return (walked(300), *between[:-1], walked(240))


@pytest.mark.parametrize("recorder", ["watch", "watch_without_steps", "phone", "phone_with_steps"])
@pytest.mark.parametrize(
    ("pieces", "step", "true"),
    [
        (session(5, 60, 180), "R1", Verdict(100, (), "R1")),
        (session(5, 120, 120), "R3", Verdict(100, (), "R3")),
        (session(5, 240, 60), "R7", Verdict(100, (), "R7")),
        (session(4, 120, 120), "R3", Verdict(80)),
        (session(2, 120, 120), "R3", Verdict(40)),
        (session(6, 120, 120), "R3", Verdict(100, ("more_repeats",))),
        (session(5, 180, 120), "R3", Verdict(100, ("longer",))),
        (session(5, 120, 60), "R3", Verdict(100, ("shorter_walks",))),
        (session(5, 120, 120, run_mps=5.3), "R3", Verdict(100, ("faster",))),
        (session(5, 120, 120, rise=0.09), "R3", Verdict(100, ("hills",))),
        ((walked(300), ran(900, 2.7), stood(40), ran(900, 2.7)), "R13", Verdict(100, (), "R13")),
    ],
)
def test_true_walk_runs_are_judged_as_they_were(
    recorder: Recorder, pieces: tuple[Piece, ...], step: str, true: Verdict
) -> None:
    found = verdict(pieces, recorder, step)

    assert found.share_pct == pytest.approx(true.share_pct, abs=3)
    assert found[1:] == true[1:]


def strides(
    repeats: int, seconds: int, mps: float, *, up: int = 2, rise: float = 0.0
) -> tuple[Piece, ...]:
    way = ran(up, mps * 0.6, rise)
    return (
        walked(300), ran(600, 2.7), walked(60),
        *(way, ran(seconds, mps, rise), way, walked(60)) * repeats, ran(300, 2.7),
    )  # fmt: skip


@pytest.mark.parametrize("recorder", ["watch", "watch_without_steps"])
@pytest.mark.parametrize(
    ("pieces", "step", "true"),
    [
        (strides(4, 8, 4.8), "V1", Verdict(100, (), "V1")),
        (strides(6, 8, 4.8), "V2", Verdict(100, (), "V2")),
        (strides(4, 8, 6.4), "V6", Verdict(100, (), "V6")),
        (strides(3, 3, 7.6), "V9", Verdict(100)),
        (strides(5, 4, 8.0), "V10", Verdict(100)),
        (strides(3, 8, 4.8), "V1", Verdict(75)),
        (strides(5, 8, 4.8), "V1", Verdict(100, ("more_repeats",))),
        (strides(4, 8, 6.2), "V1", Verdict(100, ("faster",), "V6")),
        (strides(4, 25, 4.8), "V1", Verdict(100, ("longer",))),
        (strides(4, 8, 4.8, rise=0.1), "V1", Verdict(100, ("hills",))),
        (strides(6, 7, 3.6, up=1, rise=0.1), "V5", Verdict(100)),
        (strides(6, 7, 4.6, up=1), "V5", Verdict(0)),
        ((ran(1800, 2.7),), "V1", Verdict(0, (), "R13")),
    ],
)
def test_true_speed_sessions_are_judged_as_they_were(
    recorder: Recorder, pieces: tuple[Piece, ...], step: str, true: Verdict
) -> None:
    found = verdict(pieces, recorder, step)

    assert found.share_pct == pytest.approx(true.share_pct, abs=3)
    assert found[1:] == true[1:]
