"""One unit becomes another."""

import pytest

from hamstride.units import clock, minutes_s, s_minutes


def test_minutes_and_seconds() -> None:
    assert minutes_s(1.5) == 90
    assert s_minutes(90) == 1.5


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (59.4, "0:59"), (59.6, "1:00"), (1500, "25:00"), (3599.6, "1:00:00"),
     (5025, "1:23:45"), (100_000, "27:46:40")],
)  # fmt: skip
def test_a_duration_is_written_as_people_write_it(seconds: float, words: str) -> None:
    assert clock(seconds) == words
