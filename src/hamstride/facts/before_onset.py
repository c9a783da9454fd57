"""What came before the onset: the week before it against what this runner was used to."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median

from hamstride.facts.log import Log, days_before, run_day
from hamstride.facts.own_speed import fast_m
from hamstride.facts.run_days import days_of
from hamstride.facts.running import basis, is_speed, over_longest_pct, percent_up
from hamstride.facts.spikes import usual_fast_week
from hamstride.facts.symptoms import Function
from hamstride.records import Run
from hamstride.units import S_PER_MIN
from hamstride.vocabulary import COMPUTED, Fact, bounded

DAYS_PER_WEEK = 7
MOST_PCT = 1000

_HAIR = 1e-9
_QUARTERS = 4
_DOUBTFUL_STEPS = "cadence_at_odds"

Steps = Mapping[float, tuple[float, float]]
"""By speed: the mean length of a step, and the seconds it was taken from."""


def _week_before(log: Log) -> tuple[date, date]:
    onset = log.case.episode.started_on
    return days_before(onset, log.declared.symptoms.before_onset_days), onset


def _weeks_before_that(log: Log) -> list[tuple[date, date]]:
    """The weeks that say what was usual, latest first."""
    first, _ = _week_before(log)
    return [
        (
            days_before(first, DAYS_PER_WEEK * (back + 1)),
            days_before(first, DAYS_PER_WEEK * back + 1),
        )
        for back in range(log.declared.symptoms.usual_weeks)
    ]


def _recorded_before(log: Log) -> bool:
    weeks = _weeks_before_that(log)
    return bool(log.runs_in(weeks[-1][0], weeks[0][1]))


def _speed_over_usual(log: Log, _: date, __: int | None) -> Fact:
    def fast(first: date, last: date) -> int:
        return sum(is_speed(log, run) is True for run in log.runs_in(first, last))

    value = None
    if _recorded_before(log):
        usual = fmean(fast(*week) for week in _weeks_before_that(log))
        value = fast(*_week_before(log)) - usual
    return Fact("speed_runs_over_usual", value, log.case.episode.started_on)


@dataclass(frozen=True, slots=True)
class _FastWeek:
    """Fast metres of the 7 days up to the onset, and of the usual week; never less than known.

    `whole` where every run of the 7 days tells its own.
    """

    over_m: float
    spread_m: float
    whole: bool
    basis: tuple[str, ...]


def _fast_week(log: Log) -> _FastWeek | None:
    """The week of the onset against the usual one; None without a usual."""
    terms, onset = log.declared.spikes, log.case.episode.started_on
    start = days_before(onset, DAYS_PER_WEEK - 1)
    first = days_before(start, DAYS_PER_WEEK * int(terms.fast_weeks_max))
    days = days_of((run, fast_m(log, run)) for run in log.runs_in(first, onset))
    usual = usual_fast_week([day for day in days if day.on < start], start, terms)
    if usual is None:
        return None
    week = [day.fast_m for day in days if day.on >= start]
    usual_m, spread_m = usual
    over_m = sum(metres or 0.0 for metres in week) - usual_m
    return _FastWeek(over_m, spread_m, None not in week, basis(log.runs_in(start, onset)))


def _fast_over_usual(log: Log, _: date, __: int | None) -> Fact:
    found = _fast_week(log)
    over = None if found is None else math.ceil(found.over_m - _HAIR)
    return _no_less("fast_m_over_usual", found, over, log)


def _fast_spreads(log: Log, _: date, __: int | None) -> Fact:
    found = _fast_week(log)
    over = None
    if found is not None:
        over = math.ceil(_QUARTERS * found.over_m / found.spread_m - _HAIR) / _QUARTERS
    return _no_less("fast_spreads_over_usual", found, over, log)


def _no_less(fact_id: str, found: _FastWeek | None, over: float | None, log: Log) -> Fact:
    """A fact of the week, rounded up: over by a hair is over.

    No less than that, where a run of the week is not known.
    """
    onset, most = log.case.episode.started_on, COMPUTED[fact_id].highest
    if found is None or over is None:
        return Fact(fact_id, None, onset)
    low = max(COMPUTED[fact_id].lowest, min(most, over))
    return bounded(fact_id, low, low if found.whole else most, as_of=onset, basis=found.basis)


def _sum(runs: Iterable[Run], name: str) -> float | None:
    known = [value for run in runs if (value := getattr(run, name)) is not None]
    return sum(known) if known else None


def _ascent_over_most(log: Log, _: date, __: int | None) -> Fact:
    runs = log.runs_in(*_week_before(log))
    now = _sum(runs, "ascent_m")
    before = [
        total
        for week in _weeks_before_that(log)
        if (total := _sum(log.runs_in(*week), "ascent_m")) is not None
    ]
    value = None if now is None or not before else float(round(now - max(before)))
    return Fact("ascent_over_most_m", value, log.case.episode.started_on, basis(runs))


def _steep_over_most(log: Log, _: date, __: int | None) -> Fact:
    """Unknown where a run of the weeks before cannot tell: it may have been the steepest."""
    runs = log.runs_in(*_week_before(log))
    known = [steep_s for run in runs if (steep_s := _steep_s(run)) is not None]
    weeks = [[_steep_s(run) for run in log.runs_in(*week)] for week in _weeks_before_that(log)]
    value = None
    if known and any(weeks) and not any(None in week for week in weeks):
        most_s = max(sum(steep_s or 0.0 for steep_s in week) for week in weeks)
        value = float(round(sum(known) - most_s))
    return Fact("steep_over_most_s", value, log.case.episode.started_on, basis(runs))


def _steep_s(run: Run) -> float | None:
    return None if run.measured is None else run.measured.steep_s


def _run_over_longest(log: Log, _: date, __: int | None) -> Fact:
    first, onset = _week_before(log)
    days = sorted({run_day(run) for run in log.runs_in(first, onset)})
    found = [pct for on in days if (pct := over_longest_pct(log, on, log.runs_of(on))) is not None]
    value = min(MOST_PCT, max(found)) if found else None
    return Fact("run_over_longest_pct_before_onset", value, onset)


def _week_over_previous(log: Log, _: date, __: int | None) -> Fact:
    now = _sum(log.runs_in(*_week_before(log)), "distance_m")
    before = _sum(log.runs_in(*_weeks_before_that(log)[0]), "distance_m")
    value = None if now is None or not before else min(MOST_PCT, percent_up(now, before))
    return Fact("week_over_previous_pct_before_onset", value, log.case.episode.started_on)


def _fast_cadence(log: Log, _: date, __: int | None) -> Fact:
    onset = log.case.episode.started_on
    first = days_before(onset, DAYS_PER_WEEK * log.declared.symptoms.usual_weeks)
    striding = log.declared.symptoms.striding_from_mps
    cadences = [
        run.cadence_spm
        for run in log.runs_in(first, onset)
        if run.cadence_spm and run.distance_m and run.duration_s
        and run.distance_m / run.duration_s > striding
    ]  # fmt: skip
    return Fact("fast_running_cadence_spm", min(cadences, default=None), onset)


def _step_m(run: Run) -> float | None:
    """Average step length: speed over cadence."""
    if not (run.cadence_spm and run.distance_m and run.duration_s):
        return None
    return run.distance_m / run.duration_s * S_PER_MIN / run.cadence_spm


def _step_over_usual(log: Log, _: date, __: int | None) -> Fact:
    """Steps of the week before the onset against those that the same speed took before.

    By speeds within the runs where both sides have them, else by the averages of whole runs.
    """
    first, onset = _week_before(log)
    before = log.runs_in(_weeks_before_that(log)[-1][0], days_before(first, 1))
    usual = _steps(before)
    found = []
    for run in log.runs_in(first, onset):
        pct = _over_by_speed(_steps([run]), usual, log.declared.symptoms.same_speed_least_s)
        pct = _over_by_average(log, run, before) if pct is None else pct
        if pct is not None:
            found.append(pct)
    value = min(MOST_PCT, max(found)) if found else None
    return Fact("step_length_over_usual_pct", value, onset)


def _steps(runs: Iterable[Run]) -> Steps:
    """Steps of some runs by speed, each run as long as it was at that speed."""
    rows: dict[float, list[tuple[float, float]]] = {}
    for run in runs:
        made = run.measured
        if made is not None and made.quality != "poor" and _DOUBTFUL_STEPS not in made.doubts:
            for speed_mps, step_m, seconds in made.stride_lengths:
                rows.setdefault(speed_mps, []).append((step_m, seconds))
    return {speed_mps: (_weighted(row), sum(s for _, s in row)) for speed_mps, row in rows.items()}


def _over_by_speed(now: Steps, usual: Steps, least_s: float) -> int | None:
    """Percent of the usual steps over the speeds that both have; None where that is too little."""
    shared = [
        (now[speed_mps][0] / usual[speed_mps][0], min(now[speed_mps][1], usual[speed_mps][1]))
        for speed_mps in now.keys() & usual.keys()
    ]
    enough = sum(seconds for _, seconds in shared) >= least_s
    return percent_up(_weighted(shared), 1) if enough else None


def _weighted(rows: list[tuple[float, float]]) -> float:
    """The mean of some values, each with its weight."""
    return sum(value * weight for value, weight in rows) / sum(weight for _, weight in rows)


def _over_by_average(log: Log, run: Run, before: Iterable[Run]) -> int | None:
    near = 1 + log.declared.symptoms.same_speed_pct / 100
    step, speed = _step_m(run), _mean_mps(run)
    usual = [
        s for b in before if (s := _step_m(b)) and speed / near <= _mean_mps(b) <= speed * near
    ]
    return percent_up(step, median(usual)) if step and usual else None


def _mean_mps(run: Run) -> float:
    return run.distance_m / run.duration_s if run.distance_m and run.duration_s else 0.0


def _new_shoes(log: Log, _: date, __: int | None) -> Fact:
    onset = log.case.episode.started_on
    first = days_before(onset, log.declared.symptoms.shoes_of_days)
    now = {run.shoes for run in log.runs_in(first, onset) if run.shoes}
    before = {run.shoes for run in log.runs if run_day(run) < first and run.shoes}
    value = bool(now - before) if now and before else None
    return Fact("new_shoes_before_onset", value, onset)


def _warmed_up(log: Log, _: date, __: int | None) -> Fact:
    """Unknown unless sessions were logged before: a runner who logs none did not "skip" it."""
    onset = log.case.episode.started_on
    logs_warm_ups = any(s.kind == "warm_up" and s.on <= onset for s in log.sessions)
    done = any(s.kind == "warm_up" and s.on == onset for s in log.sessions)
    value = done if logs_warm_ups and log.runs_of(onset) else None
    return Fact("warmed_up_before_onset_run", value, onset)


BEFORE_ONSET: Mapping[str, Function] = {
    "speed_runs_over_usual": _speed_over_usual,
    "fast_m_over_usual": _fast_over_usual,
    "fast_spreads_over_usual": _fast_spreads,
    "ascent_over_most_m": _ascent_over_most,
    "steep_over_most_s": _steep_over_most,
    "run_over_longest_pct_before_onset": _run_over_longest,
    "week_over_previous_pct_before_onset": _week_over_previous,
    "fast_running_cadence_spm": _fast_cadence,
    "step_length_over_usual_pct": _step_over_usual,
    "new_shoes_before_onset": _new_shoes,
    "warmed_up_before_onset_run": _warmed_up,
}
