"""`hamstride runs`: what each run asked of the hamstrings, and one run explained."""

import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC
from math import isnan
from pathlib import Path
from typing import Any

import click

from hamstride.cli import run_followed, terminal
from hamstride.cli.days import day
from hamstride.cli.progress import Reading as Progress
from hamstride.cli.read import UNREAD
from hamstride.cli.run_compared import compared
from hamstride.cli.run_followed import Beside
from hamstride.explain import runs as told
from hamstride.explain.run_chart import Moment, chart, chart_columns
from hamstride.explain.run_jumps import below_table
from hamstride.explain.run_shown import (
    BandShown,
    JumpShown,
    Limits,
    LoadShown,
    RunShown,
    StretchShown,
    Top,
)
from hamstride.facts.activity import (
    Reading,
    is_run,
    is_unnamed,
    is_unsure,
    looks_like_a_run,
    reading,
    run_of,
)
from hamstride.facts.measured import measured
from hamstride.facts.signals import Signal, signal
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, read_all
from hamstride.records import Activity, Load, Run
from hamstride.vocabulary import Declared

MOST_NAMED = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """A run: as it is shown by itself, as it counts beside others, and its samples.

    `run` is None without a day; of a file that may be wrong it holds the day alone. `beside` is
    what of a step it was.
    """

    shown: RunShown
    run: Run | None
    activity: Activity
    beside: Beside = field(default_factory=Beside)


@click.command("runs")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH..."
)
@click.option(
    "--injured-on",
    metavar="DATE",
    help="The day it began, as 2026-11-01: what is fast for you is taken from the runs up to it.",
)
@click.option(
    "--step",
    metavar="STEP",
    help="The step that was planned, as R3: the run of the first PATH is compared with it.",
)
@click.option(
    "--protocol",
    default=run_followed.USUAL_PROTOCOL,
    show_default=True,
    metavar="ID",
    help="The protocol whose steps a run is held against.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, one object a run.")
@click.pass_context
def command(  # noqa: PLR0913 - one parameter an option
    ctx: click.Context,
    /,
    *,
    paths: tuple[Path, ...],
    injured_on: str | None,
    step: str | None,
    protocol: str,
    as_json: bool,
) -> None:
    """Say what each run asked of the hamstrings, in load units.

    A single run is explained: its speed over time, where its load came from, its efforts, and
    the step that it looks like. With --step it is compared with that step, part by part.
    Other sports are left out, and a run that comes twice counts once. The exit code is 1 when a
    file was damaged, too large or of a kind that is not supported.

    \b
    Examples:
      hamstride runs ~/Downloads/export.zip
      hamstride runs run.fit
      hamstride runs run.fit --step R3
    """
    on = day(injured_on, "--injured-on")
    ladder = run_followed.ladder_of(load(), protocol, step)
    outcomes = _read(paths)
    exit_code = 1 if any(outcome.status in UNREAD for outcome in outcomes) else 0
    declared = ladder.declared
    found = _found(outcomes, declared)
    runs, top = compared([(each.shown, each.run) for each in found], declared, on)
    if step is not None and found:
        place = run_followed.place_of([each.shown.file for each in found], paths[0])
        found, runs = [found[place]], [runs[place]]
        outcomes = [outcome for outcome in outcomes if outcome.file == runs[0].file]
    if as_json or len(found) == 1:
        found = [replace(run, beside=run_followed.beside(run.run, top, ladder)) for run in found]
    if as_json:
        _print_json(runs, top, found, outcomes)
    else:
        _print(runs, top, found, outcomes, declared)
    ctx.exit(exit_code)


def _read(paths: Iterable[Path]) -> list[Outcome]:
    """Every outcome, with the progress told where somebody is looking."""
    with Progress() if sys.stderr.isatty() else nullcontext(None) as tell:
        return read_all(paths, on_progress=tell)


# From an activity to what is shown


def _found(outcomes: Iterable[Outcome], declared: Declared) -> list[_Found]:
    """Every run of the files, by its start."""
    found = [
        run
        for outcome in outcomes
        if outcome.status != "duplicate"
        for activity in outcome.activities
        if (run := _run(activity, outcome.file, declared)) is not None
    ]
    found.sort(key=lambda run: (run.shown.start is None, run.shown.start, run.shown.file))
    return found


def _run(activity: Activity, file: str, declared: Declared) -> _Found | None:
    """A run with what was measured of it; None for other sports."""
    if not (is_run(activity) or is_unnamed(activity)):
        return None
    read = reading(activity, declared.runs)
    if not (is_run(activity) or looks_like_a_run(read, declared.runs)):
        return None
    made = measured(activity, read, declared)
    shown = replace(
        _without_load(read, file),
        load=None if made.load is None else _load(made.load),
        quality=made.quality,
        reasons=made.doubts,
        steep_s=made.steep_s,
    )
    run = run_of(activity, declared.runs, "UTC", read)
    if run is not None and not is_unsure(activity):
        run = replace(run, measured=made)
    return _Found(shown, run, activity)


