"""Jumps in training, and the averages shown beside them.

Expected values are worked out by hand from the formulas of the load model: 30 days and 10, 30 and
100 % more for one day, (week - median) / (1.48 MAD + 20 m) for fast metres, 2 / (N + 1) for means.
"""

from datetime import date, timedelta

import pytest

from hamstride.facts.spikes import Day, Jump, Level, Spikes, daily, spikes, weekly
from hamstride.protocols.loading import load

TERMS = load().declared.spikes
TODAY = date(2026, 6, 29)  # a Monday


def ago(days: int) -> date:
    """So many days before today."""
    return TODAY - timedelta(days=days)


def jump(found: Spikes, id_: str) -> Jump:
    """The one jump of that name."""
    (one,) = (jump for jump in found.jumps if jump.id == id_)
    return one


def hilly(on: date, id_: str, value: float) -> Day:
    """A day of 8 km with so much ascent, or so long on steep ground."""
    return Day(on, 8000, ascent_m=value) if id_ == "ascent" else Day(on, 8000, steep_s=value)


def fast_weeks(*metres: float | None) -> list[Day]:
    """One day in each week before this one, the latest week first in `metres`.

    Each is on the first day of its 7, so that the oldest week is whole.
    """
    days = [
        Day(ago(13 + 7 * weeks), fast_m=each, distance_m=5000) for weeks, each in enumerate(metres)
    ]
    return days[::-1]


@pytest.mark.parametrize(
    ("metres", "level"),
    [
        (10_999, "none"),
        (11_000, "none"),
        (11_001, "amber"),
        (13_000, "amber"),
        (13_001, "red"),
        (20_000, "red"),
        (20_001, "severe"),
    ],
)
def test_a_distance_is_a_jump_over_10_30_and_100_percent_more_than_the_longest(
    metres: float, level: Level
) -> None:
    days = [Day(ago(9), 10_000), Day(ago(2), 6000), Day(TODAY, metres)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "distance") == Jump("distance", level, metres, 10_000, "m")
    assert found.gate == level


@pytest.mark.parametrize(
    ("hlu", "level"),
    [
        (43.9, "none"),
        (44.0, "none"),
        (44.1, "amber"),
        (52.0, "amber"),
        (52.1, "red"),
        (80.0, "red"),
        (80.1, "severe"),
    ],
)
def test_a_load_is_a_jump_over_10_30_and_100_percent_more_than_the_highest(
    hlu: float, level: Level
) -> None:
    days = [Day(ago(9), 10_000, 40.0), Day(TODAY, 9000, hlu)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "load") == Jump("load", level, hlu, 40.0, "hlu")
    assert found.gate == level


@pytest.mark.parametrize(
    ("id_", "now", "before", "level"),
    [
        ("ascent", 220.0, 200.0, "none"),
        ("ascent", 221.0, 200.0, "amber"),
        ("ascent", 261.0, 200.0, "red"),
        ("ascent", 401.0, 200.0, "severe"),
        ("steep", 330.0, 300.0, "none"),
        ("steep", 331.0, 300.0, "amber"),
        ("steep", 391.0, 300.0, "red"),
        ("steep", 601.0, 300.0, "severe"),
    ],
)
def test_hills_are_context_and_never_the_gate(
    id_: str, now: float, before: float, level: Level
) -> None:
    days = [hilly(ago(9), id_, before), hilly(TODAY, id_, now)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, id_).level == level
    assert found.gate == "none"


def test_a_little_climbing_after_flat_runs_is_no_jump() -> None:
    days = [Day(ago(3), ascent_m=3, steep_s=0), Day(TODAY, ascent_m=55, steep_s=67)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "ascent") == Jump("ascent", "none", 55, 50, "m")
    assert jump(found, "steep") == Jump("steep", "amber", 67, 60, "s")


def test_the_longest_run_counts_for_30_days_and_no_longer() -> None:
    within = [Day(ago(30), 20_000), Day(ago(4), 5000), Day(TODAY, 10_000)]
    beyond = [Day(ago(31), 20_000), Day(ago(4), 5000), Day(TODAY, 10_000)]
    assert jump(spikes(within, TODAY, TERMS), "distance").against == 20_000
    assert jump(spikes(beyond, TODAY, TERMS), "distance").against == 5000


