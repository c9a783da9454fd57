"""Imports that are killed at some moment, again and again until one comes through.

Only the process itself is killed: those that read for it have to end of themselves.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import made_up_takeouts as made_up
from hamstride.web.prepared import Prepared
from hamstride.web.worker import Task, work

_END_WITHIN_S = 20.0
"""How long whatever a killed process started may take to end."""

_AT_ONCE = 8
"""No import is killed more often than this."""


def small_takeout(path: Path, runs: int = 34) -> Path:
    """Short runs with copies in other formats and of the same bytes, and bad files."""
    files = {f"activities/{number}.fit": made_up.fit(number) for number in range(runs)}
    files |= {f"activities/{number}.gpx": made_up.gpx(number) for number in range(3, runs, 12)}
    files |= {
        "activities/5.tcx": made_up.tcx(5),
        "activities/again.fit": made_up.fit(7),
        "activities/cut.fit": made_up.fit(runs)[:-400],
        "activities/login.gpx": b"<!DOCTYPE html><html><body>Log in</body></html>",
    }
    return made_up.takeout(path, files)


@dataclass(frozen=True, slots=True)
class Killed:
    """How often an import was killed, by which seed, and how it ended when it was not."""

    seed: int
    kills: int
    code: int


def import_undisturbed(source: Path, environment: Mapping[str, str]) -> float:
    """Import a source in peace; how many seconds that took."""
    begun = time.monotonic()
    assert _import(source, environment, 2, None) == 0
    return time.monotonic() - begun


def killed_imports(
    source: Path, environment: Mapping[str, str], took_s: float, *, kills: int, seed: int
) -> Iterator[Killed]:
    """Imports that are killed at chance moments, until there were so many kills.

    Whoever asks for the next one has emptied the store before. What was stored before a kill does
    not have to be stored after it, so that an import comes through after some.

    Parameters
    ----------
    took_s
        How long an import takes that is left alone. It is corrected on the way: a machine that
        has more to do, or less, would else see no import through, or none killed.
    """
    done = 0
    while done < kills:
        chance = random.Random(seed)  # noqa: S311 - only has to be the same again
        found = 0
        while True:
            # The first quarter goes to starting Python; past the third it often is done.
            after_s = took_s * chance.uniform(0.25, 0.75) if found < _AT_ONCE else None
            begun = time.monotonic()
            code = _import(source, environment, chance.choice((0, 0, 2)), after_s)
            lived_s = time.monotonic() - begun
            if code is not None:
                break
            found += 1
        if found == 0 or after_s is None:
            took_s = lived_s
        yield Killed(seed, found, code)
        done, seed = done + found, seed + 1


def _import(
    source: Path, environment: Mapping[str, str], workers: int, kill_after_s: float | None
) -> int | None:
    """Import; the exit code, or None where it was killed."""
    command = [
        sys.executable,
        "-m",
        "hamstride",
        "import",
        str(source),
        "--workers",
        str(workers),
        "--timezone",
        "Europe/Lisbon",
    ]
    # Whatever it starts inherits the pipe, which is not at its end before all of them are.
    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    )
    try:
        process.communicate(timeout=kill_after_s)
    except subprocess.TimeoutExpired:
        process.kill()
        try:
            process.communicate(timeout=_END_WITHIN_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            raise AssertionError("A process outlived the import that started it.") from None
    return None if process.returncode == -signal.SIGKILL else process.returncode


# What goes wrong in the processes that read


def read_unless_poisoned(task: Task) -> Prepared:
    """Read a file as any other, unless its name says that it kills whoever reads it."""
    if "poison" in task.found.file:
        os.kill(os.getpid(), signal.SIGKILL)
    return work(task)


def end_at_once() -> None:
    """What a process does that cannot work on this machine."""
    os._exit(1)
