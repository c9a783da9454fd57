"""A run on its own page: its amounts, its load in shares, and how it stands beside other days.

What `runs` says in sentences is said by it; here is what a page lays out as numbers.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import Literal

from hamstride.explain import runs as told
from hamstride.explain.numbers import number
from hamstride.explain.parts import Part
from hamstride.explain.run_chart import Moment, km_h
from hamstride.explain.run_shown import JumpShown, Limits, LoadShown, RunShown, Spike, Top
from hamstride.units import M_PER_KM, clock

Gait = Literal["run", "walk", "stand"]

LOAD = "What it asked of the hamstrings"
"""The heading of the part that a page lays out as shares instead."""

_SLOWEST_PACE_MPS = 0.5
_UNKNOWN = "–"
_HAIR = 1e-9
_HILLS = ("ascent", "steep")
_QUALITY = {
    "good": "good data",
    "fair": "fair data",
    "poor": "poor data, so a rough load",
    None: "no samples, so no load",
}
_WHAT = {
    "distance": "Distance",
    "time": "Time",
    "load": "Load",
    "fast_week": "Fast metres in 7 days",
    "ascent": "Up",
    "steep": "On steep slopes",
}
_LEVELS: dict[Spike, str] = {
    "no_baseline": "nothing to compare with",
    "none": "usual",
    "amber": "a jump",
    "red": "a big jump",
    "severe": "a very big jump",
}
_TYPED = ("distance", "time")
_JUMPS = ("amber", "red", "severe")


# Amounts


@dataclass(frozen=True, slots=True)
class Amounts:
    """What a run was: numbers for its runner's own units, and its load as it is written."""

    distance_m: float | None
    time: str
    speed_mps: float | None
    ascent_m: float | None
    load: str
    span: str
    quality: str


def amounts(run: RunShown) -> Amounts:
    """The numbers of a run; empty for what is not known."""
    _, _, time, _, load, span, *_ = told.row(run)
    seconds = run.moving_s or run.duration_s
    return Amounts(
        distance_m=run.distance_m,
        time=time,
        speed_mps=run.distance_m / seconds if run.distance_m and seconds else None,
        ascent_m=run.ascent_m,
        load=load,
        span=span,
        quality=_QUALITY[run.quality],
    )


