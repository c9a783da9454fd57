"""Ana's ten weeks in the store, or the first of them, moved so that they end today."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from hamstride.casefile import to_json
from hamstride.demo import story
from hamstride.demo.ana import activity_bytes
from hamstride.demo.runs import TIMEZONE, outings
from hamstride.web import bridge
from hamstride.web.bridge.log import SINGLE
from hamstride.web.importing import take_in
from hamstride.web.models import Episode, Runner

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def fill(runner: Runner, until: date, last: date = story.LAST_DAY) -> Episode:
    """Give a runner Ana's history: her answers as records, her runs as files that were imported.

    Everything is moved by whole days, so that the `last` day of the story worth showing is `until`;
    what came after it is left out.
    """
    by = until - last
    tables = json.loads(to_json(story.case()), object_hook=lambda each: _moved(each, by))
    runner.name, runner.timezone = tables["runner"].pop("name"), tables["runner"].pop("timezone")
    runner.save(update_fields=["name", "timezone"])
    _import_runs(runner, by, until)
    on = date.fromisoformat(tables["episode"]["started_on"])
    episode = bridge.open_episode(runner, tables["episode"], on=on)
    bridge.add(runner, "runner", tables["runner"], on=on)
    for kind in tables.keys() - {*SINGLE}:
        for day, body in _up_to(until, tables[kind]):
            bridge.add(runner, kind, body, on=day, episode=episode)
    bridge.set_injured_on(runner, on)
    return episode


def _up_to(until: date, bodies: list[dict[str, Any]]) -> Iterator[tuple[date, dict[str, Any]]]:
    dated = ((date.fromisoformat(each.get("on") or each["start"][:10]), each) for each in bodies)
    return ((day, each) for day, each in dated if day <= until)


def _moved(table: dict[str, Any], by: timedelta) -> dict[str, Any]:
    return {name: _moved_value(value, by) for name, value in table.items() if name != "file"}


def _moved_value(value: Any, by: timedelta) -> Any:
    """A day or an instant, moved; anything else as it is."""
    if not isinstance(value, str) or not _DAY.match(value):
        return value
    if len(value) == len("2026-11-25"):
        return (date.fromisoformat(value) + by).isoformat()
    # By the clock on the wall, as the runs are moved: there may be an end of summer time between.
    return (datetime.fromisoformat(value).astimezone(ZoneInfo(TIMEZONE)) + by).isoformat()


def _import_runs(runner: Runner, by: timedelta, until: date) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made) / "Ana's runs"
        folder.mkdir()
        for outing in (each for each in outings() if each.run.start.date() + by <= until):
            start = outing.run.start + by
            run = replace(outing.run, start=start)
            name = f"{start:%Y-%m-%d}-{outing.run.kind}.{outing.format}"
            (folder / name).write_bytes(activity_bytes(replace(outing, run=run)))
        take_in(folder, runner, workers=0)
