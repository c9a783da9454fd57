"""The container rows of the bad-input corpus, B1 to B23, each as a file made here."""

import gzip
import io
import os
import struct
import tarfile
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from damage_made_up import mutated
from hamstride.errors import UnreadableFileError
from hamstride.readers import TAKEOUT, UPLOAD, Damage, Limits, Outcome, Upload, read
from hamstride.readers.limits import MB
from made_up_files import Member, gpx, lap, tcx, trackpoint, zipped

MUTATIONS = int(os.environ.get("HAMSTRIDE_MUTATIONS", "300"))
RUN = gpx()
SMALL = Limits(entry_bytes=100_000, file_bytes=100_000, inflated_bytes=300_000, entries=20)
GARMIN = "DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip"


def outcomes(data: bytes, name: str = "export.zip", limits: Limits = UPLOAD) -> list[Outcome]:
    return list(read(Upload(name, data), limits=limits))


def only(data: bytes, name: str = "export.zip", limits: Limits = UPLOAD) -> Outcome:
    (outcome,) = outcomes(data, name, limits)
    return outcome


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


def test_b1_an_empty_file_is_said_to_be_empty() -> None:
    outcome = only(b"", "run.fit")

    assert (outcome.status, outcome.message) == ("not_an_activity", "run.fit: the file is empty.")


def test_b2_one_byte_is_no_known_kind() -> None:
    outcome = only(b"\x0e", "run.fit")

    assert outcome.status == "not_an_activity"
    assert "no kind of file that is known here" in outcome.message


def test_b3_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.gpx"
    with file.open("wb") as stream:
        stream.write(RUN)
        stream.truncate(25 * MB + 1)

    (outcome,) = read(file)

    assert outcome.status == "too_large"
    assert "larger than 25 MB" in outcome.message
    assert outcome.sha256 is None


def test_b4_a_gpx_named_fit_is_read_as_gpx() -> None:
    outcome = only(RUN, "run.fit")

    assert (outcome.status, outcome.format) == ("read", "gpx")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8\xff\xe0" + b"0" * 40, "a JPEG photo"),
        (b"%PDF-1.7\n" + b"0" * 40, "a PDF document"),
        (b"MZ" + b"\0" * 60, "a Windows program"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a web page"),
        (b"<html><br></html>", "a web page"),
        (b'{"runs": []}', "a JSON file"),
        (b"<?xml version='1.0'?><kml/>", "a KML map"),
        (b"<?xml version='1.0'?><recipe/>", "an XML file of another kind (recipe)"),
        (b"date,km\n2026-10-20,5\n", "a text or table"),
    ],
)
def test_b5_other_kinds_are_told_by_their_content(data: bytes, words: str) -> None:
    outcome = only(data, "run.fit")

    assert outcome.status == "not_an_activity"
    assert f"it looks like {words}" in outcome.message


def test_b6_an_activity_and_a_zip_at_once_is_ambiguous() -> None:
    inner = zipped(Member("a.gpx", RUN), comment=b"-->")
    both = RUN + b"<!--" + inner

    outcome = only(both, "run.gpx")

    assert outcome.status == "unsupported"
    assert "an activity and a zip at once" in outcome.message


def test_b6_a_zip_with_an_activity_behind_it_is_ambiguous() -> None:
    outcome = only(zipped(Member("a.gpx", RUN)) + RUN)

    assert outcome.status == "unsupported"
    assert "something else follows the end of the zip" in outcome.message


def test_b7_an_entry_of_ratio_1000_stops_early() -> None:
    outcome = only(zipped(Member("bomb.gpx", bytes(20 * MB))))

    assert outcome.status == "too_large"
    assert "more than 100 times its size" in outcome.message


def test_b7_an_entry_over_the_limit_is_refused_and_the_rest_is_read() -> None:
    data = zipped(Member("big.gpx", b"x" * 100_001, method=0), Member("a.gpx", RUN))

    big, small = outcomes(data, limits=SMALL)

    assert (big.status, small.status) == ("too_large", "read")


