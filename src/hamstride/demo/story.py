"""Ana's story: what she answered each morning, what she tested and trained, and when she moved on.

She is made up. Her figures were chosen so that each kind of day comes up once or more.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from hamstride.demo.runs import TIMEZONE, outings
from hamstride.records import (
    Case,
    CheckIn,
    Episode,
    PhaseEntry,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

ONSET = date(2026, 8, 29)
LAST_DAY = date(2026, 11, 20)


def days() -> tuple[tuple[date, str], ...]:
    """Five days of Ana's comeback worth showing, each with a line on where she stands."""
    return (
        (date(2026, 8, 31), "Two days after it went"),
        (date(2026, 9, 22), "The day the leg passed its last test"),
        (date(2026, 9, 29), "A walk-run day, five weeks in"),
        (date(2026, 10, 4), "The morning after a run that hurt"),
        (date(2026, 10, 24), "A run was due, after five hours of sleep"),
    )


def case() -> Case:
    """Everything that Ana recorded."""
    return Case(
        runner=Runner(name="Ana", born=1991, timezone=TIMEZONE, mass_kg=58.0, height_m=1.68),
        episode=_episode(),
        screenings=(
            Screening(on=ONSET, all_clear=True),
            Screening(on=_day(3), all_clear=True),
        ),
        check_ins=tuple(_check_ins()),
        runs=tuple(outing.run for outing in outings()),
        tests=_tests(),
        sessions=tuple(_sessions()),
        phases=(
            PhaseEntry(on=_day(6), id="strength", by="rule", reason="Gate met."),
            PhaseEntry(on=_day(25), id="return_to_running", by="rule", reason="Gate met."),
            PhaseEntry(on=date(2026, 11, 1), id="speed_and_hills", by="rule", reason="Gate met."),
        ),
    )


def _day(number: int) -> date:
    """So many days after it went."""
    return ONSET + timedelta(days=number)


def _episode() -> Episode:
    return Episode(
        started_on=ONSET,
        side="left",
        site="mid_thigh",
        onset="sudden",
        mechanism="sprinting",
        popped=False,
        bruise="none",
        had_to_stop=True,
        quality="sharp",
        sitting_hurts=False,
        days_to_pain_free_walk=3,
        previous_strains=1,
        previous_strains_12_months=0,
        previous_strain_ended_on=date(2025, 5, 4),
        previous_strain_reached_speed=True,
        protocol="strain",
        race_on=date(2027, 4, 18),
        goal="A half marathon in April",
    )


# Mornings

# (first steps, at rest, walking); on every other morning nothing hurt.
_SORE = {
    _day(1): (4, 2, 3),
    _day(2): (3, 1, 2),
    _day(3): (2, 0, 0),
    _day(4): (2, 0, 0),
    _day(5): (1, 0, 0),
    _day(6): (1, 0, 0),
    _day(7): (1, 0, 0),
    _day(8): (1, 0, 0),
    _day(11): (1, 0, 0),
    date(2026, 10, 4): (2, 0, 0),
    date(2026, 10, 5): (1, 0, 0),
    date(2026, 10, 15): (3, 0, 1),
    date(2026, 10, 16): (1, 0, 0),
}
_NOTES = {
    _day(1): "Stiff and careful on the stairs.",
    _day(10): "First tests today. The bridge shakes on the left.",
    date(2026, 9, 22): "Hopped on both legs without thinking about it.",
    date(2026, 9, 29): "Thunder all evening. The run waits until tomorrow.",
    date(2026, 10, 15): "Six hours in the car yesterday; first steps were stiff.",
    date(2026, 10, 24): "The neighbours had a party. I run tomorrow instead.",
    date(2026, 11, 4): "The first strides felt like flying.",
}
_SHORT_NIGHT = date(2026, 10, 24)
_SLEEP_H = (7.5, 7.0, 7.5, 8.0, 7.0, 8.5, 8.0)  # Monday to Sunday
_FATIGUE = (3, 3, 2, 3, 4, 2, 2)


