"""`hamstride advise`: what a day may hold."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from hamstride.advise import advise
from hamstride.casefile import read_case
from hamstride.cli import terminal
from hamstride.explain import Day, answer, light, page
from hamstride.explain.numbers import full_day
from hamstride.facts.activity import run_of
from hamstride.facts.joining import join
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.readers import Outcome, read_all
from hamstride.records import Case, Run

MOST_NAMED = 5
_READ = ("read", "in_part", "duplicate")


@click.command("advise")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--on",
    "day",
    metavar="DATE",
    help="The day to answer for, as 2026-11-25. By default today in the runner's time zone.",
)
@click.option(
    "--activities",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="A file, a folder or a takeout zip; every run in it is added. May be given repeatedly.",
)
@click.option(
    "--protocols",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with protocols of your own, beside those that ship.",
)
@click.option(
    "--known-at",
    metavar="TIME",
    help="Leave out what was recorded later than this, as 2026-11-25T08:00+00:00.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the whole answer as JSON.")
def command(  # noqa: PLR0913 - one parameter an option
    *,
    file: Path,
    day: str | None,
    activities: tuple[Path, ...],
    protocols: Path | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """Say whether to run today, what to do, and why.

    FILE is a runner's file, in TOML or JSON. Every answer ends with exit code 0; a file that
    cannot be used ends with 2 and a line for each thing to put right.

    \b
    Example:
      hamstride advise ana.toml --on 2026-10-20 --activities ~/Downloads/export.zip
    """
    on, moment = _day(day), _moment(known_at)
    library = load(protocols)
    case = read_case(file, questions=frozenset(library.questions))
    case = with_activities(case, file.parent, activities, library)
    on = on or datetime.now(ZoneInfo(case.runner.timezone)).date()
    advice = advise(case, on, library, known_at=moment)
    if as_json:
        terminal.echo_json(answer(advice))
    else:
        show_day(advice, heading=_heading(case, on))


def show_day(day: Day, *, heading: str = "") -> None:
    """The light and everything below it."""

    terminal.show_light(light(day), heading=heading)
    terminal.show(page(day))


def with_activities(case: Case, folder: Path, given: Iterable[Path], library: "Library") -> Case:
    """The case with every run of the files given, and of those its own runs name."""

    named = [folder / run.file for run in case.runs if run.file]
    sources = [*given, *_not_within(dict.fromkeys(named), list(given))]
    outcomes = read_all(sources)
    _tell_unread(outcomes, {str(path) for path in given}, {path.name for path in named})
    measured: list[Run] = []
    for outcome in outcomes:
        if outcome.status != "duplicate":
            runs = (
                run_of(activity, library.declared.runs, case.runner.timezone)
                for activity in outcome.activities
            )
            measured += [run for run in runs if run is not None]
    return replace(case, runs=join(case.runs, tuple(measured)))


def _not_within(paths: Iterable[Path], folders: list[Path]) -> list[Path]:
    """Those that no folder brings anyway."""
    whole = [folder.resolve() for folder in folders]
    return [
        path for path in paths if not any(path.resolve().is_relative_to(folder) for folder in whole)
    ]


def _tell_unread(outcomes: list[Outcome], given: set[str], named: set[str]) -> None:
    """Name what could not be read; what is no activity only where it was asked for."""
    unread = [
        outcome
        for outcome in outcomes
        if outcome.status not in _READ
        and (outcome.status != "not_an_activity" or _asked_for(outcome, given | named))
    ]
    in_part = [outcome for outcome in outcomes if outcome.status == "in_part"]
    if not unread and not in_part:
        return
    if unread:
        files = "1 file was" if len(unread) == 1 else f"{len(unread)} files were"
        terminal.complain(f"{files} not read:")
    for outcome in unread[:MOST_NAMED]:
        terminal.complain(f"  {outcome.message}")
    if len(unread) > MOST_NAMED:
        terminal.complain(f"  and {len(unread) - MOST_NAMED} more")
    for outcome in in_part[:MOST_NAMED]:
        terminal.complain(outcome.message)


def _asked_for(outcome: Outcome, names: set[str]) -> bool:
    return outcome.file in names or Path(outcome.file).name in {Path(n).name for n in names}


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(
            f"--on: {text!r} is not a day of the calendar; write it as 2026-11-25."
        ) from None


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise click.UsageError(
            f"--known-at: {text!r} is not a time with an offset; write it as "
            "2026-11-25T08:00+00:00."
        )
    return moment


def _heading(case: Case, on: date) -> str:

    return f"{case.runner.name}, {full_day(on)}" if case.runner.name else full_day(on)
