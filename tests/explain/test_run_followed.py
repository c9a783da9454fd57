"""A step beside a run, in words."""

from typing import Any

import pytest

from hamstride.explain.run_followed import (
    FollowedShown,
    PartShown,
    harder_words,
    looks_like,
    rows,
    untold,
    verdict,
)


def shown(**rest: Any) -> FollowedShown:
    told: dict[str, Any] = {"share_pct": 100, "verdict": "done", "harder": (), "parts": ()} | rest
    return FollowedShown("R3", "5 times: walk 2 min, run 2 min", **told)


@pytest.mark.parametrize(
    ("told", "first"),
    [
        ({}, "Done as planned."),
        (
            {"harder": ("longer", "faster", "hills")},
            "All of it was done, harder than planned: longer running, faster running and hills.",
        ),
        (
            {"share_pct": 80, "verdict": "partly"},
            "80 % of it was done: a part of the step, which leads to no higher one.",
        ),
        (
            {"share_pct": 20, "verdict": "little"},
            "20 % of it was done: little of the step, which leads to no higher one.",
        ),
        (
            {"share_pct": 40, "verdict": "little", "harder": ("more_repeats", "shorter_walks")},
            "40 % of it was done, and it was harder than planned: more repeats and shorter walks.",
        ),
    ],
)
def test_the_verdict_says_how_much_and_what_was_harder(told: dict[str, Any], first: str) -> None:
    assert list(verdict(shown(**told))) == [first, "Warm-up and cool-down are left out."]


def test_what_a_file_cannot_tell_is_said_below() -> None:
    said = list(verdict(shown(left_out=("speed", "hills"))))

    assert said[2:] == [
        "No sprint tells your top speed, so the speed is not compared.",
        "There is no height in the file, so hills are not compared.",
    ]


@pytest.mark.parametrize(
    ("part", "row"),
    [
        (PartShown("run", 120, 123, "s", True, 1), ("run 1", "2:00", "2:03", "✓")),
        (PartShown("run", 120, 90, "s", False, 2), ("run 2", "2:00", "1:30", "shorter")),
        (PartShown("run", 120, 200, "s", False, 2), ("run 2", "2:00", "3:20", "longer")),
        (PartShown("run", 120, None, "s", False, 5), ("run 5", "2:00", "none", "missing")),
        (PartShown("run", None, 120, "s", False, 6), ("run 6", "none", "2:00", "extra")),
        (PartShown("walk", 120, 60, "s", False, 2), ("walk 2", "2:00", "1:00", "shorter")),
        (PartShown("repeat", 50, 30, "m", False, 3), ("no. 3", "50 m", "30 m", "less")),
        (PartShown("repeat", 50, 90, "m", False, 3), ("no. 3", "50 m", "90 m", "longer")),
        (PartShown("repeats", 5, 4, "times", False), ("repeats", "5", "4", "fewer")),
        (PartShown("repeats", 5, 6, "times", False), ("repeats", "5", "6", "more")),
        (PartShown("running", 600, 800, "s", False), ("running", "10:00", "13:20", "longer")),
        (PartShown("walking", 1800, 900, "s", False), ("walking", "30:00", "15:00", "shorter")),
        # 4.8 m/s are 17.3 km/h.
        (PartShown("speed", 4.8, 2.5, "mps", True), ("fastest", "≤ 17.3", "9 km/h", "✓")),
        (PartShown("speed", 4.8, 5.0, "mps", False), ("fastest", "≤ 17.3", "18 km/h", "faster")),
        (PartShown("hills", 60, 0, "s", True), ("steep", "≤ 1:00", "0:00", "✓")),
        (PartShown("hills", 60, 90, "s", False), ("steep", "≤ 1:00", "1:30", "hilly")),
        (PartShown("hills", 6, 2, "times", False), ("uphill", "6", "2", "flat")),
        (PartShown("hills", 0, 4, "times", False), ("uphill", "0", "4", "hilly")),
    ],
)
def test_each_part_is_a_row(part: PartShown, row: tuple[str, ...]) -> None:
    assert rows(shown(parts=(part,))) == (row,)


def test_what_a_run_looks_like_counts_only_once_it_is_written_down() -> None:
    assert looks_like("R8", "Run easily for 15 minutes") == (
        "It looks like R8: Run easily for 15 minutes. "
        "It counts as that step once you write it down as one."
    )
    assert untold("R8") == "This file cannot tell how much of R8 was done."
    assert harder_words(("hills",)) == ["hills"]
