"""A catalogue lists the files of `read`, newest first, and unpacks what is opened only."""

import gzip
import os
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from damage_made_up import mutated
from hamstride.demo.activity_files import as_fit, as_gpx, as_tcx
from hamstride.demo.encode_fit import ENUM, UINT32, UINT64, BaseType, Definition, Field, fit_file
from hamstride.demo.streams import Effort, recorded
from hamstride.readers import (
    UPLOAD,
    Damage,
    Found,
    Limits,
    Listed,
    Outcome,
    Upload,
    catalogue,
    decode,
    read,
)
from made_up_files import GPX_HEAD, Member, gpx, zipped

GARMIN = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part{}.zip"
RUN = recorded((Effort(60, 3.0),), seed=1, treadmill=False)
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
# 1 June 2026, 12:30:10, as DOS packs it: 46 years after 1980, in steps of two seconds.
JUNE = ((46 << 9 | 6 << 5 | 1) << 16) | (12 << 11 | 30 << 5 | 5)


def on(day: int) -> datetime:
    return datetime(2026, 10, day, 6, tzinfo=UTC)


def told(source: Path | Upload) -> list[tuple[str, datetime | None]]:
    with catalogue(source) as files:
        return [(each.file, each.about) for each in files]


def about(data: bytes) -> datetime | None:
    ((_file, date),) = told(Upload("run", data))
    return date


def outcome_of(listed: Listed) -> Outcome:
    found = listed.open()
    return decode(found) if isinstance(found, Found) else found


def seen(outcome: Outcome) -> tuple[object, ...]:
    return (
        outcome.file,
        outcome.status,
        outcome.sha256,
        outcome.message,
        outcome.gear,
        [(each.title, each.start, each.samples) for each in outcome.activities],
        outcome.findings,
    )


def same_as_read(source: Path | Upload, limits: Limits = UPLOAD) -> list[str]:
    """The names in the order of the catalogue, once every outcome is seen to be that of `read`."""
    with catalogue(source, limits) as files:
        ours = [outcome_of(each) for each in files]
    by_name = sorted(map(seen, ours), key=lambda each: str(each[0]))

    theirs = sorted(map(seen, read(source, limits=limits)), key=lambda each: str(each[0]))
    assert by_name == theirs
    return [outcome.file for outcome in ours]


def folder_of_runs(folder: Path) -> Path:
    (folder / "deep").mkdir()
    (folder / "a.fit").write_bytes(as_fit(RUN, on(1)))
    (folder / "deep" / "b.gpx.gz").write_bytes(gzip.compress(as_gpx(RUN, on(3))))
    (folder / "c.tcx").write_bytes(as_tcx(RUN, on(2)))
    (folder / "notes.txt").write_bytes(b"Ran well.")
    os.utime(folder / "notes.txt", (0, 0))
    (folder / ".hidden").write_bytes(b"")
    (folder / "link.fit").symlink_to(folder / "a.fit")
    (folder / "z.zip").write_bytes(zipped(Member("d.fit", as_fit(RUN, on(4)))))
    return folder


