"""The whole log of an injury, and what it would tell had some corrections not been made."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from hamstride.casefile import case_from
from hamstride.facts.joining import join
from hamstride.protocols.loading import load
from hamstride.records import Case, Run
from hamstride.web.bridge.asking import runs_of
from hamstride.web.bridge.log import DAYS_BEFORE, SINGLE
from hamstride.web.models import Episode, Record


@dataclass(frozen=True, slots=True)
class Known:
    """Every row of an injury, oldest day first, and the runs of the watch, each read once."""

    episode: Episode
    rows: tuple[Record, ...]
    measured: tuple[Run, ...]


def known(episode: Episode) -> Known:
    """All that was recorded, with what was corrected and what was taken back."""
    mine = Q(episode=episode) | Q(episode=None)
    rows = Record.objects.filter(mine, runner_id=episode.runner_id).order_by("on", "pk")
    found = tuple(rows)
    opened = [row.body for row in found if row.kind == "episode" and row.body]
    first = date.fromisoformat(opened[-1]["started_on"]) - timedelta(days=DAYS_BEFORE)
    return Known(episode, found, tuple(run for run, _ in runs_of(episode.runner, first)))


def case_of(episode: Episode) -> Case:
    """One injury of one runner as the core knows it, with the runs of her watch."""
    return case_without(known(episode))


def case_without(log: Known, corrections: Collection[int] = ()) -> Case:
    """The injury as it would be known had some corrections not been made."""
    corrected = {row.corrects_id for row in log.rows if row.pk not in corrections}
    tables: dict[str, Any] = {"runner": {"timezone": log.episode.runner.timezone}}
    if log.episode.runner.name:
        tables["runner"]["name"] = log.episode.runner.name
    for row in log.rows:
        if row.body is None or row.pk in corrected or row.pk in corrections:
            continue
        stamped = {**row.body, "recorded_at": row.recorded_at.isoformat()}
        if row.kind == "runner":
            tables["runner"] |= row.body
        elif row.kind in SINGLE:
            tables[row.kind] = stamped
        else:
            tables.setdefault(row.kind, []).append(stamped)
    case = case_from(tables, "The log", questions=frozenset(load().questions))
    return replace(case, runs=join(case.runs, log.measured))


def corrections_since_check_in(log: Known) -> list[int]:
    """The corrections since the last check-in that was made on its own day, the latest first.

    What only adds an answer to what was said is none, and neither is a note: the one may make a
    day easier as any answer may, and nothing stands on the other.
    """
    by_pk = {row.pk: row for row in log.rows}
    last = _last_check_in(log)
    found = [
        row.pk
        for row in log.rows
        if row.pk > last
        and (before := by_pk.get(row.corrects_id or 0)) is not None
        and _takes_back(before.body or {}, row.body or {})
    ]
    return sorted(found, reverse=True)


def _takes_back(before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Whether something that was said is said no more, or otherwise."""
    return any(now.get(key) != value for key, value in before.items() if key != "note")


def _last_check_in(log: Known) -> int:
    """The row of the last morning that was answered on its own day; 0 where there is none.

    One that was taken back is none, one that was corrected is. A check-in for a day gone by is a
    record of the past, however late it was written.
    """
    zone = ZoneInfo(log.episode.runner.timezone)
    taken_back = {row.corrects_id for row in log.rows if row.body is None}
    return max(
        (
            row.pk
            for row in log.rows
            if row.kind == "check_ins"
            and row.corrects_id is None
            and row.pk not in taken_back
            and "pain_morning" in (row.body or {})
            and row.recorded_at.astimezone(zone).date() == row.on
        ),
        default=0,
    )
