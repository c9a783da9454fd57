"""What no runner did: spikes of speed, and a cadence at half or double the beat."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from hamstride.facts.samples import FASTEST_MPS
from hamstride.facts.segments import Samples
from hamstride.vocabulary import RunTerms, SignalTerms

Mask = NDArray[np.bool_]

_NORMAL = 1.4826  # standard deviation of a normal distribution, in median absolute deviations


def without_spikes(time_s: Samples, speed_mps: Samples, terms: SignalTerms) -> Samples:
    """Speeds with NaN in place of those that nobody ran; sprints stay.

    Parameters
    ----------
    time_s, speed_mps : (n,) array
        Rising times, and the speed at each, NaN where it is not known.

    Notes
    -----
    Three tests. Faster than the fastest sprinters. Up and down again faster than anyone speeds
    up, within half the window. Far above the median around it (a filter after Hampel) while no
    sample within 20 s bears it out: single samples jump so, sprints have a run-up.
    """
    known = np.flatnonzero(speed_mps <= FASTEST_MPS)
    clean = np.full(len(speed_mps), np.nan)
    if len(known):
        speed, at_s = speed_mps[known], time_s[known]
        sound = ~_excursions(at_s, speed, terms)
        known, speed, at_s = known[sound], speed[sound], at_s[sound]
        sound = ~_lonely_peaks(at_s, speed, terms)
        clean[known[sound]] = speed[sound]
    return clean


def beat_kept(
    speed_mps: Samples, cadence_spm: Samples, runs: RunTerms, terms: SignalTerms
) -> Samples:
    """Cadence with half and double counts at running speed put right.

    Notes
    -----
    Half and double are told from the median of the runner's own plausible cadence in the same
    run. A cadence that is half or double throughout leaves nothing to tell it from.
    """
    fast = (speed_mps >= runs.running_mps) & (cadence_spm > 0)
    own = cadence_spm[fast & (cadence_spm >= runs.running_spm)]
    if not len(own):
        return cadence_spm
    ratio = np.where(fast, cadence_spm, np.nan) / np.median(own)
    half = np.abs(ratio * 2 - 1) <= terms.locked_within_frac
    double = np.abs(ratio / 2 - 1) <= terms.locked_within_frac
    return np.where(half, cadence_spm * 2, np.where(double, cadence_spm / 2, cadence_spm))


def _excursions(time_s: Samples, speed_mps: Samples, terms: SignalTerms) -> Mask:
    """Samples between a rise and a fall that nobody's legs make, close to each other."""
    change = np.diff(speed_mps) / np.diff(time_s)
    n = np.arange(len(time_s))
    rises = np.append(-1, np.where(change > terms.hardest_change_mps2, n[1:], -1))
    falls = np.append(np.where(change < -terms.hardest_change_mps2, n[1:], len(n)), len(n))
    rose = np.maximum.accumulate(rises)
    falls = np.minimum.accumulate(falls[::-1])[::-1]
    fell_s = np.append(time_s, np.inf)[falls]
    return np.asarray((rose >= 0) & (fell_s - time_s[rose] <= terms.spike_within_s / 2))


def _lonely_peaks(time_s: Samples, speed_mps: Samples, terms: SignalTerms) -> Mask:
    """Samples far above the median around them that no sample near them bears out."""
    if len(time_s) < 3:
        return np.zeros(len(time_s), dtype=bool)
    every_s = float(np.median(np.diff(time_s)))
    reach = max(int(terms.spike_within_s / every_s) // 2, 1)
    near = sliding_window_view(np.pad(speed_mps, reach, mode="reflect"), 2 * reach + 1)
    middle = np.partition(near, reach, axis=1)[:, reach]
    spread = np.partition(np.abs(near - middle[:, None]), reach, axis=1)[:, reach]
    high = speed_mps > middle + terms.spike_from_mad * _NORMAL * spread
    reach = max(int(terms.sprint_within_s / every_s) // 2, 1)
    at = np.flatnonzero(high)
    around = sliding_window_view(np.pad(speed_mps, reach), 2 * reach + 1)[at].copy()
    around[:, reach] = 0.0
    high[at] = around.max(axis=1) < terms.sprint_borne_out_frac * speed_mps[at]
    return high
