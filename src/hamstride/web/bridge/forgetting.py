"""Deleting a runner and the account: rows, files, sessions, and what SQLite would leave behind."""

import shutil
import time
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction
from django_q.models import OrmQ, Task

from hamstride.errors import StoreError
from hamstride.web.bridge import uploads
from hamstride.web.models import Account, Activity, Decision, Runner

_ORIGINALS = Path("media") / "originals"
_TRIES = 20
_WAIT_S = 0.25


def what_goes(runner: Runner) -> dict[str, int]:
    """How many of each will go."""
    return {
        "records": runner.records.count(),
        "decisions": Decision.objects.filter(episode__runner=runner).count(),
        "activities": Activity.objects.filter(runner=runner).count(),
        "originals": runner.originals.count(),
    }


def forget(account: Account) -> None:
    """Delete an account and everything of its runner, so that nothing can be read again.

    Raises
    ------
    StoreError
        Everything is deleted, but the database is so busy that its file could not be rewritten.
    """
    if connection.vendor == "sqlite":
        _run("PRAGMA secure_delete = ON")
    with transaction.atomic():
        runners = list(Runner.objects.select_for_update().filter(account=account))
        folders = [folder for each in runners for folder in _folders(each)]
        for each in runners:
            _delete_rows(each)
        _delete_sessions(account)
        account.delete()
    # Files go after their rows: a row without its file would be a fault, a file without one is not.
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    sweep_strangers(Path(settings.DATA))
    if connection.vendor == "sqlite":
        rewrite()


def _folders(runner: Runner) -> list[Path]:
    found = [Path(settings.DATA) / _ORIGINALS / runner.uid.hex]
    return found + [uploads.folder_of(each) for each in runner.uploads.all()]


def _delete_rows(runner: Runner) -> None:
    sent = set(runner.uploads.values_list("pk", flat=True))
    # What the queue keeps of a task may tell the names of files.
    for queued in OrmQ.objects.all():
        if queued.func() == uploads.TASK and (queued.args() or (None,))[0] in sent:
            queued.delete()
    for task in Task.objects.filter(func=uploads.TASK):
        if task.args[0] in sent:
            task.delete()
    runner.delete()


def _delete_sessions(account: Account) -> None:
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(account.pk):
            session.delete()


def sweep_strangers(data: Path) -> int:
    """Delete the files of runners that there are no more; how many folders that were.

    An import that ran while its runner was deleted may have written one file more.
    """
    strangers = strange_folders(data)
    for folder in strangers:
        shutil.rmtree(folder, ignore_errors=True)
    return len(strangers)


def strange_folders(data: Path) -> list[Path]:
    """Folders of files that belong to no runner."""
    known = {uid.hex for uid in Runner.objects.values_list("uid", flat=True)}
    return [each for each in sorted((data / _ORIGINALS).glob("*")) if each.name not in known]


# SQLite keeps what was deleted in free pages, and what was written in its log


def rewrite() -> None:
    """Write an SQLite database anew without its free pages, and empty its log.

    Raises
    ------
    StoreError
        Others read or write all the time.
    """
    for _ in range(_TRIES):
        try:
            _run("VACUUM")
            if not _run("PRAGMA wal_checkpoint(TRUNCATE)")[0]:
                return
        except OperationalError:  # somebody reads or writes
            pass
        time.sleep(_WAIT_S)
    raise StoreError(
        "Everything is deleted. The database was too busy to be rewritten, so traces may be in "
        "free parts of its file until it is: run `hamstride doctor --tidy` when nobody uses it."
    )


def _run(statement: str) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: tuple[int, ...] = cursor.fetchone() or (0,)
    return found
