"""`hamstride backup`: a copy of the store, made while it is in use."""

from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.web.start import start

_DUMP = (
    "The database is PostgreSQL's to copy. Do it now, into the same folder: "
    'pg_dump --format=custom --file={folder}/database.dump "$HAMSTRIDE_DATABASE_URL"'
)


@click.command("backup")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
def command(folder: Path, data: Path | None, as_json: bool) -> None:
    """Copy the store into a folder, while it is in use.

    A new folder: the database, then your files, then a list of hashes.

    A folder without its manifest.json is an unfinished backup. The
    key that signs cookies is not copied: everybody signs in again after a restore.

    \b
    Example:
      hamstride backup /mnt/disk/hamstride-2026-11-25
    """
    start(data)
    # These need a store that was started.
    from django.conf import settings  # noqa: PLC0415

    from hamstride.readers.limits import size_text  # noqa: PLC0415
    from hamstride.web.upkeep.backing_up import back_up  # noqa: PLC0415

    made = back_up(Path(settings.DATA), folder)
    by_hand = None if made.database == "sqlite" else _DUMP.format(folder=folder)
    if as_json:
        terminal.echo_json(
            {
                "folder": str(folder),
                "database": made.database,
                "files": made.files,
                "bytes": made.bytes,
                "missing": list(made.missing),
                "to_do": by_hand,
            }
        )
        return
    terminal.say(f"{made.files:,} files ({size_text(made.bytes)}) are in {folder}.", level=0)
    if made.missing:
        terminal.say(
            f"{len(made.missing)} originals are gone or damaged in the store itself: "
            "`hamstride doctor --deep` names them.",
            level=0,
        )
    if by_hand is not None:
        terminal.say(by_hand, level=0)