def strava() -> bytes:
    table = (
        "Activity ID,Date,Name,Gear,Filename\n"
        "1,x,Easy,Red shoes,activities/1.fit.gz\n2,x,Long,Blue shoes,activities/2.gpx\n"
    )
    return zipped(
        Member("activities.csv", table.encode(), dos_time=JUNE),
        Member("activities/1.fit.gz", gzip.compress(as_fit(RUN, on(1)))),
        Member("activities/2.gpx", as_gpx(RUN, on(2))),
        Member("activities/3.tcx.gz", gzip.compress(as_tcx(RUN, on(3)))),
        Member("media/", b""),
        Member("media/._x.jpg", b"\xff\xd8\xff"),
        Member("media/locked.fit", b"x", flags=1),
        Member("media/broken.gz", b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff"),
        Member("media/broken.fit", as_fit(RUN, on(4)), crc=7),
    )


def garmin() -> bytes:
    first = zipped(Member("a.fit", as_fit(RUN, on(1))), Member("b.fit", as_fit(RUN, on(4))))
    second = zipped(Member("c.fit", as_fit(RUN, on(2))), Member(GARMIN.format(3), first))
    return zipped(
        Member(GARMIN.format(1), first),
        Member(GARMIN.format(2), second),
        Member(GARMIN.format(4), b"no zip"),
        Member(GARMIN.format(5), first, flags=1),
    )


def test_a_folder_is_listed_newest_first_and_holds_what_read_finds(tmp_path: Path) -> None:
    folder = folder_of_runs(tmp_path)

    names = [name.removeprefix(f"{folder}/") for name in same_as_read(folder)]

    assert names[:5] == ["z.zip/d.fit", "deep/b.gpx.gz", "c.tcx", "a.fit", "notes.txt"]
    assert sorted(names[5:]) == [".hidden", "link.fit"]


def test_a_strava_export_is_listed_newest_first_and_holds_what_read_finds() -> None:
    names = same_as_read(Upload("export.zip", strava()))

    assert [name.removeprefix("export.zip/") for name in names] == [
        "media/broken.fit",
        "activities/3.tcx.gz",
        "activities/2.gpx",
        "activities/1.fit.gz",
        "activities.csv",
        "media/._x.jpg",
        "media/locked.fit",
        "media/broken.gz",
    ]


def test_a_garmin_takeout_is_listed_over_all_its_parts() -> None:
    names = same_as_read(Upload("takeout.zip", garmin()))

    assert [name.rpartition("/")[2] for name in names][:3] == ["b.fit", "c.fit", "a.fit"]
    assert len(names) == 6


def test_a_zip_below_gzip_is_listed_by_what_it_holds() -> None:
    data = gzip.compress(zipped(Member("a.fit", as_fit(RUN, on(1)))))

    assert same_as_read(Upload("runs.zip.gz", data)) == ["runs.zip.gz/a.fit"]


def test_what_stands_in_the_file_goes_before_the_date_in_the_zip() -> None:
    data = zipped(
        Member("a.fit", as_fit(RUN, on(1)), dos_time=JUNE),
        Member("notes.txt", b"Ran well.", dos_time=JUNE),
        Member("undated.txt", b"Ran well."),
    )

    assert told(Upload("x.zip", data)) == [
        ("x.zip/a.fit", on(1)),
        ("x.zip/notes.txt", datetime(2026, 6, 1, 12, 30, 10, tzinfo=UTC)),
        ("x.zip/undated.txt", None),
    ]


def test_a_file_without_a_date_within_has_the_date_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"Ran well.")
    os.utime(file, (1_750_000_000, 1_750_000_000))

    # 1,750,000,000 s after 1970 is 15 June 2025, 15:06:40 UTC.
    assert told(file) == [(str(file), datetime(2025, 6, 15, 15, 6, 40, tzinfo=UTC))]


def created(second: int | None, kind: BaseType = UINT32) -> bytes:
    first = Definition(0, 0, (Field(0, ENUM), Field(4, kind)))
    return fit_file(first.defined() + first.data(4, second))


@pytest.mark.parametrize("second", [None, 0, 60, 4_000_000_000])
def test_a_clock_that_was_never_set_is_no_date(second: int | None) -> None:
    assert about(created(second)) is None


def test_seconds_that_no_calendar_holds_are_no_date() -> None:
    assert about(created(2**63, UINT64)) is None


@pytest.mark.parametrize("seed", range(200))
def test_a_damaged_beginning_never_stops_the_catalogue(seed: int) -> None:
    head = (as_fit(RUN, on(1)), as_gpx(RUN, on(1)), as_tcx(RUN, on(1)))[seed % 3][:400]

    assert len(told(Upload("run", mutated(head, seed)))) == 1


def test_a_fit_file_of_an_odd_header_or_without_file_id_is_listed() -> None:
    other = Definition(0, 49, (Field(0, ENUM),))
    usual = created(1_161_000_000)
    odd = bytes([20]) + usual[1:]

    assert about(usual) == datetime(2026, 10, 15, 12, tzinfo=UTC)
    assert about(fit_file(other.defined() + other.data(1))) is None
    assert about(odd) == about(usual)


