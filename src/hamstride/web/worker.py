"""What a process does that reads files for an import: from bytes to plain values.

It never loads Django and never writes anything.
"""

import hashlib
import multiprocessing
import os
import signal
import threading
from dataclasses import dataclass

from hamstride.protocols.loading import load
from hamstride.readers import TAKEOUT, Damage, Found, decode
from hamstride.readers.sniff import HEAD_BYTES, sniff
from hamstride.vocabulary import Declared
from hamstride.web.prepared import KEPT_FORMATS, Prepared, clean, prepare


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read, and the time zone that its day is told in."""

    found: Found
    timezone: str


def begin_work() -> None:
    """Set a process up: it leaves Ctrl-C to its parent, and does not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    declared()


def _end_with(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    os._exit(1)


def declared() -> Declared:
    """The figures that everything is measured by; loaded once in a process."""
    return load().declared


def work(task: Task) -> Prepared:
    """Read one file. Whatever it holds, nothing is raised."""
    outcome = decode(task.found, Damage.KEEP, TAKEOUT)
    try:
        return prepare(outcome, declared(), task.timezone)
    except Exception as error:
        # What measuring did not foresee stops neither the other files nor the keeping of this one.
        return given_up(task.found, type(error).__name__)


def given_up(found: Found, why: str) -> Prepared:
    """What is stored of a file that no process gets through: its bytes, and why."""
    kind = sniff(found.data[:HEAD_BYTES]).kind
    return Prepared(
        file=clean(found.file),
        status="unreadable",
        message=clean(f"{found.file}: the reader stumbled over it ({why}). Please report it."),
        format=kind if kind in KEPT_FORMATS else None,
        sha256=hashlib.sha256(found.data).hexdigest(),
        rich=None,
        activities=(),
    )
