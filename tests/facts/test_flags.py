"""Red flags: open from the day they were seen until a clinician ended them."""

from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.facts.flags import all_true, any_true
from hamstride.vocabulary import Place
from made_up_logs import ON, ONSET, asked, cleared, days_ago, fact, log, morning

WELL: dict[str, Any] = {"limp": False, "bears_weight": True}
URGENT = "red_flag_dark_urine"
ROUTINE = "red_flag_stiff_back_over_30_min"


def _value(fact_id: str, of: Log) -> Any:
    return fact(fact_id, of).value


# One question


def test_a_yes_opens_a_flag_from_its_day_on() -> None:
    found = fact(URGENT, log(asked(5, dark_urine=True)))

    assert found.value is True
    assert found.as_of == days_ago(5)
    assert found.basis == ("screenings 2026-11-20",)


def test_a_no_a_silence_and_a_runner_who_was_never_asked() -> None:
    assert _value(URGENT, log(asked(1, dark_urine=False))) is False
    assert _value(URGENT, log(asked(1, all_clear=True))) is False
    assert _value(URGENT, log(asked(1, fever_or_unwell=False))) is None
    assert _value(URGENT, log(asked(1, all_clear=False))) is None
    assert _value(URGENT, log()) is None


def test_a_yes_beats_all_clear_on_the_same_day() -> None:
    assert _value(URGENT, log(asked(1, all_clear=True), asked(1, dark_urine=True))) is True


def test_an_urgent_flag_stays_open_whatever_is_answered_later() -> None:
    assert _value(URGENT, log(asked(5, dark_urine=True), asked(1, all_clear=True))) is True


@pytest.mark.parametrize(("ago", "open_"), [(4, False), (5, True)])
def test_a_routine_flag_ends_with_a_no_of_a_later_day(ago: int, open_: bool) -> None:
    of = log(asked(5, stiff_back_over_30_min=True), asked(ago, all_clear=True))

    assert _value(ROUTINE, of) is open_


@pytest.mark.parametrize(("ago", "open_"), [(4, False), (5, True), (6, True)])
def test_a_clinician_ends_the_flags_of_earlier_days(ago: int, open_: bool) -> None:
    # A flag and its clearing on one date: the flag holds.
    assert _value(URGENT, log(asked(5, dark_urine=True), cleared(ago))) is open_


def test_another_word_of_a_clinician_ends_no_flag() -> None:
    of = log(asked(5, dark_urine=True), cleared(4, hold_until=ON))

    assert _value(URGENT, of) is True


# The questions as a whole


def test_questions_are_open_until_each_has_an_answer() -> None:
    assert _value("red_flag_questions_open", log(asked(3, all_clear=True))) is False

    part = fact("red_flag_questions_open", log(asked(3, all_clear=False, dark_urine=False)))
    assert part.value is True
    assert "screenings.fever_or_unwell" in part.asks
    assert "screenings.dark_urine" not in part.asks

    never = fact("red_flag_questions_open", log())
    assert never.value is True
    assert never.asks[0] == "screenings.all_clear"


def test_only_the_latest_screening_counts_for_what_is_open() -> None:
    of = log(asked(5, all_clear=True), asked(1, dark_urine=False))

    assert "screenings.fever_or_unwell" in fact("red_flag_questions_open", of).asks


@pytest.mark.parametrize("sign", ["new_bruise", "new_symptoms"])
@pytest.mark.parametrize(("ago", "value"), [(3, False), (2, True), (1, True)])
def test_a_sign_counts_from_the_day_of_the_questions_on(sign: str, ago: int, value: bool) -> None:
    quiet = {"new_bruise": False, "new_symptoms": False}
    of = log(asked(2, all_clear=True), morning(ago, **{sign: True}), morning(0, **quiet))

    assert _value("new_signs_since_asked", of) is value


def test_signs_are_unknown_while_today_has_not_answered() -> None:
    found = fact(
        "new_signs_since_asked", log(asked(2, all_clear=True), morning(0, new_bruise=False))
    )

    assert found.value is None
    assert found.asks == ("check_ins.new_symptoms",)
    assert _value("new_signs_since_asked", log(asked(2, all_clear=True))) is None


def test_any_sign_counts_where_the_questions_were_never_asked() -> None:
    assert _value("new_signs_since_asked", log(morning(20, new_bruise=True))) is True


def test_late_after_return_last_weeks_check_in_answers_for_today() -> None:
    late = Place("maintenance", days_ago(100), check_in_reach=7)
    week_old = morning(7, new_bruise=False, new_symptoms=False)

    of = log(asked(30, all_clear=True), week_old, place=late)

    assert _value("new_signs_since_asked", of) is False
    assert _value("new_signs_since_asked", log(asked(30, all_clear=True), week_old)) is None


@pytest.mark.parametrize(("ago", "value"), [(22, False), (21, True)])
def test_asked_again_is_on_the_third_day_or_later(ago: int, value: bool) -> None:
    # 1 November is 24 days ago; the third day is 4 November, 21 days ago.
    assert (ON - ONSET).days == 24
    assert _value("asked_again_after_onset", log(asked(ago, all_clear=True))) is value


# Signs of the episode


@pytest.mark.parametrize(
    ("bruise", "onset", "value"),
    [
        ("large", "sudden", True),
        ("small", "sudden", False),
        ("none", "sudden", False),
        ("large", "gradual", False),
        ("large", None, None),
        (None, "sudden", None),
        (None, "gradual", False),  # whatever the bruise
    ],
)
def test_a_large_bruise_is_a_flag_after_a_sudden_onset(
    bruise: str | None, onset: str | None, value: bool | None
) -> None:
    assert _value("red_flag_large_bruise", log(bruise=bruise, onset=onset)) is value


