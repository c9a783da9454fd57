"""Exports of a made-up runner's whole history, for the tests and the bench of importing."""

import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hamstride.demo.activity_files import as_fit, as_gpx, as_tcx
from hamstride.demo.streams import Effort, Streams, recorded

FIRST = datetime(2026, 3, 1, 7, 0, tzinfo=UTC)

_KINDS: Sequence[tuple[tuple[float, float], ...]] = (
    ((0.2, 2.5), (0.7, 2.9), (0.1, 2.4)),
    ((0.3, 2.6), (0.05, 4.6), (0.1, 2.2), (0.05, 4.8), (0.1, 2.2), (0.05, 4.7), (0.35, 2.6)),
    ((0.2, 1.5), (0.2, 2.7), (0.1, 1.5), (0.2, 2.8), (0.1, 1.4), (0.2, 2.7)),
    ((0.5, 2.8), (0.01, 7.5), (0.1, 1.6), (0.01, 7.8), (0.38, 2.5)),
)
"""Share of the time and speed in m/s: an easy run, intervals, walk-run, and strides."""


def streams(number: int, seconds: int) -> Streams:
    """One of a few kinds of run, each with its own noise."""
    kind = _KINDS[number % len(_KINDS)]
    efforts = [Effort(max(5, round(share * seconds)), mps) for share, mps in kind]
    return recorded(efforts, seed=number)


def start(number: int) -> datetime:
    """Newer runs have greater numbers; one every other day."""
    return FIRST + timedelta(days=2 * number, minutes=7 * (number % 9))


def fit(number: int, seconds: int = 90) -> bytes:
    """A run as a FIT file."""
    return as_fit(streams(number, seconds), start(number))


def gpx(number: int, seconds: int = 90) -> bytes:
    """The same run as a GPX file: without cadence, and so poorer."""
    return as_gpx(streams(number, seconds), start(number))


def tcx(number: int, seconds: int = 90) -> bytes:
    """The same run as a TCX file."""
    return as_tcx(streams(number, seconds), start(number))


def takeout(path: Path, files: dict[str, bytes]) -> Path:
    """A zip of files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
