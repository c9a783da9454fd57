"""What a day's plan makes of an activity file: up after a whole step, and the same after less."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from cases_loading import load_decision_case
from hamstride.advise import Advice, advise
from hamstride.casefile import case_from
from hamstride.explain import answer, page
from hamstride.facts.joining import join
from hamstride.facts.measured import measured_run
from hamstride.protocols.loading import load
from hamstride.records import Case
from made_up_walk_runs import Piece, ran, recorded, walked

CASES = Path(__file__).parents[1] / "cases" / "ladder"
LIBRARY = load()
ON = date(2026, 10, 20)


def case_of(name: str) -> Case:
    file = CASES / f"{name}.toml"
    return case_from(load_decision_case(file).tables, file.name)


def with_file(case: Case, pieces: tuple[Piece, ...], day: int) -> Case:
    """The case with a file of its run at six in the evening of a day of October."""
    start = datetime(2026, 10, day, 17, tzinfo=UTC)
    activity = recorded(pieces, "watch", seed=day)
    activity = replace(activity, start=start, file=f"october-{day}.fit")
    run = measured_run(activity, LIBRARY.declared, case.runner.timezone)
    assert run is not None
    return replace(case, runs=join(case.runs, (run,)))


def session(repeats: int, run_s: int, walk_s: int, *, rise: float = 0.0) -> tuple[Piece, ...]:
    between = (ran(run_s, 2.5, rise), walked(walk_s)) * repeats
    return (walked(300), *between[:-1], walked(240))


def next_step(day: Advice) -> tuple[str, str]:
    run = answer(day)["session"]["run"]
    return run["step"], run["change"]


def today(day: Advice) -> str:
    part = next(part for part in page(day) if part.heading == "Today")
    return " ".join(line.text for line in part.lines)


WHOLE, PART, LITTLE = session(5, 120, 120), session(4, 120, 120), session(2, 120, 120)
LONGER, HILLY = session(5, 180, 120), session(5, 120, 120, rise=0.09)


@pytest.mark.parametrize(
    ("pieces", "step", "change", "said"),
    [
        (WHOLE, "R5", "climb", "One step up: the last one went well"),
        (PART, "R3", "partly", "The same step again: the last one was done in part."),
        (LITTLE, "R3", "partly", "The same step again: the last one was done in part."),
        (
            LONGER, "R3", "harder",
            "The last one was harder than planned: longer running. The same step again",
        ),
        (HILLY, "R3", "harder", "The last one was harder than planned: hills."),
    ],
)  # fmt: skip
def test_a_clean_r3_leads_up_only_where_its_file_shows_all_of_it_and_no_more(
    pieces: tuple[Piece, ...], step: str, change: str, said: str
) -> None:
    # The case is that of a clean R3 without a file, after which comes R5.
    assert next_step(advise(case_of("r3_clean"), ON, LIBRARY)) == ("R5", "climb")

    day = advise(with_file(case_of("r3_clean"), pieces, 18), ON, LIBRARY)

    assert next_step(day) == (step, change)
    assert said in today(day)


def test_little_of_a_step_twice_in_a_row_leads_down() -> None:
    case = case_of("twice_unclean_steps_down")
    # The same days, without the pain and at R3.
    case = replace(
        case, runs=tuple(replace(run, step="R3", pain_during=0) for run in case.runs[-2:])
    )
    for run in case.runs:
        case = with_file(case, LITTLE, run.start.day)

    day = advise(case, ON, LIBRARY)

    assert next_step(day) == ("R2", "too_much")
    assert "One step down: the last two were cut short or felt" in today(day)


def test_the_answer_tells_how_the_last_step_was_done() -> None:
    day = advise(with_file(case_of("r3_clean"), LONGER, 18), ON, LIBRARY)

    run = answer(day)["session"]["run"]
    assert (run["last_followed"], run["last_harder"]) == ("done", ["longer"])


@pytest.mark.parametrize("pieces", [WHOLE, PART, LITTLE, LONGER, HILLY])
@pytest.mark.parametrize("name", ["r3_clean", "twice_unclean_steps_down", "modify_repeats"])
def test_a_file_never_makes_a_day_greener_or_a_step_higher(
    name: str, pieces: tuple[Piece, ...]
) -> None:
    case = case_of(name)
    last = case.runs[-1].start

    without = advise(case, ON, LIBRARY)
    beside = advise(with_file(case, pieces, last.day), ON, LIBRARY)

    assert beside.today.action >= without.today.action
    steps = [step.id for step in LIBRARY.protocols["strain"].steps()]
    assert steps.index(next_step(beside)[0]) <= steps.index(next_step(without)[0])


def test_a_walk_run_that_was_longer_than_its_step_is_a_jump_like_any_other_run() -> None:
    # 5 x 6 min of running and 8 km where R3 has 10 min: over the 2.4 km of the runs before.
    case = case_of("r3_clean")
    far = replace(case, runs=(*case.runs[:-1], replace(case.runs[-1], distance_m=8000.0)))
    plain = advise(far, ON, LIBRARY)

    day = advise(with_file(far, session(5, 360, 120), 18), ON, LIBRARY)

    assert plain.today.action.name == "RUN"
    assert day.today.action.name == "MODIFY"