def test_later_days_are_not_looked_at() -> None:
    days = [Day(ago(9), 5000), Day(TODAY, 8000), Day(ago(-1), 30_000)]
    assert jump(spikes(days, TODAY, TERMS), "distance") == Jump("distance", "red", 8000, 5000, "m")


@pytest.mark.parametrize("days", [[], [Day(TODAY, 5000, 30, 100, 60, 200)]])
def test_an_empty_history_is_no_baseline_and_never_none(days: list[Day]) -> None:
    found = spikes(days, TODAY, TERMS)
    assert found.gate == "no_baseline"
    assert {jump.level for jump in found.jumps} == {"no_baseline"}
    assert len(found.jumps) == 7


def test_what_no_file_can_tell_is_no_baseline() -> None:
    found = spikes([Day(ago(3), 5000, 30), Day(TODAY)], TODAY, TERMS)
    assert found.gate == "no_baseline"
    assert jump(found, "load") == Jump("load", "no_baseline", None, 30, "hlu")


def test_one_known_detector_is_enough_for_a_gate() -> None:
    found = spikes([Day(ago(3), 5000), Day(TODAY, 5000)], TODAY, TERMS)
    assert (found.gate, jump(found, "load").level) == ("none", "no_baseline")


def test_a_day_without_running_makes_no_jump() -> None:
    found = spikes([Day(ago(3), 5000, 30)], TODAY, TERMS)
    assert found.gate == "none"
    assert jump(found, "distance") == Jump("distance", "none", 0, 5000, "m")


def test_a_prescribed_day_is_no_jump_and_feeds_the_baseline() -> None:
    step = Day(ago(2), 6000, 40, prescribed=True)
    days = [Day(ago(9), 2000, 12), step, Day(TODAY, 6000, 40)]
    then = spikes(days, ago(2), TERMS)
    assert then.gate == "none"
    assert jump(then, "distance") == Jump("distance", "none", 6000, 2000, "m")
    now = spikes(days, TODAY, TERMS)
    assert (now.gate, jump(now, "distance").against) == ("none", 6000)


def test_the_first_prescribed_day_is_no_jump_and_says_that_it_has_no_baseline() -> None:
    found = spikes([Day(TODAY, 3000, 20, prescribed=True)], TODAY, TERMS)
    assert (found.gate, jump(found, "distance").level) == ("none", "no_baseline")


def test_after_a_layoff_the_latest_prescribed_day_stands_in() -> None:
    days = [
        Day(ago(60), 9000, 50, prescribed=True),
        Day(ago(50), 4000, 25, prescribed=True),
        Day(ago(40), 15_000, 80),
        Day(TODAY, 4401, 33),
    ]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "distance") == Jump("distance", "amber", 4401, 4000, "m")
    assert jump(found, "load") == Jump("load", "red", 33, 25, "hlu")


def test_after_a_layoff_a_small_prescribed_day_stands_in_with_the_floor() -> None:
    days = [Day(ago(50), 800, 4, 0, 0, prescribed=True), Day(TODAY, 1667, 10.0, 50, 60)]
    found = spikes(days, TODAY, TERMS)
    assert [jump(found, id_).against for id_ in ("distance", "load", "ascent", "steep")] == [
        1667,
        10,
        50,
        60,
    ]
    assert found.gate == "none"


@pytest.mark.parametrize("old", [Day(ago(31), 9000, 50), Day(ago(91), 9000, 50, prescribed=True)])
def test_after_a_layoff_without_a_prescribed_day_there_is_no_baseline(old: Day) -> None:
    assert spikes([old, Day(TODAY, 3000, 20)], TODAY, TERMS).gate == "no_baseline"


# Eight weeks of 60, 80, 100, 100, 100, 100, 120, 140 m: median 100, and the deviations
# 40, 20, 0, 0, 0, 0, 20, 40 have the median 10. The spread is 1.48 x 10 + 20 = 34.8 m, so the
# limits are 100 + 1.5 x 34.8 = 152.2 m and 100 + 2.5 x 34.8 = 187 m.
EIGHT_WEEKS = (60, 80, 100, 100, 100, 100, 120, 140)


