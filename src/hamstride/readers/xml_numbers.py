"""Numbers of XML files: texts to floats, a whole column at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Texts = Sequence[str | None]

_LETTERS = 15
_MINUS, _DOT, _ZERO = b"-.0"


def floats(texts: Texts) -> NDArray[np.float64]:
    """Numbers as written; NaN where there is none, or no number."""
    written = [text or "nan" for text in texts] if None in texts else texts
    try:
        return np.fromiter(map(float, written), np.float64, len(texts))  # type: ignore[arg-type]
    except ValueError:
        return np.array([_float(text) for text in texts])


def degrees(texts: Texts) -> NDArray[np.float64]:
    """Degrees to the tenth decimal: the rest is thinner than a hair.

    A number of more than 15 digits takes eight times as long to read, and some services write
    17; half the time of a GPX file went there.
    """
    written = "".join(filter(None, texts))
    if "e" in written or "E" in written:
        # What an exponent stands behind is not cut, or a small number would become a large one.
        return floats([text if text and "e" in text.lower() else _cut(text) for text in texts])
    alike = _alike(texts)
    return floats([_cut(text) for text in texts]) if alike is None else alike


def _alike(texts: Texts) -> NDArray[np.float64] | None:
    """Numbers whose sign and point all stand in one place, as a run writes them; else None.

    They are what `float` makes of them, to the last bit: fourteen digits are a whole number
    that a float holds exactly, and it is divided once by a power of ten that is exact too.
    """
    if not texts or None in texts:
        return None
    try:
        # Longer ones are cut, shorter ones are filled up with NUL, which no XML can hold.
        letters = np.array(texts, dtype=f"S{_LETTERS}").view(np.uint8).reshape(-1, _LETTERS)
    except UnicodeEncodeError:
        return None
    first = letters[0].tolist()
    if _DOT not in first:
        return None
    negative, point = first[0] == _MINUS, first.index(_DOT)
    same = (letters[:, point] == _DOT).all() and (not negative or (letters[:, 0] == _MINUS).all())
    if point == negative or not same:
        return None
    places = [place for place in range(negative, _LETTERS) if place != point]
    digits = letters[:, places]
    digits[digits == 0] = _ZERO
    digits -= np.uint8(_ZERO)
    if digits.max() > 9:
        return None
    worth = 10.0 ** np.arange(len(places) - 1, -1, -1)
    values: NDArray[np.float64] = (digits.astype(np.float64) @ worth) / 10.0 ** (
        _LETTERS - 1 - point
    )
    return -values if negative else values


def _cut(text: str | None) -> str | None:
    return text and text[:_LETTERS]


def _float(text: str | None) -> float:
    try:
        return float(text) if text else np.nan
    except ValueError:
        return np.nan
