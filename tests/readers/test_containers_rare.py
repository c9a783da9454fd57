"""What few containers have: their own limits, odd tables, and files that cannot be opened."""

import gzip
import hashlib
import random
import struct
from pathlib import Path

import pytest

from hamstride.demo.encode_fit import ENUM, TIMESTAMP, UINT8, Definition, Field, fit_file
from hamstride.errors import UnreadableFileError
from hamstride.readers import TAKEOUT, Damage, Limits, Upload, mark_duplicates, read, read_all
from hamstride.readers.limits import GB, MB, size_text
from made_up_files import Member, gpx, point, track, zipped

RUN = gpx()
KB = 1024
FILE_ID = Definition(0, 0, (Field(0, ENUM),))
RECORD = Definition(1, 20, (TIMESTAMP, Field(3, UINT8)))
SAMPLES = FILE_ID.defined() + FILE_ID.data(4) + RECORD.defined() + RECORD.data(1_150_000_000, 140)


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (300, "300 bytes"),
        (10 * KB, "10 kB"),
        (MB, "1 MB"),
        (1000 * MB, "1000 MB"),
        (8 * GB, "8 GB"),
        (GB + MB, "1025 MB"),
    ],
)
def test_a_size_is_said_in_the_unit_that_people_use(size_bytes: int, text: str) -> None:
    assert size_text(size_bytes) == text


def test_a_name_that_no_disk_takes_is_said(tmp_path: Path) -> None:
    (outcome,) = read(tmp_path / ("x" * 300))

    assert outcome.status == "unreadable"
    assert outcome.message.endswith(": it cannot be opened (file name too long).")


def test_a_fault_of_ours_in_one_zip_never_stops_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_given: object, **_named: object) -> None:
        raise OverflowError("made up")

    monkeypatch.setattr("hamstride.readers.containers.read_directory", stumble)
    (tmp_path / "a.zip").write_bytes(zipped(Member("a.gpx", RUN)))
    (tmp_path / "b.gpx").write_bytes(RUN)

    first, second = read(tmp_path)

    assert "the reader stumbled over it (OverflowError)" in first.message
    assert second.status == "read"


# Limits


def test_a_zip_that_is_no_takeout_keeps_the_limits_of_a_zip() -> None:
    limits = Limits(zip_bytes=200, takeout=TAKEOUT)

    (outcome,) = read(Upload("runs.zip", zipped(Member("a.gpx", RUN))), limits=limits)

    assert outcome.status == "too_large"
    assert outcome.message == ("runs.zip: larger than 200 bytes. Split it, and give the parts.")


def test_a_directory_that_lists_more_than_the_limit_is_refused_whatever_it_says() -> None:
    data = zipped(*(Member(f"{n}.gpx", b"", method=0) for n in range(21)), entries=1)

    (outcome,) = read(Upload("runs.zip", data), limits=Limits(entries=20))

    assert outcome.status == "too_large"
    assert "it holds more than 20 files" in outcome.message


def test_an_entry_that_lies_about_its_size_stops_at_the_limit_of_an_entry() -> None:
    lie = Member("bomb.gpx", bytes(400 * KB), says_bytes=1000)

    (outcome,) = read(Upload("runs.zip", zipped(lie)), limits=Limits(entry_bytes=100 * KB))

    assert outcome.status == "too_large"
    assert "larger than 100 kB" in outcome.message


def test_a_gzip_file_stops_at_the_limit_of_an_entry() -> None:
    noise = random.Random(1).randbytes(300 * KB)  # noqa: S311 - no secret

    (outcome,) = read(
        Upload("run.fit.gz", gzip.compress(noise)), limits=Limits(entry_bytes=100 * KB)
    )

    assert outcome.status == "too_large"
    assert "larger than 100 kB" in outcome.message


@pytest.mark.parametrize("over", [0, 1, 100, 256])
def test_not_a_byte_is_lost_where_an_entry_ends_just_behind_a_block(over: int) -> None:
    # Zeros come out 256 kB at a time, and zlib holds back some when all has gone in.
    zeros = bytes(256 * KB + over)

    (outcome,) = read(Upload("runs.zip", zipped(Member("a.bin", zeros))))

    assert outcome.sha256 == hashlib.sha256(zeros).hexdigest()


def test_damage_is_not_refused_for_what_lies_behind_a_whole_layer() -> None:
    trailing = Upload("run.gpx.gz", gzip.compress(RUN) + b"more")

    (outcome,) = read(trailing, Damage.REFUSE)

    assert outcome.status == "read"


def test_what_is_refused_is_not_told_as_read() -> None:
    cut = Upload("run.gpx.gz", gzip.compress(RUN, 0)[:700])

    with pytest.raises(UnreadableFileError) as caught:
        list(read(cut, Damage.REFUSE))

    assert str(caught.value) == (
        "run.gpx.gz: the gzip layer ends too early; the rest is missing. Download it again."
    )


# Directories of zip64


