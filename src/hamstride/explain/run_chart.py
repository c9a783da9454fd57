"""A run drawn in letters: its speed over time."""

from collections.abc import Iterable, Sequence

from hamstride.explain.numbers import number
from hamstride.units import M_PER_KM, S_PER_H, clock

Moment = tuple[float, float, float | None]
"""When, in seconds from the start; the seconds that it stands for; m/s, None where unknown."""

CHART_COLUMNS, CHART_ROWS = 60, 6
CHART_LEAST, CHART_LABELS = 20, 12
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_UNKNOWN = "·"


def chart_columns(width: int | None) -> int:
    """Columns of a chart that fits beside its labels; the usual where nothing limits it."""
    if width is None:
        return CHART_COLUMNS
    return max(CHART_LEAST, min(CHART_COLUMNS, width - CHART_LABELS))


def chart(trace: Sequence[Moment], columns: int = CHART_COLUMNS) -> tuple[str, ...]:
    """Speed over time in bars, from standing at the bottom to the fastest column at the top.

    Each column is the mean speed of its share of the time; a dot stands where it is not known.
    Empty without a known speed.
    """
    means = _columns(trace, columns)
    top_mps = max((mean for mean in means if mean is not None), default=0.0)
    if top_mps <= 0:
        return ()
    steps = [None if m is None else round(m / top_mps * CHART_ROWS * 8) for m in means]
    labels = {CHART_ROWS - 1: km_h(top_mps), 0: "0 km/h"}
    wide = max(map(len, labels.values()))
    drawn = [
        f"{labels.get(place, ''):>{wide}} │{''.join(_cell(step, place) for step in steps)}".rstrip()
        for place in reversed(range(CHART_ROWS))
    ]
    end = clock(trace[-1][0] + trace[-1][1])
    axis = f"{'':>{wide}} └{'─' * columns}"
    return (*drawn, axis, f"{'':>{wide}}  0:00{end:>{columns - 4}}")


def _columns(trace: Sequence[Moment], columns: int) -> list[float | None]:
    """The mean speed in each of so many equal shares of the time."""
    if not trace:
        return []
    begin_s, end_s = trace[0][0], trace[-1][0] + trace[-1][1]
    shares: list[list[Moment]] = [[] for _ in range(columns)]
    for moment in trace:
        place = (moment[0] - begin_s) / max(end_s - begin_s, 1.0) * columns
        shares[min(int(place), columns - 1)].append(moment)
    return [mean_mps(share) for share in shares]


def _cell(step: int | None, place: int) -> str:
    """What one column shows in one row, 0 at the bottom."""
    if step is None:
        return _UNKNOWN if place == 0 else " "
    return _EIGHTHS[min(max(step - 8 * place, 0), 8)]


def mean_mps(moments: Iterable[Moment]) -> float | None:
    """The mean speed of some moments; None where it is known at none of them."""
    known = [(dt_s, speed_mps) for _, dt_s, speed_mps in moments if speed_mps is not None]
    seconds = sum(dt_s for dt_s, _ in known)
    return sum(dt_s * speed_mps for dt_s, speed_mps in known) / seconds if seconds > 0 else None


def km_h(speed_mps: float) -> str:
    """A speed in km/h, with its unit."""
    return f"{number(speed_mps * S_PER_H / M_PER_KM)} km/h"
