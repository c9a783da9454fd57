"""What became of the files of imports, counted by the database: a takeout has thousands.

The counts and names are those of `reporting`, a page at a time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)

from hamstride.web.bridge.reporting import DUPLICATE
from hamstride.web.models import Activity, Batch, Entry, Runner

GROUPS: Mapping[str, tuple[str, ...]] = {
    "imported": ("read", "in_part"),
    "twice": (DUPLICATE,),
    "already": ("already_there",),
    "other": ("not_an_activity",),
    "unread": ("unreadable", "too_large", "unsupported"),
}
"""What a runner wants to know of a file; every status is in one of them."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many files of an import came to what; together they are `of`."""

    imported: int = 0
    twice: int = 0
    already: int = 0
    other: int = 0
    unread: int = 0
    waiting: int = 0

    @property
    def of(self) -> int:
        """All files of the import."""
        return sum((self.imported, self.twice, self.already, self.other, self.unread, self.waiting))


@dataclass(frozen=True, slots=True)
class Became:
    """One file: its status now, why, the file that counts in its stead, and the run to see."""

    file: str
    became: str
    message: str
    same_as: str | None
    activity: UUID | None


def past(runner: Runner) -> QuerySet[Batch]:
    """The imports that nothing is at work on any more, the latest first."""
    at_work = runner.uploads.exclude(state="done").exclude(batch=None).values("batch")
    return runner.batches.exclude(pk__in=at_work).order_by("-started_at", "-pk")


def tallies(batches: Iterable[Batch]) -> dict[int, Tally]:
    """The counts of some imports, by their keys."""
    listed = list(batches)
    counts: dict[int, dict[str, int]] = {batch.pk: {} for batch in listed}
    rows = _entries(Entry.objects.filter(batch__in=listed))
    for row in rows.order_by().values("batch", "became").annotate(files=Count("pk")):
        counts[row["batch"]][row["became"]] = row["files"]
    return {batch.pk: _tally(counts[batch.pk], batch.files) for batch in listed}


def _tally(counts: Mapping[str, int], files: int) -> Tally:
    told = {
        group: sum(counts.get(status, 0) for status in statuses)
        for group, statuses in GROUPS.items()
    }
    return Tally(**told, waiting=max(0, files - sum(told.values())))


def became(batch: Batch, group: str | None = None) -> QuerySet[Any, dict[str, Any]]:
    """What became of each file, or of those of a group, as rows of `Became`."""
    rows = _entries(batch.entries.order_by("place"))
    if group is not None:
        rows = rows.filter(became__in=GROUPS[group])
    same_original = Activity.objects.filter(original=OuterRef("original"))
    stead = same_original.filter(same_as__isnull=False).order_by("part")
    return rows.values(
        "file",
        "message",
        "became",
        same_as=Subquery(stead.values("same_as__file")[:1]),
        activity=Subquery(same_original.filter(same_as=None).order_by("part").values("uid")[:1]),
    )


def _entries(rows: QuerySet[Entry]) -> QuerySet[Any, Any]:
    """Entries with what became of them, as it stands now: which of two files counts may change."""
    parts = Activity.objects.filter(original=OuterRef("original"))
    is_twice = Exists(parts.filter(same_as__isnull=False)) & ~Exists(parts.filter(same_as=None))
    return rows.annotate(
        became=Case(
            When(is_twice, status__in=GROUPS["imported"], then=Value(DUPLICATE)),
            default=F("status"),
            output_field=CharField(),
        )
    )
