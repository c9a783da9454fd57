"""What was recorded later than a time is not known at that time."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from cases_loading import CASES, load_decision_case
from hamstride.advise import advise
from hamstride.casefile import case_from

ON = date(2026, 10, 20)
NOON = datetime(2026, 10, 20, 12, 0, tzinfo=UTC)
BEFORE_NOON = datetime(2026, 10, 20, 11, 59, tzinfo=UTC)
AFTER_NOON = datetime(2026, 10, 20, 12, 1, tzinfo=UTC)


def _tables() -> dict[str, Any]:
    return load_decision_case(CASES / "gates" / "strength_ready.toml").tables


def _gate_at_noon(tables: dict[str, Any]) -> str:
    return advise(case_from(tables, "case.toml"), ON, known_at=NOON).gate.action


def _hold(seconds: float, recorded_at: datetime) -> dict[str, Any]:
    return {
        "on": ON,
        "test": "single_leg_bridge_hold",
        "left": seconds,
        "right": 41,
        "pain_left": 0,
        "pain_right": 0,
        "recorded_at": recorded_at,
    }


def test_records_without_a_time_are_known_at_any_time() -> None:
    assert _gate_at_noon(_tables()) == "advance"


@pytest.mark.parametrize("recorded_at", [BEFORE_NOON, NOON])
def test_a_worse_test_counts_from_the_moment_it_was_recorded(recorded_at: datetime) -> None:
    tables = _tables()
    tables["tests"].append(_hold(12, recorded_at))

    assert _gate_at_noon(tables) == "stay"


def test_a_worse_test_recorded_later_was_not_known() -> None:
    tables = _tables()
    tables["tests"].append(_hold(12, AFTER_NOON))

    assert _gate_at_noon(tables) == "advance"


def test_a_limp_recorded_later_was_not_known() -> None:
    tables = _tables()
    tables["check_ins"].append({"on": ON, "limp": True, "recorded_at": AFTER_NOON})

    assert _gate_at_noon(tables) == "advance"


def test_a_check_in_recorded_later_leaves_the_day_asking() -> None:
    tables = _tables()
    for row in tables["check_ins"]:
        if row["on"] == ON:
            row["recorded_at"] = AFTER_NOON

    advice = advise(case_from(tables, "case.toml"), ON, known_at=NOON)

    assert advice.gate.action == "stay"
    assert "check_ins.limp" in advice.today.answer_first


def test_a_phase_recorded_later_was_not_entered() -> None:
    tables = _tables()
    tables["phases"].append(
        {"on": ON, "id": "return_to_running", "by": "rule", "recorded_at": AFTER_NOON}
    )

    advice = advise(case_from(tables, "case.toml"), ON, known_at=NOON)

    assert advice.phase is not None
    assert advice.phase.id == "strength"
    assert advice.gate.to == "return_to_running"


def test_a_word_of_a_clinician_recorded_later_was_not_given() -> None:
    tables = _tables()
    tables["overrides"] = [
        {
            "on": ON,
            "by": "Ben, physiotherapist",
            "reason": "Seen today in the practice.",
            "hold_until": date(2026, 10, 27),
            "recorded_at": AFTER_NOON,
        }
    ]

    assert _gate_at_noon(tables) == "advance"
