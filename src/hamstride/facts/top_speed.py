"""A runner's own top speed: seen before the injury, frozen there, and only raised after it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp, log
from statistics import NormalDist, median

from hamstride.facts.log import run_day
from hamstride.records import Measured, Run, Speeds
from hamstride.vocabulary import Declared, SpeedTerms

_SLACK = 1e-6
_MOST = 1 - 1e-9  # a share of a distribution beyond which nothing is left to divide
_UNSURE = frozenset({"sparse", "load_in_seconds", "speed_by_distance"})
_ALL_PCT = 100


@dataclass(frozen=True, slots=True)
class Best:
    """The fastest 3 s and the fastest 5 km of one run; None where it cannot tell."""

    on: date
    best_3s_mps: float | None
    best_5k_mps: float | None = None
    sprinted: bool = False


@dataclass(frozen=True, slots=True)
class TopSpeed:
    """A runner's own top speed with its range, and how many runs it was taken from.

    `at_least`: it is not known that the runner was seen at her fastest, so that she can do this
    or more. `high_mps` is None where nothing tells how much more. `seen_mps` are the fastest 3 s
    of those runs, fastest first, `over_5k_mps` is the fastest 5 km, 0 without one, and
    `sprinted` says whether one of those runs was a sprint.
    """

    mps: float
    low_mps: float
    high_mps: float | None
    at_least: bool
    runs: int
    on: date
    seen_mps: tuple[float, ...] = ()
    over_5k_mps: float = 0.0
    sprinted: bool = False

    @property
    def surely_mps(self) -> float:
        """What the runner can surely do: the slowest sprint, or the median of other runs."""
        return self.seen_mps[-1] if self.sprinted else median(self.seen_mps)


# What one run says


def best_of(measured: Measured | None, on: date) -> Best | None:
    """What a run says of a runner's top speed; None where its speeds are not to be trusted."""
    if measured is None or measured.quality in (None, "poor") or _UNSURE & {*measured.doubts}:
        return None
    return Best(on, measured.best_3s_mps, measured.best_5k_mps)


def best_of_run(run: Run, declared: Declared) -> Best | None:
    """What a run says of its runner's top speed, with her word on whether she sprinted.

    Notes
    -----
    A sprint whose speed nobody can tell is a `Best` without one: it may have been the fastest.
    One that its runner rated below her top speed was held back.
    """
    says, on = says_sprinted(run, declared), run_day(run)
    found = best_of(run.measured, on)
    if run.measured is None or found is None or found.best_3s_mps is None:
        return Best(on, None, sprinted=True) if says else found
    held_back = run.top_speed_pct is not None and run.top_speed_pct < _ALL_PCT
    held_on = _held_on(run.measured, declared.speed)
    return replace(found, sprinted=says and not held_back and not held_on)


def says_sprinted(run: Run, declared: Declared) -> bool:
    """Whether the runner's own words say that a run held sprints: by its kind, or how hard it was.

    A file alone never does: what looks like a sprint in it may have been held back.
    """
    if run.kind in declared.runs.sprint_kinds:
        return True
    is_hard = run.rpe is not None and run.rpe >= declared.speed.sprint_rpe
    return is_hard and run.kind in declared.runs.speed_kinds


def _held_on(measured: Measured, terms: SpeedTerms) -> bool:
    """Whether nearly the fastest was held for longer than anybody can hold a sprint."""
    near_mps = (measured.best_3s_mps or 0.0) * terms.sprint_pct / _ALL_PCT
    longest_s, place = measured.speeds.longest_s, band_of(near_mps, measured.speeds)
    return place < len(longest_s) and longest_s[place] > terms.sprint_held_most_s


def band_of(mps: float, found: Speeds) -> int:
    """The place of a speed among those of a run; between two of them, that of the lower one."""
    return int(mps / found.step_mps + _SLACK)


# What the runs of a runner say together


def top_speed(bests: Iterable[Best], on: date, terms: SpeedTerms) -> TopSpeed | None:
    """A runner's own top speed on a day; None where no run of the days before tells it.

    Notes
    -----
    The median of the fastest 3 s of the three fastest runs; once one of them was a sprint, slower
    ones that were none say nothing. Where nobody sprinted, or nobody knows how fast a sprint was,
    that is only a lower bound: then top speed is taken to be 1.55 times that of the fastest 5 km,
    lognormal, and no less than the bound; the median of that is told with its range. Our own
    choice.
    """
    first = on - timedelta(days=terms.bests_of_days)
    lately = [best for best in bests if first <= best.on <= on]
    fastest = sorted(
        ((best.best_3s_mps, best.sprinted) for best in lately if best.best_3s_mps), reverse=True
    )[: int(terms.bests_taken)]
    if not fastest:
        return None
    sprints = [mps for mps, sprinted in fastest if sprinted]
    seen = tuple(mps for mps, _ in fastest if not sprints or mps >= min(sprints))
    over_5k_mps = max((best.best_5k_mps or 0.0 for best in lately), default=0.0)
    at_least = not sprints or any(map(_is_unseen, lately))
    return replace(_from(seen, over_5k_mps, at_least, on, terms), sprinted=bool(sprints))


def raised(top: TopSpeed, bests: Iterable[Best], terms: SpeedTerms) -> TopSpeed:
    """A top speed that was frozen on a day, with what the sprints after it add; never less.

    Notes
    -----
    A sprint on the way back may be held back, so it never makes a lower bound a known top speed;
    and one whose speed nobody can tell may have been faster than all before it, so that it makes
    a known one a lower bound. One sprint moves the upper end of the range, and the median of the
    fastest moves the rest, since one run alone may be a fault of the watch.
    """
    after = [best for best in bests if best.sprinted and best.on > top.on]
    sprints = [best.best_3s_mps for best in after if best.best_3s_mps]
    seen = tuple(sorted((*top.seen_mps, *sprints), reverse=True)[: int(terms.bests_taken)])
    at_least = top.at_least or any(map(_is_unseen, after))
    now = _from(seen, top.over_5k_mps, at_least, top.on, terms)
    return replace(
        now,
        sprinted=top.sprinted,
        mps=max(top.mps, now.mps),
        low_mps=max(top.low_mps, now.low_mps),
        high_mps=max(top.high_mps or now.high_mps, now.high_mps) if now.high_mps else None,
    )


def _is_unseen(best: Best) -> bool:
    return best.sprinted and not best.best_3s_mps


def _from(
    seen_mps: tuple[float, ...], over_5k_mps: float, at_least: bool, on: date, terms: SpeedTerms
) -> TopSpeed:
    """The top speed that the fastest runs, fastest first, and the fastest 5 km tell."""
    mps = median(seen_mps)
    low_mps, high_mps = seen_mps[-1], None if at_least else seen_mps[0]
    if at_least and over_5k_mps:
        usual = NormalDist(log(terms.top_over_5k * over_5k_mps), terms.top_over_5k_log_sd)
        below, seen = min(usual.cdf(log(mps)), _MOST), mps
        low_mps, mps, high_mps = (
            max(seen, exp(usual.inv_cdf(min(below + share * (1 - below), _MOST))))
            for share in (terms.range_low_frac, 0.5, terms.range_high_frac)
        )
    elif at_least:
        low_mps = mps
    return TopSpeed(mps, low_mps, high_mps, at_least, len(seen_mps), on, seen_mps, over_5k_mps)
