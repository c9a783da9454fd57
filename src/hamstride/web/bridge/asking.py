"""From rows to records: runs with what was measured of them, and activities to the last bit."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from hamstride.facts.run_days import Counted
from hamstride.facts.top_speed import Best, best_of_run
from hamstride.records import Activity as ActivityRecord
from hamstride.records import Run
from hamstride.vocabulary import Declared
from hamstride.web.models import Activity, Runner, Stream
from hamstride.web.prepared import (
    LOAD_COLUMNS,
    MEASURED_COLUMNS,
    RUN_COLUMNS,
    WRITTEN,
    measured_of,
)
from hamstride.web.streams import Packed, unpack

RUN_ROW = (
    "pk", "file", "start", "day", "fast_m", "measured", "doubts",
    *RUN_COLUMNS, *MEASURED_COLUMNS, *LOAD_COLUMNS.values(),
)  # fmt: skip
"""The columns that a run without its parts is made of."""


def counting(runner: Runner) -> QuerySet[Activity]:
    """The runs that count, oldest first: no other sport, no run twice, none without a day."""
    rows = Activity.objects.filter(runner=runner, is_run=True, same_as=None, start__isnull=False)
    return rows.order_by("start", "pk")


def runs_of(
    runner: Runner, first: date | None = None, last: date | None = None, *, whole: bool = True
) -> tuple[Counted, ...]:
    """The runs of some days, oldest first, each with its fast metres.

    Without `whole`, speeds, bouts and step lengths stay empty: sums need none of them, and most
    of the time goes into those.
    """
    rows = counting(runner)
    if first is not None:
        rows = rows.filter(day__gte=first)
    if last is not None:
        rows = rows.filter(day__lte=last)
    zone = ZoneInfo(runner.timezone)
    columns = (*RUN_ROW, "parts") if whole else RUN_ROW
    return tuple((run_of_row(row, zone), row["fast_m"]) for row in rows.values(*columns))


def run_of_row(row: Mapping[str, Any], zone: ZoneInfo) -> Run:
    """The run of a row, as `facts.activity.run_of` makes it of the activity."""
    return Run(
        start=row["start"].astimezone(zone),
        file=row["file"] or None,
        measured=measured_of(row),
        **{name: row[name] for name in RUN_COLUMNS},
    )


def bests_of(runner: Runner, declared: Declared) -> tuple[Best, ...]:
    """The fastest of every run that can be trusted, oldest first."""
    zone = ZoneInfo(runner.timezone)
    rows = counting(runner).filter(measured=True).values(*RUN_ROW, "parts")
    found = (best_of_run(run_of_row(row, zone), declared) for row in rows)
    return tuple(best for best in found if best is not None)


def activity_of(row: Activity, channels: Collection[str] | None = None) -> ActivityRecord:
    """The activity as it was read, its columns to the last bit; only some of them where named.

    Raises
    ------
    StoreError
        A stream is damaged.
    """
    written = WRITTEN.validate_python(row.written)
    streams = row.streams.order_by("pk")
    if channels is not None:
        streams = streams.filter(channel__in=channels)
    return ActivityRecord(
        file=row.file,
        format=cast(Any, row.format),
        sport=row.sport,
        sub_sport=row.sub_sport,
        start=row.begins,
        device=row.device,
        title=row.title,
        sha256=row.original.sha256,
        channels={each.channel: unpack(_packed(each)) for each in streams},
        **{name: getattr(written, name) for name in written.__dataclass_fields__},
    )


def _packed(row: Stream) -> Packed:
    values = {name: getattr(row, name) for name in Packed.__dataclass_fields__}
    return Packed(**{**values, "blob": bytes(row.blob)})
