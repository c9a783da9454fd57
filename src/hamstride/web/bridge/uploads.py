"""Files given in the browser: from the request to the import that takes them in, and back.

The row says how far it is, and is changed together with the queue, so that neither forgets.
"""

import shutil
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone as clock
from django_q.models import OrmQ
from django_q.tasks import async_task

from hamstride.web.bridge.keeping import undo
from hamstride.web.importing import Source
from hamstride.web.models import Batch, Runner, Upload
from hamstride.web.prepared import clean
from hamstride.web.receiving import Passing, uploads_folder

State = Upload.State
MOVING = frozenset({State.WAITING, State.RUNNING})
"""What goes on by itself."""

TASK = "hamstride.web.jobs.import_upload"
MOST_STARTS = 3
"""So often an import may end its worker; at the next start it is given up."""

LONGEST_NAME = 200
_SHOWN_FOR = timedelta(days=1)
_LEFT_OVER_S = 24 * 60 * 60.0


def folder_of(upload: Upload) -> Path:
    """Where the files of an upload lie."""
    return uploads_folder() / upload.uid.hex


def source_of(upload: Upload) -> Source:
    """What there is to import, the one file or the folder of several, with its names."""
    folder = folder_of(upload)
    path = folder / next(iter(upload.names)) if len(upload.names) == 1 else folder
    return Source(path, {**upload.names, path.name: upload.name})


# Giving


Together = Callable[[str, int], str]
"""What several files are called as one: by the first of them, and how many others there are."""


def give(runner: Runner, given: Iterable[Passing], together: Together) -> list[Upload]:
    """Keep files that were sent and queue their import: each zip by itself, the rest together."""
    files = list(given)
    loose = [each for each in files if not each.is_zip]
    heaps = [[each] for each in files if each.is_zip] + ([loose] if loose else [])
    return [_give(runner, heap, together) for heap in heaps]


def _give(runner: Runner, heap: list[Passing], together: Together) -> Upload:
    names = {uuid4().hex: clean(each.name or "?")[:LONGEST_NAME] for each in heap}
    first = next(iter(names.values()))
    upload = Upload(
        runner=runner,
        name=first if len(names) == 1 else together(first, len(names) - 1),
        names=names,
        size_bytes=sum(each.size or 0 for each in heap),
    )
    folder = folder_of(upload)
    folder.mkdir(mode=0o700)
    for name, each in zip(names, heap, strict=True):
        each.move_to(folder / name)
    with transaction.atomic():
        upload.save()
        _queue(upload)
    return upload


def _queue(upload: Upload) -> None:
    async_task(TASK, upload.pk)


# The work


