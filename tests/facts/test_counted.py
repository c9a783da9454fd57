"""Counted facts: the records that certainly satisfy what the library asks, and those that may."""

from typing import Any

import pytest

from hamstride.facts import Log
from hamstride.facts.counted import FIELDS, RUN_FIELDS
from hamstride.protocols.loading import load
from hamstride.records import Run
from hamstride.vocabulary import Place
from made_up_logs import days_ago, ends, fact, item, log, morning, mornings, result, run, session

LONG = {"longest_continuous_s": 1800, "pain_during": 0}
HILL = {"kind": "hills", "pain_during": 0, "hesitated": False}
FAST = {"kind": "sprints", "top_speed_pct": 100, "pain_during": 0, "hesitated": False}


def _count(fact_id: str, of: Log, within: int | None = None) -> tuple[float | None, float | None]:
    return ends(fact(fact_id, of, within=within))


@pytest.mark.parametrize(
    ("about", "least", "most"),
    [
        (LONG, 1, 1),
        ({**LONG, "longest_continuous_s": 1799}, 0, 0),
        ({**LONG, "pain_during": 1}, 0, 0),
        ({**LONG, "pain_during": None}, 0, 1),
        ({"duration_s": 1900, "pain_during": 0}, 0, 1),  # it may have had a walk break
        ({"duration_s": 1799, "pain_during": 0}, 0, 0),  # too short, whatever its stretches
        ({"pain_during": 0}, 0, 1),
        ({"pain_during": 1}, 0, 0),  # one known "no" is enough
    ],
)
def test_a_run_counts_when_every_condition_is_known_to_hold(
    about: dict[str, Any], least: int, most: int
) -> None:
    assert _count("pain_free_runs_of_30_min", log(run(1, **about))) == (least, most)


def test_two_runs_of_one_day_are_one_and_a_window_ends() -> None:
    of = log(run(1, **LONG), run(1, **LONG), run(14, **LONG), run(15, **LONG))

    assert _count("pain_free_runs_of_30_min", of, within=14) == (2, 2)
    assert _count("pain_free_runs_of_30_min", of) == (3, 3)
    assert fact("pain_free_runs_of_30_min", of, within=13).basis == (
        "runs 2026-11-24T18:00:00+00:00",
        "runs 2026-11-24T19:00:00+00:00",
    )


def test_a_count_that_is_not_certain_asks_for_what_would_make_it_so() -> None:
    found = fact("pain_free_runs_of_30_min", log(run(1, duration_s=1900)))

    assert found.value is None
    assert found.asks == ("runs.longest_continuous_s", "runs.pain_during")


@pytest.mark.parametrize(
    ("about", "least", "most"),
    [
        ({"top_speed_pct": 95, "pain_during": 0, "hesitated": False}, 1, 1),
        ({"top_speed_pct": 94.9, "pain_during": 0, "hesitated": False}, 0, 0),
        ({"kind": "easy", "pain_during": 0, "hesitated": False}, 0, 0),  # by its kind
        ({"kind": "sprints", "pain_during": 0, "hesitated": False}, 0, 1),  # nobody rated it
        ({**FAST, "hesitated": True}, 0, 0),
        ({**FAST, "hesitated": None}, 0, 1),
    ],
)
def test_a_run_near_top_speed_is_one_without_holding_back(
    about: dict[str, Any], least: int, most: int
) -> None:
    assert _count("pain_free_runs_at_95_pct", log(run(1, **about))) == (least, most)


@pytest.mark.parametrize(
    ("fact_id", "about", "least"),
    [
        ("pain_free_full_speed_runs", FAST, 1),
        ("pain_free_full_speed_runs", {**FAST, "top_speed_pct": 99}, 0),
        ("pain_free_hill_sessions", {**HILL, "hesitated": True}, 1),
        ("pain_free_hill_sessions", {**HILL, "kind": "strides"}, 0),
        ("confident_hill_sessions", HILL, 1),
        ("confident_hill_sessions", {**HILL, "hesitated": True}, 0),
    ],
)
def test_fast_and_hilly_sessions_are_counted_apart(
    fact_id: str, about: dict[str, Any], least: int
) -> None:
    assert _count(fact_id, log(run(1, **about))) == (least, least)


