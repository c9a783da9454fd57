"""What the mornings say: today, the usual, the trend, and the mornings after runs."""

from typing import Any

import pytest

from hamstride.vocabulary import Place, Verdict
from made_up_logs import (
    MOST,
    ON,
    days_ago,
    ends,
    fact,
    log,
    morning,
    mornings,
    rested,
    run,
)

ANSWERS = [
    ("limp", "limp", True),
    ("bears_weight", "bears_weight", False),
    ("pain_morning_nrs", "pain_morning", 3),
    ("pain_walking_nrs", "pain_walking", 2),
    ("pain_rest_nrs", "pain_rest", 1),
    ("new_bruise", "new_bruise", False),
    ("new_symptoms", "new_symptoms", True),
    ("readiness", "readiness", 8),
    ("fatigue", "fatigue", 0),
    ("sleep_h", "sleep_h", 6.5),
]


# Answers of a day


@pytest.mark.parametrize(("fact_id", "key", "value"), ANSWERS)
def test_an_answer_of_today_is_the_fact(fact_id: str, key: str, value: Any) -> None:
    found = fact(fact_id, log(morning(0, **{key: value})), within=0)

    assert found.value == value
    assert found.as_of == ON
    assert found.basis == ("check_ins 2026-11-25",)


@pytest.mark.parametrize(("fact_id", "key", "value"), ANSWERS)
def test_an_answer_that_is_missing_is_unknown_and_asks_for_itself(
    fact_id: str, key: str, value: Any
) -> None:
    # The day before answered, and a window of 0 days is today alone.
    found = fact(fact_id, log(morning(0), morning(1, **{key: value})), within=0)

    assert found.value is None
    assert found.asks == (f"check_ins.{key}",)


@pytest.mark.parametrize(("ago", "value"), [(2, 4), (3, None)])
def test_a_window_of_two_days_is_today_and_the_two_before(ago: int, value: int | None) -> None:
    found = fact("pain_morning_nrs", log(morning(ago, pain_morning=4)), within=2)

    assert found.value == value


def test_the_latest_answer_counts_and_a_later_silence_does_not_hide_it() -> None:
    of = log(morning(3, limp=False), morning(2, limp=True), morning(1))

    assert fact("limp", of).value is True


@pytest.mark.parametrize(("ago", "value"), [(7, False), (8, None)])
def test_late_after_return_an_older_check_in_will_do_for_today(
    ago: int, value: bool | None
) -> None:
    late = Place("maintenance", days_ago(100), check_in_reach=7)

    assert fact("limp", log(morning(ago, limp=False), place=late), within=0).value is value


# The usual and the trend


@pytest.mark.parametrize(
    ("pains", "above"),
    [
        ("1 1 1 3", 2),  # the median of three mornings is 1
        ("1 2 1 2 3", 1.5),  # half points of a median count as they are
        ("2 2 3", 3),  # of two mornings no usual is made: it is 0, the stricter
        ("5 5 5 5 0 0 0 0 0 0 0 1", 1),  # seven days before today, no more
        ("4 4 4 2", -2),
    ],
)
def test_pain_over_the_usual_is_over_the_median_of_seven_days(pains: str, above: float) -> None:
    found = fact("pain_morning_over_usual_nrs", log(*mornings(pains)), within=0)

    assert found.value == above


def test_pain_over_the_usual_is_unknown_without_a_morning() -> None:
    found = fact("pain_morning_over_usual_nrs", log(*mornings("1 1 1 -")), within=0)

    assert found.value is None
    assert found.asks == ("check_ins.pain_morning",)


@pytest.mark.parametrize(
    ("pains", "change"),
    [
        ("1 1 1 1 1 1 1 2 2 2 2 2 2 2", 1),
        ("3 3 3 3 3 3 3 1 1 1 1 1 1 1", -2),
        ("1 1 1 - - - - 2 2 2 - - - -", 1),  # three mornings of each seven are enough
        ("- 1 1 - - - - 2 2 2 - - - -", None),
        ("1 1 1 - - - - 2 2 - - - - -", None),
    ],
)
def test_the_change_of_a_week_is_of_its_median(pains: str, change: float | None) -> None:
    assert fact("pain_morning_week_change_nrs", log(*mornings(pains))).value == change


@pytest.mark.parametrize(
    ("pains", "week"),
    [("9 1 2 3 4 5 6 7", 4), ("- - 2 - 3 - - -", 2.5), ("9 - - - - - - -", None)],
)
def test_pain_of_the_week_is_the_median_of_its_known_mornings(
    pains: str, week: float | None
) -> None:
    found = fact("pain_morning_week_nrs", log(*mornings(pains)))

    assert found.value == week
    assert found.as_of == (None if week is None else ON)


# Rows of days


@pytest.mark.parametrize(
    ("limps", "least", "most"),
    [
        ([False, False, False, True], 3, 3),
        ([True], 0, 0),
        ([False, None, False, True], 1, 3),  # an unanswered morning may have been either
        ([None, False, True], 0, 2),
    ],
)
def test_mornings_without_a_limp_end_for_certain_where_one_was_not_answered(
    limps: list[bool | None], least: int, most: int
) -> None:
    of = log(*(morning(ago, limp=limp) for ago, limp in enumerate(limps)))

    assert ends(fact("mornings_without_limp_in_a_row", of)) == (least, most)


def test_mornings_before_the_onset_are_no_part_of_the_row() -> None:
    # 1 November is day 0, so that 25 mornings may have been without a limp.
    assert ends(fact("mornings_without_limp_in_a_row", log())) == (0, 25)


