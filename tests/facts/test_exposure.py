"""What of a run was fast for its runner, and how it lies in the bands of her own top speed."""

import pytest

from hamstride.facts.exposure import Band, exposure
from hamstride.protocols.loading import load
from hamstride.records import Speeds
from made_up_signals import speeds_of

TERMS = load().declared.speed


def test_fast_is_80_pct_of_the_own_top_speed_and_sprinting_90() -> None:
    # Of 8.0 m/s: 6.4 and 7.2.
    found = exposure(speeds_of([3.0] * 9 + [6.3, 6.5, 6.5, 7.3, 7.3, 6.5, 3.0]), 8.0, TERMS)

    assert (found.fast_s, found.sprint_s) == (5.0, 2.0)
    assert found.fast_m == pytest.approx(3 * 6.5 + 2 * 7.3)
    assert found.sprint_m == pytest.approx(2 * 7.3)
    assert (found.fast_efforts, found.sprints, found.longest_fast_s) == (1, 1, 5.0)


def test_a_limit_within_a_tenth_leaves_nothing_fast_out_and_counts_the_same_running() -> None:
    # Of 8.07 m/s: 6.456, which lies between 6.4 and 6.5.
    found = exposure(speeds_of([3.0] * 9 + [6.48] * 5 + [3.0]), 8.07, TERMS)

    assert (found.fast_s, found.fast_efforts, found.longest_fast_s) == (5.0, 1, 5.0)
    assert found.fast_m == pytest.approx(5 * 6.48)


def test_an_easy_run_holds_nothing_fast() -> None:
    found = exposure(speeds_of([3.0] * 60), 8.0, TERMS)

    assert (found.fast_m, found.sprint_m, found.fast_efforts, found.sprints) == (0, 0, 0, 0)


def test_all_running_lies_in_seven_bands_of_the_own_top_speed() -> None:
    # Of 8.0 m/s: 4.0, 4.8, 5.6, 6.4, 7.2 and 7.6.
    found = exposure(speeds_of([3.0, 3.9, 4.0, 4.7, 4.8, 5.6, 6.4, 7.2, 7.5, 7.6, 8.2]), 8.0, TERMS)

    assert [(band.from_pct, band.to_pct) for band in found.bands] == [
        (0, 50), (50, 60), (60, 70), (70, 80), (80, 90), (90, 95), (95, None),
    ]  # fmt: skip
    assert [band.seconds for band in found.bands] == [2, 2, 1, 1, 1, 2, 2]
    assert [round(band.metres, 6) for band in found.bands] == [6.9, 8.7, 4.8, 5.6, 6.4, 14.7, 15.8]


def test_the_bands_from_80_pct_on_hold_the_fast_metres_and_those_from_90_the_sprints() -> None:
    # Limits that fall between two tenths of a metre a second: 80 % are 6.456, 90 % are 7.263.
    found = exposure(speeds_of([3.0, 6.42, 6.48, 7.23, 7.29, 8.0, 8.3]), 8.07, TERMS)

    assert sum(band.metres for band in found.bands[4:]) == pytest.approx(found.fast_m)
    assert sum(band.seconds for band in found.bands[5:]) == pytest.approx(found.sprint_s)
    assert sum(band.seconds for band in found.bands) == 7


def test_a_run_without_running_has_empty_bands() -> None:
    found = exposure(Speeds(), 8.0, TERMS)

    assert len(found.bands) == 7
    assert found.bands[-1] == Band(95, None, 0, 0)
    assert (found.fast_efforts, found.longest_fast_s) == (0, 0)
