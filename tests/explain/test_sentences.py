"""What a runner reads: the word, why, what to do, what would change it."""

from dataclasses import replace
from datetime import date

import pytest

from hamstride.advise import Advice
from hamstride.demo.story import case as ana
from hamstride.explain import Part, light, page, short
from hamstride.explain.numbers import amount, day_words, listed
from hamstride.explain.sessions import run_words
from hamstride.plan.model import RunPlan
from hamstride.records import Runner, Screening
from made_up_days import MILD, ON, WELL, all_days, case_of, library, on_day


def _part(day: Advice, heading: str) -> Part:
    return next(part for part in page(day) if part.heading.startswith(heading))


def _lines(day: Advice, heading: str) -> list[str]:
    return [line.text for line in _part(day, heading).lines]


# The five lights, by days of Ana's story


@pytest.mark.parametrize(
    ("on", "word", "reason"),
    [
        # Sore on the second morning: 3, with nothing before it but 4 on the first.
        ("2026-08-31", "Rest", "Your morning pain is 3 or more above your usual: by 3 (today)."),
        ("2026-09-22", "Rest", "This phase has no running yet. Mobility goes on."),
        ("2026-09-29", "Go", "As planned."),
        # The run of 3 October hurt 4 at its worst.
        ("2026-10-04", "Rest", "Your last run hurt 4 or more: it hurt 4 (yesterday)."),
        ("2026-10-24", "Go easier", "You slept under 6 hours: 5 h (today)."),
    ],
)
def test_a_day_opens_with_one_word_and_one_reason(on: str, word: str, reason: str) -> None:
    shown = light(on_day(ana(), date.fromisoformat(on)))

    assert (shown.word, shown.reason) == (word, reason)


def test_a_missing_answer_is_asked_for_before_anything_else() -> None:
    day = on_day(case_of(check_in=replace(WELL, limp=None)))

    assert light(day).word == "Answer first"
    assert light(day).reason == "One answer is missing. Do you limp when you walk?"
    assert page(day)[0].heading == "Answer these first"


def test_what_is_to_be_typed_answers_nothing_by_itself() -> None:
    day = on_day(case_of(check_in=replace(WELL, limp=None)))

    typed = [line.text for line in _part(day, "Answer these").lines if line.mark == "type"]

    assert typed == [
        "[[check_ins]]  # or add them to today's",
        "on = 2026-11-25",
        "limp = ...  # true or false",
    ]


def test_a_runner_who_was_never_asked_reads_every_red_flag_question_with_its_key() -> None:
    day = on_day(case_of(screening=None))

    asked = _lines(day, "Answer these first")

    assert light(day).reason == "The red-flag questions come before anything else."
    for key, question in library().questions.items():
        assert any(line.startswith(question.ask) and line.endswith(f"[{key}]") for line in asked)


def test_a_red_flag_says_how_soon_above_everything_else() -> None:
    flagged = Screening(on=ON, all_clear=True, answers={"saddle_numbness": True})

    day = on_day(case_of(screening=flagged))

    assert light(day).word == "Get help first"
    assert page(day)[0].heading == "Get help"
    assert _lines(day, "Get help") == [
        "Call your emergency number now, or go to the nearest emergency department."
    ]
    assert _lines(day, "Today") == ["No training until a clinician has had a look."]
    assert "[[overrides]]" in _lines(day, "What would change it")
    assert not any(part.heading.startswith("The week") for part in page(day))


def test_where_there_is_no_file_to_write_in_nobody_is_sent_to_one() -> None:
    flagged = Screening(on=ON, all_clear=True, answers={"saddle_numbness": True})

    shown = page(on_day(case_of(screening=flagged)), in_file=False)

    changing = next(part for part in shown if part.heading == "What would change it")
    assert [line.text for line in changing.lines] == [
        "A clinician's word after an examination. Then write down who and when."
    ]


def test_under_18_is_asked_to_come_with_an_adult_and_a_clinician() -> None:
    day = on_day(case_of(runner=Runner(born=2012)))

    assert light(day).reason == "Under 18: an adult and a clinician come first (14 years)."
    assert _lines(day, "What would change it") == [
        "An adult and a clinician who go through it with you."
    ]


def test_a_pain_that_decides_stands_there_with_its_day_and_its_source() -> None:
    part = _part(on_day(ana(), date(2026, 10, 4)), "Why")

    assert part.cites
    assert part.lines[0].text == "Your last run hurt 4 or more: it hurt 4 (yesterday)."
    assert str(part.lines[0].source) == (
        "Article: “Hamstring Pain with Running? Here's How to Build a Smarter Rehab "
        "Progression”, 2025; signs to hold off."
    )


def test_a_reason_that_looks_back_says_until_when() -> None:
    # Two days count from the run of 3 October.
    lines = _lines(on_day(ana(), date(2026, 10, 4)), "What would change it")

    assert lines[0] == "“Your last run hurt 4 or more”: this counts up to 5 October."


