"""Times of XML files: milliseconds since 1970 out of ISO 8601, thousands at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

NO_TIME = int(np.iinfo(np.int64).min)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_SHORTEST = len("2026-10-19T18:00:07Z")
_SEPARATORS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":", 19: "."}

# What each digit of YYYYMMDD is worth to year, month and day.
_DATE = np.array(
    [[1000, 0, 0], [100, 0, 0], [10, 0, 0], [1, 0, 0], [0, 10, 0], [0, 1, 0], [0, 0, 10], [0, 0, 1]]
)
# What each digit of hhmmss and three decimals is worth in milliseconds.
_CLOCK = np.array([36e6, 36e5, 6e5, 6e4, 1e4, 1e3, 1e2, 1e1, 1.0])


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

    One by one costs six times as much, and nearly every file is written like that.
    """
    if length < _SHORTEST or length == _SHORTEST + 1:
        return None
    joined = "".join(texts).encode("ascii", "replace")
    letters = np.frombuffer(joined, np.uint8).reshape(len(texts), length)
    separators = {place: ord(letter) for place, letter in _SEPARATORS.items() if place < length - 1}
    separators[length - 1] = ord("Z")
    places = [place for place in range(length) if place not in separators]
    digits = letters[:, places] - np.uint8(ord("0"))
    if digits.max() > 9 or (letters[:, [*separators]] != [*separators.values()]).any():
        return None
    days = _days(digits[:, :8])
    ms = _ms_of_day(digits[:, 8:])
    return None if days is None or ms is None else days * 86_400_000 + ms


def _days(digits: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """Days since 1970 from columns of digits, YYYYMMDD; None where one cannot be.

    A run is seldom longer than midnight, so one day is worked out and serves all.
    """
    if (digits == digits[0]).all():
        digits = digits[:1]
    year, month, day = (digits @ _DATE).T
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    # A day that the month does not have lies in another month.
    possible = (year > 0) & (month > 0) & (month < 13) & (days.astype("datetime64[M]") == months)
    return days.astype(np.int64) if possible.all() else None


def _ms_of_day(digits: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """Milliseconds since midnight from columns of digits, hhmmss and decimals."""
    worth = _CLOCK[: digits.shape[1]]
    # Floats are multiplied by the processor's own matrix routines, and these sums are exact.
    ms: NDArray[np.int64] = (digits[:, : len(worth)].astype(np.float64) @ worth).astype(np.int64)
    hour_tens, hour, minute_tens, second_tens = digits.T[[0, 1, 2, 4]]
    possible = (minute_tens < 6) & (second_tens < 6) & (hour_tens * 10 + hour < 24)
    return ms if possible.all() else None
