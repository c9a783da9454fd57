"""`hamstride protocols` and `hamstride check-protocols`."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from hamstride.cli import main
from hamstride.protocols.loading import load


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_protocols_alone_lists_them() -> None:
    assert _run("protocols").stdout == _run("protocols", "list").stdout
    listed = json.loads(_run("protocols", "--json").stdout)
    assert [each["id"] for each in listed] == list(load().protocols)


def test_the_list_says_whom_each_is_for() -> None:
    lines = _run("protocols").stdout.splitlines()

    place = lines.index("strain")
    assert lines[place + 1] == "  A sudden strain, 5 phases, version 1.0.0"
    assert lines[place + 2].startswith("  For: A sudden strain in the back of the thigh")


def test_a_protocol_is_shown_as_a_sheet() -> None:
    found = _run("protocols", "show", "strain")

    assert found.exit_code == 0
    assert "Phase 3, Return to running: the steps" in found.stdout
    assert "  - R1: 5 times: walk 3 min, run 1 min [" in found.stdout


def test_a_protocol_as_json_is_its_data() -> None:
    found = json.loads(_run("protocols", "show", "strain", "--json").stdout)

    assert found["id"] == "strain"
    assert [phase["id"] for phase in found["phases"]][:2] == ["calm", "strength"]


def test_a_protocol_that_is_not_there_is_answered_with_those_that_are() -> None:
    found = _run("protocols", "show", "strian")

    assert found.exit_code == 2
    assert "There is no protocol 'strian'. Known are: maintenance, niggle" in found.stderr


def test_two_protocols_stand_side_by_side() -> None:
    found = _run("protocols", "compare", "strain", "steady_state")

    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[0] == "For whom"
    assert "The gate to running" in lines
    topics = json.loads(_run("protocols", "compare", "strain", "tendon", "--json").stdout)
    assert topics["topics"][0]["title"] == "For whom"
    assert set(topics["topics"][0]) == {"title", "strain", "tendon"}


def test_what_was_checked_is_counted() -> None:
    found = _run("check-protocols")

    assert found.exit_code == 0
    assert found.stdout.startswith(f"Checked {len(load().protocols)} protocols, ")
    assert found.stdout.endswith("All lead somewhere.\n")


def test_a_faulty_protocol_ends_with_1_and_a_line_a_fault(tmp_path: Path) -> None:
    own = tmp_path / "mine"
    own.mkdir()
    (own / "protocol.toml").write_text('id = "mine"\ntitel = "Mine"\n', encoding="utf-8")

    found = _run("check-protocols", tmp_path)

    assert found.exit_code == 1
    assert found.stdout == ""
    assert all(line.startswith("mine/protocol.toml") for line in found.stderr.splitlines())
    assert "Did you mean 'title'?" in found.stderr
    faults = json.loads(_run("check-protocols", tmp_path, "--json").stdout)["faults"]
    assert len(faults) == len(found.stderr.splitlines())