def end_64(mark: bytes = b"PK\6\6", *, at: int, place_mark: bytes = b"PK\6\7") -> bytes:
    """The end of a zip64 of no entries; `at` is where it says that its record is."""
    record = struct.pack("<4sQHHLLQQQQ", mark, 44, 45, 45, 0, 0, 0, 0, 0, 4)
    place = struct.pack("<4sLQL", place_mark, 0, at, 1)
    full = (0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return record + place + struct.pack("<4sHHHHLLH", b"PK\5\6", *full)


@pytest.mark.parametrize(
    "data",
    [
        end_64(at=0)[-22:],  # nothing before the end
        b"PK\3\4" + end_64(at=4, place_mark=b"PK\0\0"),
        b"PK\3\4" + end_64(at=2**40),
        b"PK\3\4" + end_64(b"PK\0\0", at=4),
    ],
    ids=["no place", "no mark of the place", "a place beyond the file", "no mark of the record"],
)
def test_a_zip64_without_its_directory_is_damaged(data: bytes) -> None:
    (outcome,) = read(Upload("runs.zip", data))

    assert outcome.status == "unreadable"
    assert outcome.message == (
        "runs.zip: a damaged zip; its directory is missing. Download it again."
    )


def test_the_zip64_that_the_others_are_made_from_is_empty_and_sound() -> None:
    (outcome,) = read(Upload("runs.zip", b"PK\3\4" + end_64(at=4)))

    assert outcome.message == "runs.zip: an empty zip."


# Entries


def second_of_two() -> tuple[bytes, int]:
    """A zip of two entries, and where the local header of the second begins."""
    data = zipped(Member("a.gpx", RUN), Member("b.gpx", RUN))
    return data, data.index(b"PK\3\4", 4)


def test_an_entry_whose_own_header_is_damaged_costs_no_other() -> None:
    data, at = second_of_two()

    first, second = read(Upload("runs.zip", data[:at] + b"PK\0\0" + data[at + 4 :]))

    assert first.status == "read"
    assert second.message == "runs.zip/b.gpx: damaged within the zip. Download it again."


def test_an_entry_that_claims_to_begin_within_what_follows_is_refused() -> None:
    data, at = second_of_two()
    extra_bytes = at + 28

    first, second = read(
        Upload("runs.zip", data[:extra_bytes] + b"\xff\x00" + data[extra_bytes + 2 :])
    )

    assert first.status == "read"
    assert second.message == (
        "runs.zip/b.gpx: lies over another file in the zip. Download it again."
    )


def test_the_time_that_many_zips_keep_of_each_file_is_passed_over() -> None:
    time = struct.pack("<HHBL", 0x5455, 5, 1, 1_792_000_000)

    (outcome,) = read(Upload("runs.zip", zipped(Member("a.gpx", RUN, extra=time))))

    assert outcome.status == "read"


# Takeouts


def test_a_table_alone_makes_no_takeout() -> None:
    members = (Member("notes/activities.csv", b"1,day,Hills\n"), Member("run.gpx", RUN))

    table, run = read(Upload("runs.zip", zipped(*members)))

    assert table.status == "not_an_activity"
    assert run.activities[0].title == "Morning run"


def test_a_row_of_a_table_that_no_one_can_read_costs_no_other_its_title() -> None:
    long = b"3,day," + b"x" * 200_000 + b",Run,,,,,,,,,activities/3.gpx\n"
    good = b"1,day,Hills,Run,,,,,,,,Red,activities/1.gpx\n"
    members = (Member("activities.csv", long + good), Member("activities/1.gpx", RUN))

    _table, run = read(Upload("export.zip", zipped(*members)))

    assert (run.activities[0].title, run.gear) == ("Hills", "Red")


def test_a_table_over_the_limit_is_left_alone_and_the_runs_are_read(tmp_path: Path) -> None:
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "1.gpx").write_bytes(RUN)
    row = "1,day,Hills,Run,,,,,,,,Red,activities/1.gpx\n"
    (tmp_path / "activities.csv").write_text(row + "\n" * 10_000, encoding="utf-8")

    run, _table = read(tmp_path, limits=Limits(entry_bytes=5_000))

    assert (run.status, run.activities[0].title) == ("read", "Morning run")


# Kinds and copies


def test_a_page_that_is_no_xml_is_a_web_page_all_the_same() -> None:
    (outcome,) = read(Upload("run.gpx", b"<!doctype html><html><body>Log in<br></body></html>"))

    assert outcome.status == "not_an_activity"
    assert "a web page, such as a login page" in outcome.message


@pytest.mark.parametrize("name", ["run.fit", "RUN.TCX", "run.fit.gz"])
def test_a_file_with_the_name_of_another_kind_is_said(name: str) -> None:
    (outcome,) = read(Upload(name, RUN))

    assert (outcome.status, outcome.format) == ("read", "gpx")
    ending = name.lower().split(".")[1]
    assert [finding.say for finding in outcome.findings] == [
        f"It is named .{ending} and is a GPX file; it was read as one."
    ]


def test_a_finding_about_a_whole_chain_is_said_once() -> None:
    chain = fit_file(SAMPLES) + fit_file(SAMPLES) + b"garbage"

    (outcome,) = read(Upload("run.fit", chain))

    assert len(outcome.activities) == 2
    assert [finding.code for finding in outcome.findings] == ["trailing"]


def test_two_tracks_of_one_file_are_no_copies_of_each_other() -> None:
    twice = gpx(track(point(0) + point(60)) + track(point(0) + point(60)))

    (outcome,) = read_all([Upload("run.gpx", twice)])

    assert (outcome.status, len(outcome.activities)) == ("read", 2)


def test_files_that_nobody_hashed_are_copies_by_their_time() -> None:
    one, other = (outcome for name in "ab" for outcome in read(Upload(name, RUN)))
    assert one.sha256 == other.sha256
    unhashed = [
        type(one)(file=each.file, status="read", format="gpx", activities=each.activities)
        for each in (one, other)
    ]

    marked = mark_duplicates(unhashed)

    assert [outcome.status for outcome in marked] == ["read", "duplicate"]
    assert marked[1].same_as == "a"
