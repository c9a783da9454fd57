"""Walking told from running by speed alone, where no cadence was counted."""

import numpy as np
from numpy.typing import NDArray

from hamstride.vocabulary import RunTerms

Samples = NDArray[np.float64]
Mask = NDArray[np.bool_]

# The speed between walking and jogging is the runner's own where the file shows both. It moves
# no further than this from the one that holds for everybody.
_LOWEST_MPS, _HIGHEST_MPS = 1.75, 2.3
_WALKS_UP_TO_MPS = 1.8  # of the usual walk; a slower half of a run is no walk
_APART_MPS = 0.5  # the usual walk and the usual run, or they are one gait with noise
_ENOUGH_S = 45.0  # of each, before a file is believed to show both
_SLOWEST_MPS = 0.5  # slower than this is standing
_MOST_S = 10.0  # that one sample speaks for
_CLEAR_MPS = 0.4  # from the dividing speed, and a sample is as clear as it gets
_SLACK_S = 1e-6  # sums of decimal seconds miss a whole second by less than this
_ROUNDS = 8  # the medians settle in three or four


def runs_by_speed(time_s: Samples, speed_mps: Samples, terms: RunTerms) -> Mask:
    """Whether each sample is running, judged with the seconds around it.

    Notes
    -----
    Our own definition. Each second speaks for running or for walking, the clearer the further it
    lies from the speed that divides them, and a change of gait has to be worth
    `ignore_change_s` clear seconds. So on speeds without noise it is the plain comparison with
    short changes taken back, and a jog that the noise of a watch takes below the dividing speed
    for some seconds stays a jog. It is the best path through two states (Viterbi 1967).
    """
    lasts_s = np.minimum(np.append(np.diff(time_s), 0.0), _MOST_S)
    dividing_mps = _dividing_mps(speed_mps, lasts_s, terms)
    clear = np.clip((speed_mps - dividing_mps) / _CLEAR_MPS, -1.0, 1.0)
    clear[speed_mps == dividing_mps] = 0.0
    # There and back are two changes, so that one is worth half of the shortest that counts.
    return _best_path(np.nan_to_num(clear * lasts_s), terms.ignore_change_s / 2 - _SLACK_S)


def _dividing_mps(speed_mps: Samples, lasts_s: Samples, terms: RunTerms) -> float:
    """Half way between the usual walk and the usual run, where the file shows both."""
    moving = speed_mps >= _SLOWEST_MPS
    speed, lasts = speed_mps[moving], lasts_s[moving]
    dividing = terms.running_mps
    for _ in range(_ROUNDS):
        fast = speed >= dividing
        if min(lasts[fast].sum(), lasts[~fast].sum()) < _ENOUGH_S:
            return terms.running_mps
        walk_mps, run_mps = float(np.median(speed[~fast])), float(np.median(speed[fast]))
        if walk_mps > _WALKS_UP_TO_MPS or run_mps - walk_mps < _APART_MPS:
            return terms.running_mps
        dividing = min(max((walk_mps + run_mps) / 2, _LOWEST_MPS), _HIGHEST_MPS)
    return dividing


def _best_path(evidence: Samples, change: float) -> Mask:
    """For each sample the state that explains all of them best, at a price for each change."""
    lead, before = 0.0, []
    for each in evidence.tolist():
        # How far running is ahead of walking, up to here; nobody is further ahead than a change.
        lead = min(max(lead, -change), change) + each
        before.append(lead)
    runs, state = [], before[-1] >= 0
    for lead in reversed(before):
        if state and lead < -change:
            state = False
        elif not state and lead > change:
            state = True
        runs.append(state)
    return np.array(runs[::-1])
