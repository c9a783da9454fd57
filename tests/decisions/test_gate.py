"""The gate: on, stay, or one phase back; and what keeps it shut though its criteria are met."""

from typing import Any

import pytest

from hamstride.decisions.assess import Severity
from hamstride.decisions.gate import Gate, Judged, Standing, Word, gate
from hamstride.decisions.judge import Action, Reason
from hamstride.decisions.today import Decision
from hamstride.protocols.loading import load
from hamstride.vocabulary import Verdict
from made_up_plans import day, reason

MET, UNMET, OPEN = reason(), reason(Verdict.UNMET), reason(Verdict.UNKNOWN)
RESTS_FOR_PHASE = day(Action.REST, reason(phase=True))


def _gate(
    place: str = "strain/strength",
    *,
    back: tuple[Reason, ...] = (UNMET,),
    advance: tuple[Reason, ...] = (MET,),
    today: Decision = RESTS_FOR_PHASE,
    severity: Severity = "mild",
    **word: Any,
) -> Gate:
    name, _, phase = place.partition("/")
    protocol = load().protocols[name]
    standing = Standing(protocol, protocol.phase(phase), severity)
    return gate(standing, Judged(back, advance, (MET,)), today, Word(**word))


def _way(found: Gate) -> tuple[str, str | None, str]:
    return found.action, found.to, found.held_by


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ({}, ("advance", "return_to_running", "")),
        ({"advance": (MET, UNMET)}, ("stay", None, "")),
        ({"advance": (MET, OPEN)}, ("stay", None, "")),
        ({"back": (MET,)}, ("step_back", "calm", "")),
        ({"back": (MET,), "advance": (UNMET,)}, ("step_back", "calm", "")),
        ({"back": (OPEN,)}, ("stay", None, "")),  # whether it steps back is not known
        ({"place": "strain/calm", "back": (MET,)}, ("stay", None, "pain")),  # nowhere to go back
        ({"today": day(Action.REFER, MET)}, ("refer", None, "locked")),
        ({"today": day(Action.REFER, MET), "back": (MET,)}, ("refer", None, "locked")),
        ({"today": day(Action.REST, asks=("check_ins.limp",))}, ("stay", None, "answers")),
        ({"today": day(Action.REST, reason(pain=True))}, ("stay", None, "pain")),
        ({"held": True}, ("stay", None, "clinician")),
        ({"held": True, "back": (MET,)}, ("step_back", "calm", "")),  # never a step back
        ({"severity": "moderate"}, ("stay", None, "severity")),
        ({"severity": "unknown"}, ("stay", None, "severity")),
        ({"severity": "moderate", "let_run": True}, ("advance", "return_to_running", "")),
        # Only the way into running waits for that.
        ({"place": "strain/calm", "severity": "moderate"}, ("advance", "strength", "")),
        ({"place": "strain/maintenance"}, ("stay", None, "last")),
        ({"place": "steady_state/calm"}, ("stay", None, "manual")),
        ({"place": "niggle/adjust", "today": day()}, ("advance", "maintenance", "")),
    ],
)
def test_a_gate_leads_on_when_nothing_holds_it(
    asked: dict[str, Any], way: tuple[str, str | None, str]
) -> None:
    assert _way(_gate(**asked)) == way


@pytest.mark.parametrize(
    ("asked", "way"),
    [
        ({"advance_to": "return_to_running"}, ("advance", "return_to_running", "")),
        ({"advance_to": "speed_and_hills"}, ("stay", None, "")),  # not over a phase
        (
            {"advance_to": "return_to_running", "severity": "moderate"},
            ("advance", "return_to_running", ""),
        ),
        (
            {"advance_to": "return_to_running", "today": day(Action.REST, reason(pain=True))},
            ("stay", None, "pain"),
        ),
        (
            {
                "advance_to": "return_to_running",
                "today": day(Action.REST, asks=("check_ins.limp",)),
            },
            ("stay", None, "answers"),
        ),
        ({"advance_to": "return_to_running", "back": (MET,)}, ("step_back", "calm", "")),
        ({"place": "steady_state/calm", "advance_to": "strengthen"}, ("advance", "strengthen", "")),
    ],
)
def test_a_clinicians_word_opens_the_gate_and_never_makes_a_day_greener(
    asked: dict[str, Any], way: tuple[str, str | None, str]
) -> None:
    assert _way(_gate(advance=(UNMET,), **asked)) == way


def test_a_gate_says_what_decided_and_what_was_examined() -> None:
    shut = _gate(advance=(MET, UNMET), back=(OPEN,))

    assert shut.deciding == (UNMET, OPEN)
    assert shut.examined == (OPEN, MET, UNMET)
    assert shut.recommended == (MET,)
    assert _gate(back=(MET,)).deciding == (MET,)
    assert _gate(advance=(UNMET,), advance_to="return_to_running").deciding == ()
