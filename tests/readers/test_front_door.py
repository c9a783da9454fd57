"""`read`: one outcome for each file, whatever it is, and nothing that raises."""

import gzip
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest

import hamstride.readers
from hamstride.errors import UnreadableFileError
from hamstride.readers import Damage, Outcome, Upload, read, read_all
from made_up_files import Member, gpx, lap, tcx, trackpoint, zipped


def test_every_real_file_has_an_outcome_and_none_is_unreadable(activities_folder: Path) -> None:
    seen: list[tuple[int, str]] = []

    outcomes = list(read(activities_folder, on_progress=lambda *done: seen.append(done)))

    files = [file for file in activities_folder.rglob("*") if file.is_file()]
    assert len(outcomes) == len(files) == 156
    assert [done for done, _file in seen] == list(range(1, 157))
    counts = Counter((outcome.format, outcome.status) for outcome in outcomes)
    # 10 GPX hold no track, 2 TCX are plans; 9 FIT are settings, weights and workouts.
    assert counts["gpx", "read"] == 58
    assert counts["gpx", "not_an_activity"] == 10
    assert counts["tcx", "read"] == 34
    assert counts["tcx", "not_an_activity"] == 2
    assert counts["fit", "read"] + counts["fit", "in_part"] == 42
    assert counts["fit", "not_an_activity"] == 9
    assert counts[None, "not_an_activity"] == 1  # SOURCES.tsv


def test_real_copies_are_found_across_formats(activities_folder: Path) -> None:
    marked = {Path(o.file).name: o.same_as for o in read_all([activities_folder])}

    # The GPX was exported from the same run as the TCX.
    assert Path(marked["rp__36bb9510-27b3-4c13-9d68-55b59af24ec3.gpx"] or "").name == (
        "rp__2020-12-02T06_08_29-300_Running.tcx"
    )
    assert marked["rp__run.tcx"] is None


def test_the_counts_add_up_to_the_entries() -> None:
    members = [
        Member("a.gpx", gpx()),
        Member("photo.jpg", b"\xff\xd8\xff"),
        Member("locked.gpx", gpx(), flags=1),
        Member("cut.tcx", tcx(lap(trackpoint(0)))[:-40]),
        Member("none.tcx", b"<TrainingCenterDatabase>"),
        Member("empty.fit", b""),
        Member("folder/", b""),
    ]

    outcomes = list(read(Upload("export.zip", zipped(*members))))

    assert [outcome.status for outcome in outcomes] == [
        "read",
        "not_an_activity",
        "unsupported",
        "in_part",
        "unreadable",
        "not_an_activity",
    ]


def test_an_outcome_says_what_the_file_is_and_was() -> None:
    data = tcx(lap(trackpoint(0)))

    (outcome,) = read(Upload("run.bin", data))

    assert outcome.format == "tcx"
    assert outcome.sha256 == hashlib.sha256(data).hexdigest()
    assert outcome.activities[0].sha256 == outcome.sha256
    assert outcome.message == ""


def test_the_hash_is_that_of_the_innermost_file() -> None:
    (outcome,) = read(Upload("export.zip", zipped(Member("a.gpx", gpx()))))

    assert outcome.sha256 == hashlib.sha256(gpx()).hexdigest()


def test_a_folder_is_read_through_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "1.gpx").write_bytes(gpx())
    (tmp_path / "a.gpx").write_bytes(gpx())
    (tmp_path / "c.zip").write_bytes(zipped(Member("z.gpx", gpx()), Member("y.gpx", gpx())))
    (tmp_path / ".cache").mkdir()

    found = [Path(outcome.file).relative_to(tmp_path).as_posix() for outcome in read(tmp_path)]

    # Entries of a zip keep the order of the zip.
    assert found == [".cache", "a.gpx", "b/1.gpx", "c.zip/z.gpx", "c.zip/y.gpx"]


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    (outcome,) = read(tmp_path / "none.fit")

    assert outcome.status == "unreadable"
    assert outcome.message.endswith(
        "none.fit: there is no such file. Look at the name and the folder."
    )


def test_keep_is_the_default_and_refuse_raises_at_the_first_damage() -> None:
    cut = Upload("run.tcx", tcx(lap(trackpoint(0)))[:-40])

    assert [outcome.status for outcome in read(cut)] == ["in_part"]
    with pytest.raises(UnreadableFileError, match=r"run\.tcx: the file ends too early, at line 7"):
        list(read(cut, Damage.REFUSE))
    with pytest.raises(UnreadableFileError, match=r"none\.tcx: the file ends too early"):
        list(read(Upload("none.tcx", b"<TrainingCenterDatabase>"), Damage.REFUSE))


def test_refuse_has_no_quarrel_with_oddities() -> None:
    odd = Upload("run.gpx", gpx().replace(b"Z</time>", b"</time>"))

    assert [outcome.status for outcome in read(odd, Damage.REFUSE)] == ["read"]


def test_a_fault_of_ours_never_stops_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_given: object, **_named: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr(hamstride.readers, "decode_tcx", stumble)
    members = (Member("a.tcx", tcx(lap(trackpoint(0)))), Member("b.gpx", gpx()))

    first, second = read(Upload("export.zip", zipped(*members)))

    assert (first.status, first.findings[0].code) == ("unreadable", "reader_fault")
    assert "the reader stumbled over it (ZeroDivisionError). Please report it." in first.message
    assert second.status == "read"


def test_every_finding_is_a_sentence_and_every_message_names_its_file(
    activities_folder: Path,
) -> None:
    damaged = (
        Upload("cut.gpx", gpx()[:-30]),
        Upload("cut.gpx.gz", gzip.compress(gpx())[:-9]),
        Upload("old.gpx", gpx().replace(b"2026-10-20", b"1970-10-20")),
    )

    outcomes = [*read(activities_folder), *(found for each in damaged for found in read(each))]

    findings = [finding.say for outcome in outcomes for finding in outcome.findings]
    assert len(findings) > 30
    assert [say for say in findings if not re.fullmatch(r"[A-Z0-9].*[.?]", say)] == []
    assert [
        each.message for each in outcomes if each.message and each.file not in each.message
    ] == []


def test_files_are_read_one_at_a_time() -> None:
    members = (Member("a.gpx", gpx()), Member("b.gpx", gpx()))
    done: list[str] = []

    outcomes = read(
        Upload("e.zip", zipped(*members)), on_progress=lambda _n, name: done.append(name)
    )
    first: Outcome = next(outcomes)

    assert first.file == "e.zip/a.gpx"
    assert done == ["e.zip/a.gpx"]