def test_a_day_without_pain_is_one_that_said_so() -> None:
    quiet: dict[str, Any] = {"pain_morning": 0, "pain_walking": 0}
    of = log(*(morning(ago, **quiet) for ago in range(3)), run(1, pain_during=0))

    assert fact("days_without_pain_in_a_row", of).value == 3


@pytest.mark.parametrize(
    "broken",
    [
        {"pain_morning": 1, "pain_walking": 0},
        {"pain_morning": 0, "pain_walking": 1},
        {"pain_morning": 0},  # walking was not answered
        {"pain_morning": 0, "pain_walking": 0, "pain_rest": 1},
    ],
)
def test_one_answer_ends_the_days_without_pain(broken: dict[str, int]) -> None:
    of = log(morning(0, pain_morning=0, pain_walking=0), morning(1, **broken))

    assert fact("days_without_pain_in_a_row", of).value == 1


@pytest.mark.parametrize("pain", [1, None])
def test_a_run_ends_the_days_without_pain_unless_it_was_free_of_it(pain: int | None) -> None:
    of = log(morning(0, pain_morning=0, pain_walking=0), run(0, pain_during=pain))

    assert fact("days_without_pain_in_a_row", of).value == 0


@pytest.mark.parametrize(("within", "least", "most"), [(6, 1, 2), (7, 2, 3), (None, 3, 4)])
def test_days_that_rested_for_pain_are_counted_within_a_window(
    within: int | None, least: int, most: int
) -> None:
    met, unmet, unknown = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
    of = rested(log(), {0: unmet, 3: unknown, 6: met, 7: met, 20: met})

    assert ends(fact("rest_for_pain_days", of, within=within)) == (least, most)


# Mornings after runs


@pytest.mark.parametrize(
    ("pains", "least", "most"),
    [
        ("0 3 0", 3, 3),  # yesterday, after the run of two days ago
        ("0 0 5", 0, 0),  # today, with no run on the day before
        ("0 - 0", 0, 10),  # nobody answered: it may have hurt as much as anything
    ],
)
def test_the_morning_after_a_run_is_that_of_the_next_day(pains: str, least: int, most: int) -> None:
    of = log(*mornings(pains), run(2))

    assert ends(fact("pain_morning_after_run_nrs", of, within=3)) == (least, most)


@pytest.mark.parametrize(("within", "value"), [(2, 0), (3, 4)])
def test_a_window_is_of_mornings_and_not_of_runs(within: int, value: int) -> None:
    of = log(morning(3, pain_morning=4), run(4))

    assert fact("pain_morning_after_run_nrs", of, within=within).value == value


@pytest.mark.parametrize(
    ("pains", "above"), [("0 0 0 2", 2), ("1 1 1 1", 0), ("2 2 2 1", -1), ("0 0 0 -", None)]
)
def test_the_morning_after_the_last_run_is_held_against_the_usual(
    pains: str, above: float | None
) -> None:
    found = fact("morning_after_last_run_over_usual_nrs", log(*mornings(pains), run(1)))

    assert found.value == above


def test_the_run_of_today_has_no_morning_after_yet() -> None:
    of = log(*mornings("0 0 0 3"), run(0))

    # No run before today: nothing is above anything, and that is known.
    assert fact("morning_after_last_run_over_usual_nrs", of).value == 0


@pytest.mark.parametrize(
    ("pains", "held"),
    [
        ("0 0 0 2", True),  # 2 above the usual on the morning after
        ("0 0 0 1", False),  # 1 above, once
        ("0 0 0 1 1", True),  # a second raised morning after the same run
        ("0 0 0 2 0", True),  # one quiet morning has not settled it
        ("0 0 0 2 0 0", False),  # two have
        ("0 0 0 2 0 - 0", False),  # known ones, not neighbours
        ("0 0 0 2 0 1 0", True),  # and not interrupted
        ("0 0 0 -", None),  # nobody answered: it may have been high
        ("0 0 0 - 0 0", False),
        ("0 0 0 2 -", True),  # a silence later does not end what was high
    ],
)
def test_a_high_morning_after_a_run_holds_until_two_quiet_ones(
    pains: str, held: bool | None
) -> None:
    of = log(*mornings(pains), run(len(pains.split()) - 3))

    found = fact("unsettled_after_run", of)

    assert found.value is held
    assert bool(found.basis) is (held is not False)  # the run that it is about


def test_a_second_morning_half_a_point_above_the_usual_is_raised() -> None:
    # Of the six known mornings before each, three are 0 and three are 1: the usual is 0.5.
    of = log(*mornings("1 1 1 0 0 0 - 1 1"), run(2))

    assert fact("unsettled_after_run", of, on=days_ago(1)).value is False
    assert fact("unsettled_after_run", of).value is True


def test_a_second_run_begins_the_count_of_raised_mornings_anew() -> None:
    # 1 above on each morning after a run: each alone is not held.
    of = log(*mornings("0 0 0 1 0 1"), run(3), run(1))

    assert fact("unsettled_after_run", of).value is False


def test_what_is_held_names_the_run_that_began_it() -> None:
    of = log(*mornings("0 0 0 2 1 1"), run(3), run(1))

    assert fact("unsettled_after_run", of).basis == ("runs 2026-11-22T18:00:00+00:00",)


def test_without_a_run_nothing_is_unsettled() -> None:
    assert fact("unsettled_after_run", log(*mornings("0 0 0 5"))).value is False


def test_no_fact_looks_further_back_than_400_days() -> None:
    assert fact("pain_morning_nrs", log(morning(MOST, pain_morning=5))).value == 5
    assert fact("pain_morning_nrs", log(morning(MOST + 1, pain_morning=5))).value is None
