"""Times of XML files: milliseconds since 1970 out of ISO 8601, thousands at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

Texts = Sequence[str | None]

NO_TIME = int(np.iinfo(np.int64).min)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_SHORTEST = len("2026-10-19T18:00:07Z")
_SEPARATORS = {4: "-", 7: "-", 10: "T", 13: ":", 16: ":", 19: "."}

# What each of fourteen digits is worth to year, month, day, hour, minute and second.
_PLACES = np.zeros((14, 6))
_PLACES[:4, 0] = 1000, 100, 10, 1
for _field in range(1, 6):
    _PLACES[2 + 2 * _field : 4 + 2 * _field, _field] = 10, 1


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
    if (digits > 9).any() or (letters[:, [*separators]] != [*separators.values()]).any():
        return None
    return _ms(digits)


def _ms(digits: NDArray[np.uint8]) -> NDArray[np.int64] | None:
    """From columns of digits, YYYYMMDDhhmmss and decimals; None where one cannot be."""
    decimals = digits[:, 14:17].astype(np.float64)
    fields = digits[:, :14].astype(np.float64) @ _PLACES
    year, month, day, hour, minute, second = fields.T.astype(np.int64)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    # A day that the month does not have lies in another month.
    possible = (year > 0) & (month > 0) & (month < 13) & (days.astype("datetime64[M]") == months)
    if not (possible & (hour < 24) & (minute < 60) & (second < 60)).all():
        return None
    seconds = ((days.astype(np.int64) * 24 + hour) * 60 + minute) * 60 + second
    thousandths = decimals @ np.array([100.0, 10.0, 1.0])[: decimals.shape[1]]
    whole: NDArray[np.int64] = seconds * 1000 + thousandths.astype(np.int64)
    return whole
