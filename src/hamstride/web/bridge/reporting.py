"""What became of every file of an import, as it stands now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Min

from hamstride.errors import StoreError
from hamstride.web.bridge.asking import counting
from hamstride.web.models import Activity, Batch, Runner

DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Told:
    """One file: its status is that of the reader, `already_there` or `duplicate`.

    `same_as` names the file that counts in its stead.
    """

    file: str
    status: str
    message: str
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One import. `of` is how many files it has; fewer are told while it is not finished."""

    batch: str
    source: str
    started_at: datetime
    finished_at: datetime | None
    undone_at: datetime | None
    of: int
    files: tuple[Told, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many files have which status; they add up to the files told."""
        return dict(Counter(each.status for each in self.files))


def report(batch: Batch) -> Report:
    """What became of every file, in the order in which they were taken: the newest first.

    Which of two files of one run counts may change with a later import, so that it is asked now.
    """
    counted: dict[int, list[str | None]] = {}
    rows = Activity.objects.filter(original__entries__batch=batch)
    for original, file in rows.values_list("original_id", "same_as__file").distinct():
        counted.setdefault(original, []).append(file)
    return Report(
        batch=str(batch.uid),
        source=batch.source,
        started_at=batch.started_at,
        finished_at=batch.finished_at,
        undone_at=batch.undone_at,
        of=batch.files,
        files=tuple(
            _told(file, status, message, counted.get(original, []))
            for file, status, message, original in batch.entries.order_by("place").values_list(
                "file", "status", "message", "original_id"
            )
        ),
    )


def reports(runner: Runner) -> tuple[Report, ...]:
    """Every import of a runner, the latest first."""
    return tuple(report(batch) for batch in runner.batches.order_by("-started_at", "-pk"))


def finished_before(runner: Runner) -> frozenset[int]:
    """The imports that are done and not undone."""
    done = runner.batches.filter(finished_at__isnull=False, undone_at=None)
    return frozenset(done.values_list("pk", flat=True))


def batch_named(runner: Runner, name: str) -> Batch:
    """The import whose id begins so, or the `last` one; undone ones are not looked at.

    Raises
    ------
    StoreError
        There is none, or there are several.
    """
    there = runner.batches.filter(undone_at=None).order_by("-started_at", "-pk")
    if name == "last":
        found = list(there[:1])
    else:
        found = [batch for batch in there if batch.uid.hex.startswith(name.replace("-", ""))]
    if len(found) != 1:
        many = "Several imports begin" if found else "No import begins"
        said = f"{many} with '{name}'." if name != "last" else "There is no import."
        raise StoreError(f"{said} `hamstride import --list` shows them all.")
    return found[0]


def extent(runner: Runner) -> tuple[int, date | None, date | None]:
    """How many runs count, and the days of the first and the last."""
    found = counting(runner).order_by().aggregate(n=Count("pk"), first=Min("day"), last=Max("day"))
    return found["n"], found["first"], found["last"]


def _told(file: str, status: str, message: str, in_stead: list[str | None]) -> Told:
    steads = [name for name in in_stead if name is not None]
    if status in {"read", "in_part"} and steads and len(steads) == len(in_stead):
        return Told(file, DUPLICATE, message, steads[0])
    return Told(file, status, message)
