"""A store for each test, on SQLite and on a PostgreSQL server that is started for the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamstride.web.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402

from hamstride.web import bridge  # noqa: E402
from hamstride.web.models import Runner  # noqa: E402
from hamstride.web.settings import database  # noqa: E402
from hamstride.web.start import make_ready  # noqa: E402
from stores import Store  # noqa: E402

SERVER_USER = "postgres"
_numbers = count()


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server of the tests' own, and the database that others are copied from."""

    folder: Path
    template: str = "template_hamstride"

    def url(self, name: str) -> str:
        return f"postgresql://{SERVER_USER}@{quote(str(self.folder), safe='')}/{name}"


def _programs() -> Path | None:
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
        words = ["runuser", "-u", SERVER_USER, "--", *words]
    subprocess.run(words, check=True, capture_output=True, cwd="/")  # noqa: S603 - our own words


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that is gone when the tests are done."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: the tests on it did not run")
    folder = Path(tempfile.mkdtemp(prefix="hamstride-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam(SERVER_USER)
        os.chown(folder, user.pw_uid, user.pw_gid)
    cluster = folder / "cluster"
    _run(programs / "initdb", "-D", cluster, "-U", SERVER_USER, "--auth=trust", "--no-sync",
         "--encoding=UTF8", "--no-locale")  # fmt: skip
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=30"
    _run(programs / "pg_ctl", "-D", cluster, "-w", "-o", options, "-l", folder / "log", "start")
    made = Server(folder)
    try:
        with _database(made.url("postgres")), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {made.template}")
        with _database(made.url(made.template)):
            make_ready(folder)
        yield made
    finally:
        _run(programs / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


class _database:  # noqa: N801 - used like a function
    """Django's connection, to another database for a while."""

    def __init__(self, url: str, data: Path = Path()) -> None:
        self._now = database(data, url)

    def __enter__(self) -> None:
        connection.close()
        del connections["default"]
        self._before = connections.settings["default"]
        connections.settings["default"] = {**self._before, "OPTIONS": {}, **self._now}

    def __exit__(self, *_: object) -> None:
        connection.close()
        del connections["default"]
        connections.settings["default"] = self._before


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database to copy; migrating a new one for each test would take half the time."""
    data = tmp_path_factory.mktemp("migrated")
    with _database("", data):
        make_ready(data)
    return data


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store on either database, with Django connected to it."""
    data = tmp_path / "data"
    before = settings.DATA
    settings.DATA = data
    try:
        if request.param == "sqlite":
            yield from _on_sqlite(data, request.getfixturevalue("migrated"))
        else:
            yield from _on_postgresql(data, request.getfixturevalue("server"))
    finally:
        settings.DATA = before


def _on_sqlite(data: Path, migrated: Path) -> Iterator[Store]:
    data.mkdir()
    for file in migrated.glob("hamstride.sqlite3*"):
        shutil.copy(file, data)
    with _database("", data):
        make_ready(data)
        yield Store(data, "")


def _on_postgresql(data: Path, server: Server) -> Iterator[Store]:
    name = f"test_{next(_numbers)}"
    with _database(server.url("postgres")), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {server.template}")
    try:
        with _database(server.url(name)):
            make_ready(data)
            yield Store(data, server.url(name))
    finally:
        with _database(server.url("postgres")), connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def runner(store: Store) -> Runner:
    """The runner of an empty store, in Lisbon."""
    return bridge.owner("Europe/Lisbon")
