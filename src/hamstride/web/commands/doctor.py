"""`hamstride doctor`: whether the store is well."""

from dataclasses import asdict
from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.web.start import start

_MARKS = {"well": "✓", "word": "!", "wrong": "✗"}


@click.command("doctor")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option("--deep", is_flag=True, help="Read every original, and compare it with its hash.")
@click.option("--tidy", is_flag=True, help="Delete what belongs to nobody, and free its space.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.pass_context
def command(ctx: click.Context, data: Path | None, deep: bool, tidy: bool, as_json: bool) -> None:
    """Look whether the store is well.

    Version, schema, room, clock, database, files and queue.

    The exit code is 1 when something is to be put right.

    \b
    Example:
      hamstride doctor --deep
    """
    start(data)
    # These need a store that was started.
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from hamstride.web.bridge.forgetting import rewrite, sweep_strangers  # noqa: PLC0415
    from hamstride.web.upkeep.examining import WRONG, examine  # noqa: PLC0415

    folder = Path(settings.DATA)
    if tidy:
        sweep_strangers(folder)
        if connection.vendor == "sqlite":
            rewrite()
    found = examine(folder, deep=deep)
    is_well = all(each.state != WRONG for each in found)
    if as_json:
        terminal.echo_json({"well": is_well, "found": [asdict(each) for each in found]})
    else:
        width = max(len(each.what) for each in found)
        for each in found:
            terminal.echo(f"{_MARKS[each.state]} {each.what.ljust(width)}  {each.told}")
    ctx.exit(0 if is_well else 1)
