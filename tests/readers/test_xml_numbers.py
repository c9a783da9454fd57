"""Numbers of XML files: what `float` makes of each, however many are read at once."""

import math
import random

import pytest

from hamstride.readers.xml_numbers import degrees, floats


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["-8.04", "-8.050000", "-8."], [-8.04, -8.05, -8.0]),
        (["-0.0", "-0.25"], [0.0, -0.25]),
        (["38.7", "-9.1", "9.25", "12"], [38.7, -9.1, 9.25, 12.0]),
        (["-.5", ".5"], [-0.5, 0.5]),
        (["+8.5"], [8.5]),
        (["3.87e1", "38.7"], [38.7, 38.7]),
        (["3.8700000000000000000e1"], [38.7]),
        ([], []),
    ],
    ids=str,
)
def test_degrees_are_read_however_they_are_written(texts: list[str], expected: list[float]) -> None:
    assert degrees(texts).tolist() == expected


@pytest.mark.parametrize("text", ["", "8.1.5", "8,15", "north", "-", None, "8.1\N{DEGREE SIGN}"])
def test_what_is_no_number_is_missing_and_its_neighbours_are_not(text: str | None) -> None:
    first, second, third = degrees(["8.15", text, "8.25"]).tolist()

    assert (first, third) == (8.15, 8.25)
    assert math.isnan(second)
    assert [math.isnan(value) for value in floats(["8.15", text])] == [False, True]


@pytest.mark.parametrize("decimals", [0, 1, 5, 7, 9, 13, 17])
def test_many_degrees_at_once_are_to_the_last_bit_what_one_is(decimals: int) -> None:
    draw = random.Random(decimals)  # noqa: S311, no secret
    texts = [f"{draw.uniform(-179.9, -100.1):.{decimals}f}" for _ in range(500)]

    # Ten decimals of a degree are kept: fifteen letters with sign, three digits and point.
    assert degrees(texts).tolist() == [float(text[:15]) for text in texts]
