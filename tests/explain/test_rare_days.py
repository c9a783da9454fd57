"""Days and sessions that are seldom: what a runner reads of them."""

import tomllib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cases_loading import CASES, load_decision_case
from hamstride.advise import Advice
from hamstride.casefile import case_from
from hamstride.decisions.gate import Gate
from hamstride.decisions.judge import Action, FactUsed, Reason
from hamstride.explain import Line, Part, light, page, short
from hamstride.explain.parts import Citation
from hamstride.explain.sessions import item_words, session_part
from hamstride.facts.joining import join
from hamstride.plan.amounts import item
from hamstride.plan.model import Item, PlannedDay, RunPlan, Session
from hamstride.protocols.model import Adaptation
from hamstride.records import Run
from hamstride.vocabulary import Verdict
from made_up_days import MILD, WELL, case_of, library, on_day
from made_up_plans import basis, dose, logged, reason

WELL_DAY = on_day(case_of())
RUN_TABLE = "[[runs]]  # or add them to the run of this start, where your file has it"
EPISODE = '[episode]\nstarted_on = 2026-11-01\nside = "left"\n'


def _case_day(name: str) -> Advice:
    told = load_decision_case(CASES / f"{name}.toml")
    return on_day(case_from(told.tables, name), told.on)


def _part(day: Advice, heading: str) -> Part:
    return next(part for part in page(day) if part.heading.startswith(heading))


def _lines(day: Advice, heading: str) -> list[str]:
    return [line.text for line in _part(day, heading).lines]


def _typed(part: Part) -> list[str]:
    return [line.text for line in part.lines if line.mark == "type"]


# Gates


def test_one_phase_back_says_why_and_what_to_write_down() -> None:
    day = _case_day("ladder/limp_at_a_speed_step_steps_back")

    part = _part(day, "One phase back")

    assert part.lines[0].text == "You limped in a run."
    assert part.lines[0].source is not None
    assert part.lines[1].text == (
        "Go back to “Return to running” for now. It is a step of the way, not a loss."
    )
    assert _typed(part)[2] == 'id = "return_to_running"'
    assert short(day)[1].endswith("One phase back: Return to running.")


def test_a_phase_that_is_called_as_a_plan_is_still_a_phase() -> None:
    # `strain` ends with the phase `maintenance`, and there is a plan of that name.
    day = _case_day("gates/speed_ready")
    assert (day.gate.action, day.gate.to) == ("advance", "maintenance")

    part = _part(day, "The gate is open")

    assert _typed(part) == [
        "[[phases]]",
        "on = 2026-10-20",
        'id = "maintenance"',
        'by = "rule"',
    ]
    assert day.protocol is not None
    assert f"“{day.protocol.phase('maintenance').title}”" in part.lines[0].text


def test_a_plan_that_leads_to_another_says_how_to_choose_it() -> None:
    day = _case_day("gates/niggle_ready")
    assert (day.gate.action, day.gate.to) == ("advance", "maintenance")

    part = _part(day, "The gate is open")

    assert _typed(part) == ['protocol = "maintenance"  # in [episode]']
    assert library().protocols["maintenance"].title in part.lines[0].text


def test_a_gate_that_leads_nowhere_named_leads_to_what_follows() -> None:
    day = on_day(case_of(episode=replace(MILD, protocol="niggle")))
    assert day.phase is not None
    phase = day.phase.model_copy(update={"leads_to": None})

    heading = _part(replace(day, phase=phase), "From ").heading

    assert f"From “{phase.title}” to “what follows”: " in heading


# The light


def test_what_no_answer_can_tell_rests_the_day_and_says_so() -> None:
    open_ = reason(Verdict.UNKNOWN, say="Nobody has measured this.")
    today = replace(WELL_DAY.today, action=Action.REST, deciding=(open_,), answer_first=())

    day = replace(WELL_DAY, today=today)

    said = "Nobody has said yes or no to this: “Nobody has measured this.”"
    assert (light(day).word, light(day).reason) == ("Rest", said)
    assert _lines(day, "Why") == [said, "What is not known never makes a day greener."]


# What to answer


