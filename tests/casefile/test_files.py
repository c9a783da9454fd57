"""Files on disk: read whole, written whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from hamstride.casefile import read_case, write_case
from hamstride.errors import CaseFileError
from hamstride.records import Case, CheckIn, Episode, Run, Screening

# The user that owns nothing, by its number on Linux.
NOBODY = 65_534

CASE = Case(
    episode=Episode(started_on=date(2026, 10, 1), side="left"),
    check_ins=(CheckIn(on=date(2026, 10, 20), pain_morning=1),),
)
PAINLESS = Case(episode=CASE.episode)
IMPOSSIBLE = Case(
    episode=CASE.episode, check_ins=(CheckIn(on=date(2026, 10, 20), sleep_h=float("nan")),)
)


@pytest.mark.parametrize("name", ["ana.toml", "ana.json", "ANA.JSON", "ana"])
def test_a_case_is_written_and_read_under_any_name(tmp_path: Path, name: str) -> None:
    write_case(CASE, tmp_path / name)

    assert read_case(tmp_path / name) == CASE
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_format_is_that_of_the_name(tmp_path: Path) -> None:
    write_case(CASE, tmp_path / "ana.json")
    write_case(CASE, tmp_path / "ana.toml")

    assert (tmp_path / "ana.json").read_bytes().startswith(b"{\n")
    assert (tmp_path / "ana.toml").read_bytes().startswith(b"[runner]\n")


def test_a_case_that_could_not_be_read_again_leaves_the_old_file(tmp_path: Path) -> None:
    write_case(CASE, tmp_path / "ana.toml")

    with pytest.raises(CaseFileError, match="nan is not a number"):
        write_case(IMPOSSIBLE, tmp_path / "ana.toml")

    assert read_case(tmp_path / "ana.toml") == CASE
    assert [path.name for path in tmp_path.iterdir()] == ["ana.toml"]


def test_a_disk_that_refuses_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "ana.toml").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_case(CASE, tmp_path / "ana.toml")

    assert [path.name for path in tmp_path.iterdir()] == ["ana.toml"]


def test_a_new_file_is_for_its_owner_alone_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    write_case(CASE, tmp_path / "new.toml")
    (tmp_path / "old.toml").write_text("")
    (tmp_path / "old.toml").chmod(0o640)
    write_case(CASE, tmp_path / "old.toml")

    assert stat.S_IMODE((tmp_path / "new.toml").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "old.toml").stat().st_mode) == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    write_case(CASE, tmp_path / "real.toml")
    (tmp_path / "link.toml").symlink_to(tmp_path / "real.toml")

    write_case(PAINLESS, tmp_path / "link.toml")

    assert (tmp_path / "link.toml").is_symlink()
    assert read_case(tmp_path / "real.toml") == PAINLESS


def test_answers_to_other_questions_are_written_too(tmp_path: Path) -> None:
    screening = Screening(on=date(2026, 10, 2), answers={"shoe on fire": False})
    case = Case(episode=CASE.episode, screenings=(screening,))

    write_case(case, tmp_path / "ana.toml")

    assert read_case(tmp_path / "ana.toml", questions=frozenset({"shoe on fire"})) == case


def test_the_path_of_an_activity_is_kept_as_written(tmp_path: Path) -> None:
    (tmp_path / "ana.toml").write_text(
        '[episode]\nstarted_on = 2026-10-01\nside = "left"\n'
        '[[runs]]\nstart = 2026-10-19T18:00:00Z\nfile = "../activities/18237.fit"\n'
    )

    runs = read_case(tmp_path / "ana.toml").runs

    assert [run.file for run in runs] == ["../activities/18237.fit"]


def test_the_numbers_that_a_watch_measures_are_keys_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "ana.toml").write_text(
        '[episode]\nstarted_on = 2026-10-01\nside = "left"\n'
        "[[runs]]\nstart = 2026-10-19T18:00:00Z\ntimer_s = 1480\nmoving_s = 1470\n"
        "running_s = 720\nwalk_breaks = 5\ncadence_spm = 172\nbest_speed_mps = 4.1\n"
    )

    run = read_case(tmp_path / "ana.toml").runs[0]

    assert (run.timer_s, run.moving_s, run.running_s) == (1480.0, 1470.0, 720.0)
    assert (run.walk_breaks, run.cadence_spm, run.best_speed_mps) == (5, 172.0, 4.1)
    assert isinstance(run, Run)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.toml", "none.toml: there is no such file; look at its name and its folder."),
        ("folder", "folder: this is a folder; name the runner's file in it."),
        ("x/y.toml", "y.toml: the file could not be read (Not a directory)."),
    ],
)
def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "x").write_text("")

    with pytest.raises(CaseFileError) as caught:
        read_case(tmp_path / name)

    assert caught.value.faults == (sentence,)


@contextmanager
def without_the_rights_of_root() -> Iterator[None]:
    """Be nobody for a while where root runs the tests, since root may read everything."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(own)


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "ana.toml").write_text("")
    (tmp_path / "ana.toml").chmod(0)

    with without_the_rights_of_root(), pytest.raises(CaseFileError) as caught:
        read_case(tmp_path / "ana.toml")

    assert caught.value.faults == ("ana.toml: the file may not be read; look at its permissions.",)
