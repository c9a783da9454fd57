"""Times of XML files: milliseconds since 1970 out of ISO 8601, thousands at once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

NO_TIME = int(np.iinfo(np.int64).min)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_SHORTEST = len("2026-10-19T18:00:07Z")
_SEPARATORS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":", 19: "."}

_DATE_LETTERS = len("2026-10-19")
_DAY_MS = 86_400_000
_HOURS = np.array([10, 1], np.uint8)
# What each digit of hhmmss and three decimals is worth in milliseconds.
_WORTH_MS = np.array([36e6, 36e5, 6e5, 6e4, 1e4, 1e3, 1e2, 1e1, 1.0])


def moment(time_ms: int) -> datetime:
    """The instant of so many milliseconds since 1970."""
    return _EPOCH + int(time_ms) * _MS


def instant_ms(text: str) -> tuple[int | None, bool]:
    """Milliseconds since 1970, and whether the text names its zone; no zone is read as UTC."""
    try:
        instant = datetime.fromisoformat(text.strip())
        zoned = instant.tzinfo is not None
        return ((instant if zoned else instant.replace(tzinfo=UTC)) - _EPOCH) // _MS, zoned
    except (ValueError, OverflowError):
        return None, True


def alike_ms(texts: Sequence[str], length: int) -> NDArray[np.int64] | None:
    """Times of one length, all written like `2026-10-19T18:00:07Z`, decimals or not; else None.

    One by one costs many times as much, and nearly every file is written like that.
    """
    if length < _SHORTEST or length == _SHORTEST + 1:
        return None
    joined = "".join(texts).encode("ascii", "replace")
    letters = np.frombuffer(joined, np.uint8).reshape(len(texts), length)
    separators, marks, places = _form(length)
    digits = letters[:, places] - np.uint8(ord("0"))
    if digits.max() > 9 or (letters[:, separators] != marks).any():
        return None
    days = _days(letters[:, :_DATE_LETTERS])
    # Tens of minutes and seconds, then hours.
    if days is None or digits[:, [2, 4]].max() > 5 or (digits[:, :2] @ _HOURS).max() > 23:
        return None
    # Floats are multiplied by the processor's own matrix routines, and these sums are exact.
    ms = digits[:, : len(_WORTH_MS)].astype(np.float64) @ _WORTH_MS[: len(places)]
    whole: NDArray[np.int64] = ms.astype(np.int64) + days * _DAY_MS
    return whole


@lru_cache(maxsize=32)
def _form(length: int) -> tuple[NDArray[np.intp], NDArray[np.uint8], NDArray[np.intp]]:
    """Where in a time of this length the separators stand, which they are, and where its digits."""
    marks = {place: letter for place, letter in _SEPARATORS.items() if place < length - 1}
    marks[length - 1] = "Z"
    digits = [place for place in range(_DATE_LETTERS, length) if place not in marks]
    return (
        np.array([*marks], np.intp),
        np.frombuffer("".join(marks.values()).encode(), np.uint8),
        np.array(digits, np.intp),
    )


def _days(dates: NDArray[np.uint8]) -> NDArray[np.int64] | int | None:
    """Days since 1970 from rows of letters, YYYY-MM-DD; None where one cannot be.

    Few runs go on over midnight, so one day is worked out and serves all.
    """
    try:
        if (dates == dates[0]).all():
            return _day(dates[0].tobytes())
        rows = np.ascontiguousarray(dates).view(f"S{_DATE_LETTERS}").ravel()
        different, which = np.unique(rows, return_inverse=True)
        days: NDArray[np.int64] = np.array([_day(each) for each in different.tolist()])[which]
    except ValueError:
        return None
    return days


def _day(written: bytes) -> int:
    return date.fromisoformat(written.decode("ascii")).toordinal() - _EPOCH.toordinal()
