"""The runs of a case against its runner's own top speed: frozen at the injury, raised after it."""

import math

from hamstride.facts.exposure import exposure_to
from hamstride.facts.log import Log
from hamstride.facts.top_speed import TopSpeed, best_of_run, raised, top_speed
from hamstride.records import Run

_ALL_PCT = 100
_HAIR = 1e-9  # 7.6 of 8.0 is 95 %, whatever binary fractions say

Share = tuple[int, int]
"""The least and the most per cent of top speed that a run can have reached."""


def frozen_top(log: Log) -> TopSpeed | None:
    """The runner's own top speed as it was at the injury; None where no run told it."""
    return _tops(log)[0]


def own_top(log: Log) -> TopSpeed | None:
    """The runner's own top speed: as it was at the injury, raised by the sprints since."""
    return _tops(log)[1]


def _tops(log: Log) -> tuple[TopSpeed | None, TopSpeed | None]:
    """Of all the case's runs: a log that begins with a step back still knows them."""
    if not log.top_speeds:
        bests = [
            best for run in log.case.runs if (best := best_of_run(run, log.declared)) is not None
        ]
        terms = log.declared.speed
        frozen = top_speed(bests, log.case.episode.started_on, terms)
        log.top_speeds["frozen"] = frozen
        log.top_speeds["own"] = None if frozen is None else raised(frozen, bests, terms)
    return log.top_speeds["frozen"], log.top_speeds["own"]


def measured_pct(log: Log, run: Run) -> Share | None:
    """The fastest 3 s of a run in per cent of the runner's own top speed; None without either.

    Notes
    -----
    The least is against the upper end of top speed's range, the most against what the runner can
    surely do, so that neither a gate nor a caution is given away. Without a sprint that was seen
    nobody knows how much faster the runner can be: then the least is 0. So leaving out the file of
    a sprint, or of a run since the injury, never makes the least more. An earlier run that was
    faster than every sprint, and that nobody called one, is missed when its file is.
    """
    top, best = own_top(log), best_of_run(run, log.declared)
    if top is None or best is None or best.best_3s_mps is None:
        return None
    share = _ALL_PCT * best.best_3s_mps
    most = math.ceil(share / top.surely_mps - _HAIR)
    if top.at_least or top.high_mps is None:
        return 0, most
    return math.floor(share / top.high_mps + _HAIR), most


def fast_m(log: Log, run: Run) -> float | None:
    """Metres of a run that were fast for its runner at the injury; None where that is not known."""
    found = exposure_to(frozen_top(log), run.measured, log.declared.speed)
    return None if found is None else found.fast_m
