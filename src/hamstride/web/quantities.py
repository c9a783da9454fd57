"""Numbers as their runner reads them: kilometres or miles, a pace or a speed.

The core and the database hold SI alone; this is the last step before a page.
"""

from dataclasses import dataclass

from hamstride.units import (
    clock,
    feet,
    kilometres,
    km_per_h,
    miles,
    miles_per_h,
    pounds,
    s_per_km,
    s_per_mile,
)

NOTHING = "–"
"""What stands where nothing is known."""

_WHOLE_FROM = 100
_SHORT_M = 1000
_STANDING_MPS = 0.1
"""Slower than this is standing, and its pace would be a number without a meaning."""

DISTANCES = {"km": "kilometres", "mi": "miles"}
HEIGHTS = {"m": "metres", "ft": "feet"}
MASSES = {"kg": "kilograms", "lb": "pounds"}
PACES = {
    "min_km": "minutes a kilometre",
    "min_mi": "minutes a mile",
    "kmh": "kilometres an hour",
    "mph": "miles an hour",
}


@dataclass(frozen=True, slots=True)
class Units:
    """What a runner measures each quantity in."""

    distance: str = "km"
    height: str = "m"
    mass: str = "kg"
    pace: str = "min_km"


def distance_text(metres: float | None, units: Units) -> str:
    """A distance.

    Examples
    --------
    >>> distance_text(5230, Units()), distance_text(400, Units())
    ('5.2 km', '400 m')
    >>> distance_text(5230, Units(distance="mi"))
    '3.2 mi'
    """
    if metres is None:
        return NOTHING
    if units.distance == "mi":
        found = miles(metres)
        return f"{found:.{2 if found < 1 else 1}f} mi"
    if metres < _SHORT_M:
        return f"{metres:.0f} m"
    found = kilometres(metres)
    return f"{found:.{0 if found >= _WHOLE_FROM else 1}f} km"


def pace_text(mps: float | None, units: Units) -> str:
    """How fast, as a pace or a speed.

    Examples
    --------
    >>> pace_text(3.0, Units()), pace_text(3.0, Units(pace="kmh"))
    ('5:33 /km', '10.8 km/h')
    """
    if mps is None or mps < _STANDING_MPS:
        return NOTHING
    if units.pace == "kmh":
        return f"{km_per_h(mps):.1f} km/h"
    if units.pace == "mph":
        return f"{miles_per_h(mps):.1f} mph"
    if units.pace == "min_mi":
        return f"{clock(s_per_mile(mps))} /mi"
    return f"{clock(s_per_km(mps))} /km"


def height_text(metres: float | None, units: Units) -> str:
    """A climb or a descent.

    Examples
    --------
    >>> height_text(120, Units()), height_text(120, Units(height="ft"))
    ('120 m', '394 ft')
    """
    if metres is None:
        return NOTHING
    return f"{feet(metres):.0f} ft" if units.height == "ft" else f"{metres:.0f} m"


def mass_text(kilograms: float | None, units: Units) -> str:
    """A weight on the bar, or the runner's own.

    Examples
    --------
    >>> mass_text(22.5, Units()), mass_text(22.5, Units(mass="lb"))
    ('22.5 kg', '50 lb')
    """
    if kilograms is None:
        return NOTHING
    return f"{pounds(kilograms):.0f} lb" if units.mass == "lb" else f"{kilograms:g} kg"