def _limits(declared: Declared) -> Limits:
    return Limits(
        fast_pct=round(declared.speed.fast_pct),
        sprint_pct=round(declared.speed.sprint_pct),
        days=round(declared.spikes.session_within_days),
        jump_pct=round(100 * declared.spikes.session_amber_ratio),
        big_pct=round(100 * declared.spikes.session_red_ratio),
        severe_pct=round(100 * declared.spikes.session_severe_ratio),
        week_pct=round(declared.spikes.week_convention_pct),
    )


def _without_load(read: Reading, file: str) -> RunShown:
    start = read.start
    return RunShown(
        file=file,
        start=start.replace(tzinfo=UTC) if start is not None and start.tzinfo is None else start,
        distance_m=read.distance_m,
        duration_s=read.duration_s,
        moving_s=read.moving_s,
        ascent_m=read.ascent_m,
        longest_continuous_s=read.longest_continuous_s,
        stretches=tuple(
            StretchShown(each.kind, each.start_s, each.end_s) for each in read.stretches
        ),
    )


def _load(found: Load) -> LoadShown:
    return LoadShown(**{name: getattr(found, name) for name in LoadShown.__dataclass_fields__})


def _trace(found: Signal) -> list[Moment]:
    """The speeds of a run as plain numbers; what was not measured is None."""
    columns = (found.time_s.tolist(), found.dt_s.tolist(), found.speed_mps.tolist())
    return [
        (time_s, dt_s, None if isnan(speed_mps) else speed_mps)
        for time_s, dt_s, speed_mps in zip(*columns, strict=True)
    ]


# JSON


def _print_json(
    runs: Iterable[RunShown],
    top: Top | None,
    found: Iterable[_Found],
    outcomes: Iterable[Outcome],
) -> None:
    """A list, an object a line: the runs by their start, then the files that were not read."""
    objects = [
        _object(run, top) | run_followed.keys(each.beside)
        for run, each in zip(runs, found, strict=True)
    ]
    objects += [
        {"file": outcome.file, "error": outcome.status, "message": outcome.message}
        for outcome in outcomes
        if not outcome.activities
    ]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    click.echo(f"[\n{lines}\n]")


def _object(run: RunShown, top: Top | None) -> dict[str, Any]:
    load, fast = run.load, run.fast
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
        "fast_m": None if fast is None else _rounded(fast.fast_m),
        "sprint_m": None if fast is None else _rounded(fast.sprint_m),
        "fast_efforts": None if fast is None else fast.efforts,
        "spike": run.spike,
        "quality": run.quality,
        "doubts": list(run.reasons),
        "steep_s": _rounded(run.steep_s),
        "top_speed_mps": None if top is None else _rounded(top.mps),
        "top_speed_low_mps": None if top is None else _rounded(top.low_mps),
        "top_speed_high_mps": None if top is None else _rounded(top.high_mps),
        "bands": [_plain(band) for band in run.bands] or None,
        "jumps": [_plain(jump) for jump in run.jumps],
    }


def _plain(shown: BandShown | JumpShown) -> dict[str, Any]:
    """As it is shown, with its numbers to the thousandth."""
    return {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in asdict(shown).items()
    }


def _rounded(value: float | None) -> float | None:
    """To the thousandth: what lies below is noise of the arithmetic."""
    return None if value is None else round(value, 3)


# On a terminal


def _print(
    runs: Sequence[RunShown],
    top: Top | None,
    found: Sequence[_Found],
    outcomes: Iterable[Outcome],
    declared: Declared,
) -> None:
    if len(runs) == 1:
        _print_one(runs[0], top, found[0], declared)
    elif runs:
        _print_table(runs, top, _limits(declared))
    others = sum(len(outcome.activities) for outcome in outcomes if outcome.status != "duplicate")
    said = told.left_out(len(runs), others - len(runs))
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


def _print_table(runs: Sequence[RunShown], top: Top | None, limits: Limits) -> None:
    rows = [told.HEADINGS, *map(told.row, runs)]
    heading, *body = terminal.table(rows, told.NUMBERS)
    width = terminal.width()
    is_narrow = width is not None and width < max(map(len, (heading, *body)))
    if is_narrow:
        heading, *body = terminal.table([*map(told.narrow, rows)], told.NARROW_NUMBERS)
    terminal.echo(heading, bold=True)
    for line in body:
        terminal.echo(line)
    terminal.echo()
    if is_narrow:
        terminal.say(told.NARROW, level=0)
    for sentence in (*told.below(runs, top, limits), *below_table(runs, limits)):
        terminal.say(sentence, level=0)


def _print_one(run: RunShown, top: Top | None, found: _Found, declared: Declared) -> None:
    made = signal(found.activity, declared.runs, declared.signals)
    trace = [] if made is None else _trace(made)
    terminal.echo(told.title(run), bold=True)
    terminal.echo(run.file, fg=terminal.QUIET)
    drawn = chart(trace, chart_columns(terminal.width()))
    if drawn:
        terminal.echo()
    for line in drawn:
        terminal.echo(f"  {line}")
    run_followed.show(found.beside)
    terminal.show(told.explained(run, trace, top, _limits(declared)))