@pytest.mark.parametrize(
    ("runs", "least", "most"),
    [
        ("0 0 0", 3, 3),
        ("0 1 0", 1, 1),  # counted back from the latest
        ("0 - 0", 1, 3),
        ("- 0 0", 2, 3),
        ("1", 0, 0),
    ],
)
def test_runs_in_a_row_end_at_the_first_that_does_not_count(
    runs: str, least: int, most: int
) -> None:
    # A run on every second day, and a quiet morning on each.
    made = [
        run(2 * place + 1, pain_during=None if pain == "-" else int(pain), pain_after=0)
        for place, pain in enumerate(reversed(runs.split()))
    ]

    assert _count("silent_runs_in_a_row", log(*mornings("0 " * 9), *made)) == (least, most)


@pytest.mark.parametrize(
    ("runs", "least", "most"),
    [
        ("0 0 0", 3, 3),
        ("1 0 0", 2, 2),
        ("0 0 1", 0, 0),
        ("0 - 0", 1, 3),
        ("", 0, 0),
    ],
)
def test_runs_without_pain_in_a_row_need_no_quiet_morning(runs: str, least: int, most: int) -> None:
    made = [
        run(2 * place + 1, pain_during=None if pain == "-" else int(pain), pain_after=3)
        for place, pain in enumerate(reversed(runs.split()))
    ]

    found = fact("pain_free_runs_in_a_row", log(*mornings("3 " * 9), *made))

    assert ends(found) == (least, most)
    assert found.asks == (("runs.pain_during",) if least < most else ())


@pytest.mark.parametrize(
    ("about", "least", "most"),
    [
        ({"kind": "hills", "pain_during": 2}, 1, 1),
        ({"kind": "strides", "pain_during": 3}, 0, 0),
        ({"kind": "easy", "pain_during": 0}, 0, 0),
        ({"pain_during": 2}, 0, 1),
    ],
)
def test_fast_or_hilly_runs_count_in_the_phase(
    about: dict[str, Any], least: int, most: int
) -> None:
    place = Place("energy_storage", days_ago(10))
    before = run(11, kind="hills", pain_during=0)

    of = log(before, run(10, **about), place=place, protocol="tendon")

    assert _count("gentle_fast_or_hilly_runs", of) == (least, most)


@pytest.mark.parametrize(
    ("pain", "next_morning", "least", "most"),
    [(3, 1, 1, 1), (4, 1, 0, 0), (3, 2, 0, 0), (3, None, 0, 1), (None, 1, 0, 1)],
)
def test_a_load_test_counts_with_its_next_morning(
    pain: int | None, next_morning: int | None, least: int, most: int
) -> None:
    done = result(2, "load_test", left=1, pain_left=pain, pain_right=0)
    of = log(*mornings("1 1 1", last=3), morning(1, pain_morning=next_morning), done)

    assert _count("load_test_days_within_limit", of) == (least, most)


@pytest.mark.parametrize(
    ("sessions", "least", "most"),
    [
        ([[1, 3]], 1, 1),
        ([[1, 4]], 0, 0),
        ([[1, None]], 0, 1),
        ([[]], 0, 1),  # nobody said what was done
        ([[4], [3], [2]], 2, 2),
    ],
)
def test_strength_sessions_in_a_row_stay_within_the_limit(
    sessions: list[list[int | None]], least: int, most: int
) -> None:
    place = Place("isotonic", days_ago(10))
    made = [
        session(2 * ago + 1, *(item("bridge_hold", pain=pain) for pain in pains))
        for ago, pains in enumerate(reversed(sessions))
    ]
    # A lighter day neither counts nor ends the row, and what was skipped did not hurt.
    lighter = session(2, item("walk", pain=9), kind="mobility")
    skipped = session(1, item("bridge_hold", pain=0), item("rdl", pain=9, skipped=True))
    before = session(11, item("rdl", pain=0))

    of = log(*made, lighter, before, place=place)

    fact_id = "strength_sessions_within_limit_in_a_row"
    assert _count(fact_id, of) == (least, most)
    assert _count(fact_id, log(skipped, place=place)) == (1, 1)


