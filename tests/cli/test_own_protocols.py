"""Protocols of one's own on the command line: `check-protocols DIR` and `--protocols DIR`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamstride.cli import main
from hamstride.protocols.loading import load
from small_protocols import change, write_mine

RUNNER = """\
[runner]
born = 1991

[episode]
started_on = 2026-10-10
side       = "left"
site       = "mid_thigh"
onset      = "sudden"
popped     = false
bruise     = "none"
days_to_pain_free_walk = 2
protocol   = "mine"

[[screenings]]
on        = 2026-10-11
all_clear = true

[[check_ins]]
on           = 2026-10-20
pain_morning = 0
pain_rest    = 0
pain_walking = 0
limp         = false
bears_weight = true
new_bruise   = false
new_symptoms = false
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """The file of a runner in the first phase of `mine`."""
    file = tmp_path / "runner.toml"
    file.write_text(RUNNER, encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the protocol `mine` in it."""
    place = tmp_path / "protocols"
    place.mkdir()
    write_mine(place)
    return place


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_a_day_is_answered_by_a_protocol_of_ones_own(runner: Path, folder: Path) -> None:
    found = _run("advise", runner, "--on", "2026-10-20", "--protocols", folder)

    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[1] == "■ Rest. This phase has no running yet. Strength goes on."
    assert any(line.startswith("  - Glute bridge: 3 × 12.") for line in lines)
    assert any("You met the checks for “Run again”" in line for line in lines)


def test_as_json_it_is_named_with_its_version(runner: Path, folder: Path) -> None:
    found = _run("advise", runner, "--on", "2026-10-20", "--protocols", folder, "--json")

    answer = json.loads(found.stdout)
    assert (answer["protocol"], answer["protocol_version"]) == ("mine", "1.0.0")
    assert (answer["gate"]["action"], answer["gate"]["to"]) == ("advance", "run")


def test_without_its_folder_a_protocol_of_ones_own_is_not_known(runner: Path) -> None:
    found = _run("advise", runner, "--on", "2026-10-20")

    assert found.exit_code == 2
    assert found.stderr.startswith("runner.toml, episode.protocol: 'mine' is not known.")


def test_a_faulty_protocol_advises_nobody(runner: Path, folder: Path) -> None:
    change(folder / "mine" / "1_calm.toml", '"none"', '"walking"')

    found = _run("advise", runner, "--on", "2026-10-20", "--protocols", folder)

    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr == (
        "mine/1_calm.toml, running: found 'walking'; what fits is 'none', 'walk_run', "
        "'continuous' or 'speed'.\n"
    )


def test_a_sound_protocol_is_counted_with_those_that_ship(folder: Path) -> None:
    found = _run("check-protocols", folder)

    assert found.exit_code == 0
    assert found.stdout.startswith(f"Checked {len(load().protocols) + 1} protocols, ")


def test_a_protocol_is_checked_from_its_own_folder_as_well(folder: Path) -> None:
    assert _run("check-protocols", folder / "mine").exit_code == 0


def test_what_was_counted_is_there_as_json(folder: Path) -> None:
    found = json.loads(_run("check-protocols", folder, "--json").stdout)

    assert found["faults"] == []
    assert found["checked"]["protocols"] == len(load().protocols) + 1


def test_every_fault_is_a_line_and_the_exit_code_is_1(folder: Path) -> None:
    mine = folder / "mine"
    change(mine / "protocol.toml", 'for_whom    = "A made-up runner."\n', "")
    change(mine / "1_calm.toml", "reps           = 12", "reps           = 0")
    change(mine / "2_run.toml", '"A2"', '"A\\u202e2"')

    found = _run("check-protocols", folder)

    assert found.exit_code == 1
    assert found.stdout == ""
    assert found.stderr.splitlines() == [
        "mine/1_calm.toml, doses 'glute_bridge' reps: found 0; what fits is 1 or more.",
        "mine/2_run.toml, steps 'A\\u202e2' id: the text holds the character U+202E, which nobody "
        "sees. Take it out; a text is one line that reads from left to right.",
        "mine/protocol.toml: 'for_whom' is missing. Needed here: id, title, version, reviewed_on, "
        "for_whom, not_for, ours, source.",
    ]


@pytest.mark.parametrize("name", ["nowhere", "runner.toml"])
def test_what_is_no_folder_ends_with_1(tmp_path: Path, runner: Path, name: str) -> None:
    found = _run("check-protocols", tmp_path / name)

    assert found.exit_code == 1
    assert found.stderr == (
        f"{tmp_path / name}: this is no folder that can be read. Name the folder that holds your "
        "protocols, a folder each.\n"
    )
