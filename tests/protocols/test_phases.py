"""Phases come one after the other, each with a gate, and the last one says how it ends."""

from pathlib import Path

import pytest

from hamstride.protocols.loading import load
from small_protocols import FILES, change, faults, write_mine

HEAD, CALM, RUN = FILES


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


# Twice

ROW = """
[[{where}]]
id     = "{name}"
say    = "Once more."
{rest}source = "our_choice"
"""
LIMPS = 'all    = [{ fact = "limp", equals = true }]\n'


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            ROW.format(where="modify_if", name="woke_up_sore", rest=LIMPS),
            "mine/2_run.toml, modify_if: the criterion 'woke_up_sore' stands there twice. "
            "Give each its own id.",
        ),
        (
            ROW.format(where="advice", name="warm", rest="") * 2,
            "mine/2_run.toml, advice: the row 'warm' stands there twice. Give each its own id.",
        ),
        (
            '[[steps]]\nid = "A1"\ntitle = "Again"\nrun_min = 1\nsource = "our_choice"\n',
            "mine/protocol.toml: the step 'A1' stands there twice. Give each its own id.",
        ),
        (
            '[[doses]]\nexercise = "rdl"\ngroup = "hamstring"\npain_limit_nrs = 3\n'
            'source = "our_choice"\n' * 2,
            "mine/2_run.toml, doses: the exercise 'rdl' stands there twice. Keep one of the two.",
        ),
    ],
    ids=["criterion", "advice", "step", "exercise"],
)
def test_nothing_stands_there_twice(tmp_path: Path, mine: Path, added: str, said: str) -> None:
    (mine / RUN).write_text(FILES[RUN] + added, encoding="utf-8")

    found = faults(tmp_path)

    assert found == [said]


def test_no_two_phases_have_one_name(tmp_path: Path, mine: Path) -> None:
    (mine / RUN).rename(mine / "3_run.toml")
    (mine / "2_calm.toml").write_text(FILES[CALM], encoding="utf-8")

    found = faults(tmp_path)

    assert found == [
        "mine/protocol.toml: the phase 'calm' stands there twice. Give each its own id."
    ]


def test_one_id_may_stand_in_two_lists(tmp_path: Path, mine: Path) -> None:
    added = ROW.format(where="rest_if", name="woke_up_sore", rest=LIMPS)
    (mine / RUN).write_text(FILES[RUN] + added, encoding="utf-8")

    assert "mine" in load(tmp_path).protocols


# The way through the phases

OPEN_GATE = (
    "advance_when is empty, which would let everyone on. Add a criterion, or say exit = 'manual' "
    "or last = true."
)


def test_a_gate_without_a_criterion_lets_nobody_through(tmp_path: Path, mine: Path) -> None:
    change(mine / CALM, "[[advance_when]]", "[[recommend]]")

    found = faults(tmp_path)

    assert found == [f"mine/1_calm.toml: {OPEN_GATE}"]


def test_a_phase_that_people_end_needs_no_gate(tmp_path: Path, mine: Path) -> None:
    change(mine / CALM, "[[advance_when]]", "[[recommend]]")
    change(mine / CALM, 'running = "none"', 'running = "none"\nexit = "manual"')

    assert "mine" in load(tmp_path).protocols


def test_a_protocol_has_a_phase(tmp_path: Path, mine: Path) -> None:
    (mine / CALM).unlink()
    (mine / RUN).unlink()
    text = FILES[HEAD]
    ladder = text[text.index("[ladder]") : text.index("[[refer_if]]")]
    change(mine / HEAD, ladder, "")

    found = faults(tmp_path)

    assert found == [
        "mine/protocol.toml: the protocol has no phase. Add a file 1_name.toml beside it."
    ]


def test_the_last_phase_says_how_it_ends(tmp_path: Path, mine: Path) -> None:
    change(mine / RUN, "last    = true\n", "")
    change(mine / RUN, "[[modify_if]]", "[[advance_when]]")

    found = faults(tmp_path)

    assert found == [
        "mine/2_run.toml: this is the last phase, and it does not say how it ends: last = true, "
        "leads_to or exit = 'manual'."
    ]


@pytest.mark.parametrize(
    ("end", "said"),
    [("last = true", "last = true"), ('leads_to = "maintenance"', "leads_to")],
)
def test_no_phase_before_the_last_one_ends_the_way(
    tmp_path: Path, mine: Path, end: str, said: str
) -> None:
    change(mine / CALM, 'running = "none"', f'running = "none"\n{end}')

    found = faults(tmp_path)

    assert found == [
        f"mine/1_calm.toml: {said} stands in phase 1 of 2; only the last phase says so."
    ]


def test_a_protocol_does_not_lead_to_itself(tmp_path: Path, mine: Path) -> None:
    change(mine / RUN, "last    = true", 'exit = "manual"\nleads_to = "mine"')

    found = faults(tmp_path)

    assert found == ["mine/protocol.toml: leads_to goes in a circle: mine to mine."]


def test_no_way_through_protocols_comes_back_to_where_it_began(tmp_path: Path) -> None:
    ways = {"one": "two", "two": "three", "three": "two"}
    for name, leads_to in ways.items():
        own = write_mine(tmp_path)
        change(own / HEAD, '"mine"', f'"{name}"')
        change(own / RUN, "last    = true", f'exit = "manual"\nleads_to = "{leads_to}"')
        own.rename(tmp_path / name)

    found = faults(tmp_path)

    # The first one leads into a circle and is none itself.
    assert found == [
        "three/protocol.toml: leads_to goes in a circle: three to two to three.",
        "two/protocol.toml: leads_to goes in a circle: two to three to two.",
    ]


def test_a_way_that_leads_to_a_protocol_that_ships_is_taken(tmp_path: Path, mine: Path) -> None:
    change(mine / RUN, "last    = true", 'exit = "manual"\nleads_to = "maintenance"')

    assert load(tmp_path).protocols["mine"].phases[-1].leads_to == "maintenance"
