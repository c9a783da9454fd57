"""A store for each test, on SQLite and on a PostgreSQL server that is started for the tests."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamstride.web.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from hamstride.web import bridge  # noqa: E402
from hamstride.web.demo_data import fill  # noqa: E402
from hamstride.web.models import Account, Episode, Runner  # noqa: E402
from hamstride.web.settings import database  # noqa: E402
from hamstride.web.start import make_ready  # noqa: E402
from postgresql import Server, programs, running  # noqa: E402
from stores import Store  # noqa: E402

TEMPLATE, ANA = "template_hamstride", "template_ana"
_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server that is gone when the tests are done, with a database to copy others from."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed: the tests on it did not run")
    with running(found) as made:
        with _database(made.url("postgres")), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {TEMPLATE}")
        with _database(made.url(TEMPLATE)):
            make_ready(made.folder)
        yield made


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
    """An SQLite store to copy; migrating a new one for each test would take half the time."""
    return _filled(tmp_path_factory.mktemp("migrated"), with_ana=False)


@pytest.fixture(scope="session")
def migrated_with_ana(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, with Ana's ten weeks in it."""
    return _filled(tmp_path_factory.mktemp("ana"), with_ana=True)


@pytest.fixture(scope="session")
def server_with_ana(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database to copy on the server, with Ana's ten weeks; where her files lie."""
    with _database(server.url("postgres")), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {ANA} TEMPLATE {TEMPLATE}")
    return _filled(tmp_path_factory.mktemp("ana"), server.url(ANA), with_ana=True)


def _filled(data: Path, url: str = "", *, with_ana: bool) -> Path:
    before, settings.DATA = settings.DATA, data
    try:
        with _database(url, data):
            make_ready(data)
            if with_ana:
                runner = bridge.owner("Europe/Lisbon")
                fill(runner, bridge.today_of(runner))
    finally:
        settings.DATA = before
    return data


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store on either database, with Django connected to it; empty, but for a test of Ana's."""
    data = tmp_path / "data"
    with_ana = "ana" in request.fixturenames
    before, settings.DATA = settings.DATA, data
    try:
        if request.param == "sqlite":
            made = request.getfixturevalue("migrated_with_ana" if with_ana else "migrated")
            yield from _on_sqlite(data, made)
        else:
            server = request.getfixturevalue("server")
            made = request.getfixturevalue("server_with_ana") if with_ana else None
            yield from _on_postgresql(data, server, made)
    finally:
        settings.DATA = before


def _on_sqlite(data: Path, made: Path) -> Iterator[Store]:
    shutil.copytree(made, data)
    with _database("", data):
        make_ready(data)
        yield Store(data, "")


def _on_postgresql(data: Path, server: Server, with_ana: Path | None) -> Iterator[Store]:
    name = f"test_{next(_numbers)}"
    template = TEMPLATE if with_ana is None else ANA
    if with_ana is not None:
        shutil.copytree(with_ana, data)
    with _database(server.url("postgres")), connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
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


@pytest.fixture
def account(runner: Runner) -> Account:
    """The account of the runner."""
    made = Account.objects.create_user("ana@example.org", "a long walk by the river")
    runner.account = made
    runner.save()
    return made


@pytest.fixture
def browser(account: Account) -> Client:
    """A browser in which the runner has signed in."""
    client = Client(headers={"host": "localhost"}, enforce_csrf_checks=False)
    client.force_login(account)
    return client


@pytest.fixture
def ana(account: Account) -> Episode:
    """The runner with Ana's ten weeks, the last day of which is today."""
    return Episode.objects.get(runner=account.runner)
