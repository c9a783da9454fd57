"""Folders of protocols, their files by name and number, and the library that ships."""

from pathlib import Path

import pytest

from hamstride.errors import ProtocolError
from hamstride.protocols.loading import load
from small_protocols import FILES, change, faults, library_faults, write_mine

HEAD, CALM, RUN = FILES


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


def test_the_small_protocol_stands_behind_those_that_ship(tmp_path: Path, mine: Path) -> None:
    library = load(tmp_path)

    assert list(library.protocols) == [*load().protocols, "mine"]
    assert [phase.id for phase in library.protocols["mine"].phases] == ["calm", "run"]
    assert library.protocols["mine"].phase("run").steps[1].running_min == 8  # 4 times 2 minutes


def test_the_folder_of_one_protocol_may_be_named_itself(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "mine" in load(mine).protocols
    monkeypatch.chdir(mine)
    assert "mine" in load(Path()).protocols


def test_what_ships_is_read_once_and_a_folder_each_time(tmp_path: Path, mine: Path) -> None:
    before = load(tmp_path)
    change(mine / RUN, 'title   = "Run again"', 'title   = "Run once more"')

    after = load(tmp_path)

    assert load() is load()
    assert before.protocols["mine"].phase("run").title == "Run again"
    assert after.protocols["mine"].phase("run").title == "Run once more"


def test_steps_of_one_folder_are_not_taken_for_those_of_another(tmp_path: Path, mine: Path) -> None:
    before = load(tmp_path)
    assert list(before.declared_for(before.protocols["mine"]).steps) == ["A1", "A2"]
    change(mine / RUN, 'id       = "A2"', 'id       = "B2"')

    after = load(tmp_path)

    assert list(after.declared_for(after.protocols["mine"]).steps) == ["A1", "B2"]


def test_what_is_no_toml_beside_the_files_is_left_alone(tmp_path: Path, mine: Path) -> None:
    (mine / "README.md").write_text("About mine.\n", encoding="utf-8")
    (tmp_path / "notes").mkdir()

    assert "mine" in load(tmp_path).protocols


# Folders


def test_a_folder_with_nothing_in_it_is_told_what_a_protocol_is(tmp_path: Path) -> None:
    found = faults(tmp_path)

    assert found == [
        f"{tmp_path}: no protocol was found. A protocol is a folder with a file protocol.toml."
    ]


@pytest.mark.parametrize("name", ["nowhere", "mine/protocol.toml", "n" * 300])
def test_what_is_no_folder_is_refused(tmp_path: Path, mine: Path, name: str) -> None:
    found = faults(tmp_path / name)

    assert found == [
        f"{tmp_path / name}: this is no folder that can be read. Name the folder that holds your "
        "protocols, a folder each."
    ]


def test_a_protocol_without_its_head_is_not_passed_over(tmp_path: Path, mine: Path) -> None:
    (mine / HEAD).unlink()

    assert faults(tmp_path) == ["mine/protocol.toml: the file is missing or cannot be read."]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, mine: Path) -> None:
    (mine / CALM).unlink()
    (mine / CALM).mkdir()

    assert faults(tmp_path) == ["mine/1_calm.toml: the file is missing or cannot be read."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (RUN, "3_run.toml", "mine/3_run.toml: {}; this one would begin with 2_."),
        (RUN, "02_run.toml", "mine/02_run.toml: {}; this one would begin with 2_."),
        (RUN, "1_run.toml", "mine/1_run.toml: {}; this one would begin with 2_."),
        (CALM, "0_calm.toml", "mine/0_calm.toml: {}; this one would begin with 1_."),
    ],
)
def test_phase_files_are_numbered_from_1_without_a_gap(
    tmp_path: Path, mine: Path, old: str, new: str, said: str
) -> None:
    (mine / old).rename(mine / new)

    found = faults(tmp_path)

    assert found[0] == said.format("the phase files are numbered from 1 without a gap")


@pytest.mark.parametrize("name", ["run.toml", "2run.toml", "²_run.toml", "2_run again.toml"])
def test_a_file_that_is_called_like_no_phase_is_not_passed_over(
    tmp_path: Path, mine: Path, name: str
) -> None:
    (mine / RUN).rename(mine / name)

    found = faults(tmp_path)

    assert found == [
        f"mine/{name}: this is no file of a protocol. Beside protocol.toml stand its phases, "
        "called 1_calm.toml, 2_strength.toml and so on."
    ]


def test_a_tenth_phase_comes_after_the_ninth(tmp_path: Path, mine: Path) -> None:
    for place in range(2, 10):
        text = FILES[CALM].replace('"calm"', f'"calm_{place}"')
        (mine / f"{place}_calm_{place}.toml").write_text(text, encoding="utf-8")
    (mine / RUN).rename(mine / "10_run.toml")

    phases = load(tmp_path).protocols["mine"].phases

    assert [phase.id for phase in phases[7:]] == ["calm_8", "calm_9", "run"]


def test_a_phase_is_called_like_its_file(tmp_path: Path, mine: Path) -> None:
    change(mine / CALM, '"calm"', '"quiet"')

    found = faults(tmp_path)

    assert found == [
        "mine/1_calm.toml: the id is 'quiet' and the file is called 'calm'. "
        "Give both the same name."
    ]


def test_a_protocol_is_called_like_its_folder(tmp_path: Path, mine: Path) -> None:
    mine.rename(tmp_path / "yours")

    found = faults(tmp_path)

    assert found == [
        "yours/protocol.toml: the id is 'mine' and the folder is called 'yours'. "
        "Give both the same name."
    ]


