"""What pages that look back say."""

import re
import tomllib
from datetime import date
from importlib.resources import files

import pytest

from hamstride.advise import advise
from hamstride.demo import story
from hamstride.explain import gate_part
from hamstride.explain import looking_back as told
from hamstride.protocols.loading import load
from made_up_days import ON, all_days, case_of, on_day

ANA = advise(story.case(), story.LAST_DAY)
STRAIN = load().protocols["strain"]


def test_the_ladder_tells_where_one_is_and_since_when() -> None:
    entered = {"calm": date(2026, 11, 1), "strength": date(2026, 11, 24)}

    rungs = told.ladder(STRAIN, "strength", entered, ON)

    assert [rung.state for rung in rungs] == ["done", "here", "ahead", "ahead", "ahead"]
    assert [rung.since for rung in rungs] == ["from 1 November", "since yesterday", "", "", ""]
    assert rungs[1].title == STRAIN.phase("strength").title


def test_a_phase_that_was_left_again_is_ahead_and_tells_no_day() -> None:
    entered = {"strength": date(2026, 11, 10), "calm": date(2026, 11, 20)}

    rungs = told.ladder(STRAIN, "calm", entered, ON)

    assert rungs[0].since == "since 20 November"
    assert (rungs[1].state, rungs[1].since) == ("ahead", "")


def test_a_phase_nobody_dated_tells_no_day() -> None:
    assert told.ladder(STRAIN, "calm", {}, ON)[0].since == ""


def test_the_gate_is_told_without_a_word_of_files() -> None:
    parts = [part for day in all_days() if (part := told.way_on(day)) is not None]

    said = [line.text for part in parts for line in part.lines]
    assert len(said) > 100
    assert not [text for text in said if "file" in text or text.startswith("[[")]
    opens = [part for part in parts if part.heading == "The gate is open"]
    assert opens[0].lines[0].text.endswith("you decide.")


def test_the_rows_of_the_gate_are_those_of_the_core() -> None:
    part, whole = told.way_on(ANA), gate_part(ANA)

    assert part == whole


def test_without_a_gate_there_is_nothing_to_tell() -> None:
    assert told.way_on(on_day(case_of(screening=None, check_in=None))) is not None
    locked = [day for day in all_days() if gate_part(day) is None]
    assert told.way_on(locked[0]) is None


def test_a_test_counts_as_long_as_the_gate_says() -> None:
    # Of strain's fourth phase: the knee within 21 days, and so the bridges that are recommended.
    found = told.counts_until(ANA)

    assert found["active_knee_extension"] == 21
    assert found["single_leg_bridge_reps"] == 21


def test_without_a_phase_no_test_counts_for_a_gate() -> None:
    without = [day for day in all_days() if day.phase is None]

    assert told.counts_until(without[0]) == {}


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 11, 24), "Counted for the next step until yesterday. Test again when you can."),
        (date(2026, 11, 25), "Counts for the next step until today."),
        (date(2026, 12, 7), "Counts for the next step until 7 December."),
    ],
)
def test_it_is_told_until_when_a_test_counts(due: date, said: str) -> None:
    assert told.due_words(due, ON) == said


def test_one_side_is_told_against_the_other() -> None:
    assert told.sides_words(95, "left") == "The left side is at 95 % of the right."
    assert told.sides_words(80, "right") == "The right side is at 80 % of the left."
    assert told.sides_words(None, "both") == ""


def test_numbers_are_told_as_they_are_and_nothing_is_zero_that_is_not_known() -> None:
    assert told.test_number(0) == "0"
    assert told.test_number(10.5) == "10.5"
    assert told.test_number(None) == "–"
    assert told.unit_words("reps") == "repetitions"
    assert told.unit_words("deg") == "°"
    assert told.unit_words("of_100") == "of 100"
    assert told.unit_words("pain") == ""
    assert told.minutes(90.0) == 1.5
    assert told.minutes_words(0) == "0"
    assert told.minutes_words(1812.0) == "30"
    assert told.minutes_words(None) == "?"
    assert told.load_words(0.0) == "0"
    assert told.load_words(12.6) == "13"
    assert told.load_words(None) == "?"
    assert told.range_words(10.2, 19.8) == "10 to 20"
    assert told.range_words(None, None) == told.range_words(0.0, 0.0) == ""
    assert told.share_words(44) == "44 %"
    assert told.share_words(None) == ""


def test_a_week_line_counts_rest_as_done() -> None:
    assert told.steady_words(4, 4, 2) == "4 of 4 done, 2 of them rest"
    assert told.steady_words(3, 1, 0) == "1 of 3 done"


def test_mornings_are_told_from_first_to_last() -> None:
    assert told.pain_words([]) == ""
    assert told.pain_words([2.5]) == "The middle of this week's mornings is 2.5 of 10."
    assert told.pain_words([3.0, 4.0, 0.0]) == (
        "From 3 in the first week to 0 in this one; the most was 4."
    )


def test_milestones_are_told_in_a_few_words() -> None:
    titles = {"strength": "Build strength"}

    assert told.milestone_words("phase", "strength", titles) == "Entered “Build strength”"
    assert told.milestone_words("phase", "of_another_time", titles) == "Entered “of_another_time”"
    assert told.milestone_words("first_long_run", 30.0, {}) == (
        "The first run of 30 minutes without a walk break"
    )
    assert told.milestone_words("first_run", None, {}) == "The first run since it began"


def test_nothing_here_is_a_word_to_avoid() -> None:
    text = (files("hamstride.protocols") / "library" / "wording.toml").read_text(encoding="utf-8")
    phrases = [row["phrase"] for row in tomllib.loads(text)["avoid"]]
    said = [
        told.held_part().lines[0].text,
        told.pain_words([3.0, 0.0]),
        told.steady_words(4, 4, 2),
        told.due_words(date(2026, 11, 1), ON),
        *(told.milestone_words(kind, 30.0, {}) for kind in
          ("pain_free_walk", "first_run", "first_pain_free_run", "first_long_run", "phase")),
    ]  # fmt: skip

    hits = [(p, t) for t in said for p in phrases if re.search(rf"\b{re.escape(p)}\b", t, re.I)]
    assert hits == []
