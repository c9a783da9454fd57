"""`hamstride check-protocols`: whether every rule leads somewhere."""

from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.errors import ProtocolError
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import LISTS


@click.command("check-protocols")
@click.argument("folder", required=False, type=click.Path(path_type=Path), metavar="[DIR]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def command(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """Check the protocols that ship, and those of a folder of your own.

    Prints what was checked. A fault is one line, and the exit code is then 1.

    \b
    Example:
      hamstride check-protocols my-protocols
    """

    try:
        library = load(folder)
    except ProtocolError as error:
        if as_json:
            terminal.echo_json({"checked": {}, "faults": list(error.faults)})
        else:
            terminal.complain(str(error))
        ctx.exit(1)
    checked = _checked(library)
    if as_json:
        terminal.echo_json({"checked": checked, "faults": []})
        return
    words = [f"{count} {name}" for name, count in checked.items()]
    terminal.echo(f"Checked {', '.join(words[:-1])} and {words[-1]}. All lead somewhere.")


def _checked(library: Library) -> dict[str, int]:

    phases = [phase for each in library.protocols.values() for phase in each.phases]
    lists = [library.always, library.ours, *library.protocols.values(), *phases]
    gates = ("advance_when", "recommend", "step_back_if")
    rules = sum(len(getattr(each, name)) for each in lists for name in LISTS)
    rules += sum(len(getattr(phase, name)) for phase in phases for name in gates)
    return {
        "protocols": len(library.protocols),
        "phases": len(phases),
        "rules": rules,
        "facts": len(library.definitions),
        "exercises": len(library.exercises),
        "tests": len(library.tests),
        "red-flag questions": len(library.questions),
        "sources": len(library.sources),
    }