def test_a_protocol_that_ships_is_not_replaced(tmp_path: Path, mine: Path) -> None:
    change(mine / HEAD, '"mine"', '"strain"')
    mine.rename(tmp_path / "strain")

    found = faults(tmp_path)

    assert found == ["strain/protocol.toml: a protocol 'strain' ships already. Choose another id."]


def test_a_phase_inside_the_head_is_refused(tmp_path: Path, mine: Path) -> None:
    change(mine / HEAD, "[ladder]", '[[phases]]\nid = "calm"\n[ladder]')

    found = faults(tmp_path)

    assert found == [
        "mine/protocol.toml: phases stand here; each is a file of its own, such as 1_calm.toml."
    ]


def test_every_fault_of_every_file_has_its_line(tmp_path: Path, mine: Path) -> None:
    change(mine / HEAD, '"1.0.0"', "1")
    change(mine / CALM, '"none"', '"walking"')
    change(mine / CALM, "= 12", "= 0")
    other = tmp_path / "other"
    other.mkdir()
    (other / HEAD).write_text(FILES[HEAD].replace('"mine"', '"other"'), encoding="utf-8")
    text = FILES[RUN].replace("pain_morning_nrs", "pain_mornin_nrs")
    (other / "1_run.toml").write_text(text, encoding="utf-8")

    found = faults(tmp_path)

    assert [line.split(":")[0] for line in found] == [
        "mine/1_calm.toml, running",
        "mine/1_calm.toml, doses 'glute_bridge' reps",
        "mine/protocol.toml, version",
        "other/1_run.toml, modify_if 'woke_up_sore'",
    ]


# What ships beside the protocols

SHELF = {
    "unit missing": (
        "facts.toml",
        'value = 140\nunit = "steps/min"\n',
        "value = 140\n",
        "facts.toml, terms 'running_spm': 'unit' is missing. Needed here: source, id, value, "
        "unit, meaning.",
    ),
    "unit of a test unknown": (
        "tests.toml",
        'title   = "Brisk walk"\nunit    = "min"',
        'title   = "Brisk walk"\nunit    = "hours"',
        "tests.toml, tests 'brisk_walk' unit: found 'hours'; what fits is 's', 'min', 'reps', "
        "'deg', 'cm', 'newton', 'of 100' or 'pain'.",
    ),
    "question twice": (
        "screening.toml",
        '"bladder_or_bowel_change"',
        '"saddle_numbness"',
        "screening.toml: the key 'saddle_numbness' is used twice. Give each its own.",
    ),
    "count twice": (
        "facts.toml",
        '"pain_free_runs_at_95_pct"',
        '"pain_free_runs_of_30_min"',
        "facts.toml: the id 'pain_free_runs_of_30_min' is used twice. Give each its own.",
    ),
    "source of a figure": (
        "facts.toml",
        'counts as running"\nsource = "our_choice"',
        'counts as running"\nsource = "our_choise"',
        "facts.toml, 'running_spm': there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "source of a clean run": (
        "facts.toml",
        '[clean_easy]\nsource = "our_choice"',
        '[clean_easy]\nsource = "our_choise"',
        "facts.toml, 'clean_easy': there is no source 'our_choise'. Did you mean 'our_choice'?",
    ),
    "figure missing": (
        "facts.toml",
        'id = "running_spm"',
        'id = "running_per_min"',
        "facts.toml: 'running_spm' is missing. Add it to [[terms]] with its source.",
    ),
    "figure of the load model missing": (
        "load.toml",
        'id = "swing_bw"',
        'id = "swing"',
        "load.toml: 'swing_bw' is missing. Add it to [[terms]] with its source.",
    ),
    "figure of the signal missing": (
        "signals.toml",
        'id = "smoothed_s"',
        'id = "smooth_s"',
        "signals.toml: 'smoothed_s' is missing. Add it to [[terms]] with its source.",
    ),
    "figure that is no number": (
        "load.toml",
        "value = 2.467",
        'value = ["high"]',
        "load.toml, terms 'swing_bw' value: found a list; what fits is a number.",
    ),
    "source of a figure of the load model": (
        "load.toml",
        'grow with speed"\nsource = "dorn_2012"',
        'grow with speed"\nsource = "dorn_2021"',
        "load.toml, 'swing_bw': there is no source 'dorn_2021'. Did you mean 'dorn_2012'?",
    ),
    "form of a code": (
        "exercises.toml",
        '"E01"',
        '"1"',
        r"exercises.toml, exercises 'heel_dig_90' code: found '1'; what fits is a text like "
        r"^E\d\d$.",
    ),
}


@pytest.mark.parametrize(("file", "old", "new", "said"), SHELF.values(), ids=SHELF)
def test_a_slip_in_what_ships_is_told_as_well(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    found = library_faults(tmp_path, file, old, new)

    assert said in found


@pytest.mark.parametrize(
    ("file", "begins"),
    [
        ("sources.toml", "# Who says so."),
        ("plan.toml", "# How sessions and weeks"),
        ("load.toml", "# The figures of the load model"),
    ],
)
def test_a_library_without_one_of_its_files_is_no_library(
    tmp_path: Path, file: str, begins: str
) -> None:
    found = library_faults(tmp_path, file, begins, "= 1")

    assert found == [f"{file}, line 1, column 1: this is not TOML: Invalid statement."]


def test_a_refusal_is_a_hamstride_error_with_a_fault_a_line(tmp_path: Path, mine: Path) -> None:
    change(mine / CALM, "= 12", "= 0")
    change(mine / CALM, '"none"', '"walking"')

    with pytest.raises(ProtocolError) as refused:
        load(tmp_path)

    assert str(refused.value).splitlines() == list(refused.value.faults)
    assert len(refused.value.faults) == 2
