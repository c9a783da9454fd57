"""Whoever watches over the background work: begins it, begins it anew, and ends it."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from types import TracebackType

BACKGROUND = "hamstride.web.commands.background"
END_WITHIN_S = 15.0
"""Longer than the background work takes to end by itself."""

_LIVES_S, _LONGEST_WAIT_S = 10.0, 60.0


class Watch:
    """The background work runs as long as this is entered."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._process = _begun()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    @property
    def pid(self) -> int:
        """The process that is watched over, now."""
        return self._process.pid

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        """Begin it anew when it ends; after a longer and longer wait where it ends at once."""
        wait_s, begun_s = 1.0, time.monotonic()
        while not self._over.wait(0.2):
            if self._process.poll() is None:
                continue
            # What a dead leader leaves behind would go on beside the new one.
            self._kill_all()
            lived_s = time.monotonic() - begun_s
            wait_s = 1.0 if lived_s > _LIVES_S else min(2 * wait_s, _LONGEST_WAIT_S)
            if self._over.wait(wait_s - 1.0):
                break
            self._process, begun_s = _begun(), time.monotonic()
        self._end()

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._kill_all()
            self._process.wait()

    def _kill_all(self) -> None:
        """Kill whatever is left of the session that it leads."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _begun() -> "subprocess.Popen[bytes]":
    """The background work, in a session of its own: Ctrl-C is told to it by us alone."""
    command = [sys.executable, "-m", BACKGROUND]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - this very interpreter
