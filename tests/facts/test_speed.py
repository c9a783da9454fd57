"""How fast a run was, from its samples; expected values are worked out by hand."""

import pytest

from hamstride.facts.speed import fastest_mps, fastest_over_mps
from hamstride.records import Speeds
from made_up_signals import signal_of, speeds_of

# The fastest of a run


def test_the_fastest_3_s_are_the_best_three_samples_in_a_row() -> None:
    assert fastest_mps(signal_of([3, 6, 7, 8, 3, 9, 3]), 3) == pytest.approx(7.0)


@pytest.mark.parametrize("between", [1.0, float("nan")])
def test_the_fastest_3_s_do_not_reach_across_walking_or_an_unknown_speed(between: float) -> None:
    assert fastest_mps(signal_of([3, 3, 3, 8, 8, between, 8, 8]), 3) == pytest.approx(19 / 3)


def test_the_fastest_3_s_do_not_reach_across_a_pause() -> None:
    times = [0.0, 1, 2, 3, 4, 60, 61]

    assert fastest_mps(signal_of([3, 3, 3, 8, 8, 8, 8], time_s=times), 3) == pytest.approx(19 / 3)


@pytest.mark.parametrize("speed_mps", [[8.0, 8.0], [1.0] * 10, []])
def test_a_run_without_3_s_of_running_has_no_fastest_3_s(speed_mps: list[float]) -> None:
    assert fastest_mps(signal_of(speed_mps), 3) is None


def test_the_fastest_distance_takes_its_pauses_with_it() -> None:
    times = [0.0, 1, 2, 3, 10, 11, 12, 13]

    # 12 m: at 3 m/s in 4 s before the pause; 4 m/s takes 3 s after it.
    found = fastest_over_mps(signal_of([3, 3, 3, 3, 4, 4, 4, 4], time_s=times), 12)

    assert found == pytest.approx(4.0)
    assert fastest_over_mps(signal_of([3.0] * 3), 12) is None


# How much at which speed


def test_every_second_and_metre_of_running_stands_at_its_speed() -> None:
    found = speeds_of([3.0, 3.04, 3.1, 1.0, 4.0])

    assert len(found.metres) == 41
    assert (found.seconds[30], found.seconds[31], found.seconds[40]) == (2.0, 1.0, 1.0)
    assert found.metres[30] == pytest.approx(6.04)
    assert sum(found.seconds) == 4.0  # the walk is left out
    assert sum(found.hlu) == 4.0


def test_efforts_last_2_s_or_longer() -> None:
    found = speeds_of([3, 6, 3, 6, 6, 3, 6, 6, 6, 3])

    assert (found.efforts[60], found.longest_s[60]) == (2, 3.0)
    assert (found.efforts[30], found.longest_s[30]) == (1, 10.0)
    assert (found.efforts[0], found.longest_s[0]) == (1, 10.0)


def test_efforts_less_than_a_second_apart_are_one() -> None:
    # The sample at 2.5 s stands for the half second between two efforts.
    near = [0.0, 1.0, 2.5, 3.5]

    assert speeds_of([6.0] * 4, time_s=near).efforts[60] == 1
    assert speeds_of([6.0] * 4, time_s=[0.0, 1.0, 3.0, 4.0]).efforts[60] == 2


def test_without_running_there_are_no_speeds() -> None:
    assert speeds_of([1.0, 1.0]) == Speeds()
