"""What one activity measured, as plain numbers that everything later is computed from."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.activity import Reading, is_unsure, reading, run_of
from hamstride.facts.bouts import bouts, bursts
from hamstride.facts.load import RunLoad, run_load
from hamstride.facts.signals import Signal, signal
from hamstride.facts.speed import fastest_mps, fastest_over_mps, speeds
from hamstride.records import Activity, Load, Measured, Run
from hamstride.units import M_PER_KM
from hamstride.vocabulary import Declared, LoadTerms

_BEST_S, _LONGER_BEST_S, _FAR_M = 3.0, 20.0, 5 * M_PER_KM
_BAND_MPS = 0.5  # of the speeds that step lengths are told apart by
_STEPS_MIN_S = 60.0  # steps a minute to steps a second

Strides = tuple[tuple[float, float, float], ...]


def measured_run(activity: Activity, declared: Declared, timezone: str) -> Run | None:
    """The run that an activity is, with what was measured of it; None for other sports.

    Of a file whose numbers may be wrong the day alone counts, as in `run_of`.
    """
    read = reading(activity, declared.runs)
    run = run_of(activity, declared.runs, timezone, read)
    if run is None or is_unsure(activity):
        return run
    return replace(run, measured=measured(activity, read, declared))


def measured(activity: Activity, read: Reading, declared: Declared) -> Measured:
    """The measured side of a run: its load, its speeds, its bouts, and how far to trust them.

    Parameters
    ----------
    activity : Activity
        A run; of other sports nothing of this means anything.
    read : Reading
        Its numbers, as `facts.activity.reading` found them.
    """
    found = signal(activity, declared.runs, declared.signals)
    if found is None:
        return Measured(descent_m=read.descent_m)
    load = run_load(found, declared.load)
    poor = load.in_seconds and "no_speed" not in found.quality.reasons
    steep_s, efforts = _hills(found, declared.load)
    return Measured(
        quality="poor" if poor else found.quality.grade,
        doubts=(*found.quality.reasons, *(("load_in_seconds",) if poor else ())),
        # The load of a run whose speed is nowhere known would be a 0 that was never measured.
        load=None if "no_speed" in found.quality.reasons else _load(load),
        best_3s_mps=_rounded(fastest_mps(found, _BEST_S)),
        best_20s_mps=_rounded(fastest_mps(found, _LONGER_BEST_S)),
        best_5k_mps=_rounded(fastest_over_mps(found, _FAR_M)),
        descent_m=read.descent_m,
        steep_s=steep_s,
        hill_efforts=efforts,
        stride_lengths=_stride_lengths(found),
        speeds=speeds(found, load.by_sample, declared.speed),
        bouts=bouts(read.stretches, found),
        bursts=bursts(found, declared.following),
    )


def _load(found: RunLoad) -> Load:
    return Load(**{name: getattr(found, name) for name in Load.__dataclass_fields__})


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _hills(found: Signal, terms: LoadTerms) -> tuple[float | None, int | None]:
    """Seconds of running on steep slopes, and how many efforts uphill; unknown without height."""
    if not found.has_grade:
        return None, None
    steep = found.running & (np.abs(found.grade) >= terms.hill_grade)
    uphill = found.running & (found.grade >= terms.hill_grade)
    efforts = sum(
        float(found.dt_s[first:last].sum()) >= terms.hill_effort_s for first, last in _spans(uphill)
    )
    return float(found.dt_s[steep].sum()), efforts


def _spans(yes: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last place, the latter not counted, of each stretch that holds."""
    turns = np.flatnonzero(np.diff(np.concatenate(([False], yes, [False]))))
    return list(zip(turns[::2].tolist(), turns[1::2].tolist(), strict=True))


def _stride_lengths(found: Signal) -> Strides:
    """Mean length of a step by speed; empty without a measured cadence."""
    known = found.running & (found.cadence_spm > 0) & (found.dt_s > 0)
    known &= np.isfinite(found.speed_mps)
    speed_mps, dt_s = found.speed_mps[known], found.dt_s[known]
    steps = found.cadence_spm[known] / _STEPS_MIN_S * dt_s
    band = (speed_mps / _BAND_MPS).astype(int)
    rows = []
    for each in np.unique(band).tolist():
        within = band == each
        metres, seconds = float((speed_mps * dt_s)[within].sum()), float(dt_s[within].sum())
        rows.append((each * _BAND_MPS, round(metres / float(steps[within].sum()), 3), seconds))
    return tuple(rows)
