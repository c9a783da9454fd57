"""The load of days and weeks, as rows of tables and sentences below them.

The averages and their ratio are drawn and never warn: no study shows that a ratio foretells an
injury of the hamstrings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hamstride.explain.numbers import MONTHS, week_day
from hamstride.explain.runs import ASSUMED, UNIT
from hamstride.units import M_PER_KM

WEEK_HEADINGS = ("week of", "runs", "km", "up m", "load", "range", "fast m", "km against")
WEEK_NUMBERS = frozenset({1, 2, 3, 4, 6, 7})
DAY_HEADINGS = ("day", "load", "range", "7 days", "28 days", "")
DAY_NUMBERS = frozenset({1, 3, 4})
NARROW = "A wider window shows ranges, ascent, fast metres and averages as well."

AVERAGES = (
    "7 days and 28 days are running averages of the daily load; the newest days weigh most. "
    "They show where your training is going. Neither they nor their ratio tell what will happen."
)
NO_RUNS = "There are no runs in the store yet. Begin with: hamstride import ~/Downloads/export.zip"

_BAR = 24


@dataclass(frozen=True, slots=True)
class Week:
    """Sums of a week from its Monday; None where there are runs and none could tell."""

    first: date
    runs: int
    distance_m: float | None
    ascent_m: float | None
    hlu: float | None
    low: float | None
    high: float | None
    fast_m: float | None
    change_pct: float | None
    over_convention: bool


@dataclass(frozen=True, slots=True)
class LoadOfDay:
    """The load of a date beside its averages; None where it ran and nothing could tell."""

    on: date
    hlu: float | None
    low: float | None
    high: float | None
    acute: float
    chronic: float


def week_row(week: Week) -> tuple[str, ...]:
    """A week as a row below `WEEK_HEADINGS`; what is not known stays empty."""
    return (
        f"{week.first.day} {MONTHS[week.first.month - 1][:3]} {week.first.year}",
        str(week.runs) if week.runs else "",
        _whole(None if week.distance_m is None else week.distance_m / M_PER_KM, 1),
        _whole(week.ascent_m),
        _whole(week.hlu),
        _range(week.low, week.high),
        _whole(week.fast_m),
        _change(week),
    )


def narrow_week(row: Sequence[str]) -> tuple[str, ...]:
    """What of a week fits a phone."""
    return row[0], row[2], row[4], row[7]


NARROW_WEEK_NUMBERS = frozenset({1, 2, 3})


def day_row(each: LoadOfDay, most: float) -> tuple[str, ...]:
    """A day as a row below `DAY_HEADINGS`, with a bar against the greatest load shown."""
    return (
        week_day(each.on) + f" {MONTHS[each.on.month - 1][:3]}",
        "rest" if each.hlu == 0 else "?" if each.hlu is None else f"{each.hlu:.0f}",
        _range(each.low, each.high) if each.hlu else "",
        f"{each.acute:.0f}",
        f"{each.chronic:.0f}",
        "█" * round(_BAR * each.hlu / most) if each.hlu and most else "",
    )


def narrow_day(row: Sequence[str]) -> tuple[str, ...]:
    """What of a day fits a phone."""
    return row[0], row[1], row[5][::2]


NARROW_DAY_NUMBERS = frozenset({1})


def below(weeks: Sequence[Week], days: Sequence[LoadOfDay], convention_pct: int) -> Iterator[str]:
    """What the tables rest on."""
    yield UNIT
    yield ASSUMED
    if days:
        yield AVERAGES
    if any(week.change_pct is not None for week in weeks):
        yield (
            f"km against compares with the week before. A * stands at more than {convention_pct} % "
            "more: a runners' rule of thumb that no study bears out."
        )
    if any(day.hlu is None for day in days):
        yield "A ? stands on a day with a run whose load the file cannot tell."
    if any(week.runs and week.fast_m is None for week in weeks):
        yield "Fast metres stay empty while no run tells your own top speed."


def _whole(value: float | None, digits: int = 0) -> str:
    return "" if value is None else f"{value:,.{digits}f}"


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None or not high else f"{low:,.0f} to {high:,.0f}"


def _change(week: Week) -> str:
    if week.change_pct is None:
        return ""
    return f"{week.change_pct:+.0f} %{'*' if week.over_convention else ' '}"
