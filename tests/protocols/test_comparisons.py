"""A constant is one that its fact can have, and more pain never makes a day greener."""

from pathlib import Path

import pytest

from hamstride.protocols.loading import load
from small_protocols import FILES, Slip, change, faults, write_mine

HEAD, CALM, RUN = FILES
WOKE_UP = "mine/2_run.toml, modify_if 'woke_up_sore'"
WALKS = "mine/1_calm.toml, advance_when 'walks_well'"
MORNING = '"pain_morning_nrs", at_least = 1'
UPWARDS = (
    "with more pain this row would no longer hold. In refer_if, rest_if and modify_if pain has "
    "at_least or above."
)


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


NUMBERS: dict[str, Slip] = {
    "over the range": (
        RUN,
        MORNING,
        '"pain_morning_nrs", at_least = 11',
        f"{WOKE_UP}: pain_morning_nrs at_least 11: the fact goes from 0 to 10 nrs.",
    ),
    "under the range": (
        RUN,
        MORNING,
        '"pain_morning_nrs", at_least = -1',
        f"{WOKE_UP}: pain_morning_nrs at_least -1: the fact goes from 0 to 10 nrs.",
    ),
    "a point where none is": (
        RUN,
        MORNING,
        '"pain_morning_nrs", at_least = 1.0',
        f"{WOKE_UP}: pain_morning_nrs at_least 1.0: the fact is a whole number from 0 to 10 nrs, "
        "written without a point.",
    ),
    "off the step": (
        RUN,
        MORNING,
        '"last_run_rise_nrs", at_least = 1.3',
        f"{WOKE_UP}: last_run_rise_nrs at_least 1.3: the fact goes from -10 to 10 nrs in steps "
        "of 0.5.",
    ),
    "above the highest": (
        RUN,
        MORNING,
        '"pain_morning_nrs", above = 10',
        f"{WOKE_UP}: pain_morning_nrs above 10: this never holds; the fact goes from 0 to 10 nrs.",
    ),
    "below the lowest": (
        CALM,
        "at_most = 1",
        "below = 0",
        f"{WALKS}: pain_walking_nrs below 0: this never holds; the fact goes from 0 to 10 nrs.",
    ),
    "a text for a number": (
        RUN,
        MORNING,
        '"pain_morning_nrs", equals = "none"',
        f"{WOKE_UP}: pain_morning_nrs equals 'none': this fact is a number from 0 to 10.",
    ),
    "true for a number": (
        RUN,
        MORNING,
        '"pain_morning_nrs", equals = true',
        f"{WOKE_UP}: pain_morning_nrs equals true: this fact is a number from 0 to 10.",
    ),
    "a number for a yes": (
        RUN,
        MORNING,
        '"limp", equals = 1',
        f"{WOKE_UP}: limp equals 1: this fact is true or false; equals = true or equals = false "
        "fits.",
    ),
    "an order for a yes": (
        RUN,
        MORNING,
        '"limp", at_least = 1',
        f"{WOKE_UP}: limp at_least 1: this fact is true or false; equals = true or equals = false "
        "fits.",
    ),
    "a choice that is none": (
        RUN,
        MORNING,
        '"severity", equals = "bad"',
        f"{WOKE_UP}: severity equals 'bad': what fits is equals with one of mild, moderate, "
        "severe.",
    ),
    "an order for a choice": (
        RUN,
        MORNING,
        '"severity", at_least = 1',
        f"{WOKE_UP}: severity at_least 1: what fits is equals with one of mild, moderate, severe.",
    ),
}


@pytest.mark.parametrize("slip", NUMBERS.values(), ids=NUMBERS)
def test_a_constant_that_its_fact_cannot_have_is_refused(
    tmp_path: Path, mine: Path, slip: Slip
) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


@pytest.mark.parametrize(
    "fits",
    [
        '"pain_morning_nrs", at_least = 0',
        '"pain_morning_nrs", at_least = 10',
        '"pain_morning_nrs", above = 9',
        '"pain_morning_nrs", equals = 10',
        '"last_run_rise_nrs", at_least = 1.5',
        '"last_run_rise_nrs", at_least = -10',
        '"limp", equals = false',
        '"severity", equals = "mild"',
        '"sleep_h", below = 6.5',
    ],
)
def test_a_constant_that_its_fact_can_have_is_taken(tmp_path: Path, mine: Path, fits: str) -> None:
    change(mine / RUN, MORNING, fits)

    assert "mine" in load(tmp_path).protocols


@pytest.mark.parametrize("action", ["rest_if", "modify_if"])
@pytest.mark.parametrize(
    "row",
    [
        ("pain_morning_nrs", "below = 4", "below 4"),
        ("pain_morning_nrs", "at_most = 3", "at_most 3"),
        ("pain_morning_nrs", "equals = 3", "equals 3"),
        ("last_run_rise_nrs", "at_most = 0.5", "at_most 0.5"),
        ("single_leg_bridge_hold_pain_injured_nrs", "equals = 0", "equals 0"),
    ],
)
def test_more_pain_never_takes_a_row_away_that_rests_or_eases_the_day(
    tmp_path: Path, mine: Path, action: str, row: tuple[str, str, str]
) -> None:
    fact, constant, written = row
    change(mine / RUN, "[[modify_if]]", f"[[{action}]]")
    change(mine / RUN, MORNING, f'"{fact}", {constant}')

    found = faults(tmp_path)

    assert found == [f"mine/2_run.toml, {action} 'woke_up_sore': {fact} {written}: {UPWARDS}"]


def test_more_pain_never_takes_a_row_away_that_refers(tmp_path: Path, mine: Path) -> None:
    change(mine / HEAD, "at_least = 8", "equals = 8")

    found = faults(tmp_path)

    assert found == [
        f"mine/protocol.toml, refer_if 'walking_pain_8': pain_walking_nrs equals 8: {UPWARDS}"
    ]


@pytest.mark.parametrize("gate", ["mention_if", "step_back_if"])
def test_little_pain_may_be_named_where_no_day_is_decided(
    tmp_path: Path, mine: Path, gate: str
) -> None:
    change(mine / RUN, "[[modify_if]]", f"[[{gate}]]")
    change(mine / RUN, MORNING, '"pain_morning_nrs", at_most = 3')

    assert "mine" in load(tmp_path).protocols


def test_a_row_that_refers_says_how_soon(tmp_path: Path, mine: Path) -> None:
    change(mine / HEAD, 'urgency = "urgent"\n', "")

    found = faults(tmp_path)

    assert found == [
        "mine/protocol.toml, refer_if 'walking_pain_8': a row that refers says how soon, and "
        "'urgency' is missing. It is one of routine, urgent, same_day, emergency."
    ]
