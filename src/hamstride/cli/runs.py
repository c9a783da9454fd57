"""`hamstride runs`: what each run asked of the hamstrings, and one run explained."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC
from math import isnan
from pathlib import Path
from typing import Any

import click

from hamstride.cli import terminal
from hamstride.cli.progress import Reading as Progress
from hamstride.cli.read import UNREAD
from hamstride.explain import runs as told
from hamstride.explain.runs import LoadShown, Moment, RunShown, StretchShown
from hamstride.facts.activity import (
    Reading,
    is_run,
    is_unnamed,
    looks_like_a_run,
    reading,
)
from hamstride.facts.load import RunLoad, run_load
from hamstride.facts.signals import Signal, signal
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, read_all
from hamstride.records import Activity
from hamstride.vocabulary import Declared

MOST_NAMED = 5


@click.command("runs")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object a run.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[Path, ...], as_json: bool) -> None:
    """Say what each run asked of the hamstrings, in load units.

    A single run is explained: its speed over time, where its load came from, and its efforts.
    Other sports are left out, and a run that comes twice counts once. The exit code is 1 when a
    file was damaged, too large or of a kind that is not supported.

    \b
    Examples:
      hamstride runs ~/Downloads/export.zip
      hamstride runs run.fit
    """
    outcomes = _read(paths)
    declared = load().declared
    found = [
        (run, activity)
        for outcome in outcomes
        if outcome.status != "duplicate"
        for activity in outcome.activities
        if (run := _shown(activity, outcome.file, declared)) is not None
    ]
    found.sort(key=lambda each: (each[0].start is None, each[0].start, each[0].file))
    if as_json:
        _print_json([run for run, _ in found], outcomes)
    else:
        _print(found, outcomes, declared)
    ctx.exit(1 if any(outcome.status in UNREAD for outcome in outcomes) else 0)


def _read(paths: Iterable[Path]) -> list[Outcome]:
    """Every outcome, with the progress told where somebody is looking."""
    with Progress() if sys.stderr.isatty() else nullcontext(None) as tell:
        return read_all(paths, on_progress=tell)


# From an activity to what is shown


def _shown(activity: Activity, file: str, declared: Declared) -> RunShown | None:
    """A run with its load; None for other sports."""
    if not (is_run(activity) or is_unnamed(activity)):
        return None
    measured = reading(activity, declared.runs)
    if not (is_run(activity) or looks_like_a_run(measured, declared.runs)):
        return None
    run = _without_load(measured, file)
    found = signal(activity, declared.runs, declared.signals)
    if found is None:
        return run
    quality, reasons = found.quality.grade, found.quality.reasons
    if "no_speed" in reasons:
        # The load of a run whose speed is nowhere known would be a 0 that was never measured.
        return replace(run, quality=quality, reasons=reasons)
    load = run_load(found, declared.load)
    if load.in_seconds:
        quality, reasons = "poor", (*reasons, "load_in_seconds")
    return replace(run, load=_load(load), quality=quality, reasons=reasons)


def _without_load(measured: Reading, file: str) -> RunShown:
    start = measured.start
    return RunShown(
        file=file,
        start=start.replace(tzinfo=UTC) if start is not None and start.tzinfo is None else start,
        distance_m=measured.distance_m,
        duration_s=measured.duration_s,
        moving_s=measured.moving_s,
        ascent_m=measured.ascent_m,
        longest_continuous_s=measured.longest_continuous_s,
        stretches=tuple(
            StretchShown(each.kind, each.start_s, each.end_s) for each in measured.stretches
        ),
    )


def _load(found: RunLoad) -> LoadShown:
    return LoadShown(**{name: getattr(found, name) for name in LoadShown.__dataclass_fields__})


def _trace(found: Signal) -> list[Moment]:
    """The speeds of a run as plain numbers; what was not measured is None."""
    columns = (found.time_s.tolist(), found.dt_s.tolist(), found.speed_mps.tolist())
    return [
        (time_s, dt_s, None if isnan(speed_mps) else speed_mps)
        for time_s, dt_s, speed_mps in zip(*columns, strict=True)
    ]


# JSON


def _print_json(runs: Iterable[RunShown], outcomes: Iterable[Outcome]) -> None:
    """A list, an object a line: the runs by their start, then the files that were not read."""
    objects = [_object(run) for run in runs]
    objects += [
        {"file": outcome.file, "error": outcome.status, "message": outcome.message}
        for outcome in outcomes
        if not outcome.activities
    ]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    click.echo(f"[\n{lines}\n]")


def _object(run: RunShown) -> dict[str, Any]:
    load = run.load
    return {
        "file": run.file,
        "start": None if run.start is None else run.start.isoformat(),
        "distance_m": _rounded(run.distance_m),
        "duration_s": _rounded(run.duration_s),
        "moving_s": _rounded(run.moving_s),
        "ascent_m": _rounded(run.ascent_m),
        "longest_continuous_s": _rounded(run.longest_continuous_s),
        "load_hlu": None if load is None else _rounded(load.hlu),
        "load_hlu_low": None if load is None else _rounded(load.low),
        "load_hlu_high": None if load is None else _rounded(load.high),
        "quality": run.quality,
    }


def _rounded(value: float | None) -> float | None:
    """To the thousandth: what lies below is noise of the arithmetic."""
    return None if value is None else round(value, 3)


# On a terminal


def _print(
    found: Sequence[tuple[RunShown, Activity]], outcomes: Iterable[Outcome], declared: Declared
) -> None:
    if len(found) == 1:
        _print_one(*found[0], declared)
    elif found:
        _print_table([run for run, _ in found])
    others = sum(len(outcome.activities) for outcome in outcomes if outcome.status != "duplicate")
    said = told.left_out(len(found), others - len(found))
    if said:
        terminal.say(said, level=0)
    messages = [outcome.message for outcome in outcomes if _tells(outcome)]
    for message in messages[:MOST_NAMED]:
        terminal.say(message, level=0)
    if len(messages) > MOST_NAMED:
        terminal.say(
            f"And {len(messages) - MOST_NAMED} more files; `hamstride read` names them.", level=0
        )


def _tells(outcome: Outcome) -> bool:
    """Whether something was lost that the runner may want to know."""
    return bool(outcome.message) and outcome.status != "duplicate"


def _print_table(runs: Sequence[RunShown]) -> None:
    heading, *body = terminal.table([told.HEADINGS, *map(told.row, runs)], told.NUMBERS)
    terminal.echo(heading, bold=True)
    for line in body:
        terminal.echo(line)
    terminal.echo()
    for sentence in told.below(runs):
        terminal.say(sentence, level=0)


def _print_one(run: RunShown, activity: Activity, declared: Declared) -> None:
    found = signal(activity, declared.runs, declared.signals)
    trace = [] if found is None else _trace(found)
    terminal.echo(told.title(run), bold=True)
    terminal.echo(run.file, fg=terminal.QUIET)
    drawn = told.chart(trace, told.chart_columns(terminal.width()))
    if drawn:
        terminal.echo()
    for line in drawn:
        terminal.echo(f"  {line}")
    terminal.show(told.explained(run, trace))
