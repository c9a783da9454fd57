"""What became of an import, in words: counts, and the files that need a word."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hamstride.explain.numbers import MONTHS

_STATUS = {
    "read": ("read", "read"),
    "in_part": ("read in part", "read in part"),
    "duplicate": ("the same run as another file, which counts", "the same runs as other files"),
    "already_there": ("already there", "already there"),
    "not_an_activity": ("not an activity", "no activities"),
    "unreadable": ("could not be read", "could not be read"),
    "too_large": ("too large", "too large"),
    "unsupported": ("of a kind that is not read", "of kinds that are not read"),
}
"""What is said of one file with a status, and of several."""

ORDER = tuple(_STATUS)


def files(count: int) -> str:
    """So many files."""
    return "1 file" if count == 1 else f"{count:,} files"


def runs(count: int) -> str:
    """So many runs."""
    return "1 run" if count == 1 else f"{count:,} runs"


def counted(counts: Mapping[str, int]) -> tuple[tuple[str, str], ...]:
    """How many files have which status, as rows of a table; the good ones first."""
    known = [status for status in ORDER if counts.get(status)]
    return tuple((f"{counts[each]:,}", _STATUS[each][counts[each] > 1]) for each in known)


def became(status: str) -> str:
    """What became of one file."""
    return _STATUS[status][0]


def done(source: str, of: int) -> str:
    """The heading of an import that has just been made."""
    return f"{source}: {files(of)}"


def nothing_new(source: str, on: date) -> str:
    """What is said of files that were imported before."""
    return (
        f"{source} was imported on {day(on)}, and its files have not changed since. "
        "Nothing new; your data are as they were."
    )


def broken_off(source: str, count: int, of: int) -> str:
    """What is said when somebody stops an import."""
    return (
        f"Stopped after {count:,} of {files(of)} of {source}. They are stored; the same command "
        "goes on from here."
    )


def now_there(count: int, first: date | None, last: date | None) -> str:
    """What the store holds, now that an import is done."""
    if first is None or last is None:
        return "The store holds no runs yet."
    if count == 1:
        return f"The store now holds 1 run, of {day(first)}."
    return f"The store now holds {runs(count)}, from {day(first)} to {day(last)}."


def undone(source: str, activities: int) -> str:
    """What is said when an import was taken back."""
    gone = "1 activity" if activities == 1 else f"{activities:,} activities"
    return (
        f"The import of {source} is undone: {gone} went with it, and nothing else. "
        "What another import brought as well is still there."
    )


def read_again(count: int) -> str:
    """What is said when files were read anew."""
    if not count:
        return "Everything was read by this version of Hamstride. Nothing to read again."
    return f"{files(count)} read again from the originals."


def how_to_undo(batch: str) -> str:
    """How to take an import back."""
    return f"To take it back: hamstride import --undo {batch}"


def batch_rows(
    batches: Iterable[tuple[str, date, str, int, str]],
) -> Iterator[tuple[str, ...]]:
    """Imports as rows below `BATCH_HEADINGS`."""
    for batch, on, source, of, state in batches:
        yield batch, f"{on:%Y-%m-%d}", source, f"{of:,}", state


BATCH_HEADINGS = ("import", "on", "source", "files", "state")
NO_BATCHES = "Nothing was imported yet. Begin with: hamstride import ~/Downloads/export.zip"


def state(*, finished: bool, undone: bool) -> str:
    """How an import stands."""
    return "undone" if undone else "done" if finished else "not finished"


def day(on: date) -> str:
    """A day with its year."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
