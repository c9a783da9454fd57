"""`hamstride serve`: the app in a browser, on this machine, with the work behind it."""

import os
import socket
import webbrowser
from pathlib import Path

import click

from hamstride.cli import terminal
from hamstride.errors import StoreError
from hamstride.web.folder import data_folder
from hamstride.web.start import start

HOST = "127.0.0.1"
"""This machine alone."""

_WEB_ENDS_WITHIN_S = 5


@click.command("serve")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the store lies. Default: HAMSTRIDE_DATA, else your own data folder.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option("--demo", is_flag=True, help="Show the ten weeks of Ana, who is made up.")
@click.option("--open/--no-open", "opens", default=False, help="Open the app in your browser.")
def command(data: Path | None, port: int, demo: bool, opens: bool) -> None:
    """Open the app in your browser, on this machine.

    Ctrl-C stops it.

    The first visitor creates the account that owns everything. Nothing is sent anywhere.

    \b
    Examples:
      hamstride serve --open
      hamstride serve --demo --open
    """
    if demo and data is None and not os.environ.get("HAMSTRIDE_DATA"):
        # Made-up runs have no place among one's own.
        data = data_folder() / "demo"
    _refuse_taken(port)
    start(data)
    _serve(port, f"http://localhost:{port}{_first_page(demo=demo)}", demo=demo, opens=opens)


def _refuse_taken(port: int) -> None:
    """Say so before anything is begun where another program has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise StoreError(
                f"Port {port} cannot be used ({(error.strerror or 'unknown reason').lower()}). "
                f"Perhaps Hamstride runs already at http://localhost:{port}/. Stop that one, or "
                f"name another port, such as --port {port % 65535 + 1}."
            ) from error


def _first_page(*, demo: bool) -> str:
    """Where to begin; in the demo by a link that signs Ana in, once."""
    if not demo:
        return "/"
    from hamstride.web import demo_account, links  # noqa: PLC0415 - need a store that was started

    return links.path_in(demo_account.ready())


def _serve(port: int, first: str, *, demo: bool, opens: bool) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415 - only to serve
    from granian.server import Server  # noqa: PLC0415

    from hamstride.web.commands.watching import Watch  # noqa: PLC0415

    server = Server(
        "hamstride.web.wsgi:application",
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_WEB_ENDS_WITHIN_S,
    )
    address = f"http://localhost:{port}/"
    terminal.say(f"Hamstride is at {address} on this machine. Ctrl-C stops it.", level=0)
    if demo:
        terminal.say("This link opens it as Ana, once:", level=0)
        terminal.echo(first)
    if opens:
        server.on_startup(lambda: webbrowser.open(first))
    with Watch():
        server.serve()
