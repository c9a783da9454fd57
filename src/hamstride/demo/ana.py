"""Writes the made-up runner to a folder: her file, and the files of her watch."""

from datetime import date
from pathlib import Path

from hamstride.casefile import to_toml
from hamstride.demo import story
from hamstride.demo.activity_files import as_fit, as_gpx, as_tcx
from hamstride.demo.runs import Outing, outings
from hamstride.demo.streams import recorded
from hamstride.errors import HamstrideError

CASE_FILE = "ana.toml"
ACTIVITIES = "activities"
HEADING = "Ana is made up, and so is every run of hers."

_WRITERS = {"fit": as_fit, "gpx": as_gpx, "tcx": as_tcx}


def days() -> tuple[tuple[date, str], ...]:
    """Five days of Ana's comeback worth showing, each with a line on where she stands."""
    return story.days()


def write(folder: Path) -> Path:
    """Write Ana's file and her activities, and answer where her file is.

    The folder is made when it is not there. Files of an earlier demo are written anew.

    Raises
    ------
    HamstrideError
        The folder holds something else; nothing is written then.
    """
    runs = outings()
    _refuse_strangers(folder, {CASE_FILE, *(str(each.run.file) for each in runs)})
    (folder / ACTIVITIES).mkdir(parents=True, exist_ok=True)
    for outing in runs:
        (folder / str(outing.run.file)).write_bytes(activity_bytes(outing))
    case_file = folder / CASE_FILE
    text = f"# {HEADING}\n\n{to_toml(story.case())}"
    case_file.write_text(text, encoding="utf-8", newline="\n")
    return case_file


def activity_bytes(outing: Outing) -> bytes:
    """The activity file of a run; the same bytes every time."""
    # The day is seed enough: she never runs twice on one.
    seed = outing.run.start.toordinal()
    streams = recorded(outing.efforts, seed=seed, treadmill=bool(outing.run.treadmill))
    return _WRITERS[outing.format](streams, outing.run.start)


def _refuse_strangers(folder: Path, ours: set[str]) -> None:
    if folder.is_file():
        raise HamstrideError(f"{folder} is a file. Name a folder for the demo.")
    for found in sorted((*folder.glob("*"), *folder.glob(f"{ACTIVITIES}/*"))):
        name = found.relative_to(folder).as_posix()
        if name not in ours and not (name == ACTIVITIES and found.is_dir()):
            raise HamstrideError(
                f"{folder} holds {name}, which is not of the demo. "
                "Name a new or an empty folder, so that nothing of yours is mixed up with it."
            )
