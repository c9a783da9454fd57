"""How fast a history of 1,000 one-hour runs is taken into the store, and whether kills lose any.

    python -m bench.importing

The runs are made up, two at a time. The import is the command itself, with two processes that
read; memory is the sum over all its processes, looked at many times a second.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

from bench.fit import theirs

# Runs and kills are those of the tests.
sys.path.append(str(Path(__file__).resolve().parents[1] / "tests"))

import killing
import made_up_takeouts as made_up
from hamstride.readers.fit import decode_fit

RUNS, RUN_S = 1000, 3600
COMPARED = 20
YEAR_DAYS = 365
KILLS = 200
SEED = 1
_LOOK_EVERY_S = 0.02


def compare() -> dict[str, Any]:
    """Seconds, memory, files a second beside fitdecode, a year of load, and what kills did."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            runs = list(pool.map(hour, range(RUNS), chunksize=50))
        names = {f"activities/{number}.fit": data for number, data in enumerate(runs)}
        takeout = made_up.takeout(folder / "takeout.zip", names)
        environment = {**os.environ, "HAMSTRIDE_DATA": str(folder / "data")}
        environment.pop("HAMSTRIDE_DATABASE_URL", None)
        first_s, first_mb, first = imported(takeout, environment)
        second_s, _, second = imported(takeout, environment)
        assert first["counts"] == second["counts"] == {"read": RUNS}
        return {
            "files": RUNS,
            "zip_mb": round(takeout.stat().st_size / 1e6, 1),
            "import_s": {"took": round(first_s, 2), "goal_at_most": 20},
            "import_mb": {"peak": first_mb, "goal_at_most": 400},
            "second_import_s": {"took": round(second_s, 2), "goal_at_most": 2},
            "second_import_is_the_first": first["import"] == second["import"],
            "beside_fitdecode": beside_fitdecode(runs[:COMPARED], first_s / RUNS),
            # The last two share a store: it is read first, and then emptied for the kills.
            **_in_store(folder, environment),
        }


def hour(number: int) -> bytes:
    """One of the runs."""
    return made_up.fit(number, RUN_S)


def imported(source: Path, environment: Mapping[str, str]) -> tuple[float, int | None, Any]:
    """Seconds and peak megabytes of an import, and what it says of itself."""
    command = [sys.executable, "-m", "hamstride", "import", str(source), "--workers", "2"]
    command += ["--timezone", "Europe/Lisbon", "--json"]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - this very interpreter
            command, env=dict(environment), stdout=said, stderr=complained
        )
        peak = 0
        while process.poll() is None:
            peak = max(peak, sum(map(_resident_bytes, _with_children(process.pid))))
            time.sleep(_LOOK_EVERY_S)
        took_s = time.perf_counter() - begun
        complained.seek(0)
        assert process.returncode == 0, complained.read()[-1000:]
        said.seek(0)
        (report,) = json.load(said)
    return took_s, round(peak / 1e6) or None, report


def _with_children(pid: int) -> list[int]:
    """A process and all below it; itself alone where the system does not tell."""
    found = [pid]
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(each) for task in tasks for each in (task / "children").read_text().split()]
    except OSError:
        return found
    for child in children:
        found += _with_children(child)
    return found


def _resident_bytes(pid: int) -> int:
    """Memory of a process, with what it shares; 0 where it has ended."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def beside_fitdecode(runs: list[bytes], whole_s: float) -> dict[str, Any]:
    """Files a second, and how many times faster than fitdecode, which only reads.

    `whole_s` is what one file takes of our import, on two cores: unpacked, read, measured and
    stored. Reading alone is of one process, as is that of fitdecode.
    """
    begun = time.perf_counter()
    theirs(runs)
    between = time.perf_counter()
    for data in runs:
        decode_fit(data, "bench.fit")
    alone_s, their_s = (time.perf_counter() - between) / len(runs), (between - begun) / len(runs)
    return {
        "files_read_by_fitdecode": len(runs),
        "fitdecode_files_per_s": round(1 / their_s, 2),
        "whole_import_files_per_s": round(1 / whole_s, 1),
        "reading_alone_files_per_s": round(1 / alone_s, 1),
        "whole_import_times_faster": {"ratio": round(their_s / whole_s, 1), "goal_at_least": 50},
        "reading_alone_times_faster": {"ratio": round(their_s / alone_s, 1), "goal_at_least": 50},
    }


def _in_store(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    from hamstride.web.start import start  # noqa: PLC0415 - Django's own, for this process

    os.environ.pop("HAMSTRIDE_DATABASE_URL", None)
    start(folder / "data")
    year = {"median": round(year_of_load_ms(), 1), "goal_at_most": 50}
    return {"year_of_daily_load_ms": year, "kills": kills(folder, environment)}


def year_of_load_ms() -> float:
    """What the `load` command asks of the store for a year, and makes of it."""
    from hamstride.facts.run_days import days_of  # noqa: PLC0415
    from hamstride.facts.spikes import daily  # noqa: PLC0415
    from hamstride.protocols.loading import load  # noqa: PLC0415
    from hamstride.web import bridge  # noqa: PLC0415 - needs a store that was started

    runner, terms = bridge.the_owner(), load().declared.spikes
    assert runner is not None
    _, _, last = bridge.extent(runner)
    assert last is not None
    # As the command does: the long average needs its time to settle.
    first = last - timedelta(days=YEAR_DAYS + 4 * int(terms.chronic_days))
    took_ms = []
    for _ in range(20):
        begun = time.perf_counter()
        counted = bridge.runs_of(runner, first, last, whole=False)
        found = daily(days_of(counted), last - timedelta(days=YEAR_DAYS - 1), last, terms)
        took_ms.append((time.perf_counter() - begun) * 1000)
        assert len(found) == YEAR_DAYS
    return median(took_ms)


def kills(folder: Path, environment: Mapping[str, str]) -> dict[str, Any]:
    """Imports killed at random moments; rows that are lost, twice or half after the next one."""
    import store_contents  # noqa: PLC0415 - needs a store that was started

    store_contents.forget_all()
    takeout = killing.small_takeout(folder / "small.zip")
    took_s = killing.import_undisturbed(takeout, environment)
    undisturbed = store_contents.rows()
    store_contents.forget_all()
    killed, imports, lost, twice, half = 0, 0, 0, 0, 0
    for found in killing.killed_imports(takeout, environment, took_s, kills=KILLS, seed=SEED):
        killed, imports = killed + found.kills, imports + 1
        missing, added = store_contents.differences(store_contents.rows(), undisturbed)
        lost, twice, half = lost + missing, twice + added, half + len(store_contents.faults())
        store_contents.forget_all()
    return {"kills": killed, "imports": imports, "lost": lost, "twice": twice, "half": half}


if __name__ == "__main__":
    print(json.dumps(compare(), indent=2))
