"""What the red-flag questions came to, over every injury of a runner."""

from dataclasses import replace
from datetime import date

import pytest

from hamstride.explain.screened import counted, screened
from hamstride.records import CheckIn, Screening
from made_up_days import CLEAR, MILD, ON, WELL, case_of, on_day


@pytest.mark.parametrize(
    ("urgency", "counts_as"),
    [("emergency", True), ("same_day", True), ("urgent", None), ("routine", None)],
)
def test_not_sure_is_a_yes_only_of_what_cannot_wait(urgency: str, counts_as: bool | None) -> None:
    assert counted("unsure", urgency) is counts_as  # type: ignore[arg-type]
    assert counted("yes", urgency) is True  # type: ignore[arg-type]
    assert counted("no", urgency) is False  # type: ignore[arg-type]


def test_the_most_urgent_sign_comes_first_and_says_whom_to_see() -> None:
    asked = Screening(
        on=date(2026, 11, 20),
        answers={"lump_or_weight_loss": True, "fever_or_unwell": True, "back_pain_with_it": True},
    )

    found = screened([on_day(case_of(screening=asked))])

    assert found.locks
    assert found.reason == "You feel ill along with the leg pain; it is best looked at today."
    assert found.seen_from == date(2026, 11, 20)
    parts = {part.heading: [line.text for line in part.lines] for part in found.parts}
    assert parts["Whom to see, and how soon"] == [
        "See a doctor today; out of hours, go to an emergency department.",
        "Be seen today, by a doctor or in an emergency department.",
    ]
    assert len(parts["What to say"]) == 2
    assert len(parts["Worth a word with a clinician"]) == 1


def test_a_sign_of_one_injury_locks_whatever_the_other_says() -> None:
    well = on_day(case_of())
    bruised = on_day(case_of(episode=replace(MILD, bruise="large")))

    found = screened([well, bruised])

    assert found.locks
    assert found.reason == "A large bruise came after a sudden start."
    assert found.seen_from == MILD.started_on  # a flag of the injury is of its first day


def test_all_no_today_leaves_nothing_open() -> None:
    found = screened([on_day(case_of(screening=replace(CLEAR, on=ON)))])

    assert found.came == "clear"
    assert found.seen_from is None
    assert found.open == ()


def test_what_is_new_today_asks_all_again_and_after_the_answers_once_more_tomorrow() -> None:
    new = CheckIn(
        on=ON, pain_morning=0, pain_rest=0, pain_walking=0, limp=False, bears_weight=True,
        new_bruise=True, new_symptoms=False,
    )  # fmt: skip

    before = screened([on_day(case_of(check_in=new))])
    after = screened([on_day(case_of(check_in=new, screening=replace(CLEAR, on=ON)))])

    assert (before.came, len(before.open)) == ("answer_first", 27)
    assert (after.came, after.open) == ("clear", ())
    assert "Today rests all the same" in [part.heading for part in after.parts]
    assert WELL.new_bruise is False


def test_one_open_question_is_named() -> None:
    known = on_day(case_of()).library.questions
    answers = {key: False for key in known if key != "dark_urine"}

    found = screened([on_day(case_of(screening=Screening(on=ON, answers=answers)))])

    assert found.open == ("dark_urine",)
    assert found.reason == "One question is still open. Until then the day rests."
