"""`hamstride export`: everything of a runner in one zip."""

from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.errors import StoreError
from hamstride.web.start import start


@click.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.zip")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(file: Path, data: Path | None, as_json: bool) -> None:
    """Write everything of yours into one zip.

    Records, answers as they were shown, and your files byte for byte.

    `hamstride import FILE.zip` takes it back into an empty store.

    \b
    Example:
      hamstride export ~/hamstride.zip
    """
    start(data)
    # These need a store that was started.
    from hamstride.readers.limits import size_text  # noqa: PLC0415
    from hamstride.web import bridge  # noqa: PLC0415
    from hamstride.web.bridge.exporting import export_to  # noqa: PLC0415

    runner = bridge.the_owner()
    if runner is None:
        raise StoreError("Nothing is stored yet, so there is nothing to export.")
    size = export_to(runner, file)
    if as_json:
        terminal.echo_json({"file": str(file), "bytes": size})
    else:
        terminal.say(f"Everything is in {file} ({size_text(size)}).", level=0)
