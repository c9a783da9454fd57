"""Import in the browser: files in, what became of each, and out again."""

import csv
import io
import resource
import stat
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import SkipFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock
from django_q.conf import Conf
from django_q.models import OrmQ

import made_up_takeouts as made_up
from hamstride.web import bridge
from hamstride.web.bridge import import_report, uploads
from hamstride.web.bridge.import_report import Tally
from hamstride.web.models import Account, Activity, Batch, Episode, Runner, Upload
from hamstride.web.receiving import Receiver, uploads_folder

MOST_QUERIES, MOST_BYTES = 12, 150_000

NOT_A_RUN = b"Ran well today. Bread, milk.\n"


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Background work is done in line."""
    monkeypatch.setattr(Conf, "SYNC", True)


@pytest.fixture
def stranger(store: object) -> Client:
    """Cy, who has an account of his own."""
    cy = Account.objects.create_user("cy@example.org", "a short walk by the sea")
    Runner.objects.create(account=cy, timezone="Europe/Berlin")
    client = Client(headers={"host": "localhost"})
    client.force_login(cy)
    return client


def send(browser: Client, files: dict[str, bytes]) -> str:
    """Give some files, and see the page after it."""
    given = [SimpleUploadedFile(name, data) for name, data in files.items()]
    answer = browser.post("/import/", {"files": given}, follow=True)
    assert answer.redirect_chain == [("/import/", 302)]
    return answer.content.decode()


def takeout(folder: Path, files: dict[str, bytes]) -> bytes:
    return made_up.takeout(folder / "takeout.zip", files).read_bytes()


# Giving


def test_before_anything_was_imported_the_page_says_how_to_begin(browser: Client) -> None:
    page = browser.get("/import/").content.decode()

    assert "Nothing yet. The three quickest ways in:" in page
    assert 'enctype="multipart/form-data"' in page
    assert "Why can Strava not be connected?" in page


@pytest.mark.usefixtures("at_once")
def test_a_file_is_in_the_log_of_runs_with_its_bytes_under_its_name(
    browser: Client, runner: Runner
) -> None:
    data = made_up.fit(3)

    page = send(browser, {"morning.fit": data})

    (activity,) = Activity.objects.filter(runner=runner)
    assert (activity.file, activity.is_run) == ("morning.fit", True)
    assert bridge.extent(runner)[0] == 1
    assert activity.original.bytes == len(data)
    assert "morning.fit" in page
    assert "<strong>1</strong> imported" in page
    assert not list(uploads_folder().iterdir())


@pytest.mark.usefixtures("at_once")
def test_files_given_together_are_one_import_and_each_zip_is_its_own(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    packed = takeout(tmp_path, {"activities/1.fit": made_up.fit(1)})

    send(browser, {"a.fit": made_up.fit(4), "all.zip": packed, "b.gpx": made_up.gpx(5)})

    assert [batch.source for batch in runner.batches.order_by("pk")] == [
        "all.zip",
        "a.fit and 1 more",
    ]
    assert sorted(Activity.objects.values_list("file", flat=True)) == [
        "a.fit",
        "activities/1.fit",
        "b.gpx",
    ]


def test_what_was_sent_waits_for_a_worker_for_its_owner_alone_and_not_under_its_name(
    browser: Client, runner: Runner
) -> None:
    page = send(browser, {"../../morning.fit": made_up.fit(3)})

    (upload,) = Upload.objects.all()
    (kept,) = uploads.folder_of(upload).iterdir()
    assert kept.parent.parent == uploads_folder()
    assert "morning" not in str(kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert kept.read_bytes() == made_up.fit(3)
    assert OrmQ.objects.count() == 1
    assert "Waiting for its turn." in page
    # Without JavaScript the page looks again by itself.
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page


def test_choosing_nothing_is_said_and_loses_nothing(browser: Client) -> None:
    page = browser.post("/import/", {}, follow=True).content.decode()

    assert "No file was chosen. Choose some, then import." in page
    assert not Upload.objects.exists()


@pytest.mark.usefixtures("at_once")
def test_a_file_that_is_too_large_is_left_out_with_its_limit_and_the_others_come_in(
    browser: Client, runner: Runner
) -> None:
    # 25 MB is the limit of readers.limits.UPLOAD for a file by itself.
    page = send(browser, {"film.fit": bytes(25 * 1024 * 1024 + 1), "run.fit": made_up.fit(3)})

    assert "film.fit: larger than 25 MB, the most that is read of such a file." in page
    assert [batch.source for batch in runner.batches.all()] == ["run.fit"]
    assert not list(uploads_folder().iterdir())


def test_where_the_disk_is_all_but_full_nothing_is_written(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "KEEP_FREE_BYTES", 1 << 62)

    page = send(browser, {"run.fit": made_up.fit(3)})

    assert "run.fit: the disk has no room left." in page
    assert not Upload.objects.exists()
    assert not list(uploads_folder().iterdir())


def test_more_than_is_looked_at_in_one_go_is_refused_before_it_is_read(browser: Client) -> None:
    # 8 GB and 25 MB, of which not a byte is sent.
    answer = browser.post(
        "/import/", b"", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="8616148993"
    )

    assert answer.status_code == 413
    assert "Nothing was stored." in answer.content.decode()


def test_files_without_the_token_of_a_form_are_not_taken(account: Account) -> None:
    outside = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    outside.force_login(account)

    answer = outside.post("/import/", {"files": [SimpleUploadedFile("a.fit", made_up.fit(3))]})

    assert answer.status_code == 403
    assert not Upload.objects.exists()
    assert not list(uploads_folder().iterdir())


def test_a_sending_that_breaks_off_leaves_nothing(browser: Client) -> None:
    part = b'Content-Disposition: form-data; name="files"; filename="a.fit"'
    broken = b"--x\r\n" + part + b"\r\n\r\n" + bytes(200_000)

    browser.post("/import/", broken, content_type="multipart/form-data; boundary=x")

    assert not list(uploads_folder().glob("sending-*"))


def test_a_file_that_the_disk_refuses_is_left_out_with_the_cure(store: object) -> None:
    receiver = Receiver(HttpRequest())
    receiver.upload_interrupted()
    receiver.new_file("files", "run.fit", "", None)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, hard))
    try:
        with pytest.raises(SkipFile):
            receiver.receive_data_chunk(bytes(64 * 1024), 0)
        receiver.upload_interrupted()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert receiver.refused == ["run.fit: it could not be written. Look whether the disk is full."]
    assert not list(uploads_folder().iterdir())


# What became of it


@pytest.fixture
def mixed(browser: Client, runner: Runner, tmp_path: Path, at_once: None) -> Batch:
    """An import of one of everything: see `made_up_takeouts` for the runs."""
    files = {
        "activities/1.fit": made_up.fit(1),
        "activities/1.gpx": made_up.gpx(1),  # the same run
        "activities/again.fit": made_up.fit(1),  # the same bytes
        "activities/notes.txt": NOT_A_RUN,
        "activities/bomb.gpx": b'<!DOCTYPE gpx [<!ENTITY a "a">]><gpx>&a;</gpx>',
        "=cmd|' /C calc'!A0.fit": made_up.fit(2),
    }
    send(browser, {"all.zip": takeout(tmp_path, files)})
    return runner.batches.get()


def test_every_file_is_counted_once(mixed: Batch) -> None:
    counts = import_report.tallies([mixed])[mixed.pk]

    assert counts == Tally(imported=2, twice=1, already=1, other=1, unread=1, waiting=0)
    assert counts.of == 6
    # As the command line counts them.
    assert bridge.report(mixed).counts == {
        "read": 2, "duplicate": 1, "already_there": 1, "not_an_activity": 1, "unsupported": 1,
    }  # fmt: skip


def test_see_why_names_every_file_with_its_reason(browser: Client, mixed: Batch) -> None:
    page = browser.get(f"/import/{mixed.uid}/").content.decode()

    told = {each.file: each for each in bridge.report(mixed).files}
    assert len(told) == 6
    assert "bomb.gpx" in page
    assert "of a kind that is not read" in page
    activity = Activity.objects.get(file="activities/1.fit")
    assert f"/runs/{activity.uid}/" in page

    only = browser.get(f"/import/{mixed.uid}/?only=unread").content.decode()
    assert "bomb.gpx" in only
    assert "notes.txt" not in only
    assert "notes.txt" in browser.get(f"/import/{mixed.uid}/?only=nonsense").content.decode()


def test_the_list_is_a_table_in_which_no_name_is_a_formula(browser: Client, mixed: Batch) -> None:
    answer = browser.get(f"/import/{mixed.uid}/list.csv")

    assert answer["Content-Disposition"] == 'attachment; filename="hamstride-import.csv"'
    heading, *rows = csv.reader(io.StringIO(answer.getvalue().decode()))
    assert heading == ["file", "what became of it", "why", "the file that counts instead"]
    by_file = {row[0]: row[1:] for row in rows}
    assert by_file["'=cmd|' /C calc'!A0.fit"][0] == "read"
    assert by_file["activities/1.gpx"][::2] == [
        "the same run as another file, which counts",
        "activities/1.fit",
    ]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_a_long_list_comes_in_pages(browser: Client, runner: Runner, store: object) -> None:
    batch = bridge.begin(runner, "long.zip", "f" * 64, 120)
    for place in range(120):
        batch.entries.create(place=place, file=f"{place}.txt", status="not_an_activity")

    first = browser.get(f"/import/{batch.uid}/").content.decode()
    last = browser.get(f"/import/{batch.uid}/?page=3").content.decode()

    assert "Page 1 of 3" in first
    assert "0.txt" in first
    assert ">119.txt<" not in first
    assert ">119.txt<" in last
    assert f"/import/{batch.uid}/" in browser.get("/import/").content.decode()


@pytest.mark.usefixtures("at_once")
def test_the_same_zip_again_is_said_to_be_known_and_changes_nothing(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    packed = takeout(tmp_path, {"activities/1.fit": made_up.fit(1)})
    send(browser, {"all.zip": packed})

    page = send(browser, {"all.zip": packed})

    assert "Nothing new; your data are as they were." in page
    assert runner.batches.count() == 1
    assert Activity.objects.count() == 1


# Taking back


def test_undo_takes_back_the_import_and_nothing_else(
    browser: Client, ana: Episode, at_once: None
) -> None:
    before = set(Activity.objects.values_list("uid", flat=True))
    send(browser, {"run.fit": made_up.fit(3)})
    batch = Batch.objects.get(source="run.fit")

    page = browser.post(f"/import/{batch.uid}/undo/", follow=True).content.decode()

    assert "The import of run.fit is undone: 1 activity went with it, and nothing else." in page
    assert "taken back on" in page
    assert set(Activity.objects.values_list("uid", flat=True)) == before
    again = browser.post(f"/import/{batch.uid}/undo/", follow=True).content.decode()
    assert "It was taken back already." in again


# While it runs


@pytest.fixture
def half_way(browser: Client, runner: Runner) -> Upload:
    """An upload of 4 files of which 2 are done, a minute after it began."""
    send(browser, {f"{number}.txt": NOT_A_RUN for number in range(4)})
    upload = Upload.objects.get()
    batch = bridge.begin(runner, upload.name, "e" * 64, 4)
    uploads.began(upload, batch)
    for place in range(2):
        batch.entries.create(place=place, file=f"{place}.txt", status="not_an_activity")
    upload.state = Upload.State.RUNNING
    upload.begun_at = clock.now() - timedelta(minutes=3)
    upload.save()
    return upload


def test_a_running_import_says_how_far_it_is_and_how_long_it_takes(
    browser: Client, half_way: Upload
) -> None:
    part = browser.get(f"/import/{half_way.uid}/state/").content.decode()

    assert "2 of 4 files" in part
    # Two files took three minutes, so the other two do as well.
    assert "about 3 minutes left" in part
    assert "<html" not in part
    assert "2 of 4 files" in browser.get("/import/").content.decode()


def test_an_import_that_is_done_has_no_state_to_tell(browser: Client, half_way: Upload) -> None:
    uploads.finish(half_way)

    assert browser.get(f"/import/{half_way.uid}/state/").status_code == 204


def test_what_is_paused_stays_until_it_is_gone_on_with(browser: Client, half_way: Upload) -> None:
    queued = OrmQ.objects.count()
    browser.post(f"/import/{half_way.uid}/pause/")
    browser.post(f"/import/{half_way.uid}/pause/")
    page = browser.get("/import/").content.decode()
    assert "Paused. What is in stays in." in page
    assert "<noscript>" not in page

    browser.post(f"/import/{half_way.uid}/go-on/")
    browser.post(f"/import/{half_way.uid}/go-on/")

    # How long it takes is found out anew.
    part = browser.get(f"/import/{half_way.uid}/state/").content.decode()
    assert "2 of 4 files" in part
    assert "left" not in part
    half_way.refresh_from_db()
    assert half_way.state == Upload.State.WAITING
    assert OrmQ.objects.count() == queued + 1


def test_letting_go_of_a_running_import_takes_back_what_it_brought(
    browser: Client, half_way: Upload
) -> None:
    page = browser.post(f"/import/{half_way.uid}/discard/", follow=True).content.decode()

    assert "is undone" in page
    assert half_way.batch is not None
    half_way.batch.refresh_from_db()
    assert half_way.batch.undone_at is not None
    assert not uploads.folder_of(half_way).exists()
    assert browser.get(f"/import/{half_way.uid}/state/").status_code == 204
    browser.post(f"/import/{half_way.uid}/discard/")


def test_letting_go_of_what_was_not_begun_is_letting_go_of_its_files(browser: Client) -> None:
    send(browser, {"run.fit": made_up.fit(3)})
    upload = Upload.objects.get()

    browser.post(f"/import/{upload.uid}/discard/")

    upload.refresh_from_db()
    assert upload.state == Upload.State.DONE
    assert not uploads.folder_of(upload).exists()
    assert not Batch.objects.exists()


# For everybody


def test_nobody_sees_or_touches_the_import_of_somebody_else(
    browser: Client, half_way: Upload, stranger: Client
) -> None:
    batch = half_way.batch
    assert batch is not None
    for client, uid in ((stranger, batch.uid), (browser, uuid4())):
        assert client.get(f"/import/{uid}/").status_code == 404
        assert client.get(f"/import/{uid}/list.csv").status_code == 404
        assert client.post(f"/import/{uid}/undo/").status_code == 404
    for client, uid in ((stranger, half_way.uid), (browser, uuid4())):
        assert client.get(f"/import/{uid}/state/").status_code == 404
        for act in ("pause", "go-on", "discard"):
            assert client.post(f"/import/{uid}/{act}/").status_code == 404
    half_way.refresh_from_db()
    assert half_way.state == Upload.State.RUNNING
    assert "2 of 4" not in stranger.get("/import/").content.decode()


def test_nothing_is_done_by_looking(browser: Client, half_way: Upload) -> None:
    for act in ("undo", "pause", "go-on", "discard"):
        assert browser.get(f"/import/{half_way.uid}/{act}/").status_code == 405


def test_the_pages_are_light(browser: Client, half_way: Upload, runner: Runner) -> None:
    for number in range(25):
        batch = bridge.begin(runner, f"{number}.zip", f"{number:064}", 60)
        for place in range(60):
            batch.entries.create(place=place, file=f"{place}.txt", status="not_an_activity")
        bridge.finish(batch)
    last = runner.batches.latest("pk")

    for address in ("/import/", f"/import/{last.uid}/"):
        with CaptureQueriesContext(connection) as asked:
            page = browser.get(address)
        assert len(asked) <= MOST_QUERIES, [each["sql"] for each in asked]
        assert len(page.content) < MOST_BYTES
