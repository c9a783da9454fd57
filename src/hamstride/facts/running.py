"""Facts of runs: the last one, jumps in length, ladder steps, and what they felt like."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from hamstride.facts.flags import all_true, any_true
from hamstride.facts.following import followed_in
from hamstride.facts.log import LONGEST_LOOK_DAYS, Log, days_before, run_day
from hamstride.facts.run_days import days_of
from hamstride.facts.spikes import spikes
from hamstride.facts.symptoms import Function
from hamstride.records import Run
from hamstride.units import S_PER_MIN
from hamstride.vocabulary import Fact, Harder, bounded

RunAnswer = Callable[[Log, Run], bool | None]

MOST_PAIN_NRS = 10
USUAL_PCT = 100

# Shorter walks alone make no run longer, faster or hillier than its step.
_BEYOND: frozenset[Harder] = frozenset({"longer", "more_repeats", "faster", "hills"})


def is_speed(log: Log, run: Run) -> bool | None:
    """Whether a run was a speed session: by its step, else by its kind; else unknown."""
    step = log.declared.steps.get(run.step) if run.step else None
    if run.kind in log.declared.runs.speed_kinds or (step is not None and step.is_speed):
        return True
    return None if run.kind is None and step is None else False


def is_hill(log: Log, run: Run) -> bool | None:
    """Whether a run was a hill session: by its step, else by its kind; else unknown."""
    step = log.declared.steps.get(run.step) if run.step else None
    if run.kind in log.declared.runs.hill_kinds or (step is not None and step.is_hill):
        return True
    return None if run.kind is None and step is None else False


def got_worse(_: Log, run: Run) -> bool | None:
    """Whether pain grew as the run went on; a run without pain need not be asked."""
    if run.pain_trend is not None:
        return run.pain_trend == "worse"
    return False if run.pain_during == 0 else None


def was_sharp(_: Log, run: Run) -> bool | None:
    """Whether there was a sharp pain; a run without pain need not be asked."""
    return False if run.sharp is None and run.pain_during == 0 else run.sharp


def rise_nrs(run: Run) -> int | None:
    """Pain after a run above pain before it.

    Notes
    -----
    Pain before that nobody answered for counts as 0, which is the stricter. A run without pain
    during need not be asked for pain after.
    """
    if run.pain_after is None:
        return 0 if run.pain_during == 0 else None
    return run.pain_after - (run.pain_before or 0)


def _last(log: Log, day: date, within: int | None) -> tuple[Run, ...]:
    """The runs of the latest day with a run: of two on one day the worse decides."""
    on = log.last_run_day(day, within)
    return () if on is None else log.runs_of(on)


def basis(runs: Iterable[Run]) -> tuple[str, ...]:
    """The records that a fact of runs stands on."""
    return tuple(f"runs {run.start.isoformat()}" for run in runs)


def _of_last(fact_id: str, answer: RunAnswer) -> Function:
    """A yes or no of the last run; false, and known, when there was none in the window."""

    def fact(log: Log, day: date, within: int | None) -> Fact:
        runs = _last(log, day, within)
        value = any_true(answer(log, run) for run in runs)
        return Fact(fact_id, value, run_day(runs[-1]) if runs else day, basis(runs))

    return fact


def worst_pain(fact_id: str, runs: tuple[Run, ...], day: date) -> Fact:
    """The worst pain during some runs; 0, and known, when there was none."""
    pains = [run.pain_during for run in runs]
    known = max((pain for pain in pains if pain is not None), default=0)
    return bounded(
        fact_id,
        known,
        MOST_PAIN_NRS if None in pains else known,
        as_of=run_day(runs[-1]) if runs else day,
        basis=basis(runs),
    )


def _last_pain(log: Log, day: date, within: int | None) -> Fact:
    return worst_pain("last_run_pain_nrs", _last(log, day, within), day)


def _last_speed_pain(log: Log, day: date, within: int | None) -> Fact:
    fact_id = "last_speed_session_pain_nrs"
    runs = _last(log, day, within)
    sure = worst_pain(fact_id, tuple(run for run in runs if is_speed(log, run)), day)
    maybe = worst_pain(fact_id, tuple(run for run in runs if is_speed(log, run) is not False), day)
    low = sure.value if sure.low is None else sure.low
    high = maybe.value if maybe.high is None else maybe.high
    asks = ("runs.kind",) if any(is_speed(log, run) is None for run in runs) else ()
    return bounded(
        fact_id, float(low or 0), float(high or 0), as_of=maybe.as_of, basis=maybe.basis, asks=asks
    )


def _last_rise(log: Log, day: date, within: int | None) -> Fact:
    fact_id = "last_run_rise_nrs"
    runs = _last(log, day, within)
    rises = [rise_nrs(run) for run in runs]
    known = max((rise for rise in rises if rise is not None), default=0 if not runs else None)
    on = run_day(runs[-1]) if runs else day
    if known is None:
        return Fact(fact_id, None, on, basis(runs))
    high = MOST_PAIN_NRS if None in rises else known
    return bounded(fact_id, known, high, as_of=on, basis=basis(runs))


def _last_not_silent(log: Log, day: date, within: int | None) -> Fact:
    runs = _last(log, day, within)
    on = run_day(runs[-1]) if runs else day
    morning = log.pain_morning(days_before(on, -1))
    answers = [
        None if pain is None else pain > 0
        for run in runs
        for pain in (run.pain_during, run.pain_after, morning)
    ]
    return Fact("last_run_not_silent", any_true(answers), on, basis(runs))


def _any_in(fact_id: str, answer: RunAnswer) -> Function:
    """Whether any run of the window said yes; false, and known, when there was none."""

    def fact(log: Log, day: date, within: int | None) -> Fact:
        reach = LONGEST_LOOK_DAYS if within is None else within
        runs = log.runs_in(days_before(day, reach), day)
        return Fact(fact_id, any_true(answer(log, run) for run in runs), day, basis(runs))

    return fact


def _sharp_at_speed(log: Log, run: Run) -> bool | None:
    fast, sharp = is_speed(log, run), was_sharp(log, run)
    if fast is False or sharp is False:
        return False
    return True if fast and sharp else None


# How long


def _as_prescribed(log: Log, run: Run) -> bool:
    """Whether a ladder step was run no longer than prescribed, give or take a little.

    A file that tells that it was longer, faster or hillier settles it: no.
    """
    step = log.declared.steps.get(run.step) if run.step else None
    found = followed_in(log, run)
    if found is not None and not _BEYOND.isdisjoint(found.harder):
        return False
    if step is None or run.duration_s is None or step.is_speed:
        return step is not None and step.is_speed
    slack = 1 + log.declared.runs.step_slack_pct / 100
    running_s = run.running_s if run.running_s is not None else run.duration_s
    allowed_s = step.running_s if run.running_s is not None else step.total_s
    return running_s <= allowed_s * slack


def _running_min(run: Run) -> float | None:
    seconds = run.running_s if run.running_s is not None else run.duration_s
    return None if seconds is None else seconds / S_PER_MIN


def _total(runs: Iterable[Run], name: str) -> float | None:
    known = [value for run in runs if (value := getattr(run, name)) is not None]
    return sum(known) if known else None


def longest(log: Log, first: date, last: date, name: str) -> float | None:
    """The most metres, or seconds, run on one day of a span; None when none says so."""
    days = {run_day(run) for run in log.runs_in(first, last)}
    totals = [total for day in days if (total := _total(log.runs_of(day), name)) is not None]
    return max(totals, default=None)


def percent_up(value: float, of: float) -> int:
    """A share in percent, rounded up, so that 110.01 % is more than 110 %."""
    # A hair is taken off first: 8.8 of 8.0 is 110 %, whatever binary fractions say.
    return math.ceil(value * 100 / of - 1e-9)


def over_longest_pct(log: Log, on: date, runs: tuple[Run, ...]) -> int | None:
    """Runs of one day in percent of the longest day before; metres, or minutes without metres.

    Notes
    -----
    Rounded up, so that 110.01 % is more than 110 %. Two runs on one day count together: a run
    that was split, or imported in two parts, is no shorter. None when there is no baseline.
    """
    back = log.declared.runs.longest_of_days
    for name in ("distance_m", "duration_s"):
        done = _total(runs, name)
        before = longest(log, days_before(on, back), days_before(on, 1), name)
        if done is not None and before:
            return percent_up(done, before)
    return None


def _last_over_longest(log: Log, day: date, within: int | None) -> Fact:
    fact_id = "last_run_over_longest_pct"
    runs = _last(log, day, within)
    loose = tuple(run for run in runs if not _as_prescribed(log, run))
    minutes = [_running_min(run) for run in loose]
    short = None not in minutes and sum(m or 0 for m in minutes) < (
        log.declared.runs.spike_from_running_min
    )
    if not loose or short:
        return Fact(fact_id, USUAL_PCT, day, basis(runs))
    on = run_day(loose[-1])
    return Fact(fact_id, over_longest_pct(log, on, loose), on, basis(loose))


def _last_jumped(log: Log, day: date, within: int | None) -> Fact:
    """Whether the last day with a run jumped, in distance or in load, over the days before it."""
    fact_id = "last_run_jumped"
    runs = _last(log, day, within)
    if not runs:
        return Fact(fact_id, False, day)
    on = run_day(runs[-1])
    first = days_before(on, int(log.declared.spikes.prescribed_within_days))
    counted = ((run, None) for run in log.runs_in(first, on))
    days = days_of(counted, lambda run: _as_prescribed(log, run))
    level = spikes(days, on, log.declared.spikes).gate
    jumped = None if level == "no_baseline" else level != "none"
    return Fact(fact_id, jumped, on, basis(runs))


def _longest_run(fact_id: str, name: str, per: float) -> Function:
    def fact(log: Log, day: date, _: int | None) -> Fact:
        most = longest(log, days_before(day, log.declared.runs.longest_of_days), day, name)
        return Fact(fact_id, None if most is None else int(most / per), day)

    return fact


def _distance(fact_id: str, skip_weeks: int) -> Function:
    def fact(log: Log, day: date, _: int | None) -> Fact:
        last = days_before(day, 7 * skip_weeks)
        total = _total(log.runs_in(days_before(last, 6), last), "distance_m")
        return Fact(fact_id, int(total or 0), day)

    return fact


def _of_last_run(fact_id: str, name: str, per: float = 1, digits: int = 0) -> Function:
    """What the watch says of the last run; unknown where it says nothing, or there is no run."""

    def fact(log: Log, day: date, within: int | None) -> Fact:
        runs = _last(log, day, within)
        values = [value for run in runs if (value := getattr(run, name)) is not None]
        value = round(max(values) / per, digits) if values else None
        return Fact(fact_id, value, run_day(runs[-1]) if runs else None, basis(runs))

    return fact


def _best_speed(log: Log, day: date, _: int | None) -> Fact:
    first = days_before(day, log.declared.runs.longest_of_days)
    fast = [run for run in log.runs_in(first, day) if run.best_speed_mps is not None]
    best = max(fast, key=lambda run: run.best_speed_mps or 0, default=None)
    if best is None:
        return Fact("best_speed_mps", None)
    return Fact("best_speed_mps", best.best_speed_mps, run_day(best), basis((best,)))


# Steps of the ladder


def _step_climbed(log: Log, day: date, _: int | None) -> Fact:
    order = {step: place for place, step in enumerate(log.declared.steps)}
    highest, climbed_on = -1, None
    for run in log.runs:
        if run.step in order and order[run.step] > highest and run_day(run) <= day:
            highest, climbed_on = order[run.step], run_day(run)
    days = LONGEST_LOOK_DAYS if climbed_on is None else (day - climbed_on) / timedelta(days=1)
    return Fact("days_since_step_climbed", min(LONGEST_LOOK_DAYS, int(days)), climbed_on)


def _sharp_on_one_step(log: Log, day: date, _: int | None) -> Fact:
    steps = [run.step for run in log.runs if run.step and run.sharp and run_day(run) <= day]
    most = max((steps.count(step) for step in steps), default=0)
    return Fact("sharp_runs_on_one_step", most, day)


def _days_since_last(log: Log, day: date, _: int | None) -> Fact:
    on = log.last_run_day(day, None)
    days = LONGEST_LOOK_DAYS if on is None else (day - on).days
    return Fact("days_since_last_run", days, on)


RUNNING: Mapping[str, Function] = {
    "ran": _any_in("ran", lambda _, __: True),
    "speed_session": _any_in("speed_session", is_speed),
    "limped_in_a_run": _any_in("limped_in_a_run", lambda _, run: run.limped),
    "sharp_in_a_speed_session": _any_in("sharp_in_a_speed_session", _sharp_at_speed),
    "sharp_and_stopped_early": _any_in(
        "sharp_and_stopped_early",
        lambda log, run: all_true((was_sharp(log, run), run.stopped_early)),
    ),
    "last_run_pain_nrs": _last_pain,
    "last_speed_session_pain_nrs": _last_speed_pain,
    "last_run_limped": _of_last("last_run_limped", lambda _, run: run.limped),
    "last_run_form_changed": _of_last("last_run_form_changed", lambda _, run: run.form_changed),
    "last_run_got_worse": _of_last("last_run_got_worse", got_worse),
    "last_run_sharp": _of_last("last_run_sharp", was_sharp),
    "last_run_rise_nrs": _last_rise,
    "last_run_not_silent": _last_not_silent,
    "last_run_over_longest_pct": _last_over_longest,
    "last_run_jumped": _last_jumped,
    "last_run_longest_min": _of_last_run(
        "last_run_longest_min", "longest_continuous_s", S_PER_MIN, 2
    ),
    "last_run_walk_breaks": _of_last_run("last_run_walk_breaks", "walk_breaks"),
    "last_run_ascent_m": _of_last_run("last_run_ascent_m", "ascent_m"),
    "last_run_cadence_spm": _of_last_run("last_run_cadence_spm", "cadence_spm"),
    "best_speed_mps": _best_speed,
    "longest_run_m": _longest_run("longest_run_m", "distance_m", 1),
    "longest_run_min": _longest_run("longest_run_min", "duration_s", S_PER_MIN),
    "week_distance_m": _distance("week_distance_m", 0),
    "previous_week_distance_m": _distance("previous_week_distance_m", 1),
    "days_since_step_climbed": _step_climbed,
    "sharp_runs_on_one_step": _sharp_on_one_step,
    "days_since_last_run": _days_since_last,
}
