"""`hamstride read`: what activity files say."""

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from hamstride.cli import terminal
from hamstride.cli.progress import Reading
from hamstride.facts.activity import reading
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, read
from hamstride.records import Activity
from hamstride.units import M_PER_KM, clock
from hamstride.vocabulary import RunTerms

UNREAD = frozenset({"unreadable", "too_large", "unsupported"})
HEADINGS = ("file", "sport", "start, UTC", "time", "moving", "km", "up m", "samples")
NUMBERS = frozenset({3, 4, 5, 6, 7})
LONGEST_NAME = 34


@click.command("read")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object an activity.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Read FIT, GPX and TCX files, folders of them, and takeout zips.

    Every file is tried; the exit code is 1 when one was damaged, too large or of a kind that is
    not supported.

    \b
    Example:
      hamstride read ~/Downloads/export.zip run.fit --json
    """
    seen: set[str] = set()
    found = _objects(paths, seen)
    if as_json:
        _print_json(found)
    else:
        _print_table(found)
    ctx.exit(1 if seen & UNREAD else 0)


def _objects(paths: tuple[Path, ...], seen: set[str]) -> Iterator[dict[str, Any]]:
    """An object for each activity or file without one; `seen` gathers what became of them."""

    terms = load().declared.runs
    with _progress() as tell:
        for path in paths:
            for outcome in read(path, on_progress=tell):
                seen.add(outcome.status)
                yield from _of(outcome, terms)


def _of(outcome: Outcome, terms: RunTerms) -> Iterator[dict[str, Any]]:
    if not outcome.activities:
        yield {"file": outcome.file, "error": outcome.status, "message": outcome.message}
    for activity in outcome.activities:
        yield _activity(activity, outcome, terms)


def _activity(activity: Activity, outcome: Outcome, terms: RunTerms) -> dict[str, Any]:

    measured = reading(activity, terms)
    odd = [finding.say for finding in outcome.findings]
    return {
        "file": outcome.file,
        "format": activity.format,
        "sport": activity.sport,
        "sub_sport": activity.sub_sport,
        "start": None if measured.start is None else measured.start.isoformat(),
        "duration_s": _rounded(measured.duration_s),
        "timer_s": _rounded(measured.timer_s),
        "moving_s": _rounded(measured.moving_s),
        "distance_m": _rounded(measured.distance_m),
        "ascent_m": _rounded(measured.ascent_m),
        "descent_m": _rounded(measured.descent_m),
        "samples": activity.samples,
        "channels": sorted(activity.channels),
        "device": activity.device,
        "laps": len(activity.laps),
        "warnings": list(dict.fromkeys([*odd, *measured.warnings])),
    }


def _rounded(value: float | None) -> float | None:
    """To the millisecond or millimetre: what lies below is noise of the arithmetic."""
    return None if value is None else round(value, 3)


def _print_json(found: Iterator[dict[str, Any]]) -> None:
    """A list, an object a line, printed as it is read: a takeout of years is long."""
    click.echo("[", nl=False)
    for place, each in enumerate(found):
        click.echo(f"{',' if place else ''}\n{json.dumps(each, ensure_ascii=False)}", nl=False)
    click.echo("\n]")


def _print_table(found: Iterator[dict[str, Any]]) -> None:
    rows: list[tuple[str, ...]] = [HEADINGS]
    said: dict[str, dict[str, None]] = {}
    for each in found:
        if "error" in each:
            said.setdefault(each["message"], {})
        else:
            rows.append(_row(each))
            for warning in each["warnings"]:
                said.setdefault(warning, {})[each["file"]] = None
    if len(rows) > 1:
        heading, *body = terminal.table(rows, NUMBERS)
        terminal.echo(heading, bold=True)
        for line in body:
            terminal.echo(line)
        if said:
            terminal.echo()
    for message, files in said.items():
        terminal.say(_of_files(message, list(files)), level=0)


def _of_files(message: str, files: list[str]) -> str:
    """A message that names its file, or how many files it is about."""
    if not files:
        return message
    return f"{files[0]}: {message}" if len(files) == 1 else f"{len(files)} files: {message}"


def _row(each: dict[str, Any]) -> tuple[str, ...]:
    km = "" if each["distance_m"] is None else f"{each['distance_m'] / M_PER_KM:.2f}"
    up = "" if each["ascent_m"] is None else f"{each['ascent_m']:.0f}"
    return (
        _short(each["file"]),
        each["sport"],
        "" if each["start"] is None else _minute(each["start"]),
        _time(each["duration_s"]),
        _time(each["moving_s"]),
        km,
        up,
        str(each["samples"]),
    )


def _minute(start: str) -> str:
    return f"{datetime.fromisoformat(start).astimezone(UTC):%Y-%m-%d %H:%M}"


def _time(seconds: float | None) -> str:
    return "" if seconds is None else clock(seconds)


def _short(name: str) -> str:
    """The end of a long path, in whole parts where they fit: the end tells files apart."""
    if len(name) <= LONGEST_NAME:
        return name
    parts = name.replace("\\", "/").split("/")
    for first in range(1, len(parts)):
        end = "…/" + "/".join(parts[first:])
        if len(end) <= LONGEST_NAME:
            return end
    return f"…{name[1 - LONGEST_NAME :]}"


def _progress() -> AbstractContextManager[Any]:
    """Tells how far it is, where somebody is looking and the output itself does not show it."""
    if not (sys.stderr.isatty() and sys.stdout.isatty()):
        return nullcontext(None)

    return Reading()
