"""What speed and slope ask of the hamstrings, in words: our own model."""

from collections.abc import Sequence
from dataclasses import dataclass

from hamstride.explain.numbers import number


@dataclass(frozen=True, slots=True)
class Asked:
    """What a minute at one speed on one slope asks, in load units, with its range."""

    km_h: float
    grade_pct: float
    hlu: float
    low: float
    high: float

    @property
    def speed(self) -> str:
        """The speed in words."""
        return f"{number(self.km_h)} km/h"

    @property
    def slope(self) -> str:
        """The slope in words."""
        if not self.grade_pct:
            return "level"
        return f"{number(abs(self.grade_pct))} % {'up' if self.grade_pct > 0 else 'down'}"

    @property
    def units(self) -> str:
        """The load units of a minute, as exactly as the model deserves."""
        return about(self.hlu)

    @property
    def between(self) -> str:
        """Where the load units lie when the model's most doubtful figure changes."""
        low, high = about(self.low), about(self.high)
        return low if low == high else f"{low} to {high}"


def about(hlu: float) -> str:
    """Load units in one or two digits that count.

    Examples
    --------
    >>> about(0.734), about(8.51), about(55.7), about(371.2)
    ('0.7', '8.5', '56', '370')
    """
    if hlu < 10:
        return f"{hlu:.1f}"
    return f"{hlu:.0f}" if hlu < 100 else f"{round(hlu, -1):.0f}"


def speed_costs(asked: Sequence[Asked], *, slower_km_h: float) -> str:
    """How much dearer the fastest minute is than one at a lower speed."""
    slower = next(each for each in asked if each.km_h == slower_km_h)
    top = asked[-1]
    times = round(top.hlu / slower.hlu)
    faster_pct = round((top.km_h / slower.km_h - 1) * 100)
    return (
        f"In this model a minute at {top.speed} asks about {times} times as much as one at "
        f"{slower.speed}, though it is only {faster_pct} % faster."
    )


def slope_costs(asked: Sequence[Asked]) -> str:
    """How much dearer the steepest minute uphill is than one on the level."""
    level = next(each for each in asked if each.grade_pct == 0)
    up = asked[-1]
    more_pct = round((up.hlu / level.hlu - 1) * 100)
    return (
        f"In this model a minute at {level.speed} asks about {more_pct} % more on a slope of "
        f"{up.slope} than on the level; gentle slopes change little."
    )
