"""`hamstride protocols`: what the rules are, and who says so."""

from pathlib import Path
from typing import Any

import click

from hamstride.cli import terminal
from hamstride.explain import Topic, compare, sheet
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import Protocol

JSON_HELP = "Print JSON."
_as_json = click.option("--json", "as_json", is_flag=True, help=JSON_HELP)


@click.group("protocols", invoke_without_command=True)
@click.option(
    "--protocols",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder with protocols of your own, beside those that ship.",
)
@_as_json
@click.pass_context
def command(ctx: click.Context, folder: Path | None, as_json: bool) -> None:
    """List the protocols, show one as a sheet, or compare two.

    \b
    Examples:
      hamstride protocols
      hamstride protocols show strain
      hamstride protocols compare strain steady_state
    """
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_command, as_json=as_json)


@command.command("list")
@_as_json
@click.pass_obj
def list_command(folder: Path | None, as_json: bool) -> None:
    """List every protocol with whom it is for.

    \b
    Example:
      hamstride protocols list --json
    """
    library = load(folder)
    if as_json:
        terminal.echo_json([_brief(protocol) for protocol in library.protocols.values()])
        return
    for protocol in library.protocols.values():
        terminal.echo(protocol.id, bold=True)
        phases = "1 phase" if len(protocol.phases) == 1 else f"{len(protocol.phases)} phases"
        terminal.say(f"{protocol.title}, {phases}, version {protocol.version}")
        terminal.say(f"For: {protocol.for_whom}")


@command.command("show")
@click.argument("name", metavar="ID")
@_as_json
@click.pass_obj
def show_command(folder: Path | None, name: str, as_json: bool) -> None:
    """Show a protocol as a sheet: phases, gates, steps, exercises and sources.

    \b
    Example:
      hamstride protocols show strain
    """

    library = load(folder)
    protocol = _named(library, name)
    if as_json:
        terminal.echo_json(protocol.model_dump(mode="json", exclude_defaults=True))
    else:
        terminal.show(sheet(protocol, library))


@command.command("compare")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@_as_json
@click.pass_obj
def compare_command(folder: Path | None, left: str, right: str, as_json: bool) -> None:
    """Put two protocols side by side, topic by topic.

    \b
    Example:
      hamstride protocols compare strain steady_state
    """

    library = load(folder)
    sides = (_named(library, left), _named(library, right))
    topics = compare(*sides, library)
    if as_json:
        terminal.echo_json(_topics(topics, left, right))
        return
    for topic in topics:
        terminal.echo(topic.title, bold=True)
        for side, lines in zip(sides, (topic.left, topic.right), strict=True):
            terminal.say(f"{side.title}:", quiet=True)
            for line in lines:
                terminal.say(f"- {line}", level=2)
        terminal.echo()
    terminal.say("What holds in every plan stands on neither side.", level=0, quiet=True)


def _topics(topics: tuple[Topic, ...], left: str, right: str) -> dict[str, Any]:
    rows = [{"title": t.title, left: list(t.left), right: list(t.right)} for t in topics]
    if left == right:
        rows = [{"title": t.title, left: list(t.left)} for t in topics]
    return {"left": left, "right": right, "topics": rows}


def _named(library: Library, name: str) -> Protocol:
    known = library.protocols
    if name not in known:
        raise click.UsageError(
            f"There is no protocol {name!r}. Known are: {', '.join(sorted(known))}."
        )
    return known[name]


def _brief(protocol: Protocol) -> dict[str, Any]:
    return {
        "id": protocol.id,
        "title": protocol.title,
        "version": protocol.version,
        "reviewed_on": protocol.reviewed_on.isoformat(),
        "for_whom": protocol.for_whom,
        "not_for": protocol.not_for,
        "phases": [{"id": p.id, "title": p.title, "running": p.running} for p in protocol.phases],
        "source": protocol.source,
    }
