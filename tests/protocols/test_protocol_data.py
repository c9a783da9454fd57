"""The eight protocols beside `strain`: phases, gates, ladders and rules, typed by hand.

Expected figures come from the five articles and from the pages they are restated in
(requirements S0 to S4); those of our own protocols from the clinical evidence, B3.9 and B3.10.
"""

import pytest

from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import Criterion, Dose, Phase

ARTICLES = {
    "steady_state",
    "recurring",
    "three_questions",
    "run_with_strain",
    "without_reinjury",
}
OURS = ("tendon", "niggle", "maintenance")

RUNNING = {
    "steady_state": {"calm": "none", "strengthen": "continuous", "speed": "speed"},
    "recurring": {"settle": "continuous", "build": "speed"},
    "three_questions": {"adjust": "continuous", "prevent": "speed"},
    "run_with_strain": {"protect": "none", "rebuild": "none", "run": "continuous"},
    "without_reinjury": {
        "early_recovery": "none",
        "dynamic": "none",
        "running": "walk_run",
        "speed_and_hills": "speed",
    },
    "tendon": {
        "isometric": "continuous",
        "isotonic": "continuous",
        "deep_flexion": "continuous",
        "energy_storage": "speed",
    },
    "niggle": {"adjust": "continuous"},
    "maintenance": {"keep": "speed"},
}

# Fact, operator, constant, days of the window. "Pain-free" is 0 in an article.
GATES: dict[tuple[str, str], set[tuple[str, str, object, int | None]]] = {
    ("run_with_strain", "protect"): {  # S3-57
        ("pain_walking_nrs", "equals", 0, 2),
        ("standing_hamstring_curl_pain_injured_nrs", "equals", 0, 7),
    },
    ("run_with_strain", "rebuild"): {  # S3-64: each of the five activities
        ("pain_free_moderate_rides", "at_least", 1, 14),
        ("pain_free_walks", "at_least", 1, 14),
        ("pain_free_windmills", "at_least", 1, 14),
        ("pain_free_supine_curls", "at_least", 1, 14),
        ("pain_free_single_leg_rdls", "at_least", 1, 14),
    },
    ("without_reinjury", "early_recovery"): {  # S4-12
        ("single_leg_bridge_hold_injured_s", "at_least", 30, 14),
        ("single_leg_bridge_hold_pain_injured_nrs", "equals", 0, 14),
    },
    ("without_reinjury", "dynamic"): {  # S4-20
        ("hop_in_place_worse_side_s", "at_least", 30, 14),
        ("hop_in_place_pain_worst_nrs", "equals", 0, 14),
    },
    ("without_reinjury", "running"): {  # S4-35
        ("pain_free_runs_of_30_min", "at_least", 1, 14),
    },
    ("without_reinjury", "speed_and_hills"): {  # S4-41
        ("pain_free_full_speed_runs", "at_least", 1, 21),
        ("confident_hill_sessions", "at_least", 1, 21),
    },
    ("tendon", "isometric"): {  # B3.9: at most 3 of 10, settled within 24 hours
        ("load_test_days_within_limit", "at_least", 2, 14),
        ("strength_sessions_within_limit_in_a_row", "at_least", 2, None),
    },
    ("tendon", "isotonic"): {
        ("days_in_phase", "at_least", 14, None),
        ("load_test_days_within_limit", "at_least", 2, 14),
        ("strength_sessions_within_limit_in_a_row", "at_least", 2, None),
    },
    ("tendon", "deep_flexion"): {  # B4.2 G4: 85 % of the other side before speed
        ("days_in_phase", "at_least", 14, None),
        ("load_test_days_within_limit", "at_least", 2, 14),
        ("strength_sessions_within_limit_in_a_row", "at_least", 2, None),
        ("single_leg_bridge_reps_symmetry_pct", "at_least", 85, 21),
    },
    ("tendon", "energy_storage"): {
        ("gentle_fast_or_hilly_runs", "at_least", 2, None),
    },
    ("niggle", "adjust"): {  # S2-12 three times, S0-11
        ("silent_runs_in_a_row", "at_least", 3, None),
        ("single_leg_bridge_hold_injured_s", "at_least", 30, 21),
        ("single_leg_bridge_hold_pain_injured_nrs", "at_most", 1, 21),
    },
}

