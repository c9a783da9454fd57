"""The command line as a whole: help, cost, errors, pipes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import hamstride
from hamstride.cli import COMMANDS, OF_THE_APP, Hamstride, main
from hamstride.demo.ana import days
from hamstride.errors import HamstrideError

# The entry point of the console script, with a look at what it brought along.
HELP_AND_MODULES = """
import sys
from hamstride.cli import main
try:
    main(["--help"])
except SystemExit as end:
    assert end.code == 0
heavy = {"numpy", "pydantic", "rich", "hamstride.protocols", "hamstride.explain"}
print(sorted(heavy & set(sys.modules)))
"""
INTERRUPTED = """
import os, signal
import click
from hamstride.cli import Hamstride
@click.group(cls=Hamstride)
def main(): os.kill(os.getpid(), signal.SIGINT)
main(["demo", "--help"])
"""


def _python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )


def test_help_loads_nothing_that_is_heavy() -> None:
    found = _python(HELP_AND_MODULES)

    assert found.stderr == ""
    assert found.stdout.splitlines()[-1] == "[]"


def test_the_version_is_the_version_of_the_package() -> None:
    found = CliRunner().invoke(main, ["--version"])

    assert found.stdout == f"hamstride {hamstride.__version__}\n"


@pytest.mark.parametrize("name", [*COMMANDS, *OF_THE_APP])
def test_every_command_helps_with_an_example_and_in_the_words_of_the_list(name: str) -> None:
    found = CliRunner().invoke(main, [name, "--help"])

    assert found.exit_code == 0
    assert f"hamstride {name}" in found.stdout.partition("Example")[2]
    assert isinstance(main, click.Group)
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert (command.help or "").splitlines()[0] == (COMMANDS | OF_THE_APP)[name]


def test_every_command_can_answer_in_json() -> None:
    assert isinstance(main, click.Group)
    # These two have nothing to answer: one serves, one prints a link.
    for name in {*COMMANDS, *OF_THE_APP} - {"serve", "recover"}:
        command = main.get_command(click.Context(main), name)

        assert command is not None
        assert any("--json" in option.opts for option in command.params)


def test_a_command_that_is_not_there_is_told() -> None:
    found = CliRunner().invoke(main, ["advice"])

    assert found.exit_code == 2
    assert "No such command 'advice'" in found.stderr


def test_an_error_of_ours_is_its_message_and_no_traceback() -> None:
    @click.group(cls=Hamstride, invoke_without_command=True)
    def failing() -> None:
        raise HamstrideError("run.fit: the file ends early. Export it again.")

    found = CliRunner().invoke(failing, [])

    assert (found.exit_code, found.stderr) == (
        2,
        "run.fit: the file ends early. Export it again.\n",
    )


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_quietly_with_130() -> None:
    found = _python(INTERRUPTED)

    assert (found.returncode, found.stdout, found.stderr) == (128 + signal.SIGINT, "", "")


@pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
def test_a_reader_who_walks_away_is_no_error() -> None:
    code = "from hamstride.cli import main; main(['protocols', 'show', 'strain'])"
    running = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    running.stdout.close()
    _, complaint = running.communicate(timeout=60)

    assert complaint == b""


def test_the_demo_writes_the_files_and_walks_through_the_days(tmp_path: Path) -> None:
    folder = tmp_path / "demo-data"

    found = CliRunner().invoke(main, ["demo", "--folder", str(folder)])

    assert found.exit_code == 0
    assert (folder / "ana.toml").exists()
    lines = found.stdout.splitlines()
    assert lines[0] == f"Ana is made up. Her file and her runs are in {folder}."
    for _, where in days():
        assert any(line.endswith(f"{where}.") for line in lines)
    assert "● Go. As planned." in lines
    assert f"  hamstride read {folder}" in lines


def test_the_demo_as_json_is_an_answer_a_day(tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path / "demo"), "--json"])

    answers = json.loads(found.stdout)
    assert [each["as_of"] for each in answers] == [on.isoformat() for on, _ in days()]
    actions = [each["today"]["action"] for each in answers]
    assert actions == ["rest", "rest", "run", "rest", "modify"]


def test_the_demo_leaves_a_folder_with_other_things_alone(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"")

    found = CliRunner().invoke(main, ["demo", "--folder", str(tmp_path)])

    assert found.exit_code == 2
    assert "photo.jpg" in found.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["photo.jpg"]
