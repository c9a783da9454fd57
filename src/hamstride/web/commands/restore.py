"""`hamstride restore`: a backup, brought back and looked through."""

import os
from pathlib import Path
from typing import Any

import click

from hamstride.cli import terminal
from hamstride.web.folder import data_folder
from hamstride.web.start import start

_LOAD = (
    "The database is PostgreSQL's to restore, before this can look at the answers: "
    'pg_restore --dbname="$HAMSTRIDE_DATABASE_URL" {folder}/database.dump'
)


@click.command("restore")
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="FOLDER"
)
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="The empty folder to restore into. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option("--verify", is_flag=True, help="Make every stored answer again and compare it.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@click.pass_context
def command(
    ctx: click.Context, folder: Path, data: Path | None, verify: bool, as_json: bool
) -> None:
    """Bring a backup back, and check every stored answer.

    It goes into an empty data folder, when every file in it is as it was written.

    With --verify every answer that this version gave is made again from what was known then; the
    exit code is 1 when one comes out otherwise.

    \b
    Example:
      hamstride restore /mnt/disk/hamstride-2026-11-25 --verify
    """
    if data is not None:
        os.environ["HAMSTRIDE_DATA"] = str(data.resolve())
    to = data_folder()
    # Needs settings, and no store: there is none yet.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamstride.web.settings")
    import django  # noqa: PLC0415

    django.setup()
    from hamstride.web.upkeep.backing_up import bring_back  # noqa: PLC0415

    manifest = bring_back(folder, to)
    start(to)
    told: dict[str, Any] = {"files": len(manifest["files"]), "data": str(to), "to_do": None}
    if manifest["database"] != "sqlite":
        told["to_do"] = _LOAD.format(folder=folder)
    is_same = True
    if verify:
        from hamstride.web.upkeep.replaying import replay  # noqa: PLC0415

        found = replay()
        is_same = not found.different
        told["answers"] = {
            "same": found.same,
            "different": found.different,
            "changed": found.changed,
            "older": found.older,
        }
    if as_json:
        terminal.echo_json(told)
    else:
        _say(told)
    ctx.exit(0 if is_same else 1)


def _say(told: dict[str, Any]) -> None:
    terminal.say(f"{told['files']:,} files are back in {told['data']}.", level=0)
    if told["to_do"] is not None:
        terminal.say(told["to_do"], level=0)
    if "answers" not in told:
        return
    found = told["answers"]
    terminal.say(f"{found['same']:,} answers came out the same.", level=0)
    if found["older"]:
        terminal.say(f"{found['older']:,} are of another version, and were not tried.", level=0)
    if found["changed"]:
        terminal.say(
            f"{found['changed']:,} stand on runs or a time zone that changed since.", level=0
        )
    for each in found["different"]:
        terminal.say(f"- came out otherwise: {each}")
