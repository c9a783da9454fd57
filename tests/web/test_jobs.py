"""Background work: in slices, gone on with whatever is killed, and given up when it has to be."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone as clock
from django_q.exceptions import TimeoutException
from django_q.models import OrmQ

import made_up_takeouts as made_up
import processes
from hamstride.web import bridge, jobs
from hamstride.web.bridge import exporting, uploads
from hamstride.web.commands.watching import Watch
from hamstride.web.models import Activity, Episode, Runner, Upload
from hamstride.web.receiving import Passing, uploads_folder
from store_contents import forget_all
from stores import Store

State = Upload.State

RUNS = 80
A_DAY_S = 24 * 60 * 60


def together(first: str, others: int) -> str:
    return f"{first} and {others} more"


def given(runner: Runner, files: dict[str, bytes]) -> Upload:
    """Files that were sent together, queued."""
    sent = []
    for name, data in files.items():
        file = Passing(name)
        file.append(data)
        file.size = len(data)
        sent.append(file)
    (upload,) = uploads.give(runner, sent, together)
    for file in sent:
        file.close()
    return upload


@pytest.fixture
def three(runner: Runner) -> Upload:
    """Three runs that were sent together."""
    return given(runner, {f"{number}.fit": made_up.fit(number) for number in range(3)})


# Slices


def test_an_import_is_done_in_slices_and_others_have_their_turn(
    three: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TASK_S", 0)

    told = []
    for _ in range(3):
        jobs.import_upload(three.pk)
        three.refresh_from_db()
        told.append((three.state, three.starts, Activity.objects.count(), OrmQ.objects.count()))

    # Newest first, one file a slice; each slice queues the next, the last one does not.
    assert told == [("waiting", 0, 1, 2), ("waiting", 0, 2, 3), ("done", 1, 3, 3)]
    assert three.batch is not None
    assert bridge.report(three.batch).counts == {"read": 3}


def test_a_worker_that_is_asked_to_stop_does_so_at_the_next_file(three: Upload) -> None:
    jobs.asked_to_stop.set()
    try:
        jobs.import_upload(three.pk)
    finally:
        jobs.asked_to_stop.clear()

    three.refresh_from_db()
    assert (three.state, three.starts) == (State.WAITING, 0)
    assert Activity.objects.count() == 1


def test_what_takes_for_ever_is_begun_again_and_its_start_counts(runner: Runner) -> None:
    # Six of two hours: reading them takes several times as long as they are given.
    long = given(runner, {f"{each}.gpx": made_up.gpx(each, 2 * 60 * 60) for each in range(6)})
    queued = OrmQ.objects.count()

    def out_of_time(*_: object) -> None:
        raise TimeoutException

    before = signal.signal(signal.SIGALRM, out_of_time)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        jobs.import_upload(long.pk)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    long.refresh_from_db()
    assert (long.state, long.starts) == (State.WAITING, 1)
    assert OrmQ.objects.count() == queued + 1


def test_a_task_that_comes_twice_or_late_does_nothing(three: Upload) -> None:
    jobs.import_upload(three.pk)
    jobs.import_upload(three.pk)
    jobs.import_upload(three.pk + 1000)

    assert Activity.objects.count() == 3
    three.refresh_from_db()
    assert three.starts == 1


# What cannot go on


def test_what_ends_its_worker_three_times_is_given_up_at_the_fourth_start(three: Upload) -> None:
    for _ in range(uploads.MOST_STARTS):
        assert uploads.begin_start(three.pk) is not None  # and the worker is killed

    jobs.import_upload(three.pk)

    three.refresh_from_db()
    assert three.state == State.STOPPED
    assert "ended the program that reads it 3 times" in three.error
    assert Activity.objects.count() == 0

    uploads.resume(three)
    jobs.import_upload(three.pk)
    assert Activity.objects.count() == 3


def test_what_was_paused_in_the_middle_of_a_slice_is_not_queued_again(three: Upload) -> None:
    running = uploads.begin_start(three.pk)
    assert running is not None
    queued = OrmQ.objects.count()
    uploads.pause(three)

    uploads.go_on_later(running)
    uploads.stop(running, "too late")

    three.refresh_from_db()
    assert (three.state, three.error) == (State.STOPPED, "")
    assert OrmQ.objects.count() == queued


def test_an_import_that_is_taken_back_while_it_runs_ends_there(
    three: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "TASK_S", 0)
    jobs.import_upload(three.pk)
    three.refresh_from_db()
    assert three.batch is not None

    assert uploads.take_back(three.batch) == 1
    jobs.import_upload(three.pk)

    assert Activity.objects.count() == 0
    three.refresh_from_db()
    assert three.state == State.DONE
    assert uploads.take_back(three.batch) == 0


def test_a_file_that_cannot_be_kept_stops_the_import_with_the_cure(
    three: Upload, runner: Runner
) -> None:
    home = bridge.keeping.home(runner)
    home.parent.mkdir(parents=True)
    home.write_text("no folder")

    jobs.import_upload(three.pk)

    three.refresh_from_db()
    assert three.state == State.STOPPED
    assert "make room, or give leave to write" in three.error
    home.unlink()
    uploads.resume(three)
    jobs.import_upload(three.pk)
    assert Activity.objects.count() == 3


def test_a_fault_of_ours_is_said_and_does_not_leave_the_import_running(three: Upload) -> None:
    Upload.objects.filter(pk=three.pk).update(names=["not a table"])

    with pytest.raises(TypeError):
        jobs.import_upload(three.pk)

    three.refresh_from_db()
    assert three.state == State.STOPPED
    assert "which is a fault of Hamstride" in three.error


# Tidying


def test_what_workers_had_in_hand_that_are_gone_is_queued_at_once(three: Upload) -> None:
    # Claimed for 400 seconds, and signed by a key that is no longer in use.
    OrmQ.objects.update(lock=clock.now() + timedelta(seconds=400), payload="old:key")

    jobs.tidy()

    (row,) = OrmQ.objects.filter(lock__lte=clock.now())
    assert (row.func(), row.args()) == (uploads.TASK, (three.pk,))


def test_what_is_done_or_stopped_is_not_queued_again(three: Upload) -> None:
    uploads.pause(three)

    jobs.tidy()

    assert not OrmQ.objects.exists()


def test_what_was_sent_and_belongs_to_nothing_is_swept_up_after_a_day(three: Upload) -> None:
    old = time.time() - A_DAY_S - 1
    cut_off, fresh = uploads_folder() / "sending-1", uploads_folder() / "sending-2"
    lost = uploads_folder() / ("f" * 32)
    lost.mkdir()
    for path in (cut_off, fresh, lost / "0"):
        path.write_bytes(b"some")
    for path in (cut_off, lost, uploads.folder_of(three)):
        os.utime(path, (old, old))

    jobs.tidy()

    assert {path.name for path in uploads_folder().iterdir()} == {"sending-2", three.uid.hex}


def test_one_core_is_left_to_whoever_looks_at_a_page() -> None:
    assert 1 <= jobs.readers() <= 3
    assert jobs.readers() < max(2, os.cpu_count() or 1)


# Processes that die


@pytest.fixture
def watch(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The real background work, on the store of the test."""
    monkeypatch.setenv("HAMSTRIDE_DATA", str(store.data))
    monkeypatch.setenv("HAMSTRIDE_DATABASE_URL", store.url)
    # What is queued here is signed by our key.
    monkeypatch.setenv("HAMSTRIDE_SECRET_KEY", settings.SECRET_KEY)
    with Watch() as watching:
        yield watching
    assert not processes.is_there(watching.pid)