@pytest.mark.parametrize(
    ("body", "date"),
    [
        ("<time>2026-10-20T06:00:00Z</time>", datetime(2026, 10, 20, 6, tzinfo=UTC)),
        ("<time>2026-10-20T06:00:00+02:00</time>", datetime(2026, 10, 20, 4, tzinfo=UTC)),
        ("<time>soon</time><time>2026-10-20</time>", datetime(2026, 10, 20, tzinfo=UTC)),
        ("<g:time>0001-01-01T00:00:00+14:00</g:time>", None),
        ("<time>9999-12-31T23:59:59-12:00</time>", None),
        ("", None),
    ],
)
def test_the_first_time_that_can_be_is_the_date_of_a_gpx_file(
    body: str, date: datetime | None
) -> None:
    assert about(f"{GPX_HEAD}{body}</gpx>".encode()) == date


def test_a_gpx_file_in_utf_16_has_its_date() -> None:
    text = gpx().decode().replace("UTF-8", "UTF-16")

    assert about(text.encode("utf-16")) == datetime(2026, 10, 20, 6, tzinfo=UTC)


def test_nothing_is_unpacked_of_what_is_skipped() -> None:
    # Each unpacks to 80,000 bytes, and all together to 150,000 are allowed: one can be opened.
    runs = [Member(f"{n}.gpx", gpx() + os.urandom(79_000)) for n in range(20)]
    limits = Limits(inflated_bytes=150_000)

    with catalogue(Upload("x.zip", zipped(*runs)), limits) as files:
        last = files[-1].open()
        others = [each.open() for each in files[:2]]

    assert isinstance(last, Found)
    assert last.data.startswith(b"<?xml")
    assert [isinstance(each, Outcome) for each in others] == [True, True]


def test_all_limits_hold_over_the_whole_catalogue() -> None:
    data = zipped(*(Member(f"{n}.bin", bytes(range(256)) * 350, method=0) for n in range(5)))
    limits = Limits(inflated_bytes=300_000)

    with catalogue(Upload("x.zip", data), limits) as files:
        ours = Counter(outcome_of(each).status for each in files)

    assert ours == Counter(each.status for each in read(Upload("x.zip", data), limits=limits))
    assert ours == {"not_an_activity": 3, "too_large": 2}


@pytest.mark.parametrize(
    "data",
    [
        zipped(Member("bomb.gpx", bytes(3_000_000))),
        zipped(*(Member(f"{n}.gpx", b"") for n in range(21))),
        zipped(Member("a.gpx", gpx()), Member("b.gpx", gpx(), offset=0)),
        zipped(Member("a.gz", gzip.compress(gzip.compress(gpx())))),
        gzip.compress(bytes(3_000_000)),
        b"x" * 5_000_001,
        b"",
    ],
)
def test_refusals_are_those_of_read(data: bytes) -> None:
    limits = Limits(entries=20, file_bytes=5_000_000)

    assert len(same_as_read(Upload("x", data), limits)) == 1


def test_a_file_that_is_gone_by_the_time_it_is_opened_is_said(tmp_path: Path) -> None:
    file = tmp_path / "run.gpx"
    file.write_bytes(gpx())

    with catalogue(file) as (listed,):
        file.unlink()
        outcome = outcome_of(listed)

    assert outcome.status == "unreadable"
    assert "there is no such file" in outcome.message


def test_a_part_of_a_takeout_is_gone_once_the_catalogue_is_closed() -> None:
    with ExitStack() as until:
        files = until.enter_context(catalogue(Upload("takeout.zip", garmin())))
        inside = outcome_of(files[0])
        until.close()
        after = outcome_of(files[0])

    assert (inside.status, after.status) == ("read", "unreadable")


def test_a_file_can_be_opened_twice() -> None:
    with catalogue(Upload("x.zip", strava())) as files:
        first, again = files[1].open(), files[1].open()

    assert first == again


def test_decode_says_of_damage_that_it_is_refused() -> None:
    cut = as_fit(RUN, on(1))[:-200]

    assert decode(Found("a.fit", cut)).status == "in_part"
    assert decode(Found("a.fit", cut), Damage.REFUSE).status == "unreadable"