def _check_ins() -> Iterator[CheckIn]:
    for number in range(1, (LAST_DAY - ONSET).days + 1):
        on = _day(number)
        morning, rest, walking = _SORE.get(on, (0, 0, 0))
        short = on == _SHORT_NIGHT
        yield CheckIn(
            on=on,
            pain_morning=morning,
            pain_rest=rest,
            pain_walking=walking,
            limp=number == 1,
            bears_weight=True,
            stiff_min=5.0 * morning,
            new_bruise=False,
            new_symptoms=False,
            sleep_h=5.0 if short else _SLEEP_H[on.weekday()],
            fatigue=6 if short else _FATIGUE[on.weekday()],
            readiness=min(9, 3 + number // 12),
            protein=True,
            hydrated=True,
            note=_NOTES.get(on),
        )


# Tests


def _sided(on: date, test: str, *, left: float, right: float, pain: int = 0) -> TestResult:
    """A test of both legs that did not hurt on the right."""
    return TestResult(on=on, test=test, left=left, right=right, pain_left=pain, pain_right=0)


def _tests() -> tuple[TestResult, ...]:
    first, second, third = _day(10), _day(17), _day(24)
    midway, gate, again = date(2026, 10, 14), date(2026, 10, 28), date(2026, 11, 11)
    squat = "single_leg_squat"
    return (
        _sided(_day(5), "standing_hamstring_curl", left=10, right=12),
        replace(_sided(first, squat, left=6, right=10, pain=2), steady=False),
        _sided(first, "single_leg_bridge_hold", left=18, right=41, pain=2),
        _sided(first, "side_plank", left=38, right=40),
        TestResult(on=first, test="front_plank", left=50, pain_left=0),
        _sided(first, "knee_to_wall", left=10, right=10.5),
        replace(_sided(second, squat, left=8, right=10, pain=1), steady=True),
        _sided(second, "single_leg_bridge_hold", left=26, right=42, pain=1),
        TestResult(on=_day(23), test="brisk_walk", left=30, pain_left=0),
        replace(_sided(third, squat, left=10, right=10), steady=True),
        _sided(third, "single_leg_bridge_hold", left=34, right=43),
        _sided(third, "hop_in_place", left=30, right=30, pain=1),
        _sided(midway, "single_leg_bridge_reps", left=13, right=17),
        _sided(midway, "active_knee_extension", left=16, right=10),
        _sided(gate, "single_leg_bridge_reps", left=18, right=20),
        _sided(gate, "active_knee_extension", left=14, right=10),
        _sided(again, "single_leg_bridge_reps", left=20, right=21),
        _sided(again, "active_knee_extension", left=12, right=10),
    )


# Training beside running

_GENTLE = (
    SessionItem(exercise="heel_dig_90", sets=5, hold_s=10, pain=1, rpe=3),
    SessionItem(exercise="dead_bug", sets=3, reps=6, pain=0, rpe=3),
    SessionItem(exercise="walk", minutes=10, pain=1, rpe=2),
)
_FIRST_STRENGTH = (
    SessionItem(exercise="bridge_walkout", sets=3, reps=6, pain=1, rpe=5),
    SessionItem(exercise="single_leg_bridge", sets=3, hold_s=20, pain=1, rpe=6),
    SessionItem(exercise="bodyweight_rdl", sets=3, reps=10, pain=0, rpe=5),
    SessionItem(exercise="dead_bug", sets=3, reps=8, pain=0, rpe=4),
)
_STRENGTH_BESIDE_RUNS = (
    SessionItem(exercise="hamstring_slider", sets=3, reps=8, pain=0, rpe=6),
    SessionItem(exercise="single_leg_rdl", sets=3, reps=8, load_kg=8, pain=0, rpe=6),
    SessionItem(exercise="side_plank", sets=3, hold_s=30, pain=0, rpe=5),
)
_WARM_UP = (SessionItem(exercise="pre_run_warm_up", minutes=8, pain=0, rpe=2),)
_STRENGTH_DAYS = (0, 2, 4)  # Monday, Wednesday, Friday


def _sessions() -> Iterator[Session]:
    """Gentle tension at first, then strength three days a week around the runs.

    She trains no strength on the day of a run, on the eve of fast running, or two days after
    the run that hurt.
    """
    runs = {outing.run.start.date(): outing.run for outing in outings()}
    for number in range(2, (LAST_DAY - ONSET).days + 1):
        on = _day(number)
        tomorrow = runs.get(_day(number + 1))
        eve_of_speed = tomorrow is not None and tomorrow.kind == "strides"
        if on in runs:
            yield Session(on=on, kind="warm_up", items=_WARM_UP, minutes=8)
        elif number < 6:
            yield Session(on=on, kind="strength", items=_GENTLE, minutes=20)
        elif on.weekday() in _STRENGTH_DAYS and not eve_of_speed and on != date(2026, 10, 5):
            items = _FIRST_STRENGTH if number < 25 else _STRENGTH_BESIDE_RUNS
            yield Session(on=on, kind="strength", items=items, minutes=30)
