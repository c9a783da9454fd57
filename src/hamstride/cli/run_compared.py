"""Runs beside one another: what was fast for their runner, and what jumped."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from hamstride.explain.run_shown import BandShown, FastShown, JumpShown, RunShown, Top
from hamstride.facts.exposure import Exposure, exposure_to
from hamstride.facts.log import run_day
from hamstride.facts.run_days import days_of
from hamstride.facts.spikes import Day, spikes
from hamstride.facts.top_speed import TopSpeed, best_of_run, raised, top_speed
from hamstride.records import Run
from hamstride.vocabulary import Declared, SpikeTerms

Pair = tuple[RunShown, Run | None]
"""A run as it is shown by itself, and as it counts beside others; None without a day."""


def compared(
    pairs: Sequence[Pair], declared: Declared, injured_on: date | None = None
) -> tuple[list[RunShown], Top | None]:
    """The runs with what was fast and what jumped, each against the others that were given.

    Parameters
    ----------
    injured_on
        The day on which the own top speed is frozen; by default that of the newest run.
    """
    runs = [run for _, run in pairs if run is not None]
    top = _top(runs, declared, injured_on)
    fast = [
        None if run is None else exposure_to(top, run.measured, declared.speed) for _, run in pairs
    ]
    days = days_of(
        (run, None if of_run is None else of_run.fast_m)
        for (_, run), of_run in zip(pairs, fast, strict=True)
        if run is not None
    )
    shown = [
        _jumped(_with_fast(each, of_run), run, days, declared.spikes)
        for (each, run), of_run in zip(pairs, fast, strict=True)
    ]
    if top is None:
        return shown, None
    return shown, Top(top.mps, top.low_mps, top.high_mps, top.at_least, injured_on)


def _top(runs: Sequence[Run], declared: Declared, injured_on: date | None) -> TopSpeed | None:
    """The own top speed up to a day, and what sprints after it add; a file alone names none."""
    on = injured_on or max(map(run_day, runs), default=None)
    bests = [best for run in runs if (best := best_of_run(run, declared)) is not None]
    frozen = None if on is None else top_speed(bests, on, declared.speed)
    return None if frozen is None else raised(frozen, bests, declared.speed)


def _with_fast(shown: RunShown, found: Exposure | None) -> RunShown:
    if found is None:
        return shown
    bands = tuple(
        BandShown(
            from_pct=round(band.from_pct),
            to_pct=None if band.to_pct is None else round(band.to_pct),
            distance_m=band.metres,
            duration_s=band.seconds,
        )
        for band in found.bands
    )
    fast = FastShown(found.fast_m, found.sprint_m, found.fast_efforts, found.sprints)
    return replace(shown, fast=fast, bands=bands)


def _jumped(shown: RunShown, run: Run | None, days: Sequence[Day], terms: SpikeTerms) -> RunShown:
    if run is None:
        return shown
    found = spikes(days, run_day(run), terms)
    jumps = tuple(
        JumpShown(jump.id, jump.level, jump.value, jump.against, jump.unit) for jump in found.jumps
    )
    return replace(shown, spike=found.gate, jumps=jumps)
