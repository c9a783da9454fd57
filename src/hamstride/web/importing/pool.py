"""Processes that read files, and that may die of one.

A process pool breaks when one of its processes dies, and does not say of which file. So it is
built anew, and every file that was in hand is tried once more by itself: the one that kills its
process again is given up, and the others are none the worse for it.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from types import TracebackType
from typing import Generic, TypeVar

from hamstride.errors import StoreError
from hamstride.web.prepared import Prepared
from hamstride.web.worker import Task, begin_work, work

K = TypeVar("K")

_IN_HAND = 3
"""Files a process: one that is read, and some that wait, so that none waits for the other."""


@dataclass(frozen=True, slots=True)
class _InHand(Generic[K]):
    """A task that was given to a process."""

    key: K
    task: Task
    future: Future[Prepared]


class Pool:
    """So many processes; none where there is too little to do for them."""

    def __init__(self, workers: int, *, do: Callable[[Task], Prepared] = work) -> None:
        self._workers = workers
        self._do = do
        self._pool: ProcessPoolExecutor | None = None

    def _built(self) -> ProcessPoolExecutor:
        # A forked process would share the open database.
        context = get_context("spawn")
        try:
            pool = ProcessPoolExecutor(self._workers, mp_context=context, initializer=begin_work)
            pool.submit(int).result()
        except (BrokenProcessPool, ImportError, NotImplementedError, OSError) as error:
            # Otherwise every file would be blamed for what is wrong with the machine.
            raise StoreError(
                "The processes that read files do not start on this machine. Nothing was lost; "
                "import with --workers 0."
            ) from error
        return pool

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def read(self, tasks: Iterable[tuple[K, Task]]) -> Iterator[tuple[K, Prepared | None]]:
        """Every task with what was made of it, in their order; None where it kills its reader."""
        if not self._workers:
            yield from ((key, self._do(task)) for key, task in tasks)
            return
        hand: deque[_InHand[K]] = deque()
        for key, task in tasks:
            hand.append(_InHand(key, task, self._submit(task)))
            if len(hand) >= self._workers * _IN_HAND:
                yield from self._first(hand)
        while hand:
            yield from self._first(hand)

    def _submit(self, task: Task) -> Future[Prepared]:
        if self._pool is None:
            self._pool = self._built()
        try:
            return self._pool.submit(self._do, task)
        except BrokenProcessPool as error:
            # A process died since; the task joins those that were in hand.
            broken: Future[Prepared] = Future()
            broken.set_exception(error)
            return broken

    def _first(self, hand: "deque[_InHand[K]]") -> Iterator[tuple[K, Prepared | None]]:
        """The first in hand; all of them where a process died, before any new one is begun."""
        first = hand.popleft()
        try:
            yield first.key, first.future.result()
        except BrokenProcessPool:
            self._pool = None
            left = [first, *hand]
            hand.clear()
            yield from ((each.key, self._again(each)) for each in left)

    def _again(self, one: "_InHand[K]") -> Prepared | None:
        """What was made of it before a process died, or is made of it by itself."""
        try:
            return one.future.result()
        except BrokenProcessPool:
            return self._alone(one.task)

    def _alone(self, task: Task) -> Prepared | None:
        try:
            return self._submit(task).result()
        except BrokenProcessPool:
            self._pool = None
            return None