@pytest.mark.parametrize(("grade", "value"), [(3, True), (2, False), (None, False)])
def test_no_grade_means_that_none_was_given(grade: int | None, value: bool) -> None:
    assert _value("red_flag_grade_3", log(clinician_grade=grade)) is value


def test_a_flag_of_the_episode_is_dated_by_it_and_ends_with_a_clinicians_word() -> None:
    assert fact("red_flag_grade_3", log(clinician_grade=3)).as_of == ONSET
    assert _value("red_flag_grade_3", log(cleared(23), clinician_grade=3)) is False
    assert _value("red_flag_grade_3", log(cleared(24), clinician_grade=3)) is True


@pytest.mark.parametrize(
    "companion",
    [
        {"records": [morning(23, bears_weight=False)]},
        {"records": [morning(23, limp=True)]},
        {"records": [asked(23, marked_weakness=True)]},
        {"records": [asked(23, cannot_bear_weight=True)]},
        {"bruise": "large"},
    ],
)
def test_a_pop_with_one_companion_is_a_flag(companion: dict[str, Any]) -> None:
    records = companion.pop("records", [])

    assert _value("red_flag_popped_with_sign", log(*records, popped=True, **companion)) is True


def test_a_pop_alone_or_a_companion_alone_is_no_flag() -> None:
    quiet = (asked(23, all_clear=True), morning(23, **WELL))

    assert _value("red_flag_popped_with_sign", log(*quiet, popped=True, bruise="none")) is False
    assert _value("red_flag_popped_with_sign", log(morning(23, limp=True), popped=False)) is False


def test_a_pop_is_in_doubt_while_a_companion_or_the_pop_is() -> None:
    quiet = (asked(23, all_clear=True), morning(23, **WELL))

    assert _value("red_flag_popped_with_sign", log(*quiet, popped=True)) is None  # the bruise
    assert _value("red_flag_popped_with_sign", log(*quiet, popped=None, bruise="large")) is None
    assert _value("red_flag_popped_with_sign", log(popped=True, bruise="none")) is None


# Signs of mornings


def test_a_leg_that_bore_no_weight_once_stays_a_flag_until_a_clinician_ends_it() -> None:
    fact_id = "red_flag_cannot_bear_weight_today"
    bad, good = morning(9, bears_weight=False), morning(0, bears_weight=True)

    assert fact(fact_id, log(bad, good)).as_of == days_ago(9)
    assert _value(fact_id, log(bad, good)) is True
    assert _value(fact_id, log(bad, good, cleared(8))) is False
    assert _value(fact_id, log(good)) is False
    assert _value(fact_id, log(morning(0, bears_weight=False))) is True
    assert _value(fact_id, log(morning(0))) is None
    assert _value(fact_id, log(morning(1, bears_weight=True))) is None


@pytest.mark.parametrize(
    ("limps", "value"),
    [
        ([True, True, True], True),
        ([True, True, False], False),
        ([False, True, True], False),
        ([True, None, True], None),  # the middle one may have been a limp
        ([None, True, True], None),
        ([False, None, None], False),  # today is known to be without one
        ([False, True, True, True], True),  # a row that ended yesterday is latched
        ([True, True], None),  # the third morning was not answered
    ],
)
def test_three_limping_mornings_in_a_row_are_a_flag(
    limps: list[bool | None], value: bool | None
) -> None:
    of = log(*(morning(ago, limp=limp) for ago, limp in enumerate(limps)))

    assert _value("red_flag_three_limping_mornings", of) is value


def test_a_limp_before_the_onset_belongs_to_no_row() -> None:
    began_yesterday = log(*(morning(ago, limp=True) for ago in range(4)), started_on=days_ago(1))

    assert _value("red_flag_three_limping_mornings", began_yesterday) is False


def test_a_row_that_a_clinician_ended_is_no_longer_open() -> None:
    limping = [morning(ago, limp=True) for ago in (3, 4, 5)]

    assert _value("red_flag_three_limping_mornings", log(*limping, morning(0, limp=False))) is True
    ended = log(*limping, cleared(2), morning(0, limp=False))
    assert _value("red_flag_three_limping_mornings", ended) is False


@pytest.mark.parametrize(
    "sign",
    [
        {"bruise": "large"},
        {"records": [asked(24, gap_or_bunched_muscle=True)]},
        {"records": [asked(24, marked_weakness=True)]},
    ],
)
@pytest.mark.parametrize(("ago", "value"), [(23, True), (24, False)])
def test_a_strong_sign_is_cleared_by_a_later_word(
    sign: dict[str, Any], ago: int, value: bool
) -> None:
    records = sign.get("records", [])
    about = {key: said for key, said in sign.items() if key != "records"}

    assert _value("severe_sign_cleared", log(*records, cleared(ago), **about)) is value


def test_a_clearing_without_a_strong_sign_clears_none() -> None:
    assert _value("severe_sign_cleared", log(asked(24, dark_urine=True), cleared(23))) is False


# The runner


def test_age_is_that_of_the_year() -> None:
    assert _value("age_years", log(born=1991)) == 35  # asked in 2026
    assert _value("age_years", log(born=2027)) == 0
    assert fact("age_years", log(born=None)).asks == ("runner.born",)
    assert _value("age_years", log(born=None)) is None


# Three answers


@pytest.mark.parametrize(
    ("answers", "any_", "all_"),
    [
        ([], False, True),
        ([True, None], True, None),
        ([False, None], None, False),
        ([True, False], True, False),
        ([None], None, None),
    ],
)
def test_one_answer_settles_what_it_can(
    answers: list[bool | None], any_: bool | None, all_: bool | None
) -> None:
    assert any_true(answers) is any_
    assert all_true(answers) is all_
