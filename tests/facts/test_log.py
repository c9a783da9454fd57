"""The records of a case by day, as far as they count."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from hamstride.facts.log import Log, log_of
from hamstride.protocols.loading import load
from hamstride.records import Case, CheckIn, Episode, Override, PhaseEntry, Run
from hamstride.vocabulary import Verdict
from made_up_logs import (
    ON,
    ONSET,
    asked,
    cleared,
    days_ago,
    fact,
    log,
    morning,
    rested,
    result,
    run,
    session,
)


def test_what_is_dated_later_is_left_out() -> None:
    case = Case(
        episode=Episode(started_on=ONSET, side="left"),
        screenings=(asked(0, all_clear=True), asked(-1, all_clear=True)),
        check_ins=(morning(0), morning(-1)),
        runs=(run(-1), run(0)),
        tests=(result(0, "load_test"), result(-1, "load_test")),
        sessions=(session(0), session(-1)),
        phases=(PhaseEntry(on=days_ago(-1), id="strength"),),
        overrides=(cleared(0), cleared(-1)),
    )

    of = log_of(case, ON, load().declared)

    assert list(of.check_ins) == [ON]
    assert [each.start.date() for each in of.runs] == [ON]
    assert [each.on for each in of.tests["load_test"]] == [ON]
    assert [each.on for each in of.sessions] == [ON]
    assert [each.on for each in of.case.screenings] == [ON]
    assert of.case.phases == ()
    assert [each.on for each in of.case.overrides] == [ON]


def test_a_run_is_of_the_day_that_its_own_clock_said() -> None:
    in_auckland = timezone(timedelta(hours=13))
    late = Run(start=datetime(2026, 11, 25, 6, 0, tzinfo=in_auckland))  # 24 November in UTC
    early = Run(start=datetime(2026, 11, 24, 20, 0, tzinfo=UTC))  # later by the instant

    of = log(early, late)

    assert of.runs == (late, early)
    assert list(of.by_day) == [days_ago(1), ON]
    assert of.runs_of(ON) == (late,)
    assert of.runs_of(days_ago(2)) == ()


# Of two check-ins on one day the worse answer of each, and an answer beats none.
WORSE: list[tuple[str, Any, Any, Any]] = [
    ("pain_morning", 1, 3, 3),
    ("pain_rest", 3, 1, 3),
    ("pain_walking", None, 0, 0),
    ("limp", False, True, True),
    ("bears_weight", True, False, False),
    ("stiff_min", 5.0, 20.0, 20.0),
    ("new_bruise", True, False, True),
    ("new_symptoms", None, None, None),
    ("sleep_h", 8.0, 6.0, 6.0),
    ("fatigue", 2, 7, 7),
    ("readiness", 9, 4, 4),
    ("protein", True, False, False),
    ("hydrated", False, None, False),
]


@pytest.mark.parametrize(("key", "one", "other", "worse"), WORSE)
def test_of_two_check_ins_on_one_day_the_worse_answer_decides(
    key: str, one: Any, other: Any, worse: Any
) -> None:
    first, second = morning(0, **{key: one}), morning(0, **{key: other})

    for of in (log(first, second), log(second, first)):
        (kept,) = of.check_ins.values()
        assert getattr(kept, key) == worse


def test_every_answer_of_a_check_in_has_a_worse_one() -> None:
    answers = {each.name for each in fields(CheckIn)} - {"on", "note", "recorded_at"}

    assert {key for key, *_ in WORSE} == answers


@pytest.mark.parametrize(
    ("ago", "within", "found"), [(3, 2, None), (3, 3, 3), (400, None, 400), (401, None, None)]
)
def test_the_last_run_is_looked_for_in_a_window(
    ago: int, within: int | None, found: int | None
) -> None:
    expected = None if found is None else days_ago(found)

    assert log(run(ago)).last_run_day(ON, within) == expected
    # With more days of running than days in the window it is looked for the other way round.
    many = [run(ago + back) for back in range(9)]
    assert log(*many).last_run_day(ON, within) == expected


# Parts of a log


def _log() -> Log:
    of = log(
        morning(9, pain_morning=5), morning(2, pain_morning=1), run(9), run(2),
        result(9, "load_test"), result(2, "load_test"), session(9), session(2),
    )  # fmt: skip
    return rested(of, {9: Verdict.MET, 2: Verdict.UNMET})


def test_a_fresh_pass_sees_only_what_was_done_since() -> None:
    part = _log().only_done_since(days_ago(2))

    assert list(part.by_day) == [days_ago(2)]
    assert [each.on for each in part.tests["load_test"]] == [days_ago(2)]
    assert [each.on for each in part.sessions] == [days_ago(2)]
    assert len(part.check_ins) == 2
    assert len(part.rested) == 2


def test_what_steps_back_sees_no_morning_from_before_either() -> None:
    part = _log().since(days_ago(2))

    assert list(part.check_ins) == [days_ago(2)]
    assert list(part.rested) == [days_ago(2)]
    assert list(part.by_day) == [days_ago(2)]


def test_a_part_has_a_usual_of_its_own() -> None:
    whole = log(*(morning(ago, pain_morning=3) for ago in range(5)))

    assert whole.usual(ON) == 3
    assert whole.since(days_ago(1)).usual(ON) == 0  # one morning makes no usual


def test_what_was_recorded_later_is_not_known_yet() -> None:
    noon = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    later = noon + timedelta(minutes=1)
    word = Override(on=ON, by="Ben", reason="Seen in the practice.", recorded_at=later)
    case = Case(
        episode=Episode(started_on=ONSET, side="left"),
        check_ins=(morning(0, limp=True, recorded_at=noon), morning(1, recorded_at=later)),
        runs=(run(1, recorded_at=later), run(2)),
        overrides=(word,),
    )

    of = log_of(case, ON, load().declared, known_at=noon)

    assert list(of.check_ins) == [ON]
    assert [each.start.date() for each in of.runs] == [days_ago(2)]
    assert of.case.overrides == ()
    assert fact("limp", of).value is True


def test_a_run_written_down_twice_is_one_with_the_worse_answer_of_each() -> None:
    start = datetime(2026, 11, 24, 18, tzinfo=UTC)
    same = start.astimezone(timezone(timedelta(hours=1)))
    once = Run(start=start, pain_during=1, pain_before=2, distance_m=5000.0, shoes="Blue")
    again = Run(
        start=same, pain_during=3, pain_before=1, pain_trend="worse", shoes="Red", limped=False
    )

    of = log_of(case_of(once, again), ON, load().declared)

    assert of.runs == (
        Run(
            start=start, pain_during=3, pain_before=1, pain_trend="worse", distance_m=5000.0,
            shoes="Blue", limped=False,
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "worse"), [("eased", "steady", "steady"), ("worse", "eased", "worse")]
)
def test_of_two_trends_the_worse_decides(one: Any, other: Any, worse: str) -> None:
    start = datetime(2026, 11, 24, 18, tzinfo=UTC)
    case = case_of(Run(start=start, pain_trend=one), Run(start=start, pain_trend=other))

    (run_,) = log_of(case, ON, load().declared).runs

    assert run_.pain_trend == worse


def test_runs_of_different_starts_stay_apart() -> None:
    start = datetime(2026, 11, 24, 18, tzinfo=UTC)
    case = case_of(Run(start=start + timedelta(minutes=1)), Run(start=start))

    of = log_of(case, ON, load().declared)

    assert [run_.start.minute for run_ in of.runs] == [0, 1]


def case_of(*runs: Run) -> Case:
    return Case(episode=Episode(started_on=ONSET, side="left"), runs=runs)