def test_b8_lying_sizes_do_not_get_more_out() -> None:
    honest = 5_000_000
    lie = Member("bomb.gpx", bytes(honest), says_bytes=1000)

    outcome = only(zipped(lie))

    assert outcome.status == "unreadable"
    assert outcome.activities == ()
    assert "says that it holds 1,000 bytes, and more comes out" in outcome.message


def test_b8_all_entries_together_have_a_limit() -> None:
    members = [Member(f"{n}.gpx", bytes(range(256)) * 350, method=0) for n in range(5)]

    found = outcomes(zipped(*members), limits=SMALL)

    # 89,600 bytes each: three fit into 300,000.
    assert [outcome.status for outcome in found] == ["not_an_activity"] * 3 + ["too_large"] * 2
    assert "All together unpacks to more than 292 kB" in found[-1].message


def test_b9_a_zip_in_a_zip_is_refused() -> None:
    outcome = only(zipped(Member("inner.zip", zipped(Member("a.gpx", RUN)))))

    assert outcome.status == "unsupported"
    assert "a zip inside a zip" in outcome.message


def test_b9_a_made_up_garmin_takeout_has_one_inner_layer_and_no_more() -> None:
    innermost = zipped(Member("a.gpx", RUN))
    part = zipped(Member("b.gpx", RUN), Member(GARMIN, innermost))

    found = outcomes(zipped(Member(GARMIN, part)))

    assert [outcome.status for outcome in found] == ["read", "unsupported"]


def test_b10_overlapping_entries_are_refused_before_unpacking() -> None:
    data = zipped(Member("a.gpx", RUN), Member("b.gpx", RUN, offset=0))

    outcome = only(data)

    assert outcome.status == "unreadable"
    assert "its files lie over each other" in outcome.message


def test_b11_too_many_entries_are_refused_before_unpacking() -> None:
    data = zipped(*(Member(f"{n}.gpx", b"", method=0) for n in range(10_001)))

    outcome = only(data)

    assert outcome.status == "too_large"
    assert "it holds 10,001 files, and 10,000 is the most" in outcome.message


def test_b11_a_directory_that_lists_more_than_it_says_is_damaged() -> None:
    data = zipped(Member("a.gpx", RUN), Member("b.gpx", RUN), entries=1)

    assert only(data).status == "unreadable"


@pytest.mark.parametrize(
    "name",
    ["../../x.gpx", "/abs/x.gpx", "C:\\x.gpx", "\\\\host\\share\\x.gpx", "..\\x.gpx", "a//b.gpx"],
)
def test_b12_b13_names_are_never_paths(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    outcome = only(zipped(Member(name, RUN)))

    assert outcome.status == "read"
    assert outcome.file == f"export.zip/{name}"
    assert list(tmp_path.iterdir()) == []


def test_b14_a_link_is_never_followed() -> None:
    link = Member("run.gpx", b"/etc/passwd", method=0, system=3, outer=0o120777 << 16)

    outcome = only(zipped(link))

    assert outcome.status == "unsupported"
    assert "a link to another file, which is not followed" in outcome.message


def test_b14_a_link_in_a_folder_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "real.gpx").write_bytes(RUN)
    (tmp_path / "link.gpx").symlink_to(tmp_path / "real.gpx")
    (tmp_path / "loop").symlink_to(tmp_path)

    found = list(read(tmp_path))

    assert [outcome.status for outcome in found] == ["unsupported", "unsupported", "read"]


def test_b15_an_encrypted_zip_asks_for_the_password_to_be_removed() -> None:
    outcome = only(zipped(Member("run.gpx", RUN, flags=1)))

    assert outcome.status == "unsupported"
    assert "Remove the password" in outcome.message


