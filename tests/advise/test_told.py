"""The facts that no record holds: what the assessment and the phase say of a day."""

from dataclasses import replace
from typing import Any

import pytest

from hamstride.advise import Advice
from hamstride.records import Case, Episode, PhaseEntry
from made_up_days import MILD, ON, case_of, library, on_day

SITTING = replace(MILD, onset="gradual", site="sit_bone", sitting_hurts=True)


def _in_phase(protocol: str, phase: str) -> Case:
    case = case_of(episode=replace(MILD, protocol=protocol))
    return replace(case, phases=(PhaseEntry(on=ON, id=phase, by="rule"),))


def _told(day: Advice, fact_id: str) -> Any:
    return day.facts[(fact_id, None)].value


@pytest.mark.parametrize(
    ("protocol", "phase", "running", "has_running", "last"),
    [
        ("strain", "calm", "none", False, False),
        ("strain", "return_to_running", "walk_run", True, False),
        ("strain", "speed_and_hills", "speed", True, False),
        ("strain", "maintenance", "speed", True, True),
        ("tendon", "isometric", "continuous", True, False),
    ],
)
def test_a_phase_tells_its_running_and_whether_it_is_the_last(
    protocol: str, phase: str, running: str, has_running: bool, last: bool
) -> None:
    day = on_day(_in_phase(protocol, phase))

    assert _told(day, "phase_running") == running
    assert _told(day, "phase_has_running") is has_running
    assert _told(day, "phase_is_last") is last
    assert _told(day, "protocol_fits") is True


def test_without_a_plan_there_is_no_phase_and_that_is_known() -> None:
    severe = on_day(case_of(episode=replace(MILD, clinician_grade=3)))

    assert severe.protocol is None
    assert _told(severe, "protocol_fits") is False
    assert _told(severe, "phase_running") is None
    assert _told(severe, "phase_has_running") is False
    assert _told(severe, "phase_is_last") is False


@pytest.mark.parametrize(
    ("episode", "severity"),
    [
        (MILD, "mild"),
        (replace(MILD, clinician_grade=2), "moderate"),
        (replace(MILD, clinician_grade=3), "severe"),
        (replace(MILD, popped=None), None),
    ],
)
def test_severity_is_told_and_unknown_where_an_answer_is_missing(
    episode: Episode, severity: str | None
) -> None:
    fact = on_day(case_of(episode=episode)).facts[("severity", None)]

    assert fact.value == severity
    assert bool(fact.asks) is (severity is None)


@pytest.mark.parametrize(
    ("episode", "pattern"),
    [
        (MILD, "strain"),
        (SITTING, "tendon"),
        (replace(MILD, onset=None, bruise=None, popped=None, site=None), "unclear"),
    ],
)
def test_the_pattern_is_told_and_unclear_is_an_answer(episode: Episode, pattern: str) -> None:
    assert _told(on_day(case_of(episode=episode)), "pattern") == pattern


def test_what_is_told_belongs_to_the_library() -> None:
    told = {"severity", "pattern", "protocol_fits", "phase_running", "phase_has_running",
            "phase_is_last"}  # fmt: skip

    assert told <= set(library().definitions)