def worker_of(watch: Watch) -> int | None:
    """The worker, the first that the guard of the cluster started."""
    for guard in processes.children(watch.pid):
        for worker in processes.children(guard):
            return worker
    return None


def stored(upload: Upload) -> int:
    upload.refresh_from_db()
    return upload.batch.entries.count() if upload.batch else 0


def is_done(upload: Upload) -> bool:
    upload.refresh_from_db()
    return upload.state == State.DONE


def test_a_worker_killed_in_mid_import_is_followed_by_one_that_goes_on(
    runner: Runner, watch: Watch, tmp_path: Path
) -> None:
    files = {f"activities/{number}.fit": made_up.fit(number) for number in range(RUNS)}
    packed = made_up.takeout(tmp_path / "takeout.zip", files).read_bytes()
    upload = given(runner, {"takeout.zip": packed})

    processes.wait_for(lambda: stored(upload) >= 3)
    worker = processes.wait_for(lambda: worker_of(watch))
    os.kill(worker, signal.SIGKILL)
    had = stored(upload)
    processes.wait_for(lambda: is_done(upload))

    assert 3 <= had < RUNS
    assert upload.batch is not None
    assert bridge.report(upload.batch).counts == {"read": RUNS}
    assert Activity.objects.values("original").distinct().count() == RUNS
    assert len({*upload.batch.entries.values_list("place", flat=True)}) == RUNS
    assert not uploads.folder_of(upload).exists()

    # One that dies while it has nothing to do may take the lock of the queue with it.
    idle = processes.wait_for(lambda: worker_of(watch))
    os.kill(idle, signal.SIGKILL)
    after = given(runner, {"after.fit": made_up.fit(RUNS)})
    processes.wait_for(lambda: is_done(after))


def test_an_export_that_is_sent_is_taken_back(ana: Episode) -> None:
    runner = ana.runner
    data = b"".join(exporting.zipped(runner))
    told = sorted(runner.records.values_list("client", flat=True))
    forget_all()
    new = bridge.owner("Europe/Lisbon")

    upload = given(new, {"everything.zip": data})
    jobs.import_upload(upload.pk)

    upload.refresh_from_db()
    assert (upload.state, upload.error) == (State.DONE, "")
    assert sorted(new.records.values_list("client", flat=True)) == told
    assert new.activities.count() == 44


def test_an_export_does_not_come_among_other_records(ana: Episode) -> None:
    data = b"".join(exporting.zipped(ana.runner))
    day = bridge.today_of(ana.runner)
    bridge.add(ana.runner, "check_ins", {"on": day.isoformat(), "limp": True}, on=day, episode=ana)
    before = ana.runner.records.count()

    upload = given(ana.runner, {"everything.zip": data})
    jobs.import_upload(upload.pk)

    upload.refresh_from_db()
    assert upload.state == State.STOPPED
    assert "everything.zip" in upload.error or "empty" in upload.error
    assert ana.runner.records.count() == before
