"""A protocol of one's own decides days, gates and runs like those that ship."""

from dataclasses import replace
from datetime import date

import pytest

from hamstride.advise import Advice, advise
from hamstride.decisions.judge import Action
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.records import Case, CheckIn, PhaseEntry
from made_up_days import MILD, ON, WELL, case_of
from small_protocols import write_mine

RUNNING_SINCE = (PhaseEntry(on=date(2026, 11, 20), id="run"),)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """What ships, and `mine`."""
    folder = tmp_path_factory.mktemp("protocols")
    write_mine(folder)
    return load(folder)


def in_mine(check_in: CheckIn = WELL) -> Case:
    """A runner in the first phase of `mine`, with one check-in."""
    return case_of(check_in=check_in, episode=replace(MILD, protocol="mine"))


def deciding(advice: Advice) -> list[str]:
    return [reason.criterion.id for reason in advice.today.deciding]


def test_a_phase_without_running_rests_and_its_gate_opens(library: Library) -> None:
    advice = advise(in_mine(), ON, library)

    assert advice.today.action is Action.REST
    assert deciding(advice) == ["phase_without_running"]
    # Walking pain 0, and 24 days since 1 November.
    assert (advice.gate.action, advice.gate.to) == ("advance", "run")


def test_its_gate_stays_shut_on_pain_of_2(library: Library) -> None:
    advice = advise(in_mine(replace(WELL, pain_walking=2)), ON, library)

    assert advice.gate.action == "stay"


def test_its_exercise_is_planned(library: Library) -> None:
    advice = advise(in_mine(), ON, library)

    items = advice.week[0].session.items
    assert [(item.exercise.id, item.sets, item.reps) for item in items] == [("glute_bridge", 3, 12)]


def test_its_ladder_begins_at_its_first_step(library: Library) -> None:
    advice = advise(replace(in_mine(), phases=RUNNING_SINCE), ON, library)

    assert advice.today.action is Action.RUN
    run = advice.week[0].session.run
    assert run is not None
    assert (run.step, run.repeats, run.walk_min, run.run_min) == ("A1", 4, 4, 1)


@pytest.mark.parametrize(
    ("check_in", "action", "criterion"),
    [
        (replace(WELL, pain_morning=1), Action.MODIFY, "woke_up_sore"),
        (replace(WELL, pain_walking=4), Action.REST, "walking_pain_4"),  # holds in every protocol
        (replace(WELL, pain_walking=8), Action.REFER, "walking_pain_8"),
    ],
)
def test_its_rules_decide_beside_those_of_every_protocol(
    library: Library, check_in: CheckIn, action: Action, criterion: str
) -> None:
    case = replace(in_mine(check_in), phases=RUNNING_SINCE)

    advice = advise(case, ON, library)

    assert advice.today.action is action
    assert criterion in deciding(advice)