def test_a_walk_run_is_written_out() -> None:
    lines = _lines(on_day(ana(), date(2026, 9, 29)), "Today")

    assert lines[0] == "5 times: walk 1 min, run 3 min (20 min)."
    assert "Stop when it hurts more as you go, or when your stride changes." in lines


def test_an_open_gate_says_what_to_write_down() -> None:
    part = _part(on_day(ana(), date(2026, 9, 22)), "The gate is open")

    assert [line.text for line in part.lines if line.mark == "type"] == [
        "[[phases]]",
        "on = 2026-09-22",
        'id = "return_to_running"',
        'by = "rule"',
    ]
    assert part.lines[0].text.startswith("You met the checks for “Return to running”; you decide.")


def test_a_gate_is_a_checklist_of_what_there_is_against_what_is_needed() -> None:
    # Bridges of 14 October: 13 left, 17 right, so 76 %.
    part = _part(on_day(ana(), date(2026, 10, 24)), "From “Return to running”")

    assert part.heading == "From “Return to running” to “Speed and hills”: 1 of 3"
    bridges = next(line for line in part.lines if "12 or more" in line.text)
    assert bridges.mark == "open"
    assert bridges.text.endswith("(now 13 repetitions; now 76 %, needs 85 % or more; 14 October).")


def test_a_test_that_was_never_done_is_unknown_and_named() -> None:
    part = _part(on_day(case_of()), "From “Calm it down”")

    curl = next(line for line in part.lines if "curl" in line.text)
    assert curl.mark == "unknown"
    assert curl.text.endswith("Not known yet: Do the test “Standing hamstring curl”.")


def test_the_week_has_a_line_a_day() -> None:
    lines = _lines(on_day(ana(), date(2026, 10, 24)), "The week")

    assert len(lines) == 7
    assert lines[0].startswith("Sat 24  Run easily for 25 min, about ")
    assert lines[0].endswith("(today)")


def test_no_grade_is_named_and_only_a_clinician_can_tell() -> None:
    for day in all_days():
        for part in page(day):
            if part.heading == "What your answers look like":
                assert "Only a clinician can tell." in part.lines[0].text


def test_the_short_form_is_two_lines() -> None:
    said = short(on_day(ana(), date(2026, 10, 4)))

    assert said == (
        "Rest. Your last run hurt 4 or more: it hurt 4 (yesterday).",
        "Rest is today's session.",
    )


def test_no_plan_is_no_session_but_a_word_to_see_a_clinician() -> None:
    answers = {"pain_below_knee_or_tingling": True, "back_pain_with_it": True}
    neural = replace(MILD, onset="gradual", site="below_knee", quality="burning")

    day = on_day(
        case_of(episode=neural, screening=Screening(on=ON, all_clear=True, answers=answers))
    )

    assert day.protocol is None
    assert _lines(day, "Today") == ["There is no plan for this: rest, and ask a clinician."]
    assert _lines(day, "See a clinician")


# Runs, numbers and days


def _run(**changes: object) -> RunPlan:
    step = library().protocols["strain"].steps()[1]
    plain = RunPlan(step="R1", title="a title", minutes=20, change="first", source=step)
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"repeats": 5, "walk_min": 2.5, "run_min": 1.5},
            "5 times: walk 2.5 min, run 1.5 min (20 min)",
        ),
        ({"run_min": 20}, "Run easily for 20 min"),
        ({"walk_min": 20}, "Walk briskly for 20 min"),
        ({"effort_pct": 60}, "a title, at about 60 % of your top speed"),
    ],
)
def test_a_run_is_one_line(changes: dict[str, object], words: str) -> None:
    assert run_words(_run(**changes)) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (5, "nrs", "5"),
        (1, "days", "1 day"),
        (2, "days", "2 days"),
        (12, "reps", "12 repetitions"),
        (1, "reps", "1 repetition"),
        (10.0, "deg", "10°"),
        (30, "s", "30 s"),
        (8, "of 10", "8 of 10"),
        (58.25, "%", "58.2 %"),
    ],
)
def test_an_amount_is_written_as_people_write_it(value: float, unit: str, words: str) -> None:
    assert amount(value, unit) == words


@pytest.mark.parametrize(
    ("on", "words"),
    [
        ("2026-01-02", "today"),
        ("2026-01-01", "yesterday"),
        ("2025-12-31", "31 December 2025"),
        ("2026-03-09", "9 March"),
    ],
)
def test_a_day_is_spoken_of_as_on_the_day_that_is_asked(on: str, words: str) -> None:
    assert day_words(date.fromisoformat(on), date(2026, 1, 2)) == words


def test_words_are_listed_as_in_speech() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"])] == ["", "a", "a and b"]
    assert listed(["a", "b", "c"]) == "a, b and c"
