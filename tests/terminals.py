"""A command on a terminal of some width."""

import os
import subprocess
import sys


def on_terminal(columns: int, *arguments: str) -> str:
    """What a command writes to a terminal of some width."""
    import pty  # noqa: PLC0415 - POSIX only

    code = f"from hamstride.cli import main; main({list(arguments)!r})"
    ours, theirs = pty.openpty()
    settings = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    settings.pop("NO_COLOR", None)
    running = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", code], stdout=theirs, stderr=subprocess.DEVNULL, env=settings
    )
    os.close(theirs)
    said = bytearray()
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not block:
            break
        said += block
    os.close(ours)
    assert running.wait(timeout=60) == 0
    return said.decode()
