"""How runs and their load are told."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from hamstride.explain.run_chart import Moment, chart, chart_columns
from hamstride.explain.run_shown import (
    FastShown,
    Grade,
    Limits,
    LoadShown,
    RunShown,
    Spike,
    StretchShown,
    Top,
)
from hamstride.explain.runs import (
    ASSUMED,
    NO_BASELINE,
    below,
    explained,
    left_out,
    narrow,
    row,
    title,
)

LIMITS = Limits(
    fast_pct=80, sprint_pct=90, days=30, jump_pct=110, big_pct=130, severe_pct=200, week_pct=10
)
TOP = Top(8.0, 7.0, 9.0, at_least=True)
START = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
LOAD = LoadShown(40.4, 36.2, 50.3, easy=30.0, hills=6.2, fast=4.1, walking=0.1)


def _run(quality: Grade = "good", *reasons: str, load: LoadShown = LOAD) -> RunShown:
    return RunShown(
        "run.fit", START, 5000.0, 1500.0, 1500.0, 24.0, 600.0, load, quality, reasons,
        (StretchShown("run", 0, 60), StretchShown("walk", 60, 120)),
    )  # fmt: skip


def _trace(*speeds: float | None) -> list[Moment]:
    return [(float(second), 1.0, speed) for second, speed in enumerate(speeds)]


def _lines(run: RunShown, heading: str, trace: list[Moment] | None = None) -> list[str]:
    parts = {part.heading: part for part in explained(run, trace or [], None, LIMITS)}
    return [line.text for line in parts[heading].lines] if heading in parts else []


def test_a_row_holds_the_run_and_its_load_with_the_range() -> None:
    assert row(_run()) == (
        "2026-10-03 09:00",
        "5.00",
        "25:00",
        "24",
        "40",
        "36 to 50",
        "",
        "",
        "good",
    )


def test_a_phone_gets_the_day_the_distance_the_load_jumps_and_the_quality() -> None:
    assert narrow(row(_run())) == ("2026-10-03", "5.00", "40", "", "good")


def test_what_is_not_known_stays_empty_and_is_never_a_zero() -> None:
    assert row(RunShown("run.gpx")) == ("", "", "", "", "", "", "", "", "none")


def test_a_load_from_poor_data_is_marked_in_the_table_and_in_the_page() -> None:
    run = _run("poor", "no_speed")

    assert row(run)[4] == "~40"
    assert _lines(run, "What it asked of the hamstrings")[0].startswith("~40 load units")
    assert "~ marks a load that rests on poor data." in below([run], None, LIMITS)


def test_what_is_assumed_stands_below_every_table_and_page() -> None:
    assert ASSUMED in below([_run()], None, LIMITS)
    assert ASSUMED in _lines(_run(), "What this rests on")


def test_limits_are_told_with_the_number_of_their_runs() -> None:
    runs = [_run("fair", "gaps"), _run("fair", "gaps", "no_grade"), RunShown("run.gpx")]

    said = below(runs, None, LIMITS)

    assert said[3:] == (
        "2 runs: the recording has gaps.",
        "1 run: there is no height, so it counts as flat.",
        "1 run has no speed, so no load.",
    )
    assert (
        below([RunShown("a"), RunShown("b")], None, LIMITS)[-1]
        == "2 runs have no speed, so no load."
    )


def test_a_reason_that_nobody_worded_is_told_by_its_name() -> None:
    assert _lines(_run("fair", "odd_foot"), "What this rests on")[0] == (
        "The data are fair: odd foot."
    )


def test_a_page_says_where_the_load_came_from() -> None:
    # 30 of 40.4 units are 74 %; 0.1 of 40.4 is 0.2 %.
    said = _lines(_run(), "What it asked of the hamstrings")

    assert said[1].split()[:5] == ["easy", "running", "30", "74", "%"]
    assert said[4].split()[:5] == ["walking", "0.1", "<", "1", "%"]


def test_a_run_that_asked_nothing_has_no_shares() -> None:
    nothing = LoadShown(0, 0, 0, 0, 0, 0, 0)

    assert len(_lines(_run(load=nothing), "What it asked of the hamstrings")) == 1


NO_TOP = (
    "No run tells your top speed, so it is not known what is fast for you. A run whose speed the "
    "watch recorded each second would tell it."
)


@pytest.mark.parametrize(
    ("top", "said"),
    [
        (None, NO_TOP),
        (
            TOP,
            "Fast is 80 % or more of your top speed, taken as 28.8 km/h (between 25.2 km/h and "
            "32.4 km/h), an estimate from your fastest 5 km, since nothing here says that you "
            "sprinted.",
        ),
        (
            Top(8.0, 8.0, None, at_least=True),
            "The fastest that was seen is 28.8 km/h. What is fast for you is not known without a "
            "run of 5 km or more among them.",
        ),
        (
            Top(8.0, 7.8, 8.4, at_least=False),
            "Fast is 80 % or more of your top speed, taken as 28.8 km/h, as in your fastest "
            "sprints.",
        ),
        (
            Top(8.0, 7.8, 8.4, at_least=False, frozen_on=date(2026, 8, 29)),
            "Fast is 80 % or more of your top speed up to Sat 29 August 2026, taken as 28.8 km/h, "
            "as in your fastest sprints.",
        ),
    ],
)
def test_what_fast_is_measured_by_is_said(top: Top | None, said: str) -> None:
    assert said in below([_run()], top, LIMITS)


def _against(run: RunShown) -> list[str]:
    parts = {part.heading: part for part in explained(run, [], TOP, LIMITS)}
    return [line.text for line in parts["Against your other runs"].lines][1:]


def test_fast_running_and_slopes_are_told_beside_the_load() -> None:
    fast = replace(_run(), fast=FastShown(320.4, 60.2, 6, 2), steep_s=95.0)

    assert _against(fast) == [
        "Fast running: 320 m in 6 efforts, 60 m of it at 90 % or more.",
        "On steep slopes, up or down: 1:35.",
    ]
    assert row(fast)[6] == "320"
    one = replace(_run(), fast=FastShown(60.0, 0.0, 1, 0))
    assert _against(one) == ["Fast running: 60 m in 1 effort."]
    none = replace(_run(), fast=FastShown(0.0, 0.0, 0, 0))
    assert _against(none) == ["Fast running: none."]


@pytest.mark.parametrize(
    ("spike", "short", "said"),
    [
        ("no_baseline", "?", "There are no earlier runs to compare it with."),
        ("none", "no", "It is within what the 30 days before were like."),
        ("amber", "yes", "It is a jump over the days before it."),
        ("red", "big", "It is a big jump over the days before it."),
        ("severe", "double", "It is more than 200 % of what the days before it were like."),
    ],
)
def test_a_jump_is_told_with_what_it_was_compared_with(spike: Spike, short: str, said: str) -> None:
    run = replace(_run(), spike=spike)

    assert row(run)[7] == short
    assert _against(run) == [said]


def test_a_table_says_what_a_jump_is_where_it_has_one() -> None:
    jumped = below([replace(_run(), spike="red")], TOP, LIMITS)
    first = below([replace(_run(), spike="no_baseline")], TOP, LIMITS)

    assert any("over 110 % of the most" in said for said in jumped)
    assert NO_BASELINE in first
    assert not any("A jump is" in said for said in first)


def test_a_run_without_samples_has_no_load_and_says_so() -> None:
    run = RunShown("run.gpx", duration_s=60.0)

    assert _lines(run, "What it asked of the hamstrings") == [
        "The file has no speed to tell it from."
    ]
    assert _lines(run, "What it was") == ["in 1:00."]
    assert _lines(RunShown("x", distance_m=1000.0), "What it was") == ["1.00 km."]
    assert _lines(run, "What this rests on") == _lines(RunShown("x"), "What it was") == []
    assert title(run) == "Run in run.gpx"
    assert title(_run()) == "Run on Sat 3 October 2026, 09:00 UTC"


def test_efforts_of_one_kind_are_told_together_with_their_pace() -> None:
    # 2.5 m/s is 6:40 a km; the last run has no rest after it and is like the others.
    run = RunShown(
        "x",
        stretches=(
            StretchShown("run", 0, 60), StretchShown("walk", 60, 90),
            StretchShown("run", 90, 150), StretchShown("walk", 150, 180),
            StretchShown("run", 180, 240), StretchShown("stand", 240, 300),
            StretchShown("run", 300, 360),
        ),
    )  # fmt: skip

    said = _lines(run, "Efforts", _trace(*[2.5] * 360))

    assert said[:2] == [
        "2 times: run 1:00 at 6:40 a km, then walk 0:30",
        "2 times: run 1:00 at 6:40 a km, then stand 1:00",
    ]


@pytest.mark.parametrize(("more", "said"), [(1, "and one more"), (3, "and 3 more")])
def test_many_efforts_are_cut_and_the_rest_is_counted(more: int, said: str) -> None:
    # Each is 20 s longer than the one before, so that no two are alike.
    bounds = [10 * n * (n + 1) for n in range(12 + more + 1)]
    stretches = tuple(StretchShown("run", a, b) for a, b in pairwise(bounds))

    assert said in _lines(RunShown("x", stretches=stretches), "Efforts")


def test_a_chart_rises_with_speed_and_marks_what_is_not_known() -> None:
    # 4 m/s is 14.4 km/h.
    top, *_, bottom, _, axis = chart(_trace(4.0, 2.0, None, 4.0), columns=4 + 8)

    assert top.startswith("14.4 km/h │█")
    assert bottom.startswith("   0 km/h │█··█")
    assert axis.split() == ["0:00", "0:04"]


def test_a_chart_without_a_speed_is_none() -> None:
    assert chart([]) == chart(_trace(None, 0.0)) == ()


@pytest.mark.parametrize(
    ("runs", "others", "said"),
    [
        (0, 0, "No run was found."),
        (2, 0, ""),
        (2, 1, "1 activity of another sport was left out."),
        (0, 2, "No run was found; 2 of other sports were left out."),
    ],
)
def test_other_sports_are_counted(runs: int, others: int, said: str) -> None:
    assert left_out(runs, others) == said


@pytest.mark.parametrize(
    ("width", "columns"), [(None, 60), (100, 60), (72, 60), (71, 59), (44, 32), (10, 20)]
)
def test_a_chart_fits_beside_its_labels(width: int | None, columns: int) -> None:
    assert chart_columns(width) == columns
