"""Numbers as their runner reads them. Expected values by hand, from 1 mi = 1609.344 m,
1 ft = 0.3048 m and 1 lb = 0.45359237 kg (the international yard and pound agreement of 1959).
"""

import pytest

from hamstride import units
from hamstride.web.quantities import (
    NOTHING,
    Units,
    distance_text,
    height_text,
    mass_text,
    pace_text,
)

METRIC = Units()
OTHER = Units("mi", "ft", "lb", "min_mi")


@pytest.mark.parametrize(
    ("metres", "metric", "other"),
    [
        (None, NOTHING, NOTHING),
        (0, "0 m", "0.00 mi"),
        (400, "400 m", "0.25 mi"),
        (999.4, "999 m", "0.62 mi"),
        (1000, "1.0 km", "0.62 mi"),
        (1609.344, "1.6 km", "1.0 mi"),
        (42_195, "42.2 km", "26.2 mi"),
        (100_000, "100 km", "62.1 mi"),
    ],
)
def test_a_distance(metres: float | None, metric: str, other: str) -> None:
    assert distance_text(metres, METRIC) == metric
    assert distance_text(metres, OTHER) == other


@pytest.mark.parametrize(
    ("pace", "shown"),
    [("min_km", "5:00 /km"), ("min_mi", "8:03 /mi"), ("kmh", "12.0 km/h"), ("mph", "7.5 mph")],
)
def test_twelve_kilometres_an_hour(pace: str, shown: str) -> None:
    # 12 km/h is a kilometre in 300 s, a mile in 482.8 s, and 7.456 miles an hour.
    assert pace_text(12 / 3.6, Units(pace=pace)) == shown


@pytest.mark.parametrize("mps", [None, 0.0, 0.05])
def test_standing_has_no_pace(mps: float | None) -> None:
    assert pace_text(mps, METRIC) == NOTHING


def test_a_climb_and_a_weight() -> None:
    assert (height_text(120, METRIC), height_text(120, OTHER)) == ("120 m", "394 ft")
    assert (mass_text(22.5, METRIC), mass_text(22.5, OTHER)) == ("22.5 kg", "50 lb")
    assert (height_text(None, METRIC), mass_text(None, OTHER)) == (NOTHING, NOTHING)


def test_one_unit_becomes_another_by_its_definition() -> None:
    assert units.kilometres(1500) == 1.5
    assert units.miles(1609.344) == 1
    assert units.feet(0.3048) == 1
    assert units.pounds(0.45359237) == 1
    assert units.km_per_h(10) == 36
    assert units.miles_per_h(1609.344) == 3600
    assert units.s_per_km(4) == 250
    assert units.s_per_mile(1609.344) == 1
