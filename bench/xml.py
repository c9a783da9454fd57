"""GPX against gpxpy, TCX against python-tcxparser: the same files, the same process.

`python -m bench` prints this with the rest. Each reader gets the best of a few rounds over every
file; memory is measured in a round of its own, because tracing slows the readers down.
"""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gpxpy
from tcxparser import TCXParser

from hamstride.errors import NotAnActivityError
from hamstride.readers.gpx import decode_gpx
from hamstride.readers.tcx import decode_tcx
from hamstride.records import Activity

ROUNDS = 3
Reading = Callable[[Path], object]


def compare(folder: Path) -> dict[str, Any]:
    """Speed and memory over the `gpx` and `tcx` files of a folder.

    Returns
    -------
    dict
        For each format: files, points, points a second of both readers, how many times faster
        ours is, the peak of memory above the file's own columns and bytes, and the files that the
        other reader refuses (which neither is timed on).
    """
    return {
        "gpx": _race(sorted((folder / "gpx").glob("*.gpx")), _read_gpx, _gpxpy, "gpxpy"),
        "tcx": _race(sorted((folder / "tcx").glob("*.tcx")), _read_tcx, _tcxparser, "tcxparser"),
    }


def _race(files: list[Path], ours: Reading, theirs: Reading, name: str) -> dict[str, Any]:
    common = [file for file in files if _reads(theirs, file)]
    points = sum(_points(ours(file)) for file in common)
    ours_s, theirs_s = _best_s(ours, common), _best_s(theirs, common)
    return {
        "files": len(common),
        "points": points,
        "hamstride_points_per_s": round(points / ours_s),
        f"{name}_points_per_s": round(points / theirs_s),
        "times_faster": round(theirs_s / ours_s, 1),
        "peak_above_columns_mb": round(max(_peak_mb(ours, file) for file in files), 2),
        f"refused_by_{name}": [file.name for file in files if file not in common],
    }


def _read_gpx(file: Path) -> tuple[Activity, ...]:
    try:
        return decode_gpx(file.read_bytes(), file.name)
    except NotAnActivityError:
        return ()


def _read_tcx(file: Path) -> tuple[Activity, ...]:
    try:
        return decode_tcx(file.read_bytes(), file.name)
    except NotAnActivityError:
        return ()


def _gpxpy(file: Path) -> object:
    return gpxpy.parse(file.read_bytes())


def _tcxparser(file: Path) -> object:
    """What the library turns into numbers; it has no speed, cadence or power."""
    parser = TCXParser(str(file))
    distances = [float(distance.text) for distance in parser.distance_values()]
    return (
        parser.time_objects(),
        parser.position_values(),
        parser.altitude_points(),
        parser.hr_values(),
        distances,
    )


def _reads(reader: Reading, file: Path) -> bool:
    try:
        reader(file)
    except Exception:  # whatever a library raises on a file that it does not take
        return False
    return True


def _points(activities: object) -> int:
    assert isinstance(activities, tuple)
    return sum(activity.samples for activity in activities)


def _best_s(reader: Reading, files: list[Path]) -> float:
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        for file in files:
            reader(file)
        times.append(time.perf_counter() - start)
    return min(times)


def _peak_mb(reader: Reading, file: Path) -> float:
    """Peak while reading, without the file's bytes and the columns that are handed back."""
    tracemalloc.start()
    activities = reader(file)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(activities, tuple)
    columns = sum(
        channel.raw.nbytes for activity in activities for channel in activity.channels.values()
    )
    above: float = peak - columns - file.stat().st_size
    return above / 1e6
