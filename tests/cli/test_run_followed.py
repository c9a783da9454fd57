"""`hamstride runs FILE --step`: a run beside the step that was planned."""

import gzip
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hamstride.cli import main
from hamstride.demo.activity_files import as_fit
from hamstride.demo.ana import write
from hamstride.demo.streams import Effort, recorded
from terminals import on_terminal

START = datetime(2026, 10, 18, 17, tzinfo=UTC)


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["runs", *map(str, arguments)])


def _object(*arguments: object) -> dict[str, Any]:
    (one,) = json.loads(_run(*arguments, "--json").stdout)
    found: dict[str, Any] = one
    return found


def _table(said: str) -> list[list[str]]:
    """The rows of the table of planned against done, its heading left out."""
    lines = said.splitlines()
    begin = lines.index("Planned against done")
    rows = [line.split() for line in lines[begin + 3 : lines.index("", begin)]]
    return [row for row in rows if row[-1] in {"✓", "shorter", "missing", "fewer", "longer"}]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Ana's activities."""
    return write(tmp_path_factory.mktemp("demo") / "ana").parent / "activities"


@pytest.fixture
def r3(tmp_path: Path) -> Path:
    """A file of 5 times walk 2 min, run 2 min, with a warm-up and a cool-down."""
    pairs = (Effort(120, 1.5), Effort(120, 2.6)) * 5
    streams = recorded((Effort(300, 1.5), *pairs, Effort(240, 1.4)), seed=3)
    file = tmp_path / "r3.fit"
    file.write_bytes(as_fit(streams, START))
    return file


def test_a_whole_step_is_told_interval_by_interval(r3: Path) -> None:
    said = _run(r3, "--step", "R3").stdout

    assert "  R3: 5 times: walk 2 min, run 2 min." in said.splitlines()
    rows = _table(said)
    assert rows[0] == ["run", "1", "2:00", "2:00", "✓"]
    assert rows[1] == ["walk", "2", "2:00", "2:00", "✓"]
    assert ["repeats", "5", "5", "✓"] in rows
    assert ["running", "10:00", "10:00", "✓"] in rows
    assert "  Done as planned." in said.splitlines()
    assert "  Warm-up and cool-down are left out." in said.splitlines()


def test_json_holds_the_same_as_numbers(r3: Path) -> None:
    found = _object(r3, "--step", "R3")

    followed = found["followed"]
    assert list(followed) == ["step", "share_pct", "verdict", "harder", "parts", "left_out"]
    assert (followed["step"], followed["share_pct"]) == ("R3", 100)
    assert (followed["verdict"], followed["harder"]) == ("done", [])
    assert followed["parts"][0] == {
        "kind": "run", "planned": 120.0, "done": 120.0, "unit": "s", "fits": True, "nth": 1,
    }  # fmt: skip
    assert followed["left_out"] == ["speed"]  # 3 km tell no top speed
    assert found["looks_like"] is None


def test_a_run_cut_short_says_what_is_missing(runs: Path) -> None:
    # Ana broke off R7 in the fourth run of 4 minutes.
    said = _run(runs / "2026-10-03-r7.fit", "--step", "R7").stdout

    rows = _table(said)
    assert ["run", "4", "4:00", "1:30", "shorter"] in rows
    assert ["run", "5", "4:00", "none", "missing"] in rows
    assert ["repeats", "5", "3", "fewer"] in rows
    assert "68 % of it was done: a part of the step, which leads to no higher one." in said


def test_a_run_that_was_harder_says_in_what_way(r3: Path) -> None:
    found = _object(r3, "--step", "R1")

    assert found["followed"]["harder"] == ["longer", "shorter_walks"]
    assert (
        "All of it was done, harder than planned: longer running and shorter walks."
        in _run(r3, "--step", "R1").stdout
    )


def test_other_runs_tell_the_top_speed_that_a_step_is_held_against(runs: Path) -> None:
    file = runs / "2026-09-27-r3.fit"

    alone, beside = _object(file, "--step", "R3"), _object(file, runs, "--step", "R3")

    assert alone["followed"]["left_out"] == ["speed"]
    assert beside["followed"]["left_out"] == []
    assert beside["followed"]["parts"][-2]["kind"] == "speed"
    assert beside["file"] == str(file)
    assert beside["spike"] != "no_baseline"
    assert "activities of other sports" not in _run(file, runs, "--step", "R3").stdout


def test_a_stride_is_not_too_fast_for_a_runner_who_never_sprinted(runs: Path) -> None:
    found = _object(runs / "2026-11-03-v1.fit", runs, "--step", "V1")["followed"]

    assert (found["verdict"], found["harder"], found["left_out"]) == ("done", [], ["speed"])


