"""What running asked of the hamstring, in load units: one unit is a minute easy at 10 km/h.

A model of two loadings in each stride of one leg, late swing and stance. Its figures come from
`load.toml`; the equations are our own fit of published values and nothing in them is validated
on injured runners. Load units compare a runner with herself, never with somebody else, and say
nothing of the side that hurts. Cadence counts the strides and does not change the force of one.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from hamstride.facts.segments import MOVING_MPS, Samples
from hamstride.facts.signals import Signal
from hamstride.records import Load
from hamstride.vocabulary import LoadTerms

_BLOCK = 8192  # samples at a time, so that what stands between two steps stays in the cache
_STEPS_PER_STRIDE_MIN = 120.0  # 60 s a minute, 2 steps a stride: steps/min to strides/s

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RunLoad(Load):
    """The load of one run, and how it lies in time.

    `in_seconds` says that a few seconds hold so much of the load that a fault of the watch is
    likelier than a sprint. `by_sample` is `hlu` by sample of the signal, NaN where unknown.
    """

    in_seconds: bool = False
    by_sample: Samples = field(default_factory=lambda: np.empty(0), compare=False, repr=False)


def run_load(signal: Signal, terms: LoadTerms) -> RunLoad:
    """The load of a run.

    Parameters
    ----------
    signal : Signal
        Speed, grade and gait by sample, and the seconds that each stands for.
    terms : LoadTerms
        The figures of the model.

    Returns
    -------
    RunLoad
        In load units. Samples whose speed is not known add nothing, so that the load is a lower
        bound where speed is missing.

    Notes
    -----
    Strides are counted by the measured cadence, and where there is none by the usual one at that
    speed. What is fast is an absolute speed, which says little of a very fast or slow runner:
    a share of her own top speed would be better, and is not known yet.
    """
    exponents = (terms.exponent, terms.exponent_low, terms.exponent_high)
    hlu = np.empty((len(exponents), len(signal.dt_s)))
    for part in _blocks(len(signal.dt_s)):
        speed_mps, running = signal.speed_mps[part], signal.running[part]
        swing_bw, stance_bw = _forces_bw(speed_mps, signal.grade[part], running, terms)
        strides = _strides_hz(speed_mps, signal.cadence_spm[part], running, terms)
        strides *= signal.dt_s[part]
        for row, exponent in zip(hlu, exponents, strict=True):
            row[part] = strides * _of_a_stride(swing_bw, stance_bw, terms, exponent)
    totals = [float(np.nansum(row)) for row in hlu]
    fast = signal.running & (signal.speed_mps >= terms.fast_mps)
    steep = signal.running & ~fast & (np.abs(signal.grade) >= terms.hill_grade)
    easy = signal.running & ~fast & ~steep
    return RunLoad(
        hlu=totals[0],
        low=min(totals),
        high=max(totals),
        easy=float(np.nansum(hlu[0], where=easy)),
        hills=float(np.nansum(hlu[0], where=steep)),
        fast=float(np.nansum(hlu[0], where=fast)),
        walking=float(np.nansum(hlu[0], where=~signal.running)),
        in_seconds=_in_seconds(np.nan_to_num(hlu[0]), signal.dt_s, terms),
        by_sample=hlu[0],
    )


def _in_seconds(hlu: Samples, dt_s: Samples, terms: LoadTerms) -> bool:
    """Whether the heaviest seconds of a run hold an unlikely share of its load.

    A recording so short that its even share is no smaller tells nothing.
    """
    if dt_s.sum() * terms.burst_share <= terms.burst_s:
        return False
    heaviest = np.argsort(hlu)[::-1]
    first = np.cumsum(dt_s[heaviest]) <= terms.burst_s
    of_those = hlu[heaviest][first].sum()
    return bool(of_those > terms.burst_share * hlu.sum())


def hlu_per_s(
    speed_mps: Samples, grade: Samples, running: Flags, terms: LoadTerms, exponent: float
) -> Samples:
    """Load units a second at the usual cadence of each speed.

    Parameters
    ----------
    speed_mps : (n,) array
        Ground speed; NaN where it is not known.
    grade : (n,) array
        Rise over distance, 0.1 for 10 % uphill.
    running : (n,) array
        True where the runner runs; walking counts 1 BW a step whatever its speed and slope.
    terms : LoadTerms
        The figures of the model.
    exponent : float
        How much more a greater force counts than more strides; 4, and 3 to 6 for the band.

    Returns
    -------
    (n,) array
        Load units a second, 1/60 on the level at 10 km/h; NaN where speed is not known.

    Notes
    -----
    f (F_swing^m + F_stance^m), over the same on the level at 10 km/h. Made for steady running of
    2.3 to 9 m/s on slopes of -15 to +20 %; outside it is a guess. Our own fit.
    """
    found = np.empty(len(speed_mps))
    for part in _blocks(len(speed_mps)):
        speed, runs = speed_mps[part], running[part]
        swing_bw, stance_bw = _forces_bw(speed, grade[part], runs, terms)
        unknown = np.full(len(speed), np.nan)
        found[part] = _strides_hz(speed, unknown, runs, terms)
        found[part] *= _of_a_stride(swing_bw, stance_bw, terms, exponent)
    return found


def _blocks(samples: int) -> list[slice]:
    return [slice(begin, begin + _BLOCK) for begin in range(0, samples, _BLOCK)]


def _forces_bw(
    speed_mps: Samples, grade: Samples, running: Flags, terms: LoadTerms
) -> tuple[Samples, Samples]:
    """Peak of the hamstrings together in late swing and in stance, in body weights."""
    swing_bw = _swing_bw(speed_mps, grade, terms)
    stance_bw = _stance_bw(speed_mps, grade, terms)
    walks_bw = np.where(np.isfinite(speed_mps), terms.walking_bw, np.nan)
    return np.where(running, swing_bw, walks_bw), np.where(running, stance_bw, walks_bw)


def _swing_bw(speed_mps: Samples, grade: Samples, terms: LoadTerms) -> Samples:
    """Late swing: grows with the square of speed, and uphill at speed alone."""
    level_bw = terms.swing_bw + terms.swing_per_mps2 * speed_mps**2
    over = (speed_mps - terms.swing_uphill_from_mps) / terms.swing_uphill_width_mps
    at_speed = 1 / (1 + np.exp(-over))
    uphill = np.maximum(grade, 0)
    swing_bw: Samples = level_bw * (1 + terms.swing_uphill * uphill * at_speed)
    return swing_bw


def _stance_bw(speed_mps: Samples, grade: Samples, terms: LoadTerms) -> Samples:
    """Stance: grows with speed and with the slope uphill, and is a little less downhill."""
    over_mps = speed_mps - terms.stance_at_mps
    level_bw = np.maximum(terms.stance_least_bw, terms.stance_bw + terms.stance_per_mps * over_mps)
    up = np.clip(grade, 0, terms.stance_steepest_grade)
    uphill = 1 + up * (terms.stance_per_grade + terms.stance_per_grade2 * up)
    downhill = np.maximum(
        terms.stance_least_downhill, 1 + terms.stance_per_grade * np.minimum(grade, 0)
    )
    stance_bw: Samples = level_bw * uphill * downhill
    return stance_bw


def _strides_hz(
    speed_mps: Samples, cadence_spm: Samples, running: Flags, terms: LoadTerms
) -> Samples:
    """Strides of one leg a second: measured, else usual at that speed; none where one stands."""
    runs_hz = terms.stride_hz + speed_mps * (
        terms.stride_per_mps + terms.stride_per_mps2 * speed_mps
    )
    walks_hz = np.where(speed_mps < MOVING_MPS, 0.0, terms.walking_spm / _STEPS_PER_STRIDE_MIN)
    usual_hz = np.where(running, runs_hz, walks_hz)
    # Nobody runs without a step: there the sensor was lost, and the speed said that it is running.
    measured = (cadence_spm > 0) | ((cadence_spm == 0) & ~running)
    return np.where(measured, cadence_spm / _STEPS_PER_STRIDE_MIN, usual_hz)


def _of_a_stride(
    swing_bw: Samples, stance_bw: Samples, terms: LoadTerms, exponent: float
) -> Samples:
    """Load units times seconds of one stride a second: what one stride adds."""
    at_mps, level = np.array([terms.reference_mps]), np.zeros(1)
    usual_hz = _strides_hz(at_mps, np.array([np.nan]), np.array([True]), terms)
    reference = usual_hz * (
        _swing_bw(at_mps, level, terms) ** exponent + _stance_bw(at_mps, level, terms) ** exponent
    )
    of_one: Samples = (swing_bw**exponent + stance_bw**exponent) / (60.0 * reference)
    return of_one