@pytest.mark.parametrize(
    ("metres", "level"),
    [(152.1, "none"), (152.3, "amber"), (186.9, "amber"), (187.1, "red"), (900.0, "red")],
)
def test_fast_metres_are_a_jump_by_the_spread_of_the_runners_own_weeks(
    metres: float, level: Level
) -> None:
    found = spikes([*fast_weeks(*EIGHT_WEEKS), Day(TODAY, 5000, fast_m=metres)], TODAY, TERMS)
    assert jump(found, "fast_week") == Jump("fast_week", level, metres, 100, "m")
    assert found.gate == level


@pytest.mark.parametrize(
    ("metres", "level"), [(30, "none"), (30.5, "amber"), (50, "amber"), (50.5, "red")]
)
def test_after_weeks_without_fast_running_20_m_are_the_spread(metres: float, level: Level) -> None:
    days = [*fast_weeks(*[0.0] * 8), Day(TODAY, 5000, fast_m=metres)]
    assert jump(spikes(days, TODAY, TERMS), "fast_week") == Jump("fast_week", level, metres, 0, "m")


def test_the_fast_metres_of_seven_days_count_together() -> None:
    days = [
        *fast_weeks(*EIGHT_WEEKS),
        Day(ago(6), 5000, fast_m=100),
        Day(ago(1), 5000),
        Day(TODAY, 5000, fast_m=60),
    ]
    assert jump(spikes(days, TODAY, TERMS), "fast_week") == Jump(
        "fast_week", "amber", 160, 100, "m"
    )


def test_an_easy_day_after_fast_ones_is_no_jump() -> None:
    days = [*fast_weeks(*EIGHT_WEEKS), Day(ago(1), 5000, fast_m=500), Day(TODAY, 5000, fast_m=0)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "fast_week") == Jump("fast_week", "none", 500, 100, "m")
    assert found.gate == "none"


@pytest.mark.parametrize("weeks", [EIGHT_WEEKS[:7], (*EIGHT_WEEKS[:7], None)])
def test_fewer_than_eight_known_weeks_are_no_habit(weeks: tuple[float | None, ...]) -> None:
    found = spikes([*fast_weeks(*weeks), Day(TODAY, 5000, fast_m=900)], TODAY, TERMS)
    assert jump(found, "fast_week") == Jump("fast_week", "no_baseline", 900, None, "m")


def test_weeks_before_the_last_26_are_no_part_of_the_habit() -> None:
    weeks = fast_weeks(*[100.0] * 26, *[9000.0] * 40)
    found = spikes([*weeks, Day(TODAY, 5000, fast_m=100)], TODAY, TERMS)
    assert jump(found, "fast_week").against == 100


@pytest.mark.parametrize(
    ("metres", "level"), [(12_999, "none"), (13_000, "none"), (13_001, "amber")]
)
def test_a_week_30_percent_longer_is_worth_a_word_and_no_gate(metres: float, level: Level) -> None:
    days = [Day(ago(13), 4000), Day(ago(7), 6000), Day(ago(6), metres - 6000), Day(TODAY, 6000)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "week_distance") == Jump("week_distance", level, metres, 10_000, "m")
    assert found.gate == "none"


@pytest.mark.parametrize(("gap", "level"), [(9, "none"), (10, "none"), (11, "amber")])
def test_fast_running_after_more_than_10_days_without_is_worth_a_word(
    gap: int, level: Level
) -> None:
    days = [Day(ago(gap), 5000, fast_m=80), Day(ago(1), 5000, fast_m=0), Day(TODAY, 5000, fast_m=9)]
    found = spikes(days, TODAY, TERMS)
    assert jump(found, "fast_gap") == Jump("fast_gap", level, gap, 10, "days")
    assert found.gate == "none"


def test_an_easy_day_long_after_fast_running_needs_no_word() -> None:
    days = [Day(ago(40), 5000, fast_m=80), Day(TODAY, 5000, fast_m=0)]
    assert jump(spikes(days, TODAY, TERMS), "fast_gap") == Jump("fast_gap", "none", 40, 10, "days")


def test_the_averages_are_exponentially_weighted() -> None:
    # Short: k = 2/8 = 0.25. 40: 10; a day of 0: 7.5; 20: 10.625. Long: k = 2/29.
    days = [Day(ago(2), load_hlu=40, load_low_hlu=30, load_high_hlu=55), Day(TODAY, load_hlu=20)]
    first, rest, last = daily(days, ago(2), TODAY, TERMS)
    assert (first.hlu, first.low, first.high, rest.hlu, rest.low) == (40, 30, 55, 0, 0)
    assert [first.acute, rest.acute, last.acute] == pytest.approx([10, 7.5, 10.625])
    assert [first.chronic, rest.chronic, last.chronic] == pytest.approx(
        [2.758621, 2.568371, 3.770552], abs=1e-6
    )
    assert last.chronic_before is None
    assert last.ratio is None


