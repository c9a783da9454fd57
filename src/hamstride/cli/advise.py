"""`hamstride advise`: what a day may hold."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from hamstride.advise import advise, check_names
from hamstride.casefile import read_case
from hamstride.cli import terminal
from hamstride.cli.days import day as day_of
from hamstride.errors import CaseFileError
from hamstride.explain import Day, answer, light, page
from hamstride.explain.numbers import full_day
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.records import Case


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
    on, moment = day_of(day, "--on"), _moment(known_at)
    library = load(protocols)
    case = read_case(file, questions=frozenset(library.questions))
    _check_names(case, file, library)
    case = with_activities(case, file.parent, activities, library)
    on = on or datetime.now(ZoneInfo(case.runner.timezone)).date()
    advice = advise(case, on, library, known_at=moment)
    if as_json:
        terminal.echo_json(answer(advice))
    else:
        show_day(advice, heading=_heading(case, on))


def _check_names(case: Case, file: Path, library: Library) -> None:
    """What the file names and no library holds, told with the file's name."""
    try:
        check_names(case, library)
    except CaseFileError as error:
        raise CaseFileError(tuple(f"{file.name}, {fault}" for fault in error.faults)) from None


def show_day(day: Day, *, heading: str = "") -> None:
    """The light and everything below it."""

    terminal.show_light(light(day), heading=heading)
    terminal.show(page(day))


def with_activities(case: Case, folder: Path, given: Iterable[Path], library: Library) -> Case:
    """The case with every run of the files given, and of those its own runs name."""
    if not given and not any(run.file for run in case.runs):
        return case
    # Reading files needs NumPy; who has none to read does not wait for it.
    from hamstride.cli.activities import with_activities as joined  # noqa: PLC0415

    return joined(case, folder, given, library)


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
