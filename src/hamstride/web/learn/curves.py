"""The load model as drawings: what a minute asks, over speed and over slope."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from hamstride.explain.load_curve import Asked
from hamstride.facts.load import hlu_per_s
from hamstride.protocols.loading import load
from hamstride.units import M_PER_KM, S_PER_H, S_PER_MIN

# The speeds and slopes for which the model was made, in round numbers; slopes as it is drawn.
SPEEDS_KM_H = (9, 10, 12, 15, 18, 21, 24, 27, 30)
GRADES_PCT = (-10, -6, -3, 0, 3, 6, 10, 15)
SLOPE_KM_H = 10
SLOWER_KM_H = 21
"""What the fastest speed is compared with: 70 % of it."""

WIDTH, HEIGHT = 320, 200
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 12, 32
_POINTS = 64


@dataclass(frozen=True, slots=True)
class Curve:
    """A line and its band in a drawing of `WIDTH` by `HEIGHT`, and marks along its sides."""

    line: str
    band: str
    across: tuple[tuple[str, str], ...]
    up: tuple[tuple[str, str], ...]


@cache
def by_speed() -> tuple[Asked, ...]:
    """What a minute on the level asks at each speed, in load units."""
    return tuple(_asked(SPEEDS_KM_H, [0] * len(SPEEDS_KM_H)))


@cache
def by_slope() -> tuple[Asked, ...]:
    """What a minute asks at one easy speed on each slope, in load units."""
    return tuple(_asked([SLOPE_KM_H] * len(GRADES_PCT), GRADES_PCT))


@cache
def speed_curve() -> Curve:
    """Load over speed, drawn; the band is cut off where it leaves the drawing."""
    speeds = np.linspace(SPEEDS_KM_H[0], SPEEDS_KM_H[-1], _POINTS)
    asked = _asked(list(speeds), [0] * _POINTS)
    most = asked[-1].hlu
    across = {each.km_h: _x(each.km_h) for each in asked}
    high = [(across[each.km_h], _y(min(each.high, most), most)) for each in asked]
    low = [(across[each.km_h], _y(each.low, most)) for each in reversed(asked)]
    marks = range(0, int(most), 10)
    return Curve(
        line=_path([(across[each.km_h], _y(each.hlu, most)) for each in asked]),
        band=_path([*high, *low]) + "Z",
        across=tuple((f"{_x(speed):g}", str(speed)) for speed in SPEEDS_KM_H[1::2]),
        up=tuple((f"{_y(mark, most):g}", str(mark)) for mark in marks),
    )


def _asked(speeds_km_h: Sequence[float], grades_pct: Sequence[float]) -> list[Asked]:
    terms = load().declared.load
    speed_mps = np.array(speeds_km_h) * M_PER_KM / S_PER_H
    grade = np.array(grades_pct) / 100
    running = np.full(len(speed_mps), fill_value=True)
    rows = [
        S_PER_MIN * hlu_per_s(speed_mps, grade, running, terms, exponent)
        for exponent in (terms.exponent, terms.exponent_low, terms.exponent_high)
    ]
    return [
        Asked(float(km_h), float(pct), float(each[0]), float(min(each)), float(max(each)))
        for km_h, pct, each in zip(speeds_km_h, grades_pct, np.array(rows).T, strict=True)
    ]


def _x(speed_km_h: float) -> float:
    share = (speed_km_h - SPEEDS_KM_H[0]) / (SPEEDS_KM_H[-1] - SPEEDS_KM_H[0])
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(hlu: float, most: float) -> float:
    return round(HEIGHT - BOTTOM - hlu / most * (HEIGHT - TOP - BOTTOM), 1)


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
