"""`hamstride demo`: a made-up runner's comeback, day by day."""

from pathlib import Path

import click

from hamstride.advise import advise
from hamstride.casefile import read_case
from hamstride.cli import terminal
from hamstride.cli.advise import show_day, with_activities
from hamstride.demo.ana import days, write
from hamstride.explain import answer, light, short
from hamstride.explain.numbers import full_day
from hamstride.protocols.loading import load

FOLDER = Path("demo-data")


@click.command("demo")
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=FOLDER,
    show_default=True,
    metavar="DIR",
    help="Where Ana's files are written.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
def command(folder: Path, as_json: bool) -> None:
    """Write the files of a made-up runner, Ana, and walk through her comeback.

    \b
    Example:
      hamstride demo --folder demo-data
    """

    library = load()
    file = write(folder)
    case = with_activities(read_case(file), file.parent, (), library)
    answers = [(on, where, advise(case, on, library)) for on, where in days()]
    if as_json:
        terminal.echo_json([answer(advice) for _, _, advice in answers])
        return
    terminal.say(f"Ana is made up. Her file and her runs are in {folder}.", level=0)
    for on, where, advice in answers:
        terminal.echo()
        terminal.show_light(light(advice), heading=f"{full_day(on)}. {where}.")
        terminal.say(short(advice)[1])
    on, _, advice = answers[-1]
    terminal.echo()
    terminal.echo(f"The whole answer of {full_day(on)}", bold=True)
    terminal.echo()
    show_day(advice)
    _go_on(folder, file)


def _go_on(folder: Path, file: Path) -> None:
    terminal.echo()
    terminal.echo("Go on with", bold=True)
    for line in (
        f"hamstride advise {file} --on 2026-10-04",
        f"hamstride advise {file} --on 2026-10-04 --json",
        f"hamstride read {folder}",
        "hamstride protocols show strain",
    ):
        terminal.echo(f"  {line}", fg="cyan")