def test_answers_go_where_they_belong_in_the_file() -> None:
    keys = (
        "runs.pain_during",
        "tests.brisk_walk",
        "sessions.pain",
        "sessions.walk",
        "screenings.dark_urine",
    )
    today = replace(WELL_DAY.today, action=Action.REST, answer_first=keys)

    part = _part(replace(WELL_DAY, today=today), "Answer these first")

    assert [line.text for line in part.lines if line.mark == "point"] == [
        "How much did your last run hurt at its worst, 0 to 10?",
        f"Do the test “Brisk walk”. {library().tests['brisk_walk'].how}",
        "How much did each exercise of your last sessions hurt, 0 to 10?",
        "How much did “Walk” hurt, 0 to 10?",
        " ".join(
            text
            for text in (
                library().questions["dark_urine"].ask, library().questions["dark_urine"].help
            )
            if text
        ),
    ]  # fmt: skip
    assert _typed(part) == [
        RUN_TABLE,
        "start = ...",  # no run is known of, so nobody can say which is meant
        "pain_during = ...  # 0 to 10",
        "[[tests]]",
        "on = 2026-11-25",
        'test = "brisk_walk"',
        "left = ...",
        "right = ...",
        "pain_left = ...",
        "pain_right = ...",
        "[[sessions]]  # in items, the pain of each exercise",
        "pain = ...  # 0 to 10",
        "[[screenings]]",
        "on = 2026-11-25",
        "dark_urine = ...  # true or false",
    ]


def _ran(at: str, **answers: Any) -> Run:
    quiet = {"pain_during": 0, "pain_after": 0, "limped": False, "form_changed": False}
    return Run(start=datetime.fromisoformat(at), kind="easy", **{**quiet, **answers})


def _niggle(*runs: Run, **check_in: Any) -> Advice:
    case = case_of(
        episode=replace(MILD, onset="gradual", protocol="niggle"),
        check_in=replace(WELL, **check_in),
    )
    return on_day(replace(case, runs=runs))


def test_the_run_that_open_questions_mean_is_named_by_its_start() -> None:
    day = _niggle(
        _ran("2026-11-22T07:30:00+00:00", limped=None),
        _ran("2026-11-24T18:00:00+00:00", limped=None),
    )

    assert light(day).reason == "One answer is missing. Did you limp in your last run?"
    assert _typed(_part(day, "Answer these first")) == [
        RUN_TABLE,
        "start = 2026-11-24T18:00:00+00:00",
        "limped = ...  # true or false",
    ]
    assert _lines(day, "Today") == ["Rest until these answers are in; then ask again."]


def test_what_is_typed_for_a_run_that_the_watch_knows_answers_the_question() -> None:
    day = _niggle(_ran("2026-11-24T18:00:00+00:00", limped=None))
    written = "\n".join(_typed(_part(day, "Answer these first"))).replace("...", "false")
    typed = case_from(tomllib.loads(f"{EPISODE}{written}"), "typed").runs
    measured = Run(start=datetime(2026, 11, 24, 18, 2, tzinfo=UTC), duration_s=1800)

    (run,) = join(typed, (measured,))

    assert (run.limped, run.duration_s) == (False, 1800)


# What was not written down


@pytest.mark.parametrize(
    ("check_in", "asks"),
    [
        # Whether the morning is above the usual is open for want of other days, not of this one.
        (
            {},
            ["How many hours did you sleep?", "How tired are you, 0 to 10?"],
        ),
        ({"sleep_h": 7.5}, ["How tired are you, 0 to 10?"]),
        ({"sleep_h": 7.5, "fatigue": 3}, None),
    ],
)
def test_what_todays_check_in_answered_is_not_asked_for_again(
    check_in: dict[str, Any], asks: list[str] | None
) -> None:
    day = _niggle(**check_in)

    open_ = {key for each in day.today.examined if each.unknown for key in each.answers}
    told = [part for part in page(day) if part.heading == "Not written down"]
    assert "check_ins.pain_morning" in open_
    assert [[line.text for line in part.lines] for part in told] == ([asks] if asks else [])


# Exercises


def _items(amount: dict[str, Any], *pains: int, exercise: str = "bridge_hold") -> Item:
    return item(basis("strain/strength", done=logged(exercise, *pains)), dose(exercise, **amount))