@pytest.mark.parametrize(
    ("name", "step", "looks"),
    [
        ("2026-09-24-r1.fit", "R1", True),
        ("2026-09-30-r5.fit", "R5", True),
        ("2026-10-13-r8.fit", "R8", True),
        ("2026-10-03-r7.fit", "R7", False),  # it was broken off
        ("2026-07-12-easy.fit", "", False),  # 54 minutes are no step
    ],
)
def test_without_a_step_a_run_says_which_one_it_looks_like(
    runs: Path, name: str, step: str, looks: bool
) -> None:
    said = _run(runs / name).stdout

    assert _object(runs / name)["looks_like"] == (step if looks else None)
    assert (f"It looks like {step}: " in said) is looks
    assert "Planned against done" not in said


def test_the_ladder_of_another_protocol_has_its_own_steps(r3: Path) -> None:
    other = ("--protocol", "without_reinjury")

    assert _object(r3, *other)["looks_like"] == "W1S2"
    assert _object(r3, *other, "--step", "W1S2")["followed"]["share_pct"] == 100


def test_a_file_that_cannot_tell_says_so(tmp_path: Path, r3: Path) -> None:
    points = "".join(
        f"<trkpt lat='38.7' lon='{-9.1 + minute / 300}'><time>2026-10-18T17:{minute:02d}:00Z"
        "</time></trkpt>"
        for minute in range(30)
    )
    file = tmp_path / "rare.gpx"
    file.write_text(
        f"<gpx version='1.1'><trk><type>running</type><trkseg>{points}</trkseg></trk></gpx>",
        encoding="utf-8",
    )

    assert "This file cannot tell how much of R3 was done." in _run(file, "--step", "R3").stdout
    assert _object(file, "--step", "R3")["followed"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--step", "R99"), "the protocol 'strain' has no step 'R99'. Its steps: R0, R1,"),
        (("--step", "R1", "--protocol", "niggle"), "'niggle' has no running steps."),
        (("--protocol", "sprain"), "there is no protocol 'sprain'. There are: "),
    ],
)
def test_a_name_that_is_none_is_told_with_those_that_are(
    r3: Path, arguments: tuple[str, ...], said: str
) -> None:
    found = _run(r3, *arguments)

    assert said in found.stderr
    assert found.exit_code == 2


def test_a_damaged_file_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    file = tmp_path / "damaged.fit"
    file.write_bytes(b"\x0e\x10\0\0\x10\0\0\0.FIT\0\0")

    found = _run(file, "--step", "R3")

    assert found.stdout.startswith("No run was found.\n")
    assert "damaged.fit" in found.stdout
    assert found.exit_code == 1


def test_a_step_is_compared_with_one_run(runs: Path) -> None:
    found = _run(runs, "--step", "R3")

    assert "--step compares one run. Name its own file first" in found.stderr
    assert found.exit_code == 2


def test_a_packed_file_is_compared_as_well(tmp_path: Path, r3: Path) -> None:
    packed = tmp_path / "packed" / "r3.fit.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress(r3.read_bytes()))

    assert _object(packed, "--step", "R3")["followed"]["share_pct"] == 100


@pytest.mark.parametrize(
    ("planned", "step", "change", "harder"),
    [
        ("R5", "R7", "climb", []),  # as she wrote it down: a whole R5
        ("R7", "R7", "partly", []),  # 15 of 20 minutes
        ("R4", "R4", "harder", ["longer", "shorter_walks"]),
    ],
)
def test_the_plan_goes_on_from_what_the_file_shows(
    tmp_path: Path, planned: str, step: str, change: str, harder: list[str]
) -> None:
    # Ana ran 5 times 3 min with walks of a minute on 30 September.
    file = write(tmp_path / "ana")
    told = file.read_text(encoding="utf-8")
    begin = told.index('file = "activities/2026-09-30-r5.fit"')
    file.write_text(told[:begin] + told[begin:].replace('"R5"', f'"{planned}"', 1), "utf-8")

    found = CliRunner().invoke(main, ["advise", str(file), "--on", "2026-10-02", "--json"])

    run = next(day["run"] for day in json.loads(found.stdout)["week"] if day["run"] is not None)
    assert (run["step"], run["change"], run["last_harder"]) == (step, change, harder)


@pytest.mark.parametrize("columns", [41, 100])
def test_the_table_of_a_step_fits_a_phone(r3: Path, columns: int) -> None:
    said = re.sub(
        r"\x1b\[[0-9;?]*[A-Za-z]", "", on_terminal(columns, "runs", str(r3), "--step", "R3")
    ).splitlines()

    begin = said.index("Planned against done")
    lines = said[begin : said.index("", begin)]
    assert max(map(len, lines)) < columns
    assert any(line.split() == ["run", "5", "2:00", "2:00", "✓"] for line in lines)
