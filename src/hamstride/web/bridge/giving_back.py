"""The tables of an export, as rows again: the same ids, the same order, the same times.

What stands in an export was written by somebody: every value is looked at before it is stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.db import DataError, IntegrityError, transaction

from hamstride.errors import StoreError
from hamstride.web.bridge.exporting import DECISION_COLUMNS, PREFERENCE_COLUMNS
from hamstride.web.bridge.log import add
from hamstride.web.models import (
    Activity,
    Batch,
    Decision,
    Entry,
    Episode,
    Original,
    Preferences,
    Record,
    Runner,
)
from hamstride.web.quantities import DISTANCES, HEIGHTS, MASSES, PACES

NEVER_READ = 0
"""The reader of an original that was given back: any that reads now is newer."""

_CHOICES = {"distance": DISTANCES, "height": HEIGHTS, "mass": MASSES, "pace": PACES}

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of an export that become rows."""

    runner: Table
    episodes: list[Table]
    records: list[Table]
    decisions: list[Table]
    imports: list[Table]
    originals: list[Table]


def is_empty(runner: Runner) -> bool:
    """Whether nothing was ever recorded or imported for a runner."""
    return not (
        runner.episodes.exists()
        or runner.records.exists()
        or runner.batches.exists()
        or runner.originals.exists()
    )


def is_same(runner: Runner, tables: Tables) -> bool:
    """Whether a runner has exactly what an export holds: it was given back before."""
    told = (
        {UUID(each["id"]) for each in tables.records},
        {UUID(each["id"]) for each in tables.imports},
        {each["sha256"] for each in tables.originals},
    )
    return told == (
        set(runner.records.values_list("client", flat=True)),
        set(runner.batches.values_list("uid", flat=True)),
        set(runner.originals.values_list("sha256", flat=True)),
    )


def give_back(runner: Runner, tables: Tables) -> None:
    """Make rows of the tables, all of them or none. Activities wait to be read from their files.

    Raises
    ------
    StoreError
        The runner has other records already, or ids that somebody else has in this store.
    ValueError, KeyError, TypeError
        A table is not as an export writes it.
    """
    try:
        with transaction.atomic():
            Runner.objects.select_for_update().get(pk=runner.pk)
            if not is_empty(runner):
                raise StoreError(
                    "There are records or runs in this store already, and an export is taken back "
                    "into an empty one only. Name another folder with --data, or begin anew."
                )
            _runner(runner, tables.runner)
            episodes = {each["id"]: _episode(runner, each) for each in tables.episodes}
            _records(runner, tables.records, episodes)
            for each in tables.decisions:
                _decision(episodes[each["episode"]], each)
            _imports(runner, tables.imports, tables.originals)
    except IntegrityError as error:
        raise StoreError(
            "Some of these records are in this store already, under another account. Delete them "
            "there first, or take the export back into another store."
        ) from error
    except DataError as error:
        raise ValueError(f"a value that no column holds: {error}") from error


def _runner(runner: Runner, told: Table) -> None:
    zone, injured_on = told["timezone"], told["injured_on"]
    if zone not in available_timezones():
        raise ValueError(f"no such time zone: {zone}")
    runner.name, runner.timezone = str(told["name"])[:200], zone
    runner.injured_on = None if injured_on is None else date.fromisoformat(injured_on)
    runner.save(update_fields=["name", "timezone", "injured_on"])
    quiet = [None if each is None else time.fromisoformat(each) for each in told["quiet_hours"]]
    chosen = {name: told["preferences"][name] for name in PREFERENCE_COLUMNS}
    for name, words in _CHOICES.items():
        if chosen[name] not in words:
            raise ValueError(f"no such {name}: {chosen[name]}")
    Preferences.objects.update_or_create(
        runner=runner, defaults={**chosen, "quiet_from": quiet[0], "quiet_until": quiet[1]}
    )


def _episode(runner: Runner, told: Table) -> Episode:
    closed_on = told["closed_on"]
    episode = Episode.objects.create(
        runner=runner,
        uid=UUID(told["id"]),
        closed_on=None if closed_on is None else date.fromisoformat(closed_on),
    )
    # A row's own time is set when it is made, whatever it is told.
    Episode.objects.filter(pk=episode.pk).update(opened_at=_moment(told["opened_at"]))
    return episode


def _records(runner: Runner, tables: list[Table], episodes: Mapping[str, Episode]) -> None:
    rows: dict[str, Record] = {}
    for told in tables:
        corrects, episode = told["corrects"], told["episode"]
        row = add(
            runner,
            told["kind"],
            told["body"],
            on=date.fromisoformat(told["on"]),
            episode=None if episode is None else episodes[episode],
            client=UUID(told["id"]),
            corrects=None if corrects is None else rows[corrects],
        )
        Record.objects.filter(pk=row.pk).update(recorded_at=_moment(told["recorded_at"]))
        rows[told["id"]] = row


def _decision(episode: Episode, told: Table) -> None:
    row = Decision.objects.create(
        episode=episode,
        uid=UUID(told["id"]),
        day=date.fromisoformat(told["day"]),
        **{name: told[name] for name in DECISION_COLUMNS},
    )
    Decision.objects.filter(pk=row.pk).update(made_at=_moment(told["made_at"]))


def _imports(runner: Runner, imports: list[Table], originals: list[Table]) -> None:
    batches = {each["id"]: _batch(runner, each) for each in imports}
    kept = {each["sha256"]: _original(batches[each["import"]], each) for each in originals}
    for each in imports:
        for place, file, status, message, sha256 in each["entries"]:
            Entry.objects.create(
                batch=batches[each["id"]],
                place=place,
                file=file,
                status=status,
                message=message,
                original=kept.get(sha256),
            )


def _batch(runner: Runner, told: Table) -> Batch:
    finished, undone = told["finished_at"], told["undone_at"]
    batch = Batch.objects.create(
        runner=runner,
        uid=UUID(told["id"]),
        source=told["source"],
        fingerprint=told["fingerprint"],
        files=told["files"],
        finished_at=None if finished is None else _moment(finished),
        undone_at=None if undone is None else _moment(undone),
    )
    Batch.objects.filter(pk=batch.pk).update(started_at=_moment(told["started_at"]))
    return batch


def _original(batch: Batch, told: Table) -> Original:
    """An original that is to be read: its activities hold what no file of a run tells."""
    original = Original.objects.create(
        runner=batch.runner,
        batch=batch,
        sha256=told["sha256"],
        bytes=told["bytes"],
        format=told["format"],
        whole=False,
        channels=0,
        samples=0,
        reader=NEVER_READ,
    )
    Original.objects.filter(pk=original.pk).update(added_at=_moment(told["added_at"]))
    for each in told["activities"]:
        Activity.objects.create(
            runner=batch.runner,
            original=original,
            uid=UUID(each["id"]),
            part=each["part"],
            file=each["file"],
            format=each["format"],
            title=each["title"],
            gear=each["gear"],
            sport="",
            is_run=False,
            written={},
        )
    return original


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"a time without its zone: {text}")
    return found
