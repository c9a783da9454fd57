"""Everything of a runner in one zip, which `importing.exported` takes back.

What is written is the same for the same contents: two exports of one store have one manifest.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

import hamstride
from hamstride.casefile import to_toml
from hamstride.errors import StoreError
from hamstride.web import originals
from hamstride.web.bridge.as_it_was import case_of
from hamstride.web.bridge.keeping import home
from hamstride.web.bridge.preferring import preferences_of
from hamstride.web.models import Activity, Batch, Decision, Entry, Original, Record, Runner

FORMAT = 1
FORMAT_KEY = "hamstride_export"
MANIFEST = "manifest.json"
ORIGINALS = "originals/"

DECISION_COLUMNS = (
    "basis", "version", "protocol", "protocol_version", "state", "word", "reason", "parts",
    "answer",
)  # fmt: skip
PREFERENCE_COLUMNS = ("language", "distance", "height", "mass", "pace", "shoes")

_ACTIVITY_COLUMNS = (
    "uid", "day", "start", "sport", "title", "gear", "file", "is_run", "treadmill", "distance_m",
    "duration_s", "moving_s", "running_s", "ascent_m", "descent_m", "cadence_spm",
    "best_speed_mps", "quality", "load_hlu", "fast_m", "sprint_m",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DATE = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: a zip wants one, and it is to be the same for the same contents."""

_READ_ME = """\
Everything that Hamstride keeps of you.

runner-file/    one file an injury, which `hamstride advise` reads
records.json    every record with its id, its day, when it was written down, and what it corrects
decisions.json  every answer as it was shown
activities.csv  your activities, for a spreadsheet
originals/      your files as the watch wrote them
manifest.json   the SHA-256 of every file

`hamstride import` takes this zip back into an empty store.
"""


@dataclass(frozen=True, slots=True)
class _Kept:
    """An original, where it lies, and its name in the zip."""

    name: str
    sha256: str


class _Pipe(io.RawIOBase):
    """What a zip is written to, and read from piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What was written since the last time."""
        found = b"".join(self._pieces)
        self._pieces.clear()
        return found


def zipped(runner: Runner) -> Iterator[bytes]:
    """The zip, piece by piece: no more than one file of a watch is held at once."""
    with transaction.atomic():
        # Whoever writes for this runner waits: the tables are of one moment.
        now = Runner.objects.select_for_update().get(pk=runner.pk)
        told, kept = _tables(now), _kept(now)
    folder = home(runner)
    pipe, hashes = _Pipe(), dict[str, dict[str, Any]]()
    lost: list[str] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in told.items():
            _add(archive, name, data, hashes)
        yield pipe.taken()
        for each in kept:
            try:
                data = originals.read(folder, each.sha256)
            except StoreError:
                # One file that is gone keeps nobody from having all the others.
                lost.append(each.sha256)
                continue
            _add(archive, each.name, data, hashes)
            yield pipe.taken()
        _add(archive, MANIFEST, _manifest(hashes, lost), {})
    yield pipe.taken()


def export_to(runner: Runner, path: Path) -> int:
    """Write the zip under a name that is free; how many bytes it has.

    Raises
    ------
    StoreError
        There is such a file already, or it cannot be written.
    """
    if path.exists():
        raise StoreError(f"{path} is there already. Name another file, or move that one away.")
    writing = path.with_name(f".{path.name}.writing")
    try:
        with writing.open("wb") as file:
            for piece in zipped(runner):
                file.write(piece)
        writing.replace(path)
    except OSError as error:
        writing.unlink(missing_ok=True)
        raise StoreError(
            f"{path} could not be written ({error.strerror}). Make room, or name another place."
        ) from error
    return path.stat().st_size


