"""The library beside the protocols: sources, exercises, tests, red-flag questions, wording.

Expected figures are typed by hand from the exercise catalogue and the wording table of the
clinical evidence (B8, B11), and from the tables of the runner's file.
"""

import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from hamstride.protocols import loading
from hamstride.protocols.shelf import Avoided, Exercise
from hamstride.records import RED_FLAG_KEYS


def table(name: str) -> dict[str, Any]:
    place = files("hamstride.protocols") / "library" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))


SOURCES = {
    each.id: each for each in loading.SourcesFile.model_validate(table("sources.toml")).sources
}
_EXERCISES_FILE = loading.ExercisesFile.model_validate(table("exercises.toml"))
EXERCISES = {each.id: each for each in _EXERCISES_FILE.exercises}
AVOID_CODES = {each.id: each for each in _EXERCISES_FILE.avoid_codes}
TESTS = {each.id: each for each in loading.TestsFile.model_validate(table("tests.toml")).tests}
QUESTIONS = loading.ScreeningFile.model_validate(table("screening.toml")).questions
AVOIDED = [Avoided.model_validate(row) for row in table("wording.toml")["avoid"]]

# The ids that protocols, facts and the made-up runner name, with their rows in B8.
FIXED = {
    "heel_dig_90": "E01", "heel_dig_60": "E02", "heel_dig_30": "E03",
    "long_lever_bridge_hold": "E04", "bridge_hold": "E06", "glute_bridge": "E07",
    "bridge_walkout": "E08", "single_leg_bridge": "E09", "box_single_leg_bridge": "E11",
    "bike_easy": "E12", "bike_moderate": "E13", "walk": "E14", "pool_run": "E15",
    "single_leg_balance": "E16", "dead_bug": "E17", "front_plank": "E18", "side_plank": "E19",
    "standing_hamstring_curl": "E22", "sciatic_slider": "E25", "bodyweight_rdl": "E26",
    "rdl": "E27", "conventional_deadlift": "E28", "single_leg_rdl": "E29",
    "hamstring_slider": "E31", "slider_single_leg": "E32", "supine_hamstring_curl": "E33",
    "nordic_assisted": "E34", "nordic_full": "E35", "single_leg_windmill": "E41",
    "single_leg_squat": "E45", "hip_abduction": "E56", "high_knee_march": "E58",
    "pogo_hops": "E59", "a_skip": "E60", "low_hops_single_leg": "E61",
    "banded_hamstring_pull": "E63", "b_skip": "E64", "skater_hop": "E65",
    "skip_for_height": "E66", "walk_run": "E68", "strides": "E69", "hill_effort": "E70",
    "sprint_maintenance": "E75", "strength_maintenance": "E77", "leg_swing": "E78",
    "butt_kick": "E79", "straight_leg_kick": "E80", "hip_flexor_stretch": "E81",
    "calf_stretch": "E82", "foam_roll": "E83", "static_hamstring_stretch": "E84",
    "pre_run_warm_up": "E85", "protection": "E86",
}  # fmt: skip

# Every requirement of type EX in the five articles, and the advice on massage.
EXERCISES_ASKED = (
    "S0-20", "S0-21", "S0-22", "S0-23", "S0-26", "S0-27", "S0-28", "S0-29", "S0-33", "S0-34",
    "S0-35", "S0-36", "S0-37", "S0-38", "S0-39", "S0-40", "S1-18", "S1-19", "S1-34", "S1-35",
    "S1-36", "S1-45", "S1-46", "S1-48", "S1-49", "S2-15", "S2-16", "S2-17", "S2-18", "S2-19",
    "S2-23", "S2-24", "S3-51", "S3-53", "S3-54", "S3-55", "S3-56", "S3-59", "S3-60", "S3-61",
    "S3-62", "S3-63", "S4-08", "S4-09", "S4-10", "S4-11", "S4-16", "S4-17", "S4-18", "S4-19",
)  # fmt: skip

