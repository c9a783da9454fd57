"""`hamstride load`: what the running of days and weeks asked of the hamstrings, from the store."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from hamstride.cli import terminal
from hamstride.explain import loads as told
from hamstride.facts.run_days import days_of
from hamstride.facts.spikes import Day, LoadDay, daily, weekly
from hamstride.protocols.loading import load as load_library
from hamstride.vocabulary import SpikeTerms
from hamstride.web.start import start

_DAYS_A_WEEK = 7


@click.command("load")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option(
    "--weeks",
    type=click.IntRange(1, 520),
    default=8,
    show_default=True,
    metavar="N",
    help="How many weeks to show.",
)
@click.option(
    "--days",
    type=click.IntRange(0, 3660),
    default=14,
    show_default=True,
    metavar="N",
    help="How many days to show, the newest last.",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The last day to show. Default: today.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(
    data: Path | None, weeks: int, days: int, until: datetime | None, as_json: bool
) -> None:
    """Show the load of your days and weeks, from the runs in the store.

    \b
    Examples:
      hamstride load
      hamstride load --weeks 26 --days 0
    """
    start(data)
    from hamstride.web import bridge  # noqa: PLC0415 - needs a store that was started

    runner = bridge.the_owner()
    if runner is None:
        raise click.ClickException(told.NO_RUNS)
    last = datetime.now(ZoneInfo(runner.timezone)).date() if until is None else until.date()
    terms = load_library().declared.spikes
    # The long average needs its time to settle, and a week is compared with the one before.
    first = last - timedelta(days=max(_DAYS_A_WEEK * weeks, days) + 4 * int(terms.chronic_days))
    counted = bridge.runs_of(runner, first, last, whole=False)
    if not counted and bridge.extent(runner)[0] == 0:
        raise click.ClickException(told.NO_RUNS)
    found = days_of(counted)
    shown = _weeks(found, [run.start.date() for run, _ in counted], last, weeks, terms)
    by_day = daily(found, last - timedelta(days=days - 1), last, terms) if days else ()
    if as_json:
        terminal.echo_json(_object(shown, by_day))
    else:
        _print(shown, by_day, terms)


def _weeks(
    found: Sequence[Day], ran_on: Sequence[date], last: date, weeks: int, terms: SpikeTerms
) -> list[told.Week]:
    first = last - timedelta(days=_DAYS_A_WEEK * (weeks - 1))
    made = []
    for week in weekly(found, first, last, terms):
        until = week.first + timedelta(days=_DAYS_A_WEEK)
        runs = sum(week.first <= on < until for on in ran_on)
        made.append(told.Week(**asdict(week), runs=runs))
    return made


def _object(weeks: Sequence[told.Week], days: Sequence[LoadDay]) -> dict[str, Any]:
    return {
        "weeks": [_plain(asdict(each)) for each in weeks],
        "days": [_plain(asdict(each)) for each in days],
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Dates as text; numbers to the thousandth, since what lies below is noise."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else round(value, 3)
        if isinstance(value, float)
        else value
        for name, value in row.items()
    }


def _print(weeks: Sequence[told.Week], days: Sequence[LoadDay], terms: SpikeTerms) -> None:
    is_narrow = _table(
        [told.WEEK_HEADINGS, *map(told.week_row, weeks)],
        told.WEEK_NUMBERS,
        told.narrow_week,
        told.NARROW_WEEK_NUMBERS,
    )
    shown = [
        told.LoadOfDay(each.on, each.hlu, each.low, each.high, each.acute, each.chronic)
        for each in days
    ]
    most = max((each.hlu or 0.0 for each in shown), default=0.0)
    if shown:
        terminal.echo()
        _table(
            [told.DAY_HEADINGS, *(told.day_row(each, most) for each in shown)],
            told.DAY_NUMBERS,
            told.narrow_day,
            told.NARROW_DAY_NUMBERS,
        )
    terminal.echo()
    if is_narrow:
        terminal.say(told.NARROW, level=0)
    for sentence in told.below(weeks, shown, round(terms.week_convention_pct)):
        terminal.say(sentence, level=0)


def _table(
    rows: Sequence[Sequence[str]],
    numbers: frozenset[int],
    narrow: Callable[[Sequence[str]], Sequence[str]],
    narrow_numbers: frozenset[int],
) -> bool:
    """Print a table, of fewer columns where the window is too narrow; whether it was."""
    heading, *body = terminal.table(rows, numbers)
    width = terminal.width()
    is_narrow = width is not None and width < max(map(len, (heading, *body)))
    if is_narrow:
        heading, *body = terminal.table([narrow(row) for row in rows], narrow_numbers)
    terminal.echo(heading, bold=True)
    for line in body:
        terminal.echo(line)
    return is_narrow
