"""The week ahead, the phase with its gate, a long pause and a race."""

from dataclasses import replace
from datetime import date, timedelta

from hamstride.explain.answer_json import answer
from hamstride.explain.sessions import REST
from hamstride.explain.week_shown import pause_words, phase_shown, race_words, week_shown
from hamstride.plan.model import PlannedDay, RunPlan, Session
from hamstride.protocols.model import Protocol
from made_up_days import case_of, library, on_day

WEDNESDAY = date(2026, 11, 25)
STRAIN = library().protocols["strain"]
STEPS = {step.id: step for step in STRAIN.steps()}


def _week(step: str | None, protocol: Protocol = STRAIN) -> tuple[PlannedDay, ...]:
    """A run tomorrow, and rest else."""
    source = protocol.steps()[0]
    run = RunPlan(step=step, title="", minutes=25, change="easy", source=source, run_min=25)
    days = [PlannedDay(WEDNESDAY + timedelta(days=ahead), REST) for ahead in range(7)]
    return (days[0], replace(days[1], session=Session("run", (), run, 35)), *days[2:])


def test_a_run_of_the_ladder_is_told_with_its_place_there() -> None:
    today, tomorrow, *_ = week_shown(_week("R5"), STRAIN)

    # The fifth of the 25 steps of strain's third and fourth phase.
    place = [step.id for step in STRAIN.steps()].index("R5") + 1
    assert len(STRAIN.steps()) == 25
    assert tomorrow.place == f"Step R5, {place} of 25 on the ladder"
    assert (tomorrow.kind, tomorrow.minutes) == ("run", 35)
    assert (today.title, today.place, today.exercises) == ("Rest", "", ())


def test_an_easy_run_or_one_without_a_plan_has_no_place_on_a_ladder() -> None:
    assert week_shown(_week(None), STRAIN)[1].place == ""
    assert week_shown(_week("R5"), None)[1].place == ""


def test_the_gate_ahead_is_told_by_how_many_checks_are_met() -> None:
    day = on_day(case_of())
    assert day.protocol is not None
    assert day.phase is not None
    reasons = answer(day)["gate"]["reasons"]

    shown = phase_shown(day.protocol, day.phase, reasons, library())

    met = sum(reason.met for reason in day.gate.examined if reason.criterion in
              day.phase.advance_when)  # fmt: skip
    assert shown.title == "Calm it down"
    assert shown.gate == (
        f"The gate to “Build strength”: {met} of {len(day.phase.advance_when)} checks met."
    )


def test_the_last_phase_names_the_plan_that_follows_or_that_something_does() -> None:
    last = STRAIN.phases[-1]
    told = [
        {"criterion": "a", "verdict": "met"},
        {"criterion": "of another list", "verdict": "met"},
    ]
    checked = last.model_copy(
        update={"advance_when": (STRAIN.phases[0].advance_when[0].model_copy(update={"id": "a"}),)}
    )

    follows = checked.model_copy(update={"leads_to": "maintenance"})
    assert phase_shown(STRAIN, follows, told, library()).gate == (
        f"The gate to “{library().protocols['maintenance'].title}”: 1 of 1 checks met."
    )
    alone = checked.model_copy(update={"leads_to": None})
    assert phase_shown(STRAIN, alone, told, library()).gate == (
        "The gate to “what follows”: 1 of 1 checks met."
    )


def test_a_phase_without_checks_says_so() -> None:
    phase = STRAIN.phases[0].model_copy(update={"advance_when": ()})

    assert phase_shown(STRAIN, phase, [], library()).gate == (
        "No checks are set for leaving this phase."
    )


def test_a_long_pause_is_told_only_where_the_ladder_knows_one() -> None:
    # strain/protocol.toml: restart_after_days = 30, restart_at = "R5"; without_reinjury: 400, never
    assert pause_words(STRAIN) == (
        "After more than 30 days without a run, the ladder goes on from step R5."
    )
    assert pause_words(library().protocols["without_reinjury"]) == ""
    assert pause_words(library().protocols["niggle"]) == ""
    assert pause_words(None) == ""


def test_a_race_is_told_with_the_fewest_weeks_that_the_ladder_takes() -> None:
    # Up to V11 from R5: every step that is no filler once, and one run more, at 3 runs a week.
    after = list(STEPS)[list(STEPS).index("R5") + 1 :]
    runs = sum(not STEPS[name].filler for name in after) + 1

    left, ladder = race_words(date(2027, 4, 18), _week("R5"), STRAIN, library())

    assert left == "20 weeks left to 18 April 2027."  # 144 days
    assert ladder == (
        "The next run, on Thu 26 November 2026, is step R5. Up to the last step, V11, the ladder "
        f"takes {runs} runs or more: {-(-runs // 3)} weeks at the very least."
    )


def test_a_race_within_the_week_is_told_in_days_and_today_as_today() -> None:
    assert race_words(date(2026, 11, 26), _week(None), STRAIN, library()) == (
        "1 day left to 26 November 2026.",
    )
    assert race_words(WEDNESDAY, _week(None), None, library()) == ("It is today.",)
    assert race_words(date(2026, 11, 24), _week("R5"), STRAIN, library()) == ()


def test_nothing_is_reckoned_without_a_ladder_or_after_its_last_step() -> None:
    race = date(2026, 12, 25)
    rest = tuple(replace(day, session=REST) for day in _week(None))

    assert len(race_words(race, rest, STRAIN, library())) == 1
    assert len(race_words(race, _week("R5"), library().protocols["niggle"], library())) == 1
    assert len(race_words(race, _week("of another plan"), STRAIN, library())) == 1
    assert race_words(race, _week("V11"), STRAIN, library())[1] == (
        "The next run, on Thu 26 November 2026, is the last step of the ladder."
    )