# Where the load came from


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the load of a run; `percent` as a number, to be drawn."""

    name: str
    units: str
    percent: int


def shares(load: LoadShown) -> tuple[Share, ...]:
    """What the load of a run is made of, the greatest first; what is nothing is left out."""
    of = {
        "easy running": load.easy,
        "hills": load.hills,
        "fast running": load.fast,
        "walking": load.walking,
    }
    whole = sum(of.values())
    found = [
        Share(name, number(round(hlu, 0 if hlu >= 10 else 1)), round(100 * hlu / whole))
        for name, hlu in of.items()
        if hlu > 0
    ]
    return tuple(sorted(found, key=lambda share: -share.percent))


# Beside the days before


@dataclass(frozen=True, slots=True)
class Beside:
    """One measure of a day beside the most of the days before it.

    `unit` is `distance` or `height` for metres in the runner's own units; else the value is told
    by `today` and `before`.
    """

    what: str
    unit: Literal["distance", "height", "text"]
    value: float
    against: float | None
    today: str
    before: str
    more: str
    said: str
    is_jump: bool


def beside(found: Iterable[JumpShown], *, as_planned: Container[str]) -> tuple[Beside, ...]:
    """The day of a run beside the days before it, what is known of it.

    Hills are told where there are more of them than before. A measure that is `as_planned` is no
    jump, however it compares: the ladder of the plan guards it.
    """
    return tuple(
        _beside(each, as_planned=as_planned)
        for each in found
        if each.value is not None
        and (each.level in _JUMPS if each.id in _HILLS else each.id in _WHAT)
    )


def _beside(each: JumpShown, *, as_planned: Container[str]) -> Beside:
    is_jump = each.level in _JUMPS
    is_step = is_jump and each.id in as_planned
    return Beside(
        what=_WHAT[each.id],
        unit="text" if each.unit != "m" else "height" if each.id == "ascent" else "distance",
        value=each.value or 0.0,
        against=each.against,
        today=_amount(each.value, each.unit),
        before=_amount(each.against, each.unit),
        more=_more(each),
        said="as planned" if is_step else _LEVELS[each.level],
        is_jump=is_jump and not is_step,
    )


def jumped(found: Iterable[JumpShown], limits: Limits) -> tuple[str, ...]:
    """What is said before a run is saved that is longer than usual; empty where none of it is."""
    over = [each for each in found if each.id in _TYPED and each.level in _JUMPS]
    if not over:
        return ()
    named = (
        f"With it that day holds {_amount(each.value, each.unit)}; the most in the {limits.days} "
        f"days before is {_amount(each.against, each.unit)} ({_more(each)}). More than "
        f"{limits.jump_pct} % of that counts as a jump."
        for each in over
    )
    return (
        *named,
        "If you ran it, save it: the plan takes it in, and the next run stays short. If you are "
        "about to run it, a shorter one keeps to what your legs know.",
    )


def _more(each: JumpShown) -> str:
    """How much more it is, rounded up as its limits are; empty where it is not more."""
    if each.value is None or not each.against or each.value <= each.against:
        return ""
    return f"{ceil(100 * each.value / each.against - 100 - _HAIR):+d} %"


def _amount(value: float | None, unit: str) -> str:
    """A value with its unit, to the precision that it deserves."""
    if value is None:
        return _UNKNOWN
    if unit == "s":
        return clock(value)
    if unit == "hlu":
        return f"{value:.0f} units" if value >= 10 else f"{value:.1f} units"
    return f"{value / M_PER_KM:.2f} km" if value >= M_PER_KM else f"{value:.0f} m"


# Over time


@dataclass(frozen=True, slots=True)
class Column:
    """A share of the time of a run; None for what is not known of it."""

    start_s: float
    end_s: float
    gait: Gait | None
    speed_mps: float | None
    grade: float | None
    height_m: float | None
    hlu: float | None
    hlu_min: float | None


COLUMN_HEADINGS = ("from", "", "km/h", "min a km", "slope %", "height m", "load")


def column_row(column: Column) -> tuple[str, ...]:
    """A share of the time as a row below `COLUMN_HEADINGS`."""
    begins = clock(column.start_s)
    speed_mps = column.speed_mps
    if speed_mps is None:
        return (begins, "not recorded", "", "", "", "", "")
    return (
        begins,
        column.gait or "",
        km_h(speed_mps).removesuffix(" km/h"),
        _pace(speed_mps),
        "" if column.grade is None else f"{100 * column.grade:.0f}".replace("-0", "0"),
        "" if column.height_m is None else f"{column.height_m:.0f}",
        "" if column.hlu is None else f"{column.hlu:.2f}",
    )


def _pace(speed_mps: float) -> str:
    """Minutes for a kilometre; nothing for a standstill."""
    return "" if speed_mps < _SLOWEST_PACE_MPS else clock(M_PER_KM / speed_mps)


def summary(columns: Sequence[Column]) -> str:
    """A chart of a run in one sentence."""
    told_mps = [each.speed_mps for each in columns if each.speed_mps is not None]
    if not told_mps:
        return "The file has no speed to draw."
    heights_m = [each.height_m for each in columns if each.height_m is not None]
    loads = [each.hlu_min for each in columns if each.hlu_min is not None]
    said = [
        f"Speed over {clock(columns[-1].end_s - columns[0].start_s)}, up to {km_h(max(told_mps))}"
    ]
    if heights_m:
        said.append(f"height from {min(heights_m):.0f} to {max(heights_m):.0f} m")
    said.append(f"load up to {number(max(loads, default=0.0))} units a minute")
    gaps = _gaps(columns)
    broken = f" The line breaks {gaps} times, where nothing was recorded." if gaps > 1 else ""
    broken = " The line breaks once, where nothing was recorded." if gaps == 1 else broken
    return f"{'; '.join(said)}.{broken}"


def _gaps(columns: Sequence[Column]) -> int:
    known = [each.speed_mps is not None for each in columns]
    return sum(was and not now for was, now in pairwise(known))


# In sentences


def parts(
    run: RunShown, trace: Sequence[Moment], top: Top | None, limits: Limits
) -> Iterator[Part]:
    """A run in sentences, but for its load, and for what the table beside other days tells."""
    for each in told.explained(replace(run, spike=None), trace, top, limits):
        if each.heading != LOAD:
            yield each