@pytest.mark.parametrize(
    ("fact_id", "test", "passed", "failed"),
    [
        ("single_leg_squat_days_passed", "single_leg_squat", {"pain_left": 1}, {"pain_left": 2}),
        (
            "brisk_walk_days_passed",
            "brisk_walk",
            {"left": 30, "pain_left": 0},
            {"left": 29, "pain_left": 0},
        ),
    ],
)
def test_days_on_which_a_test_was_passed_are_counted_once(
    fact_id: str, test: str, passed: dict[str, int], failed: dict[str, int]
) -> None:
    of = log(result(3, test, **passed), result(1, test, **passed), result(5, test, **failed))

    assert _count(fact_id, of) == (2, 2)
    # Of two results on one day the worse decides.
    assert _count(fact_id, log(result(1, test, **passed), result(1, test, **failed))) == (0, 0)
    assert _count(fact_id, log(result(1, test, left=30))) == (0, 1)


@pytest.mark.parametrize(
    ("fact_id", "exercise"),
    [
        ("pain_free_moderate_rides", "bike_moderate"),
        ("pain_free_walks", "walk"),
        ("pain_free_windmills", "single_leg_windmill"),
        ("pain_free_supine_curls", "supine_hamstring_curl"),
        ("pain_free_single_leg_rdls", "single_leg_rdl"),
    ],
)
def test_an_activity_counts_each_time_it_was_logged_with_pain_0(
    fact_id: str, exercise: str
) -> None:
    of = log(
        session(1, item(exercise, pain=0), item(exercise, pain=1), item("dead_bug", pain=0)),
        session(2, item(exercise)),
        session(3, item(exercise, pain=0, skipped=True)),
    )

    assert _count(fact_id, of) == (1, 2)
    assert _count(fact_id, log()) == (0, 0)


# The fields that a condition may name


@pytest.mark.parametrize(
    ("field", "run", "found"),
    [
        ("minutes", run(2, duration_s=90), (1.5, 1.5)),
        ("minutes", run(2), (None, None)),
        ("distance_m", run(2, distance_m=400), (400, 400)),
        ("rise_after_nrs", run(2, pain_before=1, pain_after=3), (2, 2)),
        ("morning_after_nrs", run(2), (3, 3)),
        ("morning_after_nrs", run(0), (0, 10)),
        ("morning_after_over_usual_nrs", run(2), (3, 3)),
        ("morning_after_over_usual_nrs", run(0), (None, None)),
        ("got_worse", run(2, pain_trend="worse"), (True, True)),
        ("sharp", run(2, pain_during=0), (False, False)),
        ("stopped_early", run(2), (False, False)),  # nobody says that it was not
        ("kind", run(2, kind="easy"), ("easy", "easy")),
        ("step", run(2, step="R3"), ("R3", "R3")),
        ("treadmill", run(2, treadmill=True), (True, True)),
        ("is_fast_or_hilly", run(2), (None, None)),
    ],
)
def test_a_field_of_a_run_is_its_least_and_its_most(
    field: str, run: Run, found: tuple[Any, Any]
) -> None:
    assert RUN_FIELDS[field](log(morning(1, pain_morning=3)), run) == found


def test_fields_of_tests_sessions_and_items_are_their_least_and_their_most() -> None:
    of = log(morning(1, pain_morning=3))
    steady = result(2, "single_leg_squat", left=8, right=9, steady=True)
    lifted = item("rdl", sets=3, reps=8, load_kg=10.0, minutes=5.0)

    found = {
        table: {name: field(of, record) for name, field in FIELDS[table].items()}
        for table, record in (
            ("tests", steady),
            ("sessions", session(2, lifted)),
            ("items", (days_ago(2), lifted)),
        )
    }

    assert found == {
        "tests": {
            "value": (8, 8),
            "pain_injured_nrs": (0, 10),
            "pain_worst_nrs": (0, 10),
            "morning_after_over_usual_nrs": (3, 3),
            "steady": (True, True),
        },
        "sessions": {
            "kind": ("strength", "strength"),
            "pain_worst_nrs": (0, 10),
            "morning_after_over_usual_nrs": (3, 3),
        },
        "items": {
            "exercise": ("rdl", "rdl"),
            "pain_nrs": (0, 10),
            "sets": (3, 3),
            "reps": (8, 8),
            "load_kg": (10.0, 10.0),
            "minutes": (5.0, 5.0),
        },
    }


def test_every_count_of_the_library_is_tried_here_by_name() -> None:
    with open(__file__, encoding="utf-8") as here:
        text = here.read()

    assert [name for name in load().declared.counts if f'"{name}"' not in text] == []