def begin_start(pk: int) -> Upload | None:
    """Count a start before its work begins; None where there is nothing to do, or no more.

    What ends its worker again and again would do so without end: such an end is counted nowhere
    else.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().filter(pk=pk).first()
        if upload is None or upload.state not in MOVING:
            return None
        upload.starts += 1
        upload.state = State.RUNNING
        if upload.starts > MOST_STARTS:
            _end(upload, State.STOPPED, _GIVEN_UP.format(upload.name))
            return None
        upload.save(update_fields=["starts", "state"])
        return upload


_GIVEN_UP = (
    "{}: something in it ended the program that reads it {} times, so it is left alone. What was "
    "read before stays. Export the files again, or import them a few at a time to find the one."
).replace("{} times", f"{MOST_STARTS} times")


def began(upload: Upload, batch: Batch) -> None:
    """Note which import it became, and how much of it was done already."""
    upload.batch = batch
    if upload.begun_at is None:
        upload.begun_at = clock.now()
        upload.begun_with = batch.entries.count()
    upload.save(update_fields=["batch", "begun_at", "begun_with"])


def go_on_later(upload: Upload, *, orderly: bool = True) -> None:
    """Let others have their turn, and queue the rest; nothing where the runner stopped it."""
    with transaction.atomic():
        now = _locked(upload)
        if now.state != State.RUNNING:
            return
        now.state = State.WAITING
        now.starts = 0 if orderly else now.starts
        now.save(update_fields=["state", "starts"])
        _queue(now)


def finish(upload: Upload) -> None:
    """Everything of it is stored; the files as they were sent are no longer needed."""
    _end(upload, State.DONE)
    _forget(upload)


def stop(upload: Upload, why: str) -> None:
    """It cannot go on, for a reason that the runner can do something about."""
    with transaction.atomic():
        now = _locked(upload)
        if now.state == State.RUNNING:
            _end(now, State.STOPPED, why)


def _locked(upload: Upload) -> Upload:
    return Upload.objects.select_for_update().get(pk=upload.pk)


def _end(upload: Upload, state: Upload.State, why: str = "") -> None:
    upload.state, upload.error, upload.ended_at = state, why, clock.now()
    upload.save(update_fields=["state", "error", "ended_at", "starts"])


def _forget(upload: Upload) -> None:
    shutil.rmtree(folder_of(upload), ignore_errors=True)


def queue_anew() -> None:
    """Queue what is not done, as the rows tell: the queue holds imports and nothing else.

    So it does not matter what a worker had claimed that is gone, nor by which key it was signed.
    """
    with transaction.atomic():
        OrmQ.objects.all().delete()
        for upload in Upload.objects.filter(state__in=MOVING).order_by("pk"):
            _queue(upload)


def sweep() -> None:
    """Delete what was sent and belongs to no upload: whoever sent it was cut off, or is gone."""
    wanted = Upload.objects.exclude(state=State.DONE).values_list("uid", flat=True)
    known = {uid.hex for uid in wanted}
    before = time.time() - _LEFT_OVER_S
    for path in uploads_folder().iterdir():
        if path.name in known or path.stat().st_mtime > before:
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


# What the runner does


def pause(upload: Upload) -> None:
    """Stop it where it is; what is stored stays."""
    with transaction.atomic():
        now = _locked(upload)
        if now.state in MOVING:
            _end(now, State.STOPPED)


def resume(upload: Upload) -> None:
    """Go on with what was stopped or given up."""
    with transaction.atomic():
        now = _locked(upload)
        if now.state != State.STOPPED:
            return
        now.state, now.error, now.starts, now.begun_at = State.WAITING, "", 0, None
        now.save(update_fields=["state", "error", "starts", "begun_at"])
        _queue(now)


def discard(upload: Upload) -> int:
    """Let go of an upload, with everything that it brought; how many activities went."""
    with transaction.atomic():
        now = _locked(upload)
        if now.state != State.DONE:
            _end(now, State.DONE)
    _forget(upload)
    return 0 if now.batch is None else take_back(now.batch)


def take_back(batch: Batch) -> int:
    """Undo an import, also one that still runs; how many activities went."""
    for upload in batch.uploads.exclude(state=State.DONE):
        _end(upload, State.DONE)
        _forget(upload)
    return 0 if batch.undone_at is not None else undo(batch)


# What is shown


@dataclass(frozen=True, slots=True)
class AtWork:
    """An upload on its way: `done` of `of` files, `left_min` minutes to go; None is not known."""

    upload: Upload
    done: int
    of: int | None
    left_min: int | None

    @property
    def moves(self) -> bool:
        """Whether it goes on by itself."""
        return self.upload.state in MOVING


@dataclass(frozen=True, slots=True)
class Shown:
    """The uploads that a runner wants to know of: on their way, and known from before."""

    at_work: list[AtWork]
    known: list[Upload]


def shown(runner: Runner) -> Shown:
    """What waits, runs or was stopped; and what was sent lately that an earlier import had."""
    known = Q(
        batch__finished_at__lt=F("created_at"),
        batch__undone_at=None,
        ended_at__gte=clock.now() - _SHOWN_FOR,
    )
    rows = _counted(runner.uploads.filter(~Q(state=State.DONE) | known))
    return Shown(
        at_work=[_at_work(each) for each in rows if each.state != State.DONE],
        known=[each for each in rows if each.state == State.DONE],
    )


def at_work(upload: Upload) -> AtWork | None:
    """How far an upload is; None when there is nothing left to do."""
    rows = _counted(upload.runner.uploads.filter(pk=upload.pk).exclude(state=State.DONE))
    return next((_at_work(each) for each in rows), None)


def _counted(uploads: QuerySet[Upload]) -> list[Any]:
    """Uploads, the first to come first, with how many of their files are `done`."""
    return list(
        uploads.annotate(done=Count("batch__entries")).select_related("batch").order_by("pk")
    )


def _at_work(upload: Any) -> AtWork:
    done = upload.done
    if upload.batch is None:
        return AtWork(upload, 0, None, None)
    of, lately = upload.batch.files, done - upload.begun_with
    if upload.begun_at is None or lately <= 0:
        return AtWork(upload, done, of, None)
    took_s = (clock.now() - upload.begun_at).total_seconds()
    return AtWork(upload, done, of, round(took_s / lately * (of - done) / 60))
