"""Background work: tasks that take ids, come to an end soon, and may be done twice.

A worker may be killed at any moment. Whatever it had in hand is given to the next one, and goes
on from the last file that was stored.
"""

import multiprocessing
import os
import time
from collections.abc import Callable

from django.conf import settings
from django_q.exceptions import TimeoutException

from hamstride.errors import StoreError
from hamstride.web.bridge import uploads
from hamstride.web.importing import take_in
from hamstride.web.importing.exported import is_export, take_back
from hamstride.web.models import Upload

SLICES = 6
"""A slice of an import is this part of what a task may take: others have their turn after it."""

_MOST_READERS = 3

asked_to_stop = multiprocessing.Event()
"""Set by the process that the workers come from: they end what they do at the next file."""


class _EnoughForNow(Exception):  # noqa: N818 - nothing is wrong
    """The slice is over."""


def import_upload(pk: int) -> None:
    """Take in the next slice of what somebody sent, and queue the rest."""
    upload = uploads.begin_start(pk)
    if upload is None:
        return
    try:
        _take_in(upload)
    except _EnoughForNow:
        uploads.go_on_later(upload)
    except TimeoutException:
        # The start counts, so that what takes for ever is given up in the end.
        uploads.go_on_later(upload, orderly=False)
    except StoreError as error:
        uploads.stop(upload, str(error))
    except Exception as error:
        uploads.stop(upload, _OUR_FAULT.format(upload.name, type(error).__name__))
        raise
    else:
        uploads.finish(upload)


def _take_in(upload: Upload) -> None:
    source = uploads.source_of(upload)
    tell = _until(time.monotonic() + settings.TASK_S / SLICES)
    if is_export(source.path):
        take_back(source.path, upload.runner, workers=readers(), tell=tell)
        return
    take_in(
        source,
        upload.runner,
        workers=readers(),
        tell=tell,
        began=lambda batch: uploads.began(upload, batch),
    )


_OUR_FAULT = (
    "{}: Hamstride stumbled over it ({}), which is a fault of Hamstride. What was read before "
    "stays. Please report it."
)


def readers() -> int:
    """Processes that read: one core is left to whoever looks at a page."""
    return max(1, min((os.cpu_count() or 1) - 1, _MOST_READERS))


def _until(end_s: float) -> Callable[[int, int, str], None]:
    """End a slice at the first file after its time is over, but for the last one."""

    def tell(done: int, of: int, file: str) -> None:
        del file
        if done < of and (asked_to_stop.is_set() or time.monotonic() >= end_s):
            raise _EnoughForNow

    return tell


def tidy() -> None:
    """Begin where workers ended that are gone: what they had in hand is queued again."""
    uploads.queue_anew()
    uploads.sweep()
