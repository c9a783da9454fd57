"""A sound file whose names lead nowhere is refused all the same."""

from pathlib import Path

import pytest

from small_protocols import FILES, Slip, change, faults, library_faults, write_mine

HEAD, CALM, RUN = FILES
WOKE_UP = "mine/2_run.toml, modify_if 'woke_up_sore'"
WALKS = "mine/1_calm.toml, advance_when 'walks_well'"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


NAMES: dict[str, Slip] = {
    "fact": (
        CALM,
        '"pain_walking_nrs"',
        '"pain_walkin_nrs"',
        f"{WALKS}: there is no fact called 'pain_walkin_nrs'. Did you mean 'pain_walking_nrs'?",
    ),
    "fact of acute and chronic load": (
        RUN,
        "pain_morning_nrs",
        "acwr",
        f"{WOKE_UP}: there is no fact called 'acwr'. The nearest known: pattern, "
        "age_years, pain_walking_nrs.",
    ),
    "source": (
        CALM,
        '"three_questions"',
        '"three_question"',
        f"{WALKS}: there is no source 'three_question'. Did you mean 'three_questions'?",
    ),
    "requirement too short": (
        CALM,
        '"S2-12"',
        '"S2-1"',
        f"{WALKS}: asks names 'S2-1'; requirements look like S4-12.",
    ),
    "requirement of no article": (
        CALM,
        '"S2-12"',
        '"S5-12"',
        f"{WALKS}: asks names 'S5-12'; requirements look like S4-12.",
    ),
    "exercise": (
        CALM,
        '"glute_bridge"',
        '"glute_brige"',
        "mine/1_calm.toml, doses: there is no exercise 'glute_brige'. Did you mean 'glute_bridge'?",
    ),
    "first step": (
        HEAD,
        'start_at                  = "A1"',
        'start_at                  = "A9"',
        "mine/protocol.toml, ladder start_at: there is no step 'A9'. Known: A1, A2.",
    ),
    "step after a gap": (
        HEAD,
        'restart_at                = "A1"',
        'restart_at                = "R5"',
        "mine/protocol.toml, ladder restart_at: there is no step 'R5'. Known: A1, A2.",
    ),
    "next protocol": (
        RUN,
        "last    = true",
        'exit    = "manual"\nleads_to = "maintenence"',
        "mine/2_run.toml, leads_to: there is no protocol 'maintenence'. "
        "Did you mean 'maintenance'?",
    ),
}


@pytest.mark.parametrize("slip", NAMES.values(), ids=NAMES)
def test_a_name_that_leads_nowhere_is_told_with_the_nearest(
    tmp_path: Path, mine: Path, slip: Slip
) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


SOURCES: dict[str, Slip] = {
    "protocol": (
        HEAD,
        'ours        = false\nsource      = "our_choice"',
        'ours        = false\nsource      = "ours"',
        "mine/protocol.toml: there is no source 'ours'. The nearest known: our_choice, "
        "bourne_2017, opar_2015.",
    ),
    "ladder": (
        HEAD,
        'restart_at                = "A1"\nsource                    = "our_choice"',
        'restart_at                = "A1"\nsource                    = "our_choise"',
        "mine/protocol.toml, ladder: there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "phase": (
        RUN,
        'last    = true\nsource  = "our_choice"',
        'last    = true\nsource  = "our_choise"',
        "mine/2_run.toml: there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "step": (
        RUN,
        'run_min  = 2\nsource   = "our_choice"',
        'run_min  = 2\nsource   = "our_choise"',
        "mine/2_run.toml, steps 'A2': there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "dose": (
        CALM,
        'pain_limit_nrs = 3\nsource         = "our_choice"',
        'pain_limit_nrs = 3\nsource         = "our_choise"',
        "mine/1_calm.toml, doses 'glute_bridge': there is no source 'our_choise'. "
        "Did you mean 'our_choice'?",
    ),
    "grace": (
        RUN,
        "[[modify_if]]",
        '[grace]\nfrom_day = 61\nwithin_days = 6\nsource = "our_choise"\n\n[[modify_if]]',
        "mine/2_run.toml, grace: there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "advice": (
        RUN,
        "[[modify_if]]",
        '[[advice]]\nid = "warm"\nsay = "Warm up."\nsource = "our_choise"\n\n[[modify_if]]',
        "mine/2_run.toml, advice 'warm': there is no source 'our_choise'. "
        "Did you mean 'our_choice'?",
    ),
}


