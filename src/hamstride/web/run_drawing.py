"""A run drawn as lines and areas: where they lie on the paper, in the units of its view box.

Only geometry: what is known of the run comes as columns, and a page styles what is drawn.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hamstride.explain.run_page import Column
from hamstride.explain.run_shown import StretchShown
from hamstride.units import clock, km_per_h

WIDTH, LEFT, RIGHT = 376, 34, 354
_HEIGHTS = {"speed": 110, "height": 50, "load": 50}
_HEADING, _BELOW = 32, 20
_NICE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
_MANY_TICKS, _FEW_TICKS = 4, 2
_LEAST_RISE_M = 10.0
_TIME_STEPS_S = (60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400)
_MOST_TIMES = 5

Read = Callable[[Column], float | None]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, and where it stands."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure over time: its path, and the labels beside it."""

    name: str
    top: int
    bottom: int
    path: str
    ticks: tuple[Tick, ...]

    @property
    def title_at(self) -> int:
        """Where its heading stands."""
        return self.top - 13


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole chart. `run` and `walk` are the shaded stretches of the first panel."""

    panels: tuple[Panel, ...]
    run: str
    walk: str
    times: tuple[Tick, ...]
    axis: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT

    @property
    def height(self) -> int:
        """Where the paper ends."""
        return self.axis + 6


def drawn(columns: Sequence[Column], stretches: Iterable[StretchShown]) -> Drawing | None:
    """A run over time; None where no speed is known."""
    if not any(each.speed_mps for each in columns):
        return None
    paper = _Paper(columns[0].start_s, columns[-1].end_s)
    panels, top = [], 0
    for name, panel_of in (("speed", _speed), ("height", _height), ("load", _load)):
        place = _Place(name, top + _HEADING, top + _HEADING + _HEIGHTS[name])
        panel = panel_of(paper, place, columns)
        if panel is not None:
            panels.append(panel)
            top = place.bottom
    shaded = list(stretches)
    return Drawing(
        panels=tuple(panels),
        run=paper.shade([each for each in shaded if each.kind == "run"], panels[0]),
        walk=paper.shade([each for each in shaded if each.kind == "walk"], panels[0]),
        times=paper.times(),
        axis=top + _BELOW,
    )


# The paper


@dataclass(frozen=True, slots=True)
class _Paper:
    """Time from left to right."""

    begin_s: float
    end_s: float

    def x(self, at_s: float) -> float:
        """Where a moment lies."""
        share = (at_s - self.begin_s) / max(self.end_s - self.begin_s, 1.0)
        return round(LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0), 1)

    def shade(self, stretches: Iterable[StretchShown], panel: Panel) -> str:
        """Boxes over some stretches of time, as one path."""
        return "".join(
            f"M{self.x(each.start_s):g} {panel.top}V{panel.bottom}H{self.x(each.end_s):g}"
            f"V{panel.top}Z"
            for each in stretches
        )

    def times(self) -> tuple[Tick, ...]:
        """A few round times."""
        span_s = self.end_s - self.begin_s
        step_s = next(
            (each for each in _TIME_STEPS_S if span_s / each <= _MOST_TIMES), _TIME_STEPS_S[-1]
        )
        count = int(span_s // step_s) + 1
        return tuple(
            Tick(self.x(self.begin_s + step_s * i), clock(step_s * i)) for i in range(count)
        )

    def line(self, columns: Iterable[Column], y: Read) -> str:
        """A line through the middles of the columns; it breaks where nothing is known."""
        path, pen = [], "M"
        for each in columns:
            height = y(each)
            if height is None:
                pen = "M"
                continue
            x = self.x((each.start_s + each.end_s) / 2)
            # A point between two gaps is drawn as a dot: a line of no length has round ends.
            path.append(f"{pen}{x:g} {height:g}{'h0' if pen == 'M' else ''}")
            pen = "L"
        return "".join(path)

    def bars(self, columns: Iterable[Column], y: Read, foot: int) -> str:
        """A bar for each column, from the foot of its panel."""
        return "".join(
            f"M{self.x(each.start_s):g} {foot}V{height:g}H{self.x(each.end_s):g}V{foot}Z"
            for each in columns
            if (height := y(each)) is not None
        )


# The panels


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a panel stands on the paper."""

    name: str
    top: int
    bottom: int

    def scale(self, read: Read, low: float, high: float) -> Read:
        """How high a value stands."""

        def y(column: Column) -> float | None:
            value = read(column)
            return None if value is None else self.y(value, low, high)

        return y

    def y(self, value: float, low: float, high: float) -> float:
        """How high a value stands between the lowest and the highest of the panel."""
        return round(self.bottom - (self.bottom - self.top) * (value - low) / (high - low), 1)

    def panel(self, path: str, low: float, high: float, step: int) -> Panel:
        """The panel with its path and its labels."""
        values = [low + step * i for i in range(round((high - low) / step) + 1)]
        ticks = tuple(Tick(self.y(each, low, high), f"{each:g}") for each in values)
        return Panel(self.name, self.top, self.bottom, path, ticks)


def _step(span: float, most: int) -> int:
    """The step of a scale that needs few labels."""
    return next((each for each in _NICE if span / each <= most), _NICE[-1])


def _speed(paper: _Paper, place: _Place, columns: Sequence[Column]) -> Panel:
    fastest = max(_known(_km_h, columns))
    step = _step(fastest, _MANY_TICKS)
    high = step * (int(fastest / step) + 1)
    return place.panel(paper.line(columns, place.scale(_km_h, 0, high)), 0, high, step)


def _height(paper: _Paper, place: _Place, columns: Sequence[Column]) -> Panel | None:
    known = _known(_height_m, columns)
    if not known:
        return None
    step = _step(max(max(known) - min(known), _LEAST_RISE_M), _FEW_TICKS)
    low = step * (min(known) // step)
    high = step * (max(known) // step + 1)
    return place.panel(paper.line(columns, place.scale(_height_m, low, high)), low, high, step)


def _load(paper: _Paper, place: _Place, columns: Sequence[Column]) -> Panel | None:
    most = max(_known(_hlu_min, columns), default=0.0)
    if most <= 0:
        return None
    step = _step(most, _FEW_TICKS)
    high = step * (int(most / step) + 1)
    path = paper.bars(columns, place.scale(_hlu_min, 0, high), place.bottom)
    return place.panel(path, 0, high, step)


def _known(read: Read, columns: Iterable[Column]) -> list[float]:
    return [value for each in columns if (value := read(each)) is not None]


def _km_h(column: Column) -> float | None:
    return None if column.speed_mps is None else km_per_h(column.speed_mps)


def _height_m(column: Column) -> float | None:
    return column.height_m


def _hlu_min(column: Column) -> float | None:
    return column.hlu_min