def test_days_before_the_first_shown_are_part_of_the_averages() -> None:
    days = [Day(ago(2), load_hlu=40), Day(TODAY, load_hlu=20)]
    (only,) = daily(days, TODAY, TODAY, TERMS)
    assert only.on == TODAY
    assert only.acute == pytest.approx(10.625)


def test_a_day_of_unknown_load_leaves_the_averages_as_they_were() -> None:
    before, unknown = daily([Day(ago(1), load_hlu=40), Day(TODAY, 5000)], ago(1), TODAY, TERMS)
    assert unknown.hlu is None
    assert (unknown.acute, unknown.chronic) == (before.acute, before.chronic)


def test_the_ratio_divides_by_an_average_that_shares_no_day() -> None:
    # 29 on the first day makes the long average 2, 87 makes it 6; 7 days later the short one is
    # 0.25 x 29 x 0.75^7 = 0.967758 and 0.25 x 87 x 0.75^7 = 2.903275.
    small = daily([Day(ago(7), load_hlu=29)], ago(7), TODAY, TERMS)[-1]
    large = daily([Day(ago(7), load_hlu=87)], ago(7), TODAY, TERMS)[-1]
    assert small.chronic_before == pytest.approx(2)
    assert small.ratio is None
    assert small.acute == pytest.approx(0.967758, abs=1e-6)
    assert large.chronic_before == pytest.approx(6)
    assert large.ratio == pytest.approx(2.903275 / 6, abs=1e-6)


def test_the_ratio_needs_an_average_of_5() -> None:
    # 72.5 x 2/29 = 5
    at = daily([Day(ago(7), load_hlu=72.6)], ago(7), TODAY, TERMS)[-1]
    under = daily([Day(ago(7), load_hlu=72.4)], ago(7), TODAY, TERMS)[-1]
    assert at.ratio is not None
    assert under.ratio is None


def test_dates_without_any_running_are_a_load_of_0() -> None:
    assert [(day.hlu, day.acute) for day in daily([], ago(1), TODAY, TERMS)] == [(0, 0), (0, 0)]


def test_weeks_begin_on_a_monday_and_compare_distance() -> None:
    days = [
        Day(ago(21), 10_000, 50, 100, fast_m=200, load_low_hlu=40, load_high_hlu=60),
        Day(ago(14), 5000, 25, 10),
        Day(ago(8), 6001, load_low_hlu=20),
        Day(ago(7), 12_000, 60),
        Day(TODAY, 3000, 15),
    ]
    weeks = weekly(days, ago(19), TODAY, TERMS)
    assert [week.first for week in weeks] == [ago(21), ago(14), ago(7), TODAY]
    first, second, _, last = weeks
    assert (first.hlu, first.low, first.high) == (50, 40, 60)
    assert (first.distance_m, first.ascent_m, first.fast_m) == (10_000, 100, 200)
    assert (first.change_pct, first.over_convention) == (None, False)
    assert (second.hlu, second.distance_m, second.ascent_m) == (25, 11_001, 10)
    assert (second.low, second.high, second.fast_m) == (20, None, None)
    assert second.change_pct == pytest.approx(10.01)
    assert second.over_convention
    assert (last.distance_m, last.change_pct) == (3000, None)


def test_a_week_10_percent_longer_is_within_the_convention() -> None:
    days = [Day(ago(14), 10_000), Day(ago(7), 11_000)]
    week = weekly(days, ago(7), ago(1), TERMS)[0]
    assert (week.change_pct, week.over_convention) == (10, False)


def test_a_week_of_unknown_distance_is_not_compared() -> None:
    days = [Day(ago(14), 10_000), Day(ago(7), load_hlu=30)]
    week = weekly(days, ago(7), ago(1), TERMS)[0]
    assert (week.distance_m, week.change_pct) == (None, None)


def test_a_week_without_running_is_0() -> None:
    week = weekly([Day(ago(14), 10_000)], ago(7), ago(1), TERMS)[0]
    assert (week.hlu, week.distance_m, week.change_pct) == (0, 0, -100)