@pytest.mark.parametrize(
    ("exercise", "amount", "words"),
    [
        ("dead_bug", {"sets": 3, "reps": 8}, "3 × 8 each side"),
        ("bridge_hold", {"sets": 3, "hold_s": 20}, "hold 3 × 20 s"),
        ("bike_easy", {"minutes": 20}, "20 min"),
        ("a_skip", {"sets": 3, "distance_m": 20}, "3 × 20 m"),
        ("bridge_hold", {"sets": 3}, "3 sets"),
        ("bridge_hold", {}, ""),
        ("rdl", {"sets": 1, "reps": 8, "load_kg": 10.0, "tempo": "3-0-2"},
         "8, lower for 3 seconds, 10 kg"),
        ("rdl", {"reps": 8, "tempo": "1-0-1", "times_per_day": 2},
         "8, lower for 1 second, 2 times a day"),
        ("rdl", {"reps": 8, "tempo": "slow"}, "8, slow"),
    ],
)  # fmt: skip
def test_an_exercise_is_told_with_its_amount(
    exercise: str, amount: dict[str, Any], words: str
) -> None:
    name = library().exercises[exercise].name

    told = item_words(_items(amount, exercise=exercise))

    assert told == (f"{name}: {words}" if words else name)


@pytest.mark.parametrize(
    ("amount", "pains", "change"),
    [
        ({"reps": 8}, (), ""),
        ({"reps": 8}, (0,), ""),
        ({"reps": 8}, (0, 0), "One repetition more: the last 2 times stayed quiet."),
        ({"hold_s": 20}, (0, 0), "5 seconds more: the last 2 times stayed quiet."),
        ({"load_kg": 20.0}, (0, 0), "A little more weight: the last 2 times stayed quiet."),
        ({"reps": 8}, (3,), "The same again: last time was right at the limit."),
        ({"reps": 8}, (4,), "Less than last time: it hurt more than the limit."),
        ({"minutes": 20}, (0, 0), ""),
    ],
)
def test_a_change_says_why(amount: dict[str, Any], pains: tuple[int, ...], change: str) -> None:
    line = _strength(_items(amount, *pains)).lines[0].text

    assert line.partition(".")[2].strip() == change


def test_an_easier_exercise_says_what_it_stands_for() -> None:
    line = _strength(_items({"reps": 8}, 4, 5, exercise="single_leg_rdl")).lines[0].text

    named = library().exercises["single_leg_rdl"].name
    assert line.endswith(f"In place of {named}, which hurt more than the limit twice.")


def test_a_plan_that_adds_two_repetitions_says_two() -> None:
    assert WELL_DAY.protocol is not None
    terms = library().plan.adaptation.model_copy(update={"reps_up": 2})
    assert isinstance(terms, Adaptation)
    protocol = WELL_DAY.protocol.model_copy(update={"adaptation": terms})

    line = _strength(_items({"reps": 8}, 0, 0), replace(WELL_DAY, protocol=protocol)).lines[0]

    assert "2 repetitions more: " in line.text


@pytest.mark.parametrize(
    ("limits", "line"),
    [
        ((3,), "Ease an exercise, or leave it out, when it hurts more than 3."),
        ((0,), "Leave out an exercise that hurts."),
        ((3, 0), None),
    ],
)
def test_a_limit_that_all_exercises_share_is_said_once(
    limits: tuple[int, ...], line: str | None
) -> None:
    made = [_items({"reps": 8, "pain_limit_nrs": limit}) for limit in limits]

    told = [each.text for each in _strength(*made).lines]

    if line is None:
        assert told[0].endswith(", pain up to 3.")
        assert told[1].endswith(", pain up to 0.")
    else:
        assert line in told
        assert "pain up to" not in told[0]


def _strength(*made: Item | Advice) -> Part:
    """Today's part of a day with a strength session of some items."""
    days = [each for each in made if not isinstance(each, Item)]
    items = tuple(each for each in made if isinstance(each, Item))
    return _today(Session("strength", items, None, 20), *days)


def _today(session: Session, day: Advice = WELL_DAY) -> Part:
    part = session_part(replace(day, week=(PlannedDay(day.as_of, session), *day.week[1:])))
    assert part is not None
    return part


# Runs and rest