@pytest.mark.parametrize("cut", [1, 10, 22, 40, 60])
def test_b16_a_cut_directory_is_a_damaged_zip(cut: int) -> None:
    outcome = only(zipped(Member("run.gpx", RUN))[:-cut])

    assert outcome.status in {"unreadable", "unsupported"}
    assert "zip" in outcome.message
    assert outcome.activities == ()


def test_b17_two_entries_of_one_name_are_both_read() -> None:
    found = outcomes(zipped(Member("run.gpx", RUN), Member("run.gpx", RUN + b"\n")))

    assert [outcome.status for outcome in found] == ["read", "read"]
    assert found[0].sha256 != found[1].sha256


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\0b.gpx", "a\\x00b.gpx"),
        ("a\u202egpx.exe", "a\\u202egpx.exe"),
        ("a\x1b[31m.gpx", "a\\x1b[31m.gpx"),
        ("🏃.gpx", "🏃.gpx"),
        (b"\xff\xfe.gpx", "\ufffd\ufffd.gpx"),
    ],
)
def test_b18_names_are_harmless_to_print(name: str | bytes, shown: str) -> None:
    assert only(zipped(Member(name, RUN))).file == f"export.zip/{shown}"


def test_b18_a_name_of_4_kb_is_cut_to_255() -> None:
    outcome = only(zipped(Member("x" * 4096 + ".gpx", RUN)))

    assert outcome.status == "read"
    assert len(outcome.file.removeprefix("export.zip/")) == 255
    assert outcome.file.endswith("x.gpx")


def test_b19_a_zip64_that_claims_2_to_the_63_bytes_allocates_nothing() -> None:
    huge = 2**63
    extra = struct.pack("<HHQQ", 1, 16, huge, len(RUN))
    member = Member("run.gpx", RUN, method=0, says_bytes=0xFFFFFFFF, extra=extra)

    outcome = only(zipped(member))

    assert outcome.status == "too_large"
    assert "larger than 25 MB" in outcome.message


def test_b19_a_zip64_directory_that_claims_2_to_the_63_entries_is_refused() -> None:
    body = zipped(Member("run.gpx", RUN))[:-22]
    end_64 = struct.pack("<4sQHHLLQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 2**63, 2**63, 60, 0)
    place = struct.pack("<4sLQL", b"PK\6\7", 0, len(body), 1)
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)

    outcome = only(body + end_64 + place + end)

    assert outcome.status == "too_large"


