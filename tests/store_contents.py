"""Everything that a store holds, as plain values that two stores can be compared by.

Needs Django to be set up. Ids and the times at which something was stored are left out.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from hamstride.web import bridge, originals
from hamstride.web.models import Activity, Batch, Entry, Original, Runner, Stream

_OWN = frozenset(
    {"id", "uid", "runner_id", "batch_id", "original_id", "same_as_id", "activity_id",
     "created_at", "added_at", "started_at", "finished_at", "undone_at"}
)  # fmt: skip

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]


def rows(*, batches: bool = True) -> Rows:
    """Every row of every table, in an order of its own; what it points to by what that holds.

    Without `batches`, what tells of imports is left out, and which of them brought a file.
    """
    found: Rows = {
        "runners": [_values(each) for each in Runner.objects.order_by("pk")],
        "originals": sorted(
            (each.sha256, *_values(each), each.batch.source if batches else None)
            for each in Original.objects.select_related("batch")
        ),
        "activities": [
            (*_named(each), each.same_as and _named(each.same_as), _values(each))
            for each in sorted(_activities(), key=_named)
        ],
        "streams": sorted(
            (*_named(each.activity), each.channel, *map(str, _values(each)))
            for each in Stream.objects.select_related("activity__original")
        ),
    }
    if batches:
        found["batches"] = [
            (*_values(each), each.finished_at is not None, each.undone_at is not None)
            for each in Batch.objects.order_by("started_at", "pk")
        ]
        found["entries"] = [
            (*_values(each), each.original and each.original.sha256)
            for each in Entry.objects.select_related("original").order_by("batch_id", "place")
        ]
    return found


def differences(found: Rows, expected: Rows) -> tuple[int, int]:
    """How many rows are missing, and how many there are that should not be."""
    there, wanted = (
        Counter(f"{table} {row}" for table, every in each.items() for row in every)
        for each in (found, expected)
    )
    return (wanted - there).total(), (there - wanted).total()


def untouched() -> Rows:
    """Every row with all of its columns, to see that nothing at all was written."""
    kinds: tuple[type[Model], ...] = (Runner, Batch, Original, Entry, Activity, Stream)
    return {
        kind.__name__: [
            tuple(_plain(value) for value in row)
            for row in kind._default_manager.order_by("pk").values_list()
        ]
        for kind in kinds
    }


def kept() -> dict[str, str]:
    """Every file beside the database, with the hash of its bytes."""
    media = Path(settings.DATA) / "media"
    return {
        str(path.relative_to(media)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(media.rglob("*"))
        if path.is_file()
    }


def faults() -> list[str]:
    """What is half there, there twice, or there for nothing."""
    found = []
    for runner in Runner.objects.all():
        home = originals.folder(Path(settings.DATA), runner.uid)
        named = set(runner.originals.values_list("sha256", flat=True))
        originals.sweep(home, named, older_than_s=-1.0)
        there = {path.name for path in home.glob("*/*")}
        found += [f"lost: no bytes of {sha256}" for sha256 in sorted(named - there)]
        found += [f"half: {name} is no file that a row names" for name in sorted(there - named)]
        for sha256 in sorted(named & there):
            originals.read(home, sha256)
    if Runner.objects.count() > 1:
        found.append("twice: there are two runners")
    for batch in Batch.objects.filter(finished_at__isnull=False):
        places = sorted(batch.entries.values_list("place", flat=True))
        if places != list(range(batch.files)):
            found.append(f"lost: import {batch.source} has the places {places} of {batch.files}")
    return found


def forget_all() -> None:
    """Empty a store: the runner with everything that is hers."""
    for runner in Runner.objects.all():
        home = originals.folder(Path(settings.DATA), runner.uid)
        runner.delete()
        originals.sweep(home, set(), older_than_s=-1.0)


def owner() -> Runner:
    """The runner of the tests, in Lisbon."""
    return bridge.owner("Europe/Lisbon")


def _activities() -> Iterator[Activity]:
    yield from Activity.objects.select_related("original", "same_as__original")


def _named(activity: Activity) -> tuple[str, int]:
    return activity.original.sha256, activity.part


def _values(row: Model) -> Row:
    return tuple(
        _plain(getattr(row, each.attname))
        for each in row._meta.concrete_fields
        if each.attname not in _OWN
    )


def _plain(value: object) -> object:
    """What a database gives for bytes differs."""
    return bytes(value) if isinstance(value, memoryview) else value
