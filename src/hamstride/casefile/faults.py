"""Where a fault lies, and the list of all of them."""

from dataclasses import dataclass, field, replace

from hamstride.casefile.saying import readable

MOST_FAULTS = 200
"""Lines after which reading stops: a hostile file of 10 MB could hold a million faults."""


class TooManyFaults(Exception):  # noqa: N818 - it ends the walk, and nobody outside sees it
    """The list of faults is full."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the tables of a file, such as `check_ins[2].limp (2026-10-20)`.

    Parameters
    ----------
    table
        Name of the table, by which its words are found.
    path
        Path from the top of the file; empty for the top itself.
    when
        What helps to find the record: its day, or which one of its kind it is.
    """

    table: str
    path: str
    when: str = ""

    def key(self, *names: str | int) -> "Place":
        """The place of a key, or of an item of the list under a key."""
        path = self.path
        for name in names:
            path += f"[{name}]" if isinstance(name, int) else f".{name}"
        return replace(self, path=path)

    def __str__(self) -> str:
        return f"{self.path} ({self.when})" if self.when else self.path


@dataclass(slots=True)
class Faults:
    """The faults of one file, one line each."""

    file: str
    lines: list[str] = field(default_factory=list)

    def add(self, place: Place | None, sentence: str) -> None:
        """Note one fault; after too many of them, say so and stop."""
        if len(self.lines) == MOST_FAULTS:
            self.lines.append(
                f"{readable(self.file)}: there is more; it is shown once these are put right."
            )
            raise TooManyFaults
        where = f", {place}" if place is not None else ""
        self.lines.append(f"{readable(self.file)}{where}: {sentence}")


def ordinal(index: int) -> str:
    """Which one of a list it is, for people, who count from one.

    Examples
    --------
    >>> ordinal(0), ordinal(1), ordinal(10), ordinal(22)
    ('the 1st', 'the 2nd', 'the 11th', 'the 23rd')
    """
    number = index + 1
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"the {number}{'th' if number % 100 in (11, 12, 13) else ends.get(number % 10, 'th')}"
