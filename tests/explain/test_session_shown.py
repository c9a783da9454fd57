"""A session as a list: what is told of an exercise, and of what was logged of it."""

from dataclasses import replace
from typing import Any

from hamstride.explain.session_shown import logged_words, session_shown
from hamstride.plan.amounts import item
from hamstride.plan.model import RunPlan, Session
from made_up_days import library
from made_up_plans import basis, dose

STRAIN = library().protocols["strain"]
ON_A_DAY = basis("strain/strength")
BRIDGE = item(ON_A_DAY, dose("bridge_walkout", sets=3, reps=6, pain_limit_nrs=3))
STEP = STRAIN.phase("return_to_running").steps[0]


def test_an_exercise_is_told_with_its_amount_its_way_and_its_limit() -> None:
    shown = session_shown(Session("strength", (BRIDGE,), None, 20), STRAIN, library())

    (told,) = shown.items
    # exercises.toml, E09, and its avoid codes x1 and x2 among others
    assert (told.exercise, told.name) == ("bridge_walkout", "Bridge walkout")
    assert told.amount == "3 × 6"
    assert told.limit == "Ease an exercise, or leave it out, when it hurts more than 3."
    assert told.how == library().exercises["bridge_walkout"].how
    assert "You feel a sharp or grabbing pain." in told.waits
    assert told.change == ""
    assert (shown.kind, shown.title, shown.minutes, shown.run) == ("strength", "Strength", 20, ())


def test_what_changed_since_last_time_is_said_with_its_reason() -> None:
    less = replace(BRIDGE, reps=4, change="down")

    shown = session_shown(Session("strength", (less,), None, 20), None, library())

    assert shown.items[0].change == "Less than last time: it hurt more than the limit."


def test_a_note_on_when_it_waits_stands_after_the_codes() -> None:
    rolled = item(ON_A_DAY, dose("foam_roll", sets=1, hold_s=60))

    shown = session_shown(Session("mobility", (rolled,), None, 5), STRAIN, library())

    assert shown.items[0].waits[-1] == "Not over a fresh bruise and not on the sit bone."


def test_a_run_is_told_with_its_step_and_when_to_stop() -> None:
    run = RunPlan(
        step="R1", title="", minutes=20, change="first", source=STEP,
        repeats=5, walk_min=3, run_min=1,
    )  # fmt: skip

    shown = session_shown(Session("run", (), run, 30), STRAIN, library())

    assert shown.step == "R1"
    assert shown.run == (
        "5 times: walk 3 min, run 1 min (20 min).",
        "This is where the ladder starts.",
        "Stop when it hurts more as you go, or when your stride changes.",
    )


def test_a_run_without_a_step_is_told_without_one() -> None:
    run = RunPlan(step=None, title="", minutes=24, change="easy", source=STEP, run_min=24)

    shown = session_shown(Session("run", (), run, 34), STRAIN, library())

    assert shown.step == ""
    assert shown.run[0] == "Run easily for 24 min."


def test_what_was_logged_is_told_in_a_line_for_each_exercise() -> None:
    logged: list[dict[str, Any]] = [
        {"exercise": "bridge_walkout", "sets": 3, "reps": 6, "pain": 1, "rpe": 5},
        {"exercise": "calf_stretch", "skipped": True, "note": "no time"},
        {"exercise": "dead_bug", "skipped": True},
        {"exercise": "walk"},
        {"exercise": "of_an_older_library", "hold_s": 20, "load_kg": 2.5},
    ]

    assert logged_words(logged, library()) == (
        "Bridge walkout: 3 sets, 6 repetitions, pain 1, effort 5",
        "Calf stretch: left out (no time)",
        "Dead bug: left out",
        "Walk",
        "of_an_older_library: 20 s held, 2.5 kg",
    )
