"""Rows B1 to B23: files that are none, archives, and what is made to burst."""

import gzip
import io
import struct
import tarfile

from corpus.rows import Row, assert_refused
from hamstride.readers import Outcome
from hamstride.readers.limits import MB
from made_up_files import Member, gpx, zipped

RUN = gpx()
GARMIN = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"
ODD_NAMES = ("a\0b.gpx", "a\u202egpx.exe.gpx", "x" * 4096 + ".gpx", "🏃.gpx")


def in_zip(*names: str | bytes) -> bytes:
    """A zip with one run under each name."""
    return zipped(*(Member(name, RUN) for name in names))


def both_at_once() -> bytes:
    """A GPX file whose last comment is a zip."""
    return RUN + b"<!--" + zipped(Member("a.gpx", RUN), comment=b"-->")


def bombs_within_bombs() -> bytes:
    """A zip in a zip in a zip, the innermost of zeros."""
    inner = zipped(Member("0.gpx", bytes(4 * MB)))
    return zipped(Member("1.zip", zipped(Member("2.zip", inner))))


def bomb_in_a_takeout() -> bytes:
    """A part of a Garmin takeout that holds another zip."""
    part = zipped(Member("1.zip", zipped(Member("0.gpx", bytes(4 * MB)))))
    return zipped(Member(GARMIN, part))


def claims_2_to_the_63() -> bytes:
    """A zip64 entry that claims 2^63 bytes."""
    extra = struct.pack("<HHQQ", 1, 16, 2**63, len(RUN))
    return zipped(Member("run.gpx", RUN, method=0, says_bytes=0xFFFFFFFF, extra=extra))


def too_many_entries() -> bytes:
    """One entry more than is read."""
    return zipped(*(Member(f"{number}.gpx", b"", method=0) for number in range(10_001)))


def tarred() -> bytes:
    """A tar archive of one run."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        about = tarfile.TarInfo("run.gpx")
        about.size = len(RUN)
        archive.addfile(about, io.BytesIO(RUN))
    return tar.getvalue()


def strava_export() -> bytes:
    """5,000 activities, of which three are bad, and the table of the account."""
    bad = (
        Member("activities/4997.gpx", b"<html>"),
        Member("activities/4998.fit.gz", b"\x1f\x8b\x08"),
        Member("activities/4999.tcx", b"<TrainingCenterDatabase><"),
    )
    good = (Member(f"activities/{number}.gpx", RUN) for number in range(4997))
    return zipped(*good, *bad, Member("activities.csv", b"Activity ID,Filename\n"))


def three_are_listed(outcomes: list[Outcome]) -> bool:
    """Whether 4,997 were read, and each of the rest has its reason."""
    *runs, web_page, cut, broken, table = outcomes
    assert_refused(web_page, "not_an_activity", "a web page")
    assert_refused(cut, "unreadable", "a damaged gzip file")
    assert_refused(broken, "unreadable", "the file ends too early, at line 1")
    assert_refused(table, "not_an_activity", "a text or table")
    return len(runs) == 4997 and all(each.activities and not each.findings for each in runs)


def shown_in_full(outcomes: list[Outcome]) -> bool:
    """Whether no name can do harm where it is printed or stored."""
    names = [outcome.file.removeprefix("export.zip/") for outcome in outcomes]
    return all(name.isprintable() and len(name) <= 255 for name in names)


def one_counts(outcomes: list[Outcome]) -> bool:
    """Whether the same bytes under the same name count once."""
    return [outcome.status for outcome in outcomes] == ["read", "duplicate"]


def zips(no: int, code: str, says: str, data: bytes, about: str = "") -> Row:
    """A row of a zip that is refused."""
    return Row(no, "R", lambda: data, code, says, "export.zip", about)


ROWS = (
    Row(1, "R", lambda: b"", "not_an_activity", "the file is empty"),
    Row(2, "R", lambda: b"\x0e", "not_an_activity", "no kind of file that is known"),
    Row(3, "R", lambda: RUN.ljust(26 * MB), "too_large", "larger than 25 MB"),
    Row(4, "W", lambda: RUN, "misnamed", "is a GPX file; it was read as one", "run.fit"),
    Row(5, "R", lambda: b"\xff\xd8\xff\xe0" + bytes(40), "not_an_activity", "a JPEG photo"),
    Row(5, "R", lambda: b"%PDF-1.7\n", "not_an_activity", "a PDF document", about="PDF"),
    Row(5, "R", lambda: b"MZ" + bytes(60), "not_an_activity", "a Windows program", about="EXE"),
    Row(6, "R", both_at_once, "unsupported", "an activity and a zip at once"),
    zips(7, "too_large", "more than 100 times its size", zipped(Member("0.gpx", bytes(20 * MB)))),
    zips(8, "unreadable", "more comes out", zipped(Member("0.gpx", bytes(MB), says_bytes=1000))),
    Row(9, "R", bombs_within_bombs, "unsupported", "a zip inside a zip", "42.zip"),
    Row(9, "R", bomb_in_a_takeout, "unsupported", "a zip inside a zip", "t.zip", "in a takeout"),
    zips(
        10,
        "unreadable",
        "its files lie over each other",
        zipped(Member("a.gpx", RUN), Member("b.gpx", RUN, offset=0)),
    ),
    Row(11, "R", too_many_entries, "too_large", "it holds 10,001 files", "export.zip"),
    Row(12, "A", lambda: in_zip("../../x.gpx"), name="export.zip"),
    Row(13, "A", lambda: in_zip("/abs/x.gpx"), name="export.zip", about="absolute"),
    Row(13, "A", lambda: in_zip("C:\\x.gpx"), name="export.zip", about="drive"),
    Row(13, "A", lambda: in_zip("\\\\host\\share\\x.gpx"), name="export.zip", about="UNC"),
    Row(13, "A", lambda: in_zip("..\\x.gpx"), name="export.zip", about="backslash"),
    zips(
        14,
        "unsupported",
        "a link to another file, which is not followed",
        zipped(Member("run.gpx", b"/etc/passwd", method=0, system=3, outer=0o120777 << 16)),
    ),
    zips(15, "unsupported", "Remove the password", zipped(Member("run.gpx", RUN, flags=1))),
    zips(16, "unreadable", "a damaged zip", in_zip("run.gpx")[:-22]),
    Row(17, "A", lambda: in_zip("run.gpx", "run.gpx"), name="export.zip", also=one_counts),
    Row(18, "A", lambda: in_zip(*ODD_NAMES), name="export.zip", also=shown_in_full),
    Row(19, "R", claims_2_to_the_63, "too_large", "larger than 25 MB", "export.zip"),
    Row(20, "R", lambda: gzip.compress(bytes(64 * MB)), "too_large", "more than 100 times"),
    Row(21, "W", lambda: gzip.compress(RUN) + b"more", "gzip_trailing", "were left out"),
    zips(23, "unsupported", "FIT, GPX and TCX are read", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40)),
    zips(23, "unsupported", "FIT, GPX and TCX are read", b"Rar!\x1a\x07\1\0" + bytes(40), "rar"),
    Row(23, "R", tarred, "unsupported", "FIT, GPX and TCX are read", "runs.tar", "tar"),
)
