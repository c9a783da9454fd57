"""What a process does that reads files for an import."""

import multiprocessing
import os
import queue
import signal
from collections.abc import Iterator

import pytest

import made_up_takeouts as made_up
from hamstride.readers import Found
from hamstride.web import worker
from hamstride.web.worker import Task, begin_work, work


@pytest.fixture
def interrupts() -> Iterator[None]:
    """What Ctrl-C does is afterwards as it was."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


def test_what_measuring_did_not_foresee_is_said_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(worker, "prepare", stumble)

    found = work(Task(Found("1.fit", made_up.fit(1)), "Europe/Lisbon"))

    assert (found.status, found.format, found.activities) == ("unreadable", "fit", ())
    assert "1.fit: the reader stumbled over it (ZeroDivisionError)" in found.message


def test_a_process_that_is_no_child_only_leaves_ctrl_c_alone(interrupts: None) -> None:
    begin_work()

    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_a_process_ends_when_its_parent_has_ended(
    interrupts: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = multiprocessing.get_context("spawn").Process(target=int)
    parent.start()
    ended: queue.Queue[int] = queue.Queue()
    monkeypatch.setattr(multiprocessing, "parent_process", lambda: parent)
    monkeypatch.setattr(os, "_exit", ended.put)

    begin_work()

    assert ended.get(timeout=60) == 1
    parent.close()
