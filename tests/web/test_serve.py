"""`hamstride serve` as a process: started, asked over HTTP, and ended with all that it began."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

import made_up_takeouts as made_up
import processes
from hamstride.errors import StoreError
from hamstride.web import demo_account, links
from hamstride.web.commands.watching import BACKGROUND
from hamstride.web.models import Account, Runner
from stores import Store

NOT_USABLE = 2
MOST_MB = 350
"""What web and worker may take together while nobody asks anything, as the goal says."""

on_sqlite = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@dataclass(frozen=True, slots=True)
class Served:
    """An app that is served."""

    process: "subprocess.Popen[str]"
    address: str

    def line(self, part: str) -> str:
        """The first line that it says which has this in it."""
        assert self.process.stdout is not None
        return next(line for line in self.process.stdout if part in line).strip()

    def background(self) -> int | None:
        for pid in processes.children(self.process.pid):
            if BACKGROUND in processes.command(pid):
                return pid
        return None

    def web(self) -> int | None:
        for pid in processes.children(self.process.pid):
            if BACKGROUND not in processes.command(pid):
                return pid
        return None


def browser() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


def answers(address: str) -> str | None:
    try:
        with browser().open(address + "account/login/") as page:
            return str(page.read().decode())
    except URLError:
        return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def words(*options: str | Path) -> list[str]:
    return [sys.executable, "-m", "hamstride", *map(str, options)]


@contextmanager
def served(data: Path, *options: str) -> Iterator[Served]:
    """The app, on a port that is free; ended by SIGTERM, with everything that it began."""
    port = free_port()
    command = words("serve", "--data", data, "--port", str(port), *options)
    environment = {**os.environ, "HAMSTRIDE_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(  # noqa: S603 - this very interpreter
        command, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        found = Served(process, f"http://localhost:{port}/")
        processes.wait_for(lambda: answers(found.address))
        yield found
        pids = processes.tree(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        processes.wait_for(lambda: not any(map(processes.is_there, pids)))
    finally:
        for pid in reversed(processes.tree(process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def test_it_starts_from_nothing_on_this_machine_alone_and_keeps_small(tmp_path: Path) -> None:
    with served(tmp_path / "new") as app:
        said = app.line("Hamstride is at")
        assert said == f"Hamstride is at {app.address} on this machine. Ctrl-C stops it."
        # Web with its server; background work with its guard, worker, pusher and monitor.
        processes.wait_for(lambda: len(processes.tree(app.process.pid)) == 7)
        used_mb = sum(map(processes.proportional_mb, processes.tree(app.process.pid)))
        assert used_mb < MOST_MB
        with socket.socket() as other:
            # Not on the address by which other machines reach this one.
            port = int(app.address.rstrip("/").rpartition(":")[2])
            assert other.connect_ex(("127.0.0.2", port)) != 0


def test_what_dies_is_begun_anew(tmp_path: Path) -> None:
    with served(tmp_path / "new") as app:
        first = processes.wait_for(app.background)
        os.kill(first, signal.SIGKILL)
        processes.wait_for(lambda: (app.background() or first) != first)

        web = processes.wait_for(app.web)
        os.kill(web, signal.SIGKILL)
        processes.wait_for(lambda: (app.web() or web) != web)
        processes.wait_for(lambda: answers(app.address))


def test_the_demo_opens_signed_in_by_a_link_that_opens_once_and_imports_a_run(
    tmp_path: Path,
) -> None:
    with served(tmp_path / "demo", "--demo") as app:
        link = app.line("/open/")
        ana = browser()
        with ana.open(link) as page:
            assert page.url == app.address
            assert "Can I run today?" in page.read().decode()
        with pytest.raises(HTTPError) as refused:
            browser().open(link)
        assert refused.value.code == 410
        assert "does not open any more" in refused.value.read().decode()

        send(ana, app.address, made_up.fit(3))
        processes.wait_for(lambda: is_listed(ana, app.address))


def send(who: OpenerDirector, address: str, data: bytes) -> None:
    """Give a file by the form on the page."""
    with who.open(f"{address}import/") as page:
        found = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
    assert found is not None
    body = b"\r\n".join([
        b"--x", b'Content-Disposition: form-data; name="csrfmiddlewaretoken"', b"",
        found[1].encode(),
        b"--x", b'Content-Disposition: form-data; name="files"; filename="mine.fit"', b"", data,
        b"--x--", b"",
    ])  # fmt: skip
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    with who.open(Request(f"{address}import/", body, kind)) as page:  # noqa: S310 - http, ours
        assert "mine.fit" in page.read().decode()


def is_listed(who: OpenerDirector, address: str) -> bool:
    with who.open(f"{address}import/") as page:
        text = page.read().decode()
    return "<strong>1</strong> imported" in text and "On their way" not in text


def run(store: Store, *options: str | Path) -> "subprocess.CompletedProcess[str]":
    # Links are signed there and followed here.
    environment = {**store.environment, "HAMSTRIDE_SECRET_KEY": settings.SECRET_KEY}
    return subprocess.run(  # noqa: S603 - this very interpreter
        words(*options), env=environment, capture_output=True, text=True, check=False
    )


@on_sqlite
def test_a_port_that_is_taken_is_said_with_the_cure(store: Store) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        ended = run(store, "serve", "--port", str(port))

    assert ended.returncode == NOT_USABLE
    assert f"Port {port} cannot be used" in ended.stderr
    assert f"--port {port + 1}" in ended.stderr


@on_sqlite
def test_the_demo_is_not_mixed_with_what_somebody_owns(store: Store, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(email="mine@example.org")

    ended = run(store, "serve", "--demo", "--port", str(free_port()))

    assert ended.returncode == NOT_USABLE
    assert "This store holds somebody's own data" in ended.stderr
    assert Runner.objects.count() == 1


# Links from the terminal


def test_anas_account_is_made_once_and_has_no_password(store: Store) -> None:
    made = demo_account.ready()

    assert demo_account.ready() == made
    assert not made.has_usable_password()
    assert made.runner.episodes.count() == 1


def test_ana_does_not_move_in_with_somebody(store: Store, account: Account) -> None:
    Account.objects.filter(pk=account.pk).update(email="mine@example.org")

    with pytest.raises(StoreError, match="is not mixed with them"):
        demo_account.ready()


def test_a_link_to_a_new_password_is_its_accounts_alone(account: Account) -> None:
    other = Account.objects.create_user("cy@example.org", "a short walk by the sea")
    key = links.path_to_new_password(account).rpartition("-")[0]
    of_other = links.path_to_new_password(other)
    client = Client(headers={"host": "localhost"})

    assert client.get(links.path_to_new_password(account)).status_code == 302
    mixed = f"{key}-{of_other.rpartition('-')[2]}"
    assert 'name="password1"' not in client.get(mixed, follow=True).content.decode()


def test_a_link_lets_in_once_and_its_account_alone(account: Account) -> None:
    path = links.path_in(account)
    first, second = (Client(headers={"host": "localhost"}) for _ in range(2))

    assert first.get(path).headers["Location"] == "/"
    assert first.get("/import/").status_code == 200
    assert second.get(path).status_code == 410
    assert second.get("/import/").status_code == 302


@pytest.mark.parametrize("spoilt", ["/open/MQ/x/", "/open/!!/x-y/", "/open/OTk5/x-y/"])
def test_no_other_link_lets_in(account: Account, spoilt: str) -> None:
    client = Client(headers={"host": "localhost"})

    assert client.get(spoilt).status_code == 410
    assert client.get("/import/").status_code == 302


def test_a_locked_out_owner_sets_a_new_password_by_a_link_that_works_once(
    store: Store, account: Account
) -> None:
    cache.set("tries", 10)

    ended = run(store, "recover", "--address", "http://localhost:1")

    assert ended.returncode == 0, ended.stderr
    assert "This link sets a new password for ana@example.org, once:" in ended.stdout
    link = ended.stdout.split()[-1].removeprefix("http://localhost:1")
    client = Client(headers={"host": "localhost"})
    form = client.get(link, follow=True)
    assert form.status_code == 200
    where = form.redirect_chain[-1][0]
    new = "seven quiet herons"
    client.post(where, {"password1": new, "password2": new})
    account.refresh_from_db()
    assert account.check_password(new)
    again = Client(headers={"host": "localhost"}).get(link, follow=True)
    assert 'name="password1"' not in again.content.decode()
    assert cache.get("tries") is None


@on_sqlite
def test_recovering_somebody_who_is_not_there_says_who_is_asked_for(store: Store) -> None:
    nobody = run(store, "recover")
    Account.objects.create_user("ana@example.org", "a long walk by the river")
    other = run(store, "recover", "cy@example.org")

    assert (nobody.returncode, other.returncode) == (NOT_USABLE, NOT_USABLE)
    assert "Nobody has an account yet." in nobody.stderr
    assert "Nobody signs in as cy@example.org here." in other.stderr
