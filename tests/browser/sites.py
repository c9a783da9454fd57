"""A store on a server, with runners as they are wanted: for the tests in a browser and pictures."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page

PHONE, DESK = (360, 640), (1280, 800)
PASSWORD = "a long walk by the river"  # noqa: S105 - of made-up runners
TIMEZONE = "Europe/Lisbon"
WAIT_S = 60
WAIT_MS = 15_000
LAST_DAY = date(2026, 11, 20)
"""The end of Ana's story (hamstride.demo.story)."""
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")

_FILL = f"""
import sys
from datetime import date, timedelta
from uuid import uuid4
from hamstride.web.start import start
start()
from django.test import Client
from hamstride.web import bridge
from hamstride.web.bridge.assessing import screen
from hamstride.web.demo_data import fill
from hamstride.web.models import Account, Runner
account = Account.objects.create_user(sys.argv[1], {PASSWORD!r})
runner = Runner.objects.create(account=account, timezone={TIMEZONE!r})
today = bridge.today_of(runner)
fill(runner, today, date.fromisoformat(sys.argv[2]))
if sys.argv[3]:
    screen(runner, {{sys.argv[3]: True}}, on=today - timedelta(days=1), client=uuid4())
client = Client()
client.force_login(account)
print(client.cookies["sessionid"].value)
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A served store."""

    address: str
    data: Path


def browser_program() -> str | None:
    """The browser of the system; None where there is none."""
    return next(filter(None, map(shutil.which, _PROGRAMS)), None)


def add_ana(data: Path, email: str, last: date = LAST_DAY, sign: str = "") -> str:
    """An account with Ana's story up to one of its days, which is today; the cookie of a session.

    A `sign` is a red flag that was told of yesterday.

    Signing in through the page is limited to so many an hour, as it should be.
    """
    done = subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", _FILL, email, last.isoformat(), sign],
        env=_environment(data),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip()


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """The store on a server, as `hamstride serve` serves it."""
    port = _free_port()
    running = subprocess.Popen(  # noqa: S603 - this very interpreter
        [sys.executable, "-m", "hamstride", "serve", "--port", str(port)],
        env=_environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    site = Site(f"http://localhost:{port}", data)
    try:
        _wait_for(site)
        yield site
    finally:
        running.terminate()
        running.wait(timeout=WAIT_S)


def opened(
    browser: Browser,
    site: Site,
    session: str = "",
    *,
    size: tuple[int, int] = PHONE,
    javascript: bool = True,
) -> Page:
    """A page of a browser that knows nothing else, signed in where there is a session."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        base_url=site.address,
        timezone_id=TIMEZONE,
        locale="en-GB",
        reduced_motion="reduce",
        java_script_enabled=javascript,
    )
    context.set_default_timeout(WAIT_MS)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": site.address}])
    return context.new_page()


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "HAMSTRIDE_DATA": str(data), "HAMSTRIDE_DATABASE_URL": ""}


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _wait_for(site: Site) -> None:
    until = time.monotonic() + WAIT_S
    while True:
        try:
            with urllib.request.urlopen(f"{site.address}/account/login/", timeout=5):  # noqa: S310
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