# What a protocol adds to the rows that hold in every one, and in all of ours.
TODAY: dict[tuple[str, str], set[tuple[str, str, object, int | None]]] = {
    ("steady_state", "rest_if"): set(),  # the day of rest after a worse run holds always
    ("steady_state", "modify_if"): {
        ("last_run_got_worse", "equals", True, 400),  # S0-07: until a better run
        ("last_run_rise_nrs", "at_least", 2, 2),  # S0-04
    },
    ("recurring", "rest_if"): set(),
    ("recurring", "modify_if"): {
        ("last_run_sharp", "equals", True, 2),  # S1-40
        ("last_run_rise_nrs", "at_least", 2, 2),  # S1-51
        ("last_speed_session_pain_nrs", "at_least", 1, 2),  # S1-12
        ("speed_session", "equals", True, 1),  # S1-42
    },
    ("three_questions", "rest_if"): {
        ("limp", "equals", True, 0),  # S2-07
        ("last_run_limped", "equals", True, 2),
        ("last_run_form_changed", "equals", True, 2),
        ("last_run_rise_nrs", "at_least", 2, 1),  # S2-06
    },
    ("three_questions", "modify_if"): set(),
    ("run_with_strain", "rest_if"): {
        ("last_run_pain_nrs", "at_least", 1, 2),  # S3-66
        ("last_run_rise_nrs", "at_least", 3, 2),  # S3-44
    },
    ("run_with_strain", "modify_if"): set(),
    ("without_reinjury", "rest_if"): set(),
    ("without_reinjury", "modify_if"): {("fatigue", "at_least", 8, 0)},  # S4-45
    ("tendon", "rest_if"): {("unsettled_after_run", "equals", True, None)},  # B3.10
    ("tendon", "modify_if"): {("pain_morning_week_change_nrs", "at_least", 1, None)},
    ("niggle", "rest_if"): set(),
    ("niggle", "modify_if"): {("pain_morning_week_change_nrs", "at_least", 1, None)},
    ("maintenance", "rest_if"): set(),
    ("maintenance", "modify_if"): set(),
}


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


def comparisons(criteria: tuple[Criterion, ...]) -> set[tuple[str, str, object, int | None]]:
    return {
        (each.fact, each.operator, each.constant, each.within_days)
        for criterion in criteria
        for each in criterion.all
    }


def dose(phase: Phase, exercise: str) -> Dose:
    return next(each for each in phase.doses if each.exercise == exercise)


@pytest.mark.parametrize("protocol_id", RUNNING)
def test_a_protocol_has_its_phases_in_order_each_with_its_running(
    library: Library, protocol_id: str
) -> None:
    phases = library.protocols[protocol_id].phases

    assert [(each.id, each.running) for each in phases] == list(RUNNING[protocol_id].items())


def test_there_are_nine_protocols_and_four_are_ours(library: Library) -> None:
    assert set(library.protocols) == {"strain", *ARTICLES, *OURS}
    assert {each.id for each in library.protocols.values() if each.ours} == {"strain", *OURS}


@pytest.mark.parametrize(("protocol_id", "phase_id"), GATES)
def test_a_gate_compares_with_the_constants_of_its_source(
    library: Library, protocol_id: str, phase_id: str
) -> None:
    phase = library.protocols[protocol_id].phase(phase_id)

    assert comparisons(phase.advance_when) == GATES[protocol_id, phase_id]


@pytest.mark.parametrize(("protocol_id", "action"), TODAY)
def test_a_protocol_adds_its_own_rows_to_a_day(
    library: Library, protocol_id: str, action: str
) -> None:
    protocol = library.protocols[protocol_id]
    added = tuple(row for lists in (protocol, *protocol.phases) for row in getattr(lists, action))

    assert comparisons(added) == TODAY[protocol_id, action]


@pytest.mark.parametrize(
    ("protocol_id", "action", "ids"),
    [
        (
            "three_questions",
            "rest_if",
            {"changed_walk_today", "changed_gait_in_last_run", "changed_form_in_last_run"},
        ),
        ("tendon", "mention_if", {"worse_for_7_days", "three_rests_for_pain"}),
        ("niggle", "mention_if", {"worse_for_7_days", "three_rests_for_pain"}),
    ],
)
def test_these_rows_carry_a_word_to_see_a_clinician(
    library: Library, protocol_id: str, action: str, ids: set[str]
) -> None:
    rows = getattr(library.protocols[protocol_id], action)

    assert {row.id for row in rows if row.urgency == "routine"} == ids


def test_where_an_article_names_no_exit_a_person_moves_on_and_the_page_says_so(
    library: Library,
) -> None:
    manual = {
        (protocol.id, phase.id)
        for protocol in library.protocols.values()
        for phase in protocol.phases
        if phase.exit == "manual"
    }
    silent = {
        (protocol.id, phase.id)
        for protocol in library.protocols.values()
        for phase in protocol.phases
        if any(each.id == "article_is_silent" for each in phase.advice)
    }

    assert manual == {
        ("steady_state", "calm"),
        ("steady_state", "strengthen"),
        ("steady_state", "speed"),
        ("recurring", "settle"),
        ("recurring", "build"),
        ("three_questions", "adjust"),
        ("run_with_strain", "run"),
    }
    assert silent == manual


