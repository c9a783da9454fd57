"""`hamstride import`: a history into the store, and out of it again."""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import available_timezones

import click

from hamstride.cli import terminal
from hamstride.web.start import start

UNREAD = frozenset({"unreadable", "too_large", "unsupported"})
_MOST_WORKERS = 4


def a_zone(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """A time zone that there is."""
    del ctx, param
    if value is not None and value not in available_timezones():
        raise click.BadParameter(f"'{value}' is not known. Use a name such as Europe/Lisbon.")
    return value


@click.command("import")
@click.argument(
    "paths", nargs=-1, type=click.Path(path_type=Path, exists=True), metavar="[PATH]..."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option(
    "--timezone",
    callback=a_zone,
    metavar="ZONE",
    help="Your time zone, such as Europe/Lisbon. Default: what it was, else this machine's.",
)
@click.option(
    "--injured-on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the injury: your top speed is that of before it.",
)
@click.option(
    "--workers",
    type=click.IntRange(0, 64),
    metavar="N",
    help="Processes that read. Default: as many as there are cores, at most 4.",
)
@click.option("--list", "as_list", is_flag=True, help="List what was imported, and read nothing.")
@click.option("--undo", metavar="IMPORT", help="Take an import back; 'last' for the latest one.")
@click.option(
    "--reread", is_flag=True, help="Read again what an older version read, from the originals."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 - one for each option
    ctx: click.Context,
    paths: tuple[Path, ...],
    data: Path | None,
    timezone: str | None,
    injured_on: datetime | None,
    workers: int | None,
    as_list: bool,
    undo: str | None,
    reread: bool,
    as_json: bool,
) -> None:
    """Take a whole history of runs into the store: files, folders, takeout zips.

    The newest runs come first. Stopped or killed, the same command goes on where it was; files
    that are there already stay as they are. Your originals are kept byte for byte. The exit code
    is 1 when a file could not be read.

    \b
    Examples:
      hamstride import ~/Downloads/export.zip
      hamstride import --list
      hamstride import --undo last
    """
    if sum((bool(paths), as_list, undo is not None, reread)) != 1 and not (
        injured_on and not paths
    ):
        raise click.UsageError("Name what to import, or one of --list, --undo and --reread.")
    start(data)
    from hamstride.web.commands import importing  # noqa: PLC0415 - needs a store that was started

    runner = importing.runner_of(timezone, injured_on)
    many = min(os.cpu_count() or 1, _MOST_WORKERS) if workers is None else workers
    if as_list:
        importing.list_all(runner, as_json=as_json)
    elif undo is not None:
        importing.undo(runner, undo, as_json=as_json)
    elif reread:
        importing.reread(runner, many, as_json=as_json)
    else:
        back = importing.take_back([*paths], runner, many, as_json=as_json)
        others = [path for path in paths if path not in back]
        reports = [importing.import_one(path, runner, many, as_json=as_json) for path in others]
        if as_json:
            told = [importing.as_object(each) for each in reports]
            terminal.echo_json([*back.values(), *told])
        else:
            importing.say_what_is_there(runner)
        ctx.exit(1 if any(UNREAD & each.counts.keys() for each in reports) else 0)
