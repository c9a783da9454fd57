"""The example of the documentation, whole."""

import json
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from hamstride.casefile import parse_case, read_case, to_json, to_toml
from hamstride.records import (
    Case,
    CheckIn,
    Episode,
    Override,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

ANA = Path(__file__).parent / "ana.toml"

EXPECTED = Case(
    runner=Runner(name="Ana", born=1991, timezone="Europe/Lisbon", mass_kg=58.0, height_m=1.68),
    episode=Episode(
        started_on=date(2026, 10, 1),
        side="left",
        site="mid_thigh",
        onset="sudden",
        mechanism="sprinting",
        popped=False,
        bruise="none",
        had_to_stop=True,
        quality="sharp",
        sitting_hurts=False,
        days_to_pain_free_walk=1,
        previous_strains=1,
        previous_strains_12_months=0,
        previous_strain_ended_on=date(2025, 5, 4),
        previous_strain_reached_speed=True,
        clinician_grade=1,
        protocol="strain",
        race_on=date(2027, 4, 18),
        goal="A half marathon in April",
    ),
    screenings=(Screening(on=date(2026, 10, 2), all_clear=True),),
    check_ins=(
        CheckIn(
            on=date(2026, 10, 20),
            pain_morning=1,
            pain_rest=0,
            pain_walking=0,
            limp=False,
            bears_weight=True,
            stiff_min=5.0,
            new_bruise=False,
            new_symptoms=False,
            sleep_h=7.5,
            fatigue=3,
            readiness=8,
            protein=True,
            hydrated=True,
            note="Felt it on the stairs.",
        ),
    ),
    runs=(
        Run(
            start=datetime(2026, 10, 19, 18, 0, tzinfo=timezone(timedelta(hours=1))),
            file="activities/18237.fit",
            kind="walk_run",
            treadmill=False,
            duration_s=1500.0,
            distance_m=3100.0,
            ascent_m=12.0,
            longest_continuous_s=240.0,
            top_speed_pct=60.0,
            rpe=3,
            pain_before=0,
            pain_during=1,
            pain_after=0,
            pain_trend="eased",
            limped=False,
            form_changed=False,
            stopped_early=False,
            hesitated=False,
            sharp=False,
            step="R3",
            shoes="Blue 8 mm",
        ),
    ),
    tests=(
        TestResult(
            on=date(2026, 10, 18),
            test="single_leg_bridge_hold",
            left=24.0,
            right=41.0,
            pain_left=1,
            pain_right=0,
        ),
    ),
    sessions=(
        Session(
            on=date(2026, 10, 18),
            kind="strength",
            items=(
                SessionItem(exercise="bridge_walkout", sets=3, reps=6, load_kg=0.0, pain=1, rpe=5),
                SessionItem(exercise="long_lever_bridge_hold", sets=5, hold_s=30.0, pain=2),
            ),
        ),
    ),
    phases=(PhaseEntry(on=date(2026, 10, 12), id="strength", by="rule", reason="Gate met."),),
    overrides=(
        Override(
            on=date(2026, 10, 21),
            by="Ben, physiotherapist",
            reason="Seen today; hop test not needed, runs on grass only.",
            advance_to="return_to_running",
        ),
    ),
)


def test_the_example_of_the_documentation_is_read_whole() -> None:
    case = read_case(ANA)

    assert case == EXPECTED


def test_the_example_is_the_same_case_as_json() -> None:
    text = to_json(read_case(ANA))

    assert json.loads(text)["runs"][0]["start"] == "2026-10-19T18:00:00+01:00"
    assert parse_case(text, file="ana.json") == EXPECTED


def test_the_example_comes_back_from_the_toml_that_is_written() -> None:
    assert parse_case(to_toml(EXPECTED), file="ana.toml") == EXPECTED


def test_the_order_of_the_keys_is_that_of_the_documentation() -> None:
    def keys(text: str) -> list[str]:
        lines = (line.split("#")[0].strip() for line in text.splitlines())
        return [line.split(" =")[0].strip() for line in lines if line and line[0] not in "{]"]

    assert keys(to_toml(EXPECTED)) == keys(ANA.read_text(encoding="utf-8"))
