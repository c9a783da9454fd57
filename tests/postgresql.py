"""A PostgreSQL server of our own, for tests and the bench: begun when asked for, and gone after."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

USER = "postgres"


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens on a socket in its folder, and on nothing else."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql://{USER}@{quote(str(self.folder), safe='')}/{name}"


def programs() -> Path | None:
    """The folder of the server's programs; Debian keeps it off the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


def _run(*command: str | Path) -> None:
    """Run a program of the server, as its own user where we are root: it refuses root."""
    words = list(map(str, command))
    if os.geteuid() == 0:
        words = ["runuser", "-u", USER, "--", *words]
    subprocess.run(words, check=True, capture_output=True, cwd="/")  # noqa: S603 - our own words


@contextmanager
def running(found: Path, *, is_durable: bool = False) -> Iterator[Server]:
    """A server by the programs of a folder, as long as this is entered.

    It does not wait for the disk, which tests have no need of, unless it `is_durable`.
    """
    folder = Path(tempfile.mkdtemp(prefix="hamstride-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam(USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    cluster = folder / "cluster"
    _run(found / "initdb", "-D", cluster, "-U", USER, "--auth=trust", "--no-sync",
         "--encoding=UTF8", "--no-locale")  # fmt: skip
    fsync = "on" if is_durable else "off"
    options = f"-k {folder} -c listen_addresses='' -c fsync={fsync} -c max_connections=30"
    _run(found / "pg_ctl", "-D", cluster, "-w", "-o", options, "-l", folder / "log", "start")
    try:
        yield Server(folder)
    finally:
        _run(found / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