def test_a_zip64_that_is_true_is_read(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w") as archive, archive.open("a.gpx", "w", force_zip64=True) as to:
        to.write(RUN)

    assert [outcome.status for outcome in read(file)] == ["read"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zips_of_the_standard_library_are_read(tmp_path: Path, method: int) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("folder/", b"")
        archive.writestr("folder/a.gpx", RUN)
        archive.comment = b"From the watch"

    (outcome,) = read(file)

    assert (outcome.status, outcome.file) == ("read", f"{file}/folder/a.gpx")


def test_another_packing_is_named(tmp_path: Path) -> None:
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.gpx", RUN)

    (outcome,) = read(file)

    assert outcome.status == "unsupported"
    assert "packed with LZMA" in outcome.message


def test_b20_a_gzip_bomb_stops_early() -> None:
    outcome = only(gzip.compress(bytes(200 * MB), 9), "bomb.gpx.gz")

    assert outcome.status == "too_large"


def test_b21_gzip_with_trailing_data_is_read_and_said() -> None:
    outcome = only(gzip.compress(RUN) + b"and more", "run.gpx.gz")

    assert outcome.status == "read"
    assert codes(outcome) == ["gzip_trailing"]
    assert outcome.findings[0].say == "8 bytes after the end of the gzip layer were left out."


def test_a_cut_gzip_keeps_what_came_before() -> None:
    outcome = only(gzip.compress(gpx(), 0)[:700], "run.gpx.gz")

    assert outcome.status == "in_part"
    assert codes(outcome) == ["gzip_damaged", "syntax"]
    assert 0 < outcome.activities[0].samples < 10


def test_gzip_in_gzip_is_refused() -> None:
    outcome = only(gzip.compress(gzip.compress(RUN)), "run.gz.gz")

    assert outcome.status == "unsupported"


def test_a_zip_in_a_gzip_file_is_opened_once() -> None:
    packed = gzip.compress(zipped(Member("a.gpx", RUN), Member("b.zip", zipped(Member("c", RUN)))))

    assert [o.status for o in outcomes(packed, "export.zip.gz")] == ["read", "unsupported"]


def test_a_damaged_entry_keeps_what_came_before_and_the_rest_is_read() -> None:
    wrong = Member("a.gpx", RUN, crc=1)

    first, second = outcomes(zipped(wrong, Member("b.gpx", RUN)))

    assert (first.status, second.status) == ("in_part", "read")
    assert codes(first) == ["zip_damaged"]
    with pytest.raises(UnreadableFileError, match=r"export\.zip/a\.gpx: the zip is damaged here"):
        list(read(Upload("export.zip", zipped(wrong)), Damage.REFUSE))


def test_b22_a_strava_export_of_5000_files_reports_its_three_bad_ones() -> None:
    good = [Member(f"activities/{n}.gpx", gpx()) for n in range(4997)]
    bad = [
        Member("activities/4997.gpx", b"<html>"),
        Member("activities/4998.fit.gz", b"\x1f\x8b\x08"),
        Member("activities/4999.tcx", b"<TrainingCenterDatabase><"),
    ]
    table = Member("activities.csv", b"Activity ID,Filename\n")

    found = outcomes(zipped(table, *good, *bad))

    assert len(found) == 5001
    assert Counter(outcome.status for outcome in found) == {
        "read": 4997,
        "not_an_activity": 2,
        "unreadable": 2,
    }


def test_a_strava_export_gives_title_and_gear_in_any_language() -> None:
    table = (
        "ID da atividade,Data,Nome,Tipo,Descrição,Tempo,Distância,FC,Esforço,Trajeto,Nota,"
        "Equipamento,Nome do arquivo,Peso\n"
        '1,"20 de out.",Corrida leve,Corrida,"Duas\nlinhas, com vírgula",600,2,,,,,Azul 8 mm,'
        "activities/1.gpx.gz,58\n"
        "2,x,Só à mão,Corrida,,600,2,,,,,,,58\n"
    ).encode("utf-8-sig")
    members = (
        Member("export_1/activities.csv", table),
        Member("export_1/activities/1.gpx.gz", gzip.compress(RUN), method=0),
        Member("export_1/activities/3.gpx", RUN),
    )

    about, described, plain = outcomes(zipped(*members))

    assert about.status == "not_an_activity"
    assert (described.activities[0].title, described.gear) == ("Corrida leve", "Azul 8 mm")
    assert (plain.activities[0].title, plain.gear) == ("Morning run", None)


def test_an_unpacked_strava_export_is_read_alike(tmp_path: Path) -> None:
    (tmp_path / "activities").mkdir()
    (tmp_path / "activities" / "1.gpx").write_bytes(RUN)
    row = "1,day,Hills,Run,,,,,,,,Red,activities/1.gpx\n"
    (tmp_path / "activities.csv").write_text(row, encoding="utf-8")

    run, table = read(tmp_path)

    assert (run.activities[0].title, run.gear) == ("Hills", "Red")
    assert table.status == "not_an_activity"


def test_a_garmin_takeout_is_opened_one_layer_deeper(tmp_path: Path) -> None:
    part = zipped(
        Member("ana_1.tcx", tcx(lap(trackpoint(0)))), Member("ana_2.json", b'{"weight": 58}')
    )
    file = tmp_path / "takeout.zip"
    file.write_bytes(zipped(Member(GARMIN, part), Member("DI_CONNECT/profile.json", b"[]")))

    found = list(read(file))

    assert [(outcome.file, outcome.status) for outcome in found] == [
        (f"{file}/{GARMIN}/ana_1.tcx", "read"),
        (f"{file}/{GARMIN}/ana_2.json", "not_an_activity"),
        (f"{file}/DI_CONNECT/profile.json", "not_an_activity"),
    ]


def test_only_takeouts_get_the_limits_of_takeouts() -> None:
    many = [Member(f"activities/{n}.gpx", b"", method=0) for n in range(30)]
    limits = Limits(entries=20, takeout=TAKEOUT)

    assert only(zipped(*many), limits=limits).status == "too_large"
    assert len(outcomes(zipped(*many, Member("activities.csv", b"")), limits=limits)) == 31


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c\0\4" + bytes(40), "a 7z archive"),
        (b"Rar!\x1a\x07\x01\0" + bytes(40), "a rar archive"),
        (b"BZh91AY" + bytes(40), "a bz2 archive"),
    ],
)
def test_b23_other_archives_name_what_is_read(data: bytes, kind: str) -> None:
    outcome = only(data, "runs.zip")

    assert outcome.status == "unsupported"
    assert f"{kind}, which is not opened. FIT, GPX and TCX are read" in outcome.message