TEST_IDS = (
    "brisk_walk", "standing_hamstring_curl", "single_leg_squat", "single_leg_bridge_hold",
    "single_leg_bridge_reps", "slide_board_bridge", "glute_bridge", "single_leg_deadlift",
    "nordic", "hop_in_place", "active_knee_extension", "straight_leg_raise",
    "isometric_knee_flexion", "front_plank", "side_plank", "single_leg_balance", "knee_to_wall",
    "hip_flexor_length", "calf_raise", "tender_length", "puranen_orava", "bent_knee_stretch",
    "taking_off_the_shoe", "slump", "fast_leg_raise", "load_test",
)  # fmt: skip

URGENCIES = ("emergency", "same_day", "urgent", "routine")
URGENCY_COUNTS = {"emergency": 6, "same_day": 6, "urgent": 8, "routine": 7}


def avoided_phrases(text: str) -> list[str]:
    """The phrases of the wording table that a text holds."""
    return [
        each.phrase
        for each in AVOIDED
        if re.search(rf"(?<!\w){re.escape(each.phrase)}(?!\w)", text, re.IGNORECASE)
    ]


def runner_texts() -> Iterator[tuple[str, str]]:
    """Every text of these files that a runner reads, with its place."""
    for exercise in EXERCISES.values():
        for key in ("name", "cue", "how", "trains", "avoid_note", "note"):
            yield f"{exercise.id}.{key}", getattr(exercise, key)
    for code in AVOID_CODES.values():
        yield f"{code.id}.say", code.say
    for test in TESTS.values():
        for key in ("title", "how", "tells", "note"):
            yield f"{test.id}.{key}", getattr(test, key)
    for question in QUESTIONS:
        for key in ("ask", "help", "say", "see"):
            yield f"{question.key}.{key}", getattr(question, key)
    for source in SOURCES.values():
        yield f"{source.id}.says", source.says


# Exercises


def test_every_row_of_the_catalogue_stands_there_once() -> None:
    assert [each.code for each in EXERCISES.values()] == [f"E{n:02d}" for n in range(1, 87)]
    assert len(EXERCISES) == 86


def test_the_names_that_others_use_lead_to_their_row() -> None:
    assert {name: EXERCISES[name].code for name in FIXED} == FIXED


@pytest.mark.parametrize(
    ("name", "expected"),
    [  # B8; of a range the lower figure
        ("heel_dig_90", {"sets": 5, "hold_s": 10, "times_per_day": 2}),  # 5 x 10-45 s, 2-3x/d
        ("long_lever_bridge_hold", {"sets": 5, "hold_s": 30, "rest_s": 120}),  # rest 2 min
        ("bridge_walkout", {"sets": 3, "reps": 5, "days_per_week": 3}),  # 3 x 5-8
        ("bike_moderate", {"sets": None, "minutes": 15}),  # 15-30 min
        ("bodyweight_rdl", {"sets": 3, "reps": 10, "tempo": "3-0-2"}),
        ("single_leg_rdl", {"sets": 3, "reps": 6, "per_side": True}),  # 3 x 6-10/side
        ("nordic_assisted", {"sets": 2, "reps": 3, "days_per_week": 2}),  # 2 x 3-5, 2x/wk
        ("single_leg_windmill", {"sets": 4, "reps": 8, "per_side": True}),  # 4 x 8/arm
        ("high_knee_march", {"sets": 3, "distance_m": 20}),
        ("strides", {"sets": 4, "distance_m": 50}),  # S4: 4-6 x 50 m
        ("extender", {"sets": 3, "reps": 12, "times_per_day": 2}),  # 2x/d, 3 x 12
        ("pre_run_warm_up", {"minutes": 8}),  # 8-12 min
    ],
)
def test_an_amount_is_the_catalogue_s(name: str, expected: dict[str, object]) -> None:
    amount = EXERCISES[name].amount

    assert {key: getattr(amount, key) for key in expected} == expected


