"""What an export of a whole account looks like, and what its table says of each file."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_STRAVA_TABLE = "activities.csv"
_STRAVA_FILE = re.compile(r"activities/[^/]+\.(fit|gpx|tcx)(\.gz)?", re.I)
_GARMIN_PART = re.compile(
    r"(^|/)(DI_CONNECT/)?(DI-Connect-Uploaded-Files|DI-Connect-Fitness)/UploadedFiles[^/]*\.zip",
    re.I,
)
_TITLE = 2


@dataclass(frozen=True, slots=True)
class Described:
    """What the runner called an activity, and the shoe worn."""

    title: str | None = None
    gear: str | None = None


UNDESCRIBED = Described()


def strava_table(names: Iterable[str]) -> str | None:
    """The name of the table of a Strava export; None if it is none."""
    known = set(names)
    for name in sorted(known, key=len):
        folder, _slash, last = name.rpartition("/")
        if last.lower() == _STRAVA_TABLE:
            start = f"{folder}/activities/" if folder else "activities/"
            if any(each.startswith(start) for each in known):
                return name
    return None


def is_garmin_part(name: str) -> bool:
    """Whether this is a zip that Garmin puts into its takeouts."""
    return bool(_GARMIN_PART.search(name))


def strava_descriptions(table: bytes, name: str) -> Mapping[str, Described]:
    """Title and gear of each file, by its name in the export.

    The header is in the account's language, so columns are found by what stands in them: the
    file's name is known, the title is third, and the gear stands before the file.
    """
    folder = name[: -len(_STRAVA_TABLE)]
    found: dict[str, Described] = {}
    for row in _rows(table):
        for place, cell in enumerate(row):
            if _STRAVA_FILE.fullmatch(cell.strip()):
                title = row[_TITLE] if place > _TITLE else ""
                gear = row[place - 1] if place > _TITLE + 1 else ""
                found[folder + cell.strip()] = Described(_text(title), _text(gear))
                break
    return found


def _rows(table: bytes) -> Iterator[list[str]]:
    rows = csv.reader(io.StringIO(table.decode("utf-8-sig", "replace"), newline=""))
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error:
            continue


def _text(cell: str) -> str | None:
    return cell.strip()[:255] or None