@pytest.mark.parametrize(("may_add", "said"), [(False, True), (True, False), (None, False)])
def test_a_run_that_was_felt_is_no_longer_next_time(may_add: bool | None, said: bool) -> None:
    run = RunPlan(None, "", 25, "easy", library().plan.easy_run, run_min=25)

    told = [line.text for line in _today(Session("run", (), run, 35, may_add)).lines]

    longer = "No longer than the last one: it was felt, or how it settled is not known."
    assert (longer in told) is said
    assert told[0] == "Run easily for 25 min."
    assert told[-1] == "About 35 minutes in all."


def test_a_green_day_without_a_run_says_so_and_when_the_next_one_is() -> None:
    # A run yesterday, and a day between two runs.
    day = _niggle(_ran("2026-11-24T18:00:00+00:00"))

    assert (light(day).word, light(day).reason) == ("Go", "As planned: a strength day, no run.")
    assert _lines(day, "Today")[0] == "No run today; the next one is on Thu 26."
    assert next(line for line in _lines(day, "The week") if "Run " in line).startswith("Thu 26")


def test_an_easier_day_without_a_run_says_so_too() -> None:
    day = _niggle(_ran("2026-11-24T18:00:00+00:00"), sleep_h=5)

    assert light(day).reason == "You slept under 6 hours: 5 h (today)."
    assert _lines(day, "Today")[0] == "No run today; the next one is on Thu 26."


def test_a_green_day_of_rest_in_a_week_without_a_run_says_both() -> None:
    quiet = _niggle()
    week = tuple(PlannedDay(planned.on, REST) for planned in quiet.week)
    day = replace(quiet, week=week)

    assert light(day).reason == "As planned: a rest day, no run."
    assert _lines(day, "Today") == [
        "No run today; none in the six days after it.",
        "Rest is today's session. An early night is a good way to spend it.",
    ]


def test_a_green_day_with_a_run_says_no_more_than_that() -> None:
    day = _niggle()

    assert light(day).reason == "As planned."
    assert _lines(day, "Today")[0] == "Run easily for 20 min."
    assert not any("No run" in line for line in _lines(day, "Today"))


REST = Session("rest", (), None, 0)


@pytest.mark.parametrize(
    ("deciding", "asks", "said"),
    [
        ((), ("check_ins.limp",), "Rest until these answers are in; then ask again."),
        (
            (reason(pain=True),),
            ("check_ins.limp",),
            "Rest is today's session. Look again tomorrow, after your check-in.",
        ),
        (
            (reason(),),
            ("check_ins.limp",),
            "Rest is today's session, and some answers are open.",
        ),
        (
            (reason(phase=True),),
            (),
            "Rest is today's session. An early night is a good way to spend it.",
        ),
    ],
)
def test_a_day_of_rest_says_what_it_is_for(
    deciding: tuple[Reason, ...], asks: tuple[str, ...], said: str
) -> None:
    today = replace(
        WELL_DAY.today, action=Action.REST, deciding=deciding, examined=deciding, answer_first=asks
    )

    part = _today(REST, replace(WELL_DAY, today=today))

    assert [line.text for line in part.lines] == [said]


# Reasons


@pytest.mark.parametrize(
    ("days", "said"),
    [(399, "A long time: 399 days."), (400, "A long time.")],  # 400 stands for longer, or never
)
def test_days_that_nobody_counts_are_not_told(days: int, said: str) -> None:
    used = FactUsed("days_since_last_run", days, None, "at_least", 30, None, Verdict.MET)
    long = replace(reason(say="A long time."), facts=(used,))
    today = replace(WELL_DAY.today, action=Action.MODIFY, deciding=(long,))

    assert light(replace(WELL_DAY, today=today)).reason == said


def test_a_source_without_a_place_is_its_title() -> None:
    assert str(Citation("Our own choice", ours=True)) == "Our own choice."
    assert str(Citation("Our own choice", "a table", ours=True)) == "Our own choice: a table."
    assert str(Citation("Trial: “A title”", "table 1")) == "Trial: “A title”; table 1."


def test_no_part_is_made_of_lines_that_say_nothing() -> None:
    nothing = replace(WELL_DAY, gate=Gate("stay", None, (), ()), phase=None)

    assert not any(part.heading.startswith(("From", "Where")) for part in page(nothing))
    assert all(line != Line("") for part in page(WELL_DAY) for line in part.lines)
    assert WELL.limp is False