@pytest.mark.parametrize("slip", SOURCES.values(), ids=SOURCES)
def test_everything_names_a_source_that_is_there(tmp_path: Path, mine: Path, slip: Slip) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


# What ships beside the protocols

SHELF: dict[str, Slip] = {
    "harder exercise": (
        "exercises.toml",
        'harder = ["heel_dig_60", "prone',
        'harder = ["heel_dig_61", "prone',
        "exercises.toml, 'heel_dig_90': there is no exercise 'heel_dig_61'. "
        "Did you mean 'heel_dig_60'?",
    ),
    "fact of a code": (
        "exercises.toml",
        '"last_run_sharp"',
        '"last_run_sharpe"',
        "exercises.toml, 'x2': there is no fact called 'last_run_sharpe'. "
        "Did you mean 'last_run_sharp'?",
    ),
    "source of a test": (
        "tests.toml",
        'first running steps."\nsource  = "run_with_strain"',
        'first running steps."\nsource  = "run_with_strains"',
        "tests.toml, 'brisk_walk': there is no source 'run_with_strains'. "
        "Did you mean 'run_with_strain'?",
    ),
    "fact of severity": (
        "presentations.toml",
        '"red_flag_gap_or_bunched_muscle"',
        '"red_flag_gap_or_bunched_muscles"',
        "presentations.toml, severe_if 'gap': there is no fact called "
        "'red_flag_gap_or_bunched_muscles'. Did you mean 'red_flag_gap_or_bunched_muscle'?",
    ),
    "source of severity": (
        "presentations.toml",
        '"clinician_grade"]\nsource       = "our_choice"',
        '"clinician_grade"]\nsource       = "our_choise"',
        "presentations.toml: there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "feature of a pattern": (
        "presentations.toml",
        '{ all = [{ fact = "mechanism", equals = "sprinting" }], points = 1 }',
        '{ all = [{ fact = "mechanism", equals = "sprint" }], points = 1 }',
        "presentations.toml, 'strain': mechanism equals 'sprint': what fits is equals with one of "
        "sprinting, stretch, blow, overuse, unknown.",
    ),
    "pattern twice": (
        "presentations.toml",
        'id       = "tendon"\ntitle',
        'id       = "strain"\ntitle',
        "presentations.toml: the pattern 'strain' stands there twice. Give each its own id.",
    ),
    "suggested protocol": (
        "presentations.toml",
        'protocol = "tendon"',
        'protocol = "tendons"',
        "presentations.toml, suggest 'tendon': there is no protocol 'tendons'. "
        "Did you mean 'tendon'?",
    ),
    "suggestion twice": (
        "presentations.toml",
        'id       = "sudden_tendon_early"',
        'id       = "sudden"',
        "presentations.toml: the suggestion 'sudden' stands there twice. Give each its own id.",
    ),
    "cause twice": (
        "causes.toml",
        'id     = "hills_jump"',
        'id     = "speed_jump"',
        "causes.toml: the cause 'speed_jump' stands there twice. Give each its own id.",
    ),
    "fact of a cause": (
        "causes.toml",
        '"speed_runs_over_usual", above',
        '"speed_runs_over_usuals", above',
        "causes.toml, 'speed_jump', speaks_for 'more_speed_before': there is no fact called "
        "'speed_runs_over_usuals'. Did you mean 'speed_runs_over_usual'?",
    ),
    "source of the plan": (
        "plan.toml",
        'clean_pain_nrs  = 2\nsource          = "our_choice"',
        'clean_pain_nrs  = 2\nsource          = "our_choise"',
        "plan.toml, easy_run: there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "pain in every protocol": (
        "always.toml",
        '"pain_rest_nrs", at_least = 4',
        '"pain_rest_nrs", at_most = 4',
        "always.toml, rest_if 'rest_pain_4': pain_rest_nrs at_most 4: with more pain this row "
        "would no longer hold. In refer_if, rest_if and modify_if pain has at_least or above.",
    ),
    "source in our protocols": (
        "strain/protocol.toml",
        'where  = "traffic light, red at speed"\n',
        'where  = "traffic light, red at speed"\nurgency = "routine"\nnote = 1\n',
        "strain/protocol.toml, rest_if 'pain_at_speed_2' note: found 1; what fits is a text in "
        "quotes.",
    ),
}


@pytest.mark.parametrize("slip", SHELF.values(), ids=SHELF)
def test_a_slip_in_what_ships_is_told_with_its_file(tmp_path: Path, slip: Slip) -> None:
    file, old, new, said = slip

    found = library_faults(tmp_path, file, old, new)

    assert found == [said]