def test_b23_a_tar_is_named_also_when_it_is_gzipped() -> None:
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        about = tarfile.TarInfo("run.gpx")
        about.size = len(RUN)
        archive.addfile(about, io.BytesIO(RUN))

    for data in (tar.getvalue(), gzip.compress(tar.getvalue())):
        assert "a tar archive, which is not opened" in only(data, "runs.tar.gz").message


def test_hidden_files_are_left_out_and_said() -> None:
    members = (Member("__MACOSX/._a.gpx", b"\0"), Member(".DS_Store", b"\0"), Member("a.gpx", RUN))

    found = outcomes(zipped(*members))

    assert [outcome.status for outcome in found] == ["not_an_activity", "not_an_activity", "read"]
    assert found[0].message.endswith("a hidden file, left out.")


def test_an_empty_zip_and_an_empty_folder_are_said(tmp_path: Path) -> None:
    assert only(zipped()).message == "export.zip: an empty zip."
    assert [o.message for o in read(tmp_path)] == [f"{tmp_path}: an empty folder."]


def test_no_damage_to_a_zip_raises() -> None:
    data = zipped(Member("a.gpx", RUN), Member("b.gpx.gz", gzip.compress(RUN)), Member("c", b"x"))

    for seed in range(MUTATIONS):
        for outcome in outcomes(mutated(data, seed)):
            assert "reader_fault" not in codes(outcome)


def test_a_zip_over_its_limit_is_refused_before_its_directory_is_read() -> None:
    outcome = only(zipped(Member("a.gpx", RUN)), limits=Limits(zip_bytes=200))

    assert outcome.status == "too_large"
    assert "larger than 200 bytes" in outcome.message


def test_a_takeout_whose_table_is_locked_is_read_without_titles() -> None:
    table = Member("activities.csv", b"1,day,Hills,Run,,,,,,,,Red,activities/1.gpx\n", flags=1)

    locked, run = outcomes(zipped(table, Member("activities/1.gpx", RUN)))

    assert locked.status == "unsupported"
    assert (run.status, run.activities[0].title) == ("read", "Morning run")


def test_a_part_of_a_zip_in_several_is_told_to_be_joined() -> None:
    data = bytearray(zipped(Member("a.gpx", RUN)))
    data[-18] = 1

    assert "one part of a zip in several. Join them first" in only(bytes(data)).message


def test_a_pipe_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "run.fit")

    (outcome,) = read(tmp_path)

    assert outcome.status == "unsupported"
    assert outcome.message.endswith("neither a file nor a folder.")
