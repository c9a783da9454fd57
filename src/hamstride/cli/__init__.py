"""The command line: it parses, calls and prints.

`hamstride --help` and `--version` import nothing of the core. A command's module is imported
when the command is asked for, so that numpy and pydantic are loaded only where they are used.
"""

import importlib
import sys
from importlib.metadata import entry_points

import click

import hamstride
from hamstride.errors import HamstrideError

INTERRUPTED = 130
NOT_USABLE = 2

# What the list of commands says of each, in the order in which a runner meets them.
COMMANDS = {
    "demo": "Write the files of a made-up runner, Ana, and walk through her comeback.",
    "advise": "Say whether to run today, what to do, and why.",
    "read": "Read FIT, GPX and TCX files, folders of them, and takeout zips.",
    "runs": "Say what each run asked of the hamstrings, in load units.",
    "protocols": "List the protocols, show one as a sheet, or compare two.",
    "check-protocols": "Check the protocols that ship, and those of a folder of your own.",
}


# They come with the extra `web`, and are found by their entry points: Django stays out of here.
OF_THE_APP = {
    "serve": "Open the app in your browser, on this machine.",
    "import": "Take a whole history of runs into the store: files, folders, takeout zips.",
    "load": "Show the load of your days and weeks, from the runs in the store.",
    "export": "Write everything of yours into one zip.",
    "backup": "Copy the store into a folder, while it is in use.",
    "restore": "Bring a backup back, and check every stored answer.",
    "doctor": "Look whether the store is well.",
    "recover": "Get back in when you are locked out: a link to a new password.",
}


def _of_the_app(name: str) -> click.Command:
    found = next(iter(entry_points(group="hamstride.commands", name=name)), None)
    if found is None:
        raise click.ClickException(
            f"hamstride {name} is not among the commands that were installed. "
            "Install Hamstride again: pip install 'hamstride[web]'"
        )
    try:
        command: click.Command = found.load()
    except ModuleNotFoundError as error:
        raise click.ClickException(
            f"hamstride {name} needs the app ({error.name} is missing). "
            "Install it with: pip install 'hamstride[web]'"
        ) from error
    return command


class Hamstride(click.Group):
    """The commands by name; errors that a person can put right become their message."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in their own order, not by the alphabet."""
        return [*COMMANDS, *OF_THE_APP]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name, its module imported now."""
        if cmd_name in OF_THE_APP:
            return _of_the_app(cmd_name)
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list((COMMANDS | OF_THE_APP).items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a person can put right is said in a line, without a traceback."""
        try:
            return super().invoke(ctx)
        except HamstrideError as error:
            click.echo(str(error), err=True)
            ctx.exit(NOT_USABLE)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)


@click.group(cls=Hamstride, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(hamstride.__version__, "--version", message="hamstride %(version)s")
def main() -> None:
    """Bring a runner with hamstring pain back to running, one answer a day.

    \b
    Try it:      hamstride demo
    Your own:    hamstride advise me.toml
    Your watch:  hamstride read ~/Downloads/export.zip
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal or pipe that lacks a sign gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
