"""Processes that a test started: which there are, and how to wait for what they do."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")

_LOOK_EVERY_S = 0.02


def wait_for(what: Callable[[], Found | None], within_s: float = 25.0) -> Found:
    """What is found at last; a failure that names nothing is told by the caller's own line."""
    end_s = time.monotonic() + within_s
    while time.monotonic() < end_s:
        found = what()
        if found:
            return found
        time.sleep(_LOOK_EVERY_S)
    raise AssertionError(f"not within {within_s:g} s")


def children(pid: int) -> list[int]:
    """The processes that a process started, the oldest first."""
    return sorted(int(each.name) for each in Path("/proc").glob("[0-9]*") if _parent(each) == pid)


def tree(pid: int) -> list[int]:
    """A process and all that it started."""
    return [pid, *(each for child in children(pid) for each in tree(child))]


def command(pid: int) -> str:
    """The words that a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


def is_there(pid: int) -> bool:
    """Whether a process runs; one that only waits to be looked at does not."""
    return _state(Path(f"/proc/{pid}")) not in {"", "Z"}


def proportional_mb(pid: int) -> float:
    """The memory of a process, with what it shares divided among those that share it."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    raise AssertionError(f"no memory told of {pid} on {os.uname().sysname}")


def processor_s(pid: int) -> float:
    """The seconds for which a process has had a processor."""
    told = _stat(Path(f"/proc/{pid}"))
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK") if told else 0.0


def _stat(process: Path) -> list[str]:
    try:
        return (process / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _state(process: Path) -> str:
    return (_stat(process) or [""])[0]


def _parent(process: Path) -> int:
    told = _stat(process)
    return int(told[1]) if told and told[0] != "Z" else -1
