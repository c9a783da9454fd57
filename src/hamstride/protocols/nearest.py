"""The name that was meant, or the names that there are."""

import difflib
from collections.abc import Iterable

_MOST_NAMED, _NEAREST = 30, 3


def known(name: str, names: Iterable[str]) -> str:
    """A sentence: did you mean the nearest name, or else which are known."""
    names = sorted(names)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    if len(names) <= _MOST_NAMED:
        return f"Known: {', '.join(names) or 'none'}."
    near = difflib.get_close_matches(name, names, n=_NEAREST, cutoff=0)
    return f"The nearest known: {', '.join(near)}."
