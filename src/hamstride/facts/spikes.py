"""Jumps in training: the running of one day against what this runner is used to.

Distance and load against the longest of the last 30 days, and fast metres against the runner's
own weeks, make the gate of a day. Hills, weeks and days without fast running are context. Where
there is nothing to compare with, the answer is "no_baseline", never "none".
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Literal

from hamstride.vocabulary import SpikeTerms

Level = Literal["no_baseline", "none", "amber", "red", "severe"]
Read = Callable[["Day"], float | None]

_WORSE: tuple[Level, ...] = ("no_baseline", "none", "amber", "red", "severe")
_GATE = ("distance", "time", "load", "fast_week")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """All the running of one date, as sums; None for what no file can tell.

    Parameters
    ----------
    fast_m
        Metres at a speed that is fast for this runner; 0 where all of the day was slower.
    prescribed
        A ladder step run as it was prescribed: no jump, whatever it is compared with.
    """

    on: date
    distance_m: float | None = None
    load_hlu: float | None = None
    ascent_m: float | None = None
    steep_s: float | None = None
    fast_m: float | None = None
    prescribed: bool = False
    load_low_hlu: float | None = None
    load_high_hlu: float | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Jump:
    """What one detector saw: the value, and what it was compared with."""

    id: str
    level: Level
    value: float | None
    against: float | None
    unit: str


@dataclass(frozen=True, slots=True)
class Spikes:
    """The jumps of a day; the worst of distance, load and fast metres is the gate."""

    gate: Level
    jumps: tuple[Jump, ...]


@dataclass(frozen=True, slots=True)
class LoadDay:
    """The load of a date beside its averages, for a chart and never for an alarm.

    `chronic_before` is the long average as it was before the short one's span began, so that
    the two share no day. `ratio` is None while that average is too small to divide by.
    """

    on: date
    hlu: float | None
    low: float | None
    high: float | None
    acute: float
    chronic: float
    chronic_before: float | None
    ratio: float | None


@dataclass(frozen=True, slots=True)
class LoadWeek:
    """Sums of a week that begins on a Monday; None where days ran and none could tell.

    `change_pct` compares its distance with the week before; None for a week not yet over, or
    after a week without running. `over_convention` is the runners' rule of thumb, no evidence.
    """

    first: date
    hlu: float | None
    low: float | None
    high: float | None
    distance_m: float | None
    ascent_m: float | None
    fast_m: float | None
    change_pct: float | None
    over_convention: bool


def spikes(days: Sequence[Day], on: date, terms: SpikeTerms) -> Spikes:
    """The jumps that the running of one day makes from the days before it.

    Parameters
    ----------
    days
        Days with running, oldest first and one a date; later ones than `on` are not looked at.

    Notes
    -----
    The limits on one day are those of Frandsen 2025; the robust z of fast metres is our own, in
    the direction of Duhig 2016. Loads are compared only where every day of the 30 has one: the
    days that have none may have been the greatest. Without metres minutes are compared. None of
    the limits is validated for a return from injury.
    """
    before = days[: bisect_left(days, on, key=_on)]
    today = _between(days, on, on + _DAY)
    day = today[0] if today else Day(on, 0.0, 0.0, 0.0, 0.0, 0.0, duration_s=0.0)
    jumps = (
        _far(before, day, terms),
        _longest(_LOAD, before, day, terms),
        _fast_week(before, day, terms),
        _week(before, day, terms),
        _longest(_ASCENT, before, day, terms),
        _longest(_STEEP, before, day, terms),
        _fast_gap(before, day, terms),
    )
    if day.prescribed:
        return Spikes("none", tuple(_quiet(jump) for jump in jumps))
    return Spikes(_worst(jump.level for jump in jumps if jump.id in _GATE), jumps)


def daily(days: Sequence[Day], first: date, last: date, terms: SpikeTerms) -> tuple[LoadDay, ...]:
    """Every date from `first` to `last` with its load and the averages up to and including it.

    Notes
    -----
    Exponentially weighted means, E = k D + (1 - k) E with k = 2 / (N + 1), from 0 on the day
    before the oldest of `days`. A date without running is a load of 0; one whose load is
    unknown leaves the averages as they were.
    """
    by_date = {day.on: day for day in days}
    apart = int(terms.acute_days)
    acute = chronic = 0.0
    chronics: list[float] = []
    found = []
    on = min(first, *by_date) if by_date else first
    while on <= last:
        day = by_date.get(on, Day(on, load_hlu=0.0, load_low_hlu=0.0, load_high_hlu=0.0))
        acute = _smoothed(acute, day.load_hlu, terms.acute_days)
        chronic = _smoothed(chronic, day.load_hlu, terms.chronic_days)
        before = chronics[-apart] if len(chronics) >= apart else None
        chronics.append(chronic)
        if on >= first:
            divides = before is not None and before >= terms.ratio_from_hlu
            ratio = acute / before if before is not None and divides else None
            load = (day.load_hlu, day.load_low_hlu, day.load_high_hlu)
            found.append(LoadDay(on, *load, acute, chronic, before, ratio))
        on += _DAY
    return tuple(found)


def weekly(days: Sequence[Day], first: date, last: date, terms: SpikeTerms) -> tuple[LoadWeek, ...]:
    """The weeks that hold `first` to `last`, whole from their Monday, up to and with `last`."""
    monday = first - timedelta(days=first.weekday())
    found = []
    while monday <= last:
        until = min(monday + _WEEK, last + _DAY)
        now, before = _between(days, monday, until), _between(days, monday - _WEEK, monday)
        distance_m, earlier_m = _sum(now, _distance_m), _sum(before, _distance_m)
        change_pct = None
        if until == monday + _WEEK and distance_m is not None and earlier_m:
            change_pct = _rise_pct(distance_m, earlier_m)
        found.append(
            LoadWeek(
                first=monday,
                hlu=_sum(now, _load_hlu),
                low=_sum(now, lambda day: day.load_low_hlu),
                high=_sum(now, lambda day: day.load_high_hlu),
                distance_m=distance_m,
                ascent_m=_sum(now, _ascent_m),
                fast_m=_sum(now, _fast_m),
                change_pct=change_pct,
                over_convention=change_pct is not None and change_pct > terms.week_convention_pct,
            )
        )
        monday += _WEEK
    return tuple(found)


def _on(day: Day) -> date:
    return day.on


def _distance_m(day: Day) -> float | None:
    return day.distance_m


def _load_hlu(day: Day) -> float | None:
    return day.load_hlu


def _ascent_m(day: Day) -> float | None:
    return day.ascent_m


def _duration_s(day: Day) -> float | None:
    return day.duration_s


def _steep_s(day: Day) -> float | None:
    return day.steep_s


def _fast_m(day: Day) -> float | None:
    return day.fast_m


@dataclass(frozen=True, slots=True)
class _Measure:
    """What one day is compared with the longest of; `floored` where the floor always holds.

    `whole` where a day that cannot tell it leaves nothing to compare with.
    """

    id: str
    unit: str
    read: Read
    floor: Callable[[SpikeTerms], float]
    floored: bool = False
    whole: bool = False


_DISTANCE = _Measure("distance", "m", _distance_m, lambda terms: terms.floor_m)
_TIME = _Measure("time", "s", _duration_s, lambda terms: terms.floor_s)
_LOAD = _Measure("load", "hlu", _load_hlu, lambda terms: terms.floor_hlu, whole=True)
# A watch climbs a little on the flat.
_ASCENT = _Measure("ascent", "m", _ascent_m, lambda terms: terms.floor_ascent_m, floored=True)
_STEEP = _Measure("steep", "s", _steep_s, lambda terms: terms.floor_steep_s, floored=True)


def _far(before: Sequence[Day], day: Day, terms: SpikeTerms) -> Jump:
    """The metres of the day, or its minutes where metres have nothing to compare with."""
    far = _longest(_DISTANCE, before, day, terms)
    if far.level != "no_baseline":
        return far
    long = _longest(_TIME, before, day, terms)
    return far if long.level == "no_baseline" else long


def _longest(measure: _Measure, before: Sequence[Day], day: Day, terms: SpikeTerms) -> Jump:
    """The day against the longest of the last weeks."""
    value, against = measure.read(day), _used_to(measure, before, day.on, terms)
    level: Level = "no_baseline"
    if value is not None and against is not None:
        level = _level(
            value / against,
            ("amber", terms.session_amber_ratio),
            ("red", terms.session_red_ratio),
            ("severe", terms.session_severe_ratio),
        )
    return Jump(measure.id, level, value, against, measure.unit)


def _used_to(measure: _Measure, before: Sequence[Day], on: date, terms: SpikeTerms) -> float | None:
    """The longest of the last weeks, or after a layoff the latest prescribed day; never 0."""
    floor = measure.floor(terms)
    days = _since(before, on, terms.session_within_days)
    recent = _known(days, measure.read)
    if measure.whole and len(recent) < len(days):
        return None
    if recent and measure.floored:
        return max(*recent, floor)
    if any(recent):
        return max(recent)
    older = _since(before, on, terms.prescribed_within_days)
    prescribed = _known((day for day in older if day.prescribed), measure.read)
    return max(prescribed[-1], floor) if prescribed else None


def _fast_week(before: Sequence[Day], day: Day, terms: SpikeTerms) -> Jump:
    """The fast metres of 7 days against the runner's own weeks before them.

    A day that adds no fast metres makes no jump, whatever the days before it were.
    """
    start = day.on + _DAY - _WEEK
    usual = usual_fast_week(before, start, terms)
    week_m = None
    if day.fast_m is not None:
        week_m = day.fast_m + sum(_known(_between(before, start, day.on), _fast_m))
    if week_m is None or usual is None:
        return Jump("fast_week", "no_baseline", week_m, None, "m")
    usual_m, spread_m = usual
    z = (week_m - usual_m) / spread_m
    level = _level(z, ("amber", terms.fast_amber_z), ("red", terms.fast_red_z))
    return Jump("fast_week", level if day.fast_m else "none", week_m, usual_m, "m")


def usual_fast_week(
    before: Sequence[Day], start: date, terms: SpikeTerms
) -> tuple[float, float] | None:
    """Fast metres of the usual week before a day, and how far apart weeks lie; never 0.

    The median, and a robust standard deviation with a floor; None with too few known weeks.
    """
    weeks = _weeks_m(before, start, int(terms.fast_weeks_max))
    if len(weeks) < terms.fast_weeks_min:
        return None
    usual_m = median(weeks)
    spread_m = median(abs(metres - usual_m) for metres in weeks)
    return usual_m, terms.fast_mad_scale * spread_m + terms.fast_floor_m


def _weeks_m(before: Sequence[Day], start: date, at_most: int) -> list[float]:
    """Fast metres of the weeks before `start` that are whole and known; without running, 0."""
    weeks: list[list[float | None]] = []
    while before and len(weeks) < at_most and start - _WEEK >= before[0].on:
        week = _between(before, start - _WEEK, start)
        weeks.append([day.fast_m for day in week])
        start -= _WEEK
    return [
        sum(metres for metres in week if metres is not None) for week in weeks if None not in week
    ]


def _week(before: Sequence[Day], day: Day, terms: SpikeTerms) -> Jump:
    """The distance of 7 days against the 7 before them: shown, since no study bears it out."""
    start = day.on + _DAY - _WEEK
    now = _sum((*_between(before, start, day.on), day), _distance_m)
    against = _sum(_between(before, start - _WEEK, start), _distance_m) or None
    level: Level = "no_baseline"
    if now is not None and against is not None:
        level = _level(_rise_pct(now, against), ("amber", terms.week_amber_pct))
    return Jump("week_distance", level, now, against, "m")


def _fast_gap(before: Sequence[Day], day: Day, terms: SpikeTerms) -> Jump:
    """The days since the last fast running: a word on a day that has some."""
    against = terms.fast_gap_days
    last = next((earlier.on for earlier in reversed(before) if earlier.fast_m), None)
    if last is None:
        return Jump("fast_gap", "no_baseline", None, against, "days")
    value = float((day.on - last).days)
    level = _level(value, ("amber", against)) if day.fast_m else "none"
    return Jump("fast_gap", level, value, against, "days")


def _level(value: float, *over: tuple[Level, float]) -> Level:
    """The last level whose limit the value is over."""
    return _worst(("none", *(level for level, limit in over if value > limit)))


def _worst(levels: Iterable[Level]) -> Level:
    return max(levels, key=_WORSE.index)


def _quiet(jump: Jump) -> Jump:
    return jump if jump.level == "no_baseline" else replace(jump, level="none")


def _rise_pct(now: float, before: float) -> float:
    return 100 * (now - before) / before


def _smoothed(mean: float, value: float | None, span_days: float) -> float:
    """An exponentially weighted mean, one day on."""
    share = 2 / (span_days + 1)
    return mean if value is None else share * value + (1 - share) * mean


def _since(days: Sequence[Day], on: date, span_days: float) -> Sequence[Day]:
    return _between(days, on - timedelta(days=span_days), on)


def _between(days: Sequence[Day], start: date, until: date) -> Sequence[Day]:
    """The days from `start` up to but without `until`."""
    return days[bisect_left(days, start, key=_on) : bisect_left(days, until, key=_on)]


def _known(days: Iterable[Day], read: Read) -> list[float]:
    return [value for day in days if (value := read(day)) is not None]


def _sum(days: Sequence[Day], read: Read) -> float | None:
    """The known values together: 0 without a day, None where there are days and none knows."""
    known = _known(days, read)
    return float(sum(known)) if known or not days else None