def test_only_phases_of_watching_are_last(library: Library) -> None:
    last = {
        (protocol.id, phase.id)
        for protocol in library.protocols.values()
        for phase in protocol.phases
        if phase.last
    }

    assert last == {
        ("strain", "maintenance"),
        ("maintenance", "keep"),
        ("three_questions", "prevent"),
    }


@pytest.mark.parametrize("protocol_id", ["tendon", "niggle", "without_reinjury"])
def test_the_final_gate_leads_to_maintenance(library: Library, protocol_id: str) -> None:
    assert library.protocols[protocol_id].phases[-1].leads_to == "maintenance"


# Article S4


def test_the_table_of_three_weeks_has_the_nine_sessions_of_the_article(library: Library) -> None:
    steps = library.protocols["without_reinjury"].phase("running").steps

    assert [each.id for each in steps] == [
        "W1S1", "W1S2", "W1S3", "W2S1", "W2S2", "W2S3", "W3S1", "W3S2", "W3S3",
    ]  # fmt: skip
    assert [(each.repeats, each.walk_min, each.run_min) for each in steps] == [
        (5, 3, 1),
        (5, 2, 2),
        (5, 1, 3),
        (5, 1, 4),
        (1, 0, 15),
        (1, 0, 20),
        (1, 0, 20),
        (1, 0, 25),
        (1, 0, 30),
    ]
    assert [each.running_min for each in steps] == [5, 10, 15, 20, 15, 20, 20, 25, 30]
    assert [each.total_min for each in steps] == [20, 20, 20, 25, 15, 20, 20, 25, 30]
    assert [each.asks for each in steps] == [(f"S4-{number}",) for number in range(25, 34)]


def test_speed_comes_back_as_strides_then_hills_then_sprints_from_70_percent(
    library: Library,
) -> None:
    steps = library.protocols["without_reinjury"].phase("speed_and_hills").steps

    assert [(each.repeats, each.run_m, each.effort_pct) for each in steps[:2]] == [
        (4, 50, 60),
        (6, 50, 60),
    ]
    assert [each.uphill for each in steps] == [False, False, True, False, False, False, False]
    assert [each.effort_pct for each in steps[3:]] == [70, 80, 90, 100]


def test_the_ladder_starts_at_the_first_session_of_the_table(library: Library) -> None:
    ladder = library.protocols["without_reinjury"].ladder

    assert ladder is not None
    assert (ladder.start_at, ladder.clean_needed) == ("W1S1", 1)


def test_the_bridge_is_held_for_30_seconds_and_there_are_three_runs_a_week(
    library: Library,
) -> None:
    protocol = library.protocols["without_reinjury"]

    assert dose(protocol.phase("early_recovery"), "bridge_hold").hold_s == 30  # S4-09
    week = protocol.phase("running").week
    assert week is not None
    assert week.runs == 3  # S4-34


# Articles S0 to S3: lines of Today of their own


def test_s1_has_two_to_three_hamstring_and_mobility_days(library: Library) -> None:
    weeks = [phase.week for phase in library.protocols["recurring"].phases]

    found = [(week.hamstring_days, week.mobility_days) for week in weeks if week]

    assert found == [(2, 3), (3, 3)]  # S1-31


def test_s2_shows_the_three_silent_windows_and_never_decides_a_gate_by_them(
    library: Library,
) -> None:
    for phase in library.protocols["three_questions"].phases:
        assert comparisons(phase.recommend) == {("last_run_not_silent", "equals", False, None)}
        assert not phase.advance_when


# Ours


def test_still_holds_of_a_tendon_are_five_of_45_seconds_twice_a_day(library: Library) -> None:
    phase = library.protocols["tendon"].phase("isometric")

    hold = dose(phase, "long_lever_bridge_hold")

    assert (hold.sets, hold.hold_s, hold.rest_s, hold.times_per_day) == (5, 45, 120, 2)  # B3.9


def test_a_tendon_meets_no_long_hamstring_stretch(library: Library) -> None:
    exercises = {
        each.exercise for phase in library.protocols["tendon"].phases for each in phase.doses
    }

    assert "static_hamstring_stretch" not in exercises


def test_from_day_61_of_maintenance_a_check_in_of_the_week_will_do(library: Library) -> None:
    phase = library.protocols["maintenance"].phase("keep")

    assert phase.grace is not None
    # The last 7 days are today and the 6 before.
    assert (phase.grace.from_day, phase.grace.within_days) == (61, 6)
    assert {"watch_days_0_to_14", "watch_days_15_to_60", "watch_to_12_months"} <= {
        each.id for each in phase.advice
    }
    assert dose(phase, "sprint_maintenance").days_per_week == 1
