"""How fast FIT files are read, beside fitdecode, and how much memory it takes.

    python -m bench.fit FOLDER

FOLDER holds `fit/` and `SOURCES.tsv`, which marks the running files. Prints JSON.
"""

import gc
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fitdecode

from hamstride.errors import HamstrideError
from hamstride.readers.fit import decode_fit

MARK = "**RUN**"


def running_files(folder: Path) -> list[Path]:
    """The FIT files that SOURCES.tsv marks as runs."""
    rows = (folder / "SOURCES.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [row.split("\t") for row in rows]
    return [folder / row[0] for row in cells if row[0].startswith("fit/") and MARK in row[6]]


def ours(contents: list[bytes]) -> int:
    """Read every file; the number of samples."""
    return sum(activity.samples for data in contents for activity in decode_fit(data, "bench.fit"))


def theirs(contents: list[bytes]) -> int:
    """The same with fitdecode, up to the damage; every value of every sample is looked at."""
    count = 0
    for data in contents:
        try:
            with fitdecode.FitReader(
                data,
                check_crc=fitdecode.CrcCheck.READONLY,
                error_handling=fitdecode.ErrorHandling.IGNORE,
            ) as reader:
                for frame in reader:
                    if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name == "record":
                        count += 1
                        values = [field.value for field in frame.fields]
                        assert len(values) == len(frame.fields)
        except fitdecode.FitError:
            continue
    return count


def seconds(read: Callable[[list[bytes]], int], contents: list[bytes], runs: int) -> float:
    """Median time of so many runs, after one that warms up."""
    read(contents)
    took = []
    for _ in range(runs):
        gc.collect()
        start = time.perf_counter()
        read(contents)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def peak_above_columns(data: bytes) -> int:
    """Bytes that reading one file takes at most, without the columns that it returns."""
    gc.collect()
    tracemalloc.start()
    try:
        activities = decode_fit(data, "bench.fit")
    except HamstrideError:
        activities = ()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - sum(c.raw.nbytes for a in activities for c in a.channels.values())


def compare(folder: Path, runs: int = 9) -> dict[str, Any]:
    """Our reader and fitdecode on the same runs, in one process."""
    contents = [path.read_bytes() for path in running_files(folder)]
    every = [path.read_bytes() for path in sorted((folder / "fit").glob("*.fit"))]
    records, mb = ours(contents), sum(map(len, contents)) / 1e6
    fast, slow = seconds(ours, contents, runs), seconds(theirs, contents, max(runs // 4, 1))
    return {
        "files": len(contents),
        "records": records,
        "megabytes": round(mb, 2),
        "seconds": round(fast, 4),
        "records_per_s": round(records / fast),
        "megabytes_per_s": round(mb / fast, 1),
        "fitdecode_records": theirs(contents),
        "fitdecode_seconds": round(slow, 3),
        "times_faster": round(slow / fast, 1),
        "peak_above_columns_megabytes": round(max(map(peak_above_columns, every)) / 1e6, 2),
    }


if __name__ == "__main__":
    print(json.dumps(compare(Path(sys.argv[1])), indent=2))
