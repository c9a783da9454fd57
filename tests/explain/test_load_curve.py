"""What speed and slope ask, in words."""

from hamstride.explain.load_curve import Asked, about, slope_costs, speed_costs


def test_the_fastest_minute_is_told_against_a_slower_one() -> None:
    asked = [Asked(21, 0, 8.5, 5.1, 23.5), Asked(30, 0, 55.7, 21.6, 371.2)]

    # 55.7 / 8.5 = 6.6; 30 / 21 = 1.43.
    assert speed_costs(asked, slower_km_h=21) == (
        "In this model a minute at 30 km/h asks about 7 times as much as one at 21 km/h, though "
        "it is only 43 % faster."
    )


def test_the_steepest_minute_is_told_against_the_level() -> None:
    asked = [Asked(10, 0, 1.0, 1.0, 1.0), Asked(10, 15, 1.57, 1.4, 1.9)]

    assert slope_costs(asked) == (
        "In this model a minute at 10 km/h asks about 57 % more on a slope of 15 % up than on the "
        "level; gentle slopes change little."
    )


def test_a_load_is_told_as_exactly_as_the_model_deserves() -> None:
    assert [about(hlu) for hlu in (0.734, 9.95, 55.66, 371.2)] == ["0.7", "9.9", "56", "370"]


def test_a_row_tells_its_speed_its_slope_and_its_range() -> None:
    down = Asked(10, -6, 0.97, 0.91, 1.04)

    assert (down.speed, down.slope) == ("10 km/h", "6 % down")
    assert (down.units, down.between) == ("1.0", "0.9 to 1.0")
    assert Asked(10, 0, 1, 1, 1).slope == "level"
    assert Asked(10, 0, 1, 1, 1).between == "1.0"
