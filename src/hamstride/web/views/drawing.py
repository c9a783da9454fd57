"""Charts as numbers for SVG: where a line bends and where a bar stands. No fact is made here."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 320
HEIGHT = 120
LEFT = 26
BOTTOM = 16
TOP = 8
RIGHT = 6
_BAR_SHARE = 0.7
_MOST_PAIR = 24.0


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a line, and where it is drawn."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, with a mark across it and a line for its range where there are such."""

    x: float
    y: float
    width: float
    height: float
    mark_y: float | None = None
    low_y: float | None = None
    high_y: float | None = None

    @property
    def middle(self) -> float:
        """The middle of the bar."""
        return round(self.x + self.width / 2, 1)

    @property
    def end(self) -> float:
        """Where the bar ends."""
        return round(self.x + self.width, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart is drawn from. `lines` holds one run of points for each stretch without a gap.

    `ticks` are the labels of the upward axis, each with its height.
    """

    ticks: tuple[tuple[float, str], ...]
    lines: tuple[tuple[Point, ...], ...] = ()
    bars: tuple[Bar | None, ...] = ()
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def paths(self) -> tuple[str, ...]:
        """Each stretch as the points of a polyline."""
        return tuple(" ".join(f"{at.x},{at.y}" for at in line) for line in self.lines)


def line(values: Sequence[float | None], highest: float) -> Chart:
    """A line over equal steps; where a value is not known it breaks."""
    points = [
        None if value is None else Point(_x(place, len(values)), _y(value, highest))
        for place, value in enumerate(values)
    ]
    stretches: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            stretches.append([])
        else:
            stretches[-1].append(point)
    return Chart(_ticks(highest), tuple(tuple(each) for each in stretches if each))


def bars(
    values: Sequence[float | None],
    marks: Sequence[float | None] = (),
    ranges: Sequence[tuple[float | None, float | None]] = (),
) -> Chart:
    """Bars over equal steps; where a value is not known there is none."""
    known = [value for value in values if value is not None]
    known += [high for _, high in ranges if high is not None]
    highest = max(known, default=0) or 1
    width = _step(len(values)) * _BAR_SHARE
    drawn: list[Bar | None] = []
    for place, value in enumerate(values):
        if value is None:
            drawn.append(None)
            continue
        mark = marks[place] if marks else None
        low, high = ranges[place] if ranges else (None, None)
        drawn.append(
            Bar(
                x=round(_x(place, len(values)) - width / 2, 1),
                y=_y(value, highest),
                width=round(width, 1),
                height=round(HEIGHT - BOTTOM - _y(value, highest), 1),
                mark_y=_y(mark, highest) if mark else None,
                low_y=_y(low, highest) if low and high else None,
                high_y=_y(high, highest) if low and high else None,
            )
        )
    return Chart(_ticks(highest), bars=tuple(drawn))


def pairs(values: Sequence[tuple[float | None, float | None]]) -> Chart:
    """Two bars side by side for each step, such as left and right."""
    highest = max((each for pair in values for each in pair if each is not None), default=0) or 1
    width = min(_step(len(values)) * _BAR_SHARE / 2, _MOST_PAIR)
    drawn: list[Bar | None] = []
    for place, pair in enumerate(values):
        middle = _x(place, len(values))
        for side, value in zip((-1, 0), pair, strict=True):
            if value is None:
                drawn.append(None)
                continue
            y = _y(value, highest)
            x = round(middle + side * width, 1)
            drawn.append(Bar(x, y, round(width - 1, 1), round(HEIGHT - BOTTOM - y, 1)))
    return Chart(_ticks(highest), bars=tuple(drawn))


def _step(count: int) -> float:
    return (WIDTH - LEFT - RIGHT) / max(count, 1)


def _x(place: int, count: int) -> float:
    return round(LEFT + _step(count) * (place + 0.5), 1)


def _y(value: float, highest: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest, 1)


def _ticks(highest: float) -> tuple[tuple[float, str], ...]:
    return tuple((_y(value, highest), f"{value:g}") for value in _round_values(highest))


def _round_values(highest: float) -> tuple[float, ...]:
    """Nothing, and two round values that a chart still holds."""
    step = 10.0 ** (len(str(int(highest))) - 1)
    while step * 2 > highest:
        step /= 2
    while step * 4 <= highest:
        step *= 2
    return (0, step, step * 2)