def _add(
    archive: zipfile.ZipFile, name: str, data: bytes, hashes: dict[str, dict[str, Any]]
) -> None:
    about = zipfile.ZipInfo(name, _DATE)
    about.compress_type = zipfile.ZIP_DEFLATED
    about.external_attr = 0o600 << 16
    archive.writestr(about, data)
    hashes[name] = {"sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}


def _manifest(hashes: dict[str, dict[str, Any]], lost: list[str]) -> bytes:
    told: dict[str, Any] = {FORMAT_KEY: FORMAT, "hamstride": hamstride.__version__}
    return as_json({**told, "lost": lost, "files": dict(sorted(hashes.items()))})


def as_json(value: object) -> bytes:
    """JSON as it stands in an export: for people as well, and the same for the same."""
    return (json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


# What stands in the files


def _tables(runner: Runner) -> dict[str, bytes]:
    """Every file but the originals."""
    found: dict[str, bytes] = {"READ ME.txt": _READ_ME.encode()}
    for number, episode in enumerate(runner.episodes.order_by("pk"), 1):
        if Record.objects.filter(episode=episode, kind="episode").exists():
            case = case_of(episode)
            name = f"runner-file/{number}-{case.episode.started_on}.toml"
            found[name] = to_toml(case).encode()
    parts: dict[str, Callable[[Runner], object]] = {
        "runner": _runner,
        "episodes": _episodes,
        "records": _records,
        "decisions": _decisions,
        "imports": _imports,
        "originals": _originals,
    }
    found |= {f"{name}.json": as_json(part(runner)) for name, part in parts.items()}
    found["activities.csv"] = _activities(runner)
    return found


def _runner(runner: Runner) -> object:
    chosen = preferences_of(runner)
    quiet = (chosen.quiet_from, chosen.quiet_until)
    return {
        "email": None if runner.account is None else runner.account.email,
        "name": runner.name,
        "timezone": runner.timezone,
        "injured_on": None if runner.injured_on is None else runner.injured_on.isoformat(),
        "preferences": {name: getattr(chosen, name) for name in PREFERENCE_COLUMNS},
        "quiet_hours": [None if each is None else each.isoformat() for each in quiet],
    }


def _episodes(runner: Runner) -> object:
    return [
        {
            "id": str(each.uid),
            "opened_at": each.opened_at.isoformat(),
            "closed_on": None if each.closed_on is None else each.closed_on.isoformat(),
        }
        for each in runner.episodes.order_by("pk")
    ]


def _records(runner: Runner) -> object:
    rows = Record.objects.filter(runner=runner).select_related("episode", "corrects")
    return [
        {
            "id": str(each.client),
            "kind": each.kind,
            "on": each.on.isoformat(),
            "recorded_at": each.recorded_at.isoformat(),
            "episode": None if each.episode is None else str(each.episode.uid),
            "corrects": None if each.corrects is None else str(each.corrects.client),
            "body": each.body,
        }
        for each in rows.order_by("pk")
    ]


def _decisions(runner: Runner) -> object:
    rows = Decision.objects.filter(episode__runner=runner).select_related("episode")
    return [
        {
            "id": str(each.uid),
            "episode": str(each.episode.uid),
            "day": each.day.isoformat(),
            "made_at": each.made_at.isoformat(),
            **{name: getattr(each, name) for name in DECISION_COLUMNS},
        }
        for each in rows.order_by("pk")
    ]


def _imports(runner: Runner) -> object:
    entries: dict[int, list[object]] = {}
    rows = Entry.objects.filter(batch__runner=runner).select_related("original")
    for each in rows.order_by("batch_id", "place"):
        told = (each.place, each.file, each.status, each.message)
        sha256 = None if each.original is None else each.original.sha256
        entries.setdefault(each.batch_id, []).append([*told, sha256])
    return [
        {
            "id": str(each.uid),
            "source": each.source,
            "fingerprint": each.fingerprint,
            "files": each.files,
            "started_at": each.started_at.isoformat(),
            "finished_at": None if each.finished_at is None else each.finished_at.isoformat(),
            "undone_at": None if each.undone_at is None else each.undone_at.isoformat(),
            "entries": entries.get(each.pk, []),
        }
        for each in Batch.objects.filter(runner=runner).order_by("pk")
    ]


def _originals(runner: Runner) -> object:
    parts: dict[int, list[dict[str, Any]]] = {}
    rows = Activity.objects.filter(runner=runner).order_by("original_id", "part")
    for row in rows.values("original_id", "uid", "part", "file", "format", "title", "gear"):
        told = {name: row[name] for name in ("part", "file", "format", "title", "gear")}
        parts.setdefault(row["original_id"], []).append({"id": str(row["uid"]), **told})
    return [
        {
            "sha256": each.sha256,
            "bytes": each.bytes,
            "format": each.format,
            "import": str(each.batch.uid),
            "added_at": each.added_at.isoformat(),
            "activities": parts.get(each.pk, []),
        }
        for each in Original.objects.filter(runner=runner).select_related("batch").order_by("pk")
    ]


def _kept(runner: Runner) -> list[_Kept]:
    rows = runner.originals.order_by("pk").values_list("sha256", "format")
    return [_Kept(f"{ORIGINALS}{sha256}.{kind}", sha256) for sha256, kind in rows]


def _activities(runner: Runner) -> bytes:
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_ACTIVITY_COLUMNS, "counts"])
    rows = Activity.objects.filter(runner=runner).order_by("begins", "original__sha256", "part")
    for row in rows.values_list(*_ACTIVITY_COLUMNS, "same_as"):
        table.writerow([*map(_cell, row[:-1]), "yes" if row[-1] is None else "no"])
    return text.getvalue().encode()


def _cell(value: object) -> str:
    """A value for a spreadsheet, which would run what begins like a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
