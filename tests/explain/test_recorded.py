"""Records in words."""

from dataclasses import fields
from typing import Any, get_args

import pytest

from hamstride.explain.recorded import (
    RUNS,
    SESSIONS,
    TITLES,
    phase_titles,
    record_rows,
    record_title,
)
from hamstride.protocols.loading import load
from hamstride.records import CheckIn
from hamstride.records.answers import RunKind, SessionKind

LIBRARY = load()


def rows(table: str, **body: Any) -> list[tuple[str, str]]:
    return record_rows(table, body, LIBRARY)


def title(table: str, **body: Any) -> str:
    return record_title(table, body, LIBRARY)


def test_zero_is_told_and_what_was_not_answered_is_not() -> None:
    assert rows("check_ins", on="2026-11-25", pain_morning=0, limp=False) == [
        ("Pain on the first steps", "0 of 10"),
        ("A limp", "no"),
    ]


def test_every_answer_of_a_check_in_has_its_words() -> None:
    answers = {
        "pain_morning": 1, "pain_rest": 1, "pain_walking": 1, "limp": True, "bears_weight": True,
        "stiff_min": 5, "new_bruise": True, "new_symptoms": True, "sleep_h": 7.5, "fatigue": 1,
        "readiness": 1, "protein": True, "hydrated": True,
    }  # fmt: skip
    assert answers.keys() == {each.name for each in fields(CheckIn)} - {
        "on", "note", "recorded_at",
    }  # fmt: skip

    found = dict(record_rows("check_ins", answers, LIBRARY))

    assert len(found) == len(answers)
    assert found["Sleep"] == "7.5 h"
    assert found["Stiff for"] == "5 min"


def test_a_run_is_told_in_people_units() -> None:
    found = rows(
        "runs", start="2026-11-25T18:00:00+00:00", kind="walk_run", distance_m=3100,
        duration_s=1500, pain_during=1, pain_trend="eased", sharp=False,
    )  # fmt: skip

    assert found == [
        ("Kind", "Walk-run"),
        ("Distance", "3.10 km"),
        ("Time", "25:00"),
        ("Pain during, at its worst", "1 of 10"),
        ("As the run went on, pain", "eased as you went"),
        ("A sharp or grabbing pain", "no"),
    ]


def test_every_kind_of_run_and_session_has_a_name() -> None:
    assert RUNS.keys() == set(get_args(RunKind))
    assert SESSIONS.keys() == set(get_args(SessionKind))


def test_a_test_is_told_side_by_side_with_its_pain() -> None:
    found = rows("tests", test="single_leg_squat", left=6, right=10, pain_left=2, steady=False)

    assert found == [
        ("Left", "6 repetitions, pain 2 of 10"),
        ("Right", "10 repetitions"),
        ("Steady", "no"),
    ]
    assert rows("tests", test="brisk_walk", left=30, pain_left=0) == [
        ("Result", "30 min, pain 0 of 10")
    ]
    assert rows("tests", test="puranen_orava", pain_right=3) == [("Right", "pain 3 of 10")]


def test_a_test_of_another_version_is_told_by_its_id() -> None:
    assert title("tests", test="of_another_time") == "of_another_time"
    assert rows("tests", test="of_another_time", left=3) == [("Left", "3")]


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (
            {"sets": 3, "reps": 8, "load_kg": 8, "pain": 0, "rpe": 6},
            "3 × 8, 8 kg, pain 0, effort 6",
        ),
        ({"sets": 5, "hold_s": 30, "load_kg": 0}, "5 × 30 s"),
        ({"reps": 8}, "8"),
        ({"sets": 3}, "3 sets"),
        ({"minutes": 10, "note": "in the park"}, "10 min, in the park"),
        ({}, "done"),
        ({"sets": 3, "skipped": True}, "left out"),
    ],
)
def test_an_exercise_is_told_with_its_amount(item: dict[str, Any], said: str) -> None:
    (row,) = rows("sessions", kind="strength", items=[{"exercise": "single_leg_rdl", **item}])

    assert row == (LIBRARY.exercises["single_leg_rdl"].name, said)


def test_an_exercise_of_another_version_is_told_by_its_id() -> None:
    assert rows("sessions", kind="strength", minutes=20, items=[{"exercise": "of_old"}]) == [
        ("Time", "20 min"),
        ("of_old", "done"),
    ]


def test_red_flags_are_told_by_what_was_answered() -> None:
    dark = LIBRARY.questions["dark_urine"].ask

    assert rows("screenings", all_clear=True) == [("Every question", "no")]
    assert rows("screenings", dark_urine=True, lump_or_weight_loss=False) == [
        (dark, "yes"),
        ("Other questions", "no, 1 of them"),
    ]
    assert rows("screenings", dark_urine=True) == [(dark, "yes")]


def test_a_phase_is_told_with_who_said_so() -> None:
    assert title("phases", id="strength") == f"Entered “{phase_titles(LIBRARY)['strength']}”"
    assert title("phases", id="of_old") == "Entered “of_old”"
    assert rows("phases", id="strength", by="rule") == [("Because", "its checks were met")]
    assert rows("phases", id="strength", by="rule", reason="Gate met.") == [
        ("Because", "Gate met.")
    ]
    assert rows("phases", id="strength") == []


def test_a_clinicians_word_is_told() -> None:
    found = rows("overrides", by="Ben", reason="Seen in the practice.", advance_to="strength")

    assert found == [
        ("Who", "Ben"),
        ("Why", "Seen in the practice."),
        ("Go on to", phase_titles(LIBRARY)["strength"]),
    ]
    held = rows("overrides", hold_until="2026-11-28", clear_red_flags=True)
    assert held[0] == ("Stay here until", "Sat 28 November 2026")


def test_every_kind_of_record_has_a_title() -> None:
    assert title("check_ins") == "Check-in"
    assert title("sessions", kind="warm_up") == "Warm-up"
    assert title("runs", kind="hills") == "Hills"
    assert title("runs") == "A run"
    assert title("screenings") == "Red-flag questions"
    assert title("overrides") == "What a clinician said"
    assert TITLES.keys() == {
        "check_ins", "runs", "tests", "sessions", "screenings", "phases", "overrides",
    }  # fmt: skip
