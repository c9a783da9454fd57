"""`hamstride advise`, as a runner types it."""

import json
import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamstride.casefile import read_case
from hamstride.cli import main
from hamstride.cli.advise import with_activities
from hamstride.demo.ana import write
from hamstride.protocols.loading import load
from terminals import on_terminal

EXAMPLE = Path(__file__).parents[1] / "casefile" / "ana.toml"


@pytest.fixture(scope="module")
def ana(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ana's file, with her activities beside it."""
    return write(tmp_path_factory.mktemp("demo") / "ana")


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def test_the_documented_day_is_answered_in_sentences() -> None:
    found = _run("advise", EXAMPLE, "--on", "2026-10-20")

    assert found.exit_code == 0
    lines = found.stdout.splitlines()
    assert lines[:2] == [
        "Ana, Tue 20 October 2026",
        "■ Rest. This phase has no running yet. Strength goes on.",
    ]
    headings = [line for line in lines if line and not line.startswith(" ")][2:]
    assert headings == [
        "Why",
        "Today",
        "What would change it",
        "From “Build strength” to “Return to running”: 1 of 6",
        "The week, as it looks today",
        "What your answers look like",
        "Always",
        "Who says so",
    ]


def test_piped_output_has_no_colour_and_no_folded_sentence() -> None:
    found = _run("advise", EXAMPLE, "--on", "2026-10-20")

    assert "\x1b" not in found.stdout
    assert (
        "  Numbness between the legs, trouble with bladder or bowel, chest pain, short breath or "
        "dark urine: call your emergency number now."
    ) in found.stdout.splitlines()


def test_json_is_alone_on_standard_output_and_an_absent_file_is_named_beside_it() -> None:
    found = _run("advise", EXAMPLE, "--on", "2026-10-20", "--json")

    assert json.loads(found.stdout)["today"]["action"] == "rest"
    assert found.stderr.splitlines()[0] == "1 file was not read:"
    assert "18237.fit: there is no such file" in found.stderr
    assert found.exit_code == 0


def test_a_file_that_cannot_be_used_ends_with_2_and_a_line_for_each_fault(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(
        '[episode]\nstarted_on = 2026-10-01\nside = "left"\nlimb = 3\nbruise = "huge"\n',
        encoding="utf-8",
    )

    found = _run("advise", file)

    assert found.exit_code == 2
    assert found.stdout == ""
    assert len(found.stderr.splitlines()) == 2
    assert "Traceback" not in found.stderr


def test_a_name_that_no_library_holds_ends_with_2(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(
        '[episode]\nstarted_on = 2026-10-01\nside = "left"\nprotocol = "strian"\n', encoding="utf-8"
    )

    found = _run("advise", file, "--on", "2026-10-20")

    assert found.exit_code == 2
    assert found.stderr == (
        "odd.toml, episode.protocol: 'strian' is not known. Did you mean 'strain'?\n"
    )


def test_each_name_that_no_library_holds_is_told_with_the_file(tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text(
        '[episode]\nstarted_on = 2026-10-01\nside = "left"\nprotocol = "strian"\n'
        '[[tests]]\non = 2026-10-19\ntest = "brisk_wlak"\nleft = 30\n',
        encoding="utf-8",
    )

    found = _run("advise", file, "--on", "2026-10-20")

    assert found.stderr.splitlines() == [
        "odd.toml, episode.protocol: 'strian' is not known. Did you mean 'strain'?",
        "odd.toml, tests (2026-10-19): 'brisk_wlak' is not known. Did you mean 'brisk_walk'?",
    ]


@pytest.mark.parametrize(
    ("option", "value"),
    [("--on", "tomorrow"), ("--on", "2026-02-30"), ("--known-at", "2026-10-20T08:00")],
)
def test_a_day_or_time_that_is_none_is_told_how_to_write_it(option: str, value: str) -> None:
    found = _run("advise", EXAMPLE, option, value)

    assert found.exit_code == 2
    assert "write it as 2026-11-25" in found.stderr


def test_the_files_that_runs_name_are_read_beside_the_runners_file(ana: Path) -> None:
    case = with_activities(read_case(ana), ana.parent, (), load())

    third = next(run for run in case.runs if run.start.date() == date(2026, 10, 3))
    # Three whole repeats of 1 + 4 minutes, 2.5 min of the fourth, 5 min walked back.
    assert third.duration_s == 1350
    assert len(case.runs) == len(read_case(ana).runs)


def test_a_folder_adds_each_run_once_whoever_else_names_it(ana: Path) -> None:
    named = with_activities(read_case(ana), ana.parent, (), load())

    twice = with_activities(read_case(ana), ana.parent, (ana.parent / "activities",), load())

    assert [run.start for run in twice.runs] == [run.start for run in named.runs]
    assert [run.duration_s for run in twice.runs] == [run.duration_s for run in named.runs]


def test_runs_that_nobody_typed_are_added_from_a_folder(ana: Path, tmp_path: Path) -> None:
    file = tmp_path / "bare.toml"
    file.write_text('[episode]\nstarted_on = 2026-08-29\nside = "left"\n', encoding="utf-8")

    case = with_activities(read_case(file), tmp_path, (ana.parent / "activities",), load())

    assert len(case.runs) == len(read_case(ana).runs)


def test_files_that_cannot_be_read_are_counted_and_the_first_ones_named(
    ana: Path, tmp_path: Path
) -> None:
    for number in range(7):
        (tmp_path / f"{number}.fit").write_bytes(b"\x0e\x10\x00\x00\x10\x00\x00\x00.FIT\x00\x00")
    shutil.copy(ana, tmp_path / "ana.toml")

    found = _run("advise", ana, "--on", "2026-10-24", "--activities", tmp_path, "--json")

    assert found.exit_code == 0
    told = found.stderr.splitlines()
    assert told[0] == "7 files were not read:"
    assert len(told) == 7
    assert told[-1] == "  and 2 more"
    assert "ana.toml" not in found.stderr


def test_today_is_todays_date_where_the_runner_lives(tmp_path: Path) -> None:
    days = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        file = tmp_path / "runner.toml"
        file.write_text(
            f'[runner]\ntimezone = "{zone}"\n[episode]\nstarted_on = 2020-01-01\nside = "left"\n',
            encoding="utf-8",
        )
        days[zone] = date.fromisoformat(json.loads(_run("advise", file, "--json").stdout)["as_of"])

    # The clocks of these two islands are 25 hours apart, at every moment.
    apart = days["Pacific/Kiritimati"] - days["Pacific/Pago_Pago"]
    assert apart.days in (1, 2)


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
@pytest.mark.parametrize("columns", [60, 80, 100])
def test_on_a_terminal_lines_are_folded_to_its_width_and_the_word_has_a_colour(
    ana: Path, columns: int
) -> None:
    shown = on_terminal(columns, "advise", str(ana), "--on", "2026-10-24")

    assert "\x1b[33m\x1b[1m▲ Go easier\x1b[0m. You slept under 6 hours: 5 h (today)." in shown
    lines = re.sub(r"\x1b\[[0-9;]*m", "", shown).split("\r\n")
    assert max(map(len, lines)) < columns
    assert max(map(len, lines)) > min(columns, 93) - 8