@pytest.mark.parametrize(
    ("name", "stages", "domain", "avoid"),
    [
        ("heel_dig_30", (1,), "hip_and_knee", ("x1", "x2")),
        ("bridge_walkout", (1, 2), "hip", ("x1", "x2", "x4")),
        ("sciatic_slider", (0, 1, 2), "neural", ("x1", "x5", "x7")),
        ("nordic_full", (3, 4, 5), "knee", ("x1", "x2", "x10")),
        ("pogo_hops", (3, 4), "hops", ("x1", "x2", "x8")),
        ("skip_for_height", (4, 5), "hops", ("x1", "x2", "x3", "x8")),
        ("static_hamstring_stretch", (3, 4, 5), "mobility", ("x1", "x2", "x3", "x4", "x5", "x7")),
        ("walk_run", (2, 3, 4), "running", ("x1", "x6", "x8")),
    ],
)
def test_stages_and_the_reasons_to_wait_are_the_catalogue_s(
    name: str, stages: tuple[int, ...], domain: str, avoid: tuple[str, ...]
) -> None:
    exercise = EXERCISES[name]

    assert (exercise.stages, exercise.domain, exercise.avoid) == (stages, domain, avoid)


def test_every_link_leads_to_another_exercise() -> None:
    for exercise in EXERCISES.values():
        links = (*exercise.easier, *exercise.harder, *exercise.swaps)
        assert set(links) <= set(EXERCISES) - {exercise.id}, exercise.id
        assert len(exercise.easier) == len(set(exercise.easier)), exercise.id
        assert len(exercise.harder) == len(set(exercise.harder)), exercise.id


def test_easier_and_harder_mirror_each_other() -> None:
    up = {(each.id, other) for each in EXERCISES.values() for other in each.harder}
    down = {(other, each.id) for each in EXERCISES.values() for other in each.easier}

    assert up == down
    assert ("bridge_walkout", "single_leg_bridge") in up  # E07 -> E08 -> E09
    assert ("glute_bridge", "bridge_walkout") in up
    assert ("nordic_assisted", "nordic_full") in up  # E34 -> E35


def test_nobody_gets_back_to_an_exercise_by_going_harder() -> None:
    settled: set[str] = set()
    while True:
        free = {
            each.id
            for each in EXERCISES.values()
            if each.id not in settled and set(each.easier) <= settled
        }
        if not free:
            break
        settled |= free

    assert settled == set(EXERCISES)


def test_the_first_easier_exercise_never_starts_at_a_later_stage() -> None:
    for exercise in EXERCISES.values():
        for easier in exercise.easier[:1]:
            assert min(EXERCISES[easier].stages) <= min(exercise.stages), exercise.id


def test_what_needs_kit_has_a_swap_that_needs_none() -> None:
    def needs_kit(exercise: Exercise) -> bool:
        return "none" not in exercise.kit

    without = [
        each.id
        for each in EXERCISES.values()
        if needs_kit(each) and all(needs_kit(EXERCISES[swap]) for swap in each.swaps)
    ]

    assert without == []


def test_an_open_red_flag_speaks_against_every_exercise() -> None:
    assert [each.id for each in EXERCISES.values() if "x1" not in each.avoid] == []
    assert list(AVOID_CODES) == [f"x{n}" for n in range(1, 11)]


def test_every_exercise_that_the_articles_ask_for_is_there() -> None:
    answered = {asked for each in EXERCISES.values() for asked in each.asks}

    assert set(EXERCISES_ASKED) - answered == set()


def test_what_belongs_to_a_clinician_is_marked() -> None:
    assert {each.id for each in EXERCISES.values() if not each.self_guided} == {
        "hamstring_catch",
        "flywheel_hinge",
    }


# Tests


def test_every_test_of_the_runner_s_file_is_there() -> None:
    assert tuple(TESTS) == TEST_IDS


@pytest.mark.parametrize(
    ("name", "unit", "better", "sided", "not_before_day"),
    [
        ("brisk_walk", "min", "more", False, 0),
        ("single_leg_bridge_reps", "reps", "more", True, 5),
        ("hop_in_place", "s", "more", True, 5),
        ("active_knee_extension", "deg", "less", True, 0),
        ("knee_to_wall", "cm", "more", True, 0),
        ("nordic", "reps", "more", False, 5),
        ("fast_leg_raise", "of 100", "less", True, 5),
        ("isometric_knee_flexion", "newton", "more", True, 5),
    ],
)
def test_a_test_has_its_unit_and_its_first_day(
    name: str, unit: str, better: str, sided: bool, not_before_day: int
) -> None:
    test = TESTS[name]

    assert (test.unit, test.better, test.sided) == (unit, better, sided)
    assert test.not_before_day == not_before_day


