"""GPX against gpxpy, TCX against python-tcxparser: the same bytes, the same process.

    python -m bench.xml_files FOLDER

How it is kept fair:

- Both readers get the bytes of a file from memory and turn them into numbers and times; neither
  waits for the disk. gpxpy leaves heart rate and cadence as XML, and is not asked for more.
- They take turns, all files by one and then all by the other, and who begins changes each time.
  What else the machine does hits both; yet each has the caches to itself, as in life.
- What counts is the time of the processor, all threads together, and for each file the median of
  all rounds. By the clock, or with the least of all rounds, a busy machine would favour the
  shorter of the two, which is more often left alone.
- Both are warm: imports are done, and regular expressions compiled. What the first round took,
  when ours still learns what the points of each device look like, stands beside it.
- The collector of garbage runs, as it does in life, but what was there before the race is frozen:
  neither pays for the objects of this module.

Memory is measured in a round of its own, because tracing slows the readers down.
"""

import gc
import io
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import gpxpy
from tcxparser import TCXParser

from hamstride.errors import NotAnActivityError
from hamstride.readers.gpx import decode_gpx
from hamstride.readers.tcx import decode_tcx
from hamstride.records import Activity

ROUNDS = 7
Reading = Callable[[bytes], object]


def compare(folder: Path) -> dict[str, Any]:
    """Speed and memory over the `gpx` and `tcx` files of a folder.

    Returns
    -------
    dict
        For each format: files, points, points a second of both readers, how many times faster
        ours is when warm and in the first round, the peak of memory above the file's own columns
        and bytes, and the files that the other reader refuses (which neither is timed on).
    """
    return {
        "gpx": _race(sorted((folder / "gpx").glob("*.gpx")), _read_gpx, _gpxpy, "gpxpy"),
        "tcx": _race(sorted((folder / "tcx").glob("*.tcx")), _read_tcx, _tcxparser, "tcxparser"),
    }


def _race(files: list[Path], ours: Reading, theirs: Reading, name: str) -> dict[str, Any]:
    contents = {file.name: file.read_bytes() for file in files}
    # The other reader is warm by this; ours is not, unless the same was measured before.
    common = [data for data in contents.values() if _reads(theirs, data)]
    rounds = _taking_turns((ours, theirs), common)
    first_ours_s, first_theirs_s = (sum(times[0] for times in of_files) for of_files in rounds)
    ours_s, theirs_s = (sum(map(median, of_files)) for of_files in rounds)
    points = sum(_points(ours(data)) for data in common)
    return {
        "files": len(common),
        "points": points,
        "rounds": ROUNDS,
        "hamstride_points_per_s": round(points / ours_s),
        f"{name}_points_per_s": round(points / theirs_s),
        "times_faster": round(theirs_s / ours_s, 1),
        "times_faster_in_first_round": round(first_theirs_s / first_ours_s, 1),
        "peak_above_columns_mb": round(max(_peak_mb(ours, each) for each in contents.values()), 2),
        f"refused_by_{name}": [file for file, data in contents.items() if data not in common],
    }


def _taking_turns(
    readers: tuple[Reading, Reading], contents: list[bytes]
) -> tuple[list[list[float]], list[list[float]]]:
    """For both readers and each file the processor's seconds in every round."""
    took: tuple[list[list[float]], list[list[float]]] = (
        [[] for _ in contents],
        [[] for _ in contents],
    )
    gc.collect()
    gc.freeze()
    for number in range(ROUNDS):
        order = (0, 1) if number % 2 == 0 else (1, 0)
        for which in order:
            for index, data in enumerate(contents):
                start = time.process_time()
                readers[which](data)
                took[which][index].append(time.process_time() - start)
    gc.unfreeze()
    return took


def _read_gpx(data: bytes) -> tuple[Activity, ...]:
    try:
        return decode_gpx(data, "bench.gpx")
    except NotAnActivityError:
        return ()


def _read_tcx(data: bytes) -> tuple[Activity, ...]:
    try:
        return decode_tcx(data, "bench.tcx")
    except NotAnActivityError:
        return ()


def _gpxpy(data: bytes) -> object:
    return gpxpy.parse(data)


def _tcxparser(data: bytes) -> object:
    """What the library turns into numbers; it has no speed, cadence or power."""
    parser = TCXParser(io.BytesIO(data))
    distances = [float(distance.text) for distance in parser.distance_values()]
    return (
        parser.time_objects(),
        parser.position_values(),
        parser.altitude_points(),
        parser.hr_values(),
        distances,
    )


def _reads(reader: Reading, data: bytes) -> bool:
    try:
        reader(data)
    except Exception:  # whatever a library raises on a file that it does not take
        return False
    return True


def _points(activities: object) -> int:
    assert isinstance(activities, tuple)
    return sum(activity.samples for activity in activities)


def _peak_mb(reader: Reading, data: bytes) -> float:
    """Peak while reading, without the file's bytes and the columns that are handed back."""
    tracemalloc.start()
    activities = reader(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(activities, tuple)
    columns = sum(
        channel.raw.nbytes for activity in activities for channel in activity.channels.values()
    )
    above: float = peak - columns
    return above / 1e6


if __name__ == "__main__":
    print(json.dumps(compare(Path(sys.argv[1])), indent=2))