def test_a_count_to_failure_waits_for_day_5() -> None:
    to_failure = [
        each.id
        for each in TESTS.values()
        if each.unit == "reps" and "as often as you can" in each.how
    ]

    assert to_failure == [
        "single_leg_bridge_reps", "slide_board_bridge", "glute_bridge", "single_leg_deadlift",
        "calf_raise",
    ]  # fmt: skip
    assert {TESTS[name].not_before_day for name in to_failure} == {5}


def test_pain_alone_is_asked_by_five_tests() -> None:
    assert [each.id for each in TESTS.values() if each.measures == "pain_only"] == [
        "puranen_orava", "bent_knee_stretch", "taking_off_the_shoe", "slump", "load_test",
    ]  # fmt: skip
    assert [each.id for each in TESTS.values() if each.judged_steady] == ["single_leg_squat"]


# Red-flag questions


def test_every_red_flag_is_asked_about_in_order_of_urgency() -> None:
    assert tuple(each.key for each in QUESTIONS) == RED_FLAG_KEYS
    ranks = [URGENCIES.index(each.urgency) for each in QUESTIONS]
    assert ranks == sorted(ranks)
    assert {name: ranks.count(n) for n, name in enumerate(URGENCIES)} == URGENCY_COUNTS


def test_a_question_is_one_question_and_says_whom_to_see() -> None:
    begins = {
        "emergency": ("Call the emergency number now.",),
        "same_day": ("Be seen today",),
        "urgent": ("See a doctor within days", "Stop all running", "Ask your surgeon"),
        "routine": ("Mention it to a doctor or ph",),
    }

    for question in QUESTIONS:
        assert question.ask.endswith("?"), question.key
        assert question.ask.count("?") == 1, question.key
        assert question.help, question.key
        assert question.see.startswith(begins[question.urgency]), question.key


# Sources and wording


def test_every_source_that_is_named_exists() -> None:
    rows = [*EXERCISES.values(), *AVOID_CODES.values(), *TESTS.values(), *QUESTIONS]

    assert {row.source for row in rows} - set(SOURCES) == set()


def test_the_five_articles_and_our_own_choice_are_sources() -> None:
    assert [each.id for each in SOURCES.values() if each.kind == "article"] == [
        "steady_state_2025", "recurring_discomfort_2025", "three_questions", "run_with_strain",
        "without_reinjury",
    ]  # fmt: skip
    assert SOURCES["our_choice"].kind == "our_choice"


def test_nothing_is_said_for_a_source_that_is_only_remembered() -> None:
    assert [e.id for e in SOURCES.values() if e.says and e.read not in ("read", "secondary")] == []
    assert SOURCES["heiderscheit_2010"].read == "memory"
    assert SOURCES["goom_2016"].read == "secondary"
    assert SOURCES["vermeulen_2022"].read == "read"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Treat it gently.", ["treat"]),
        ("You are cleared and safe to run.", ["cleared", "safe to"]),
        ("Heel down; ask a physiotherapist.", []),
        ("Warning!", ["warning!"]),
    ],
)
def test_an_avoided_phrase_is_found_as_whole_words(text: str, found: list[str]) -> None:
    assert avoided_phrases(text) == found


def test_no_runner_reads_an_avoided_phrase() -> None:
    hits = {place: avoided_phrases(text) for place, text in runner_texts()}

    assert {place: found for place, found in hits.items() if found} == {}


def test_a_cue_is_short_and_how_is_two_or_three_sentences() -> None:
    for exercise in EXERCISES.values():
        assert len(exercise.cue) <= 60, exercise.id
        sentences = re.findall(r"[.](?= |$)", exercise.how)
        assert 2 <= len(sentences) <= 3, exercise.id
