"""A real browser on a real server: one of each for all tests, and for each test its own runner."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from browser.sites import LAST_DAY, PHONE, Site, add_ana, browser_program, opened, served

OFFLINE = "net::ERR_INTERNET_DISCONNECTED"
"""What the browser complains of when a test has taken the signal away."""
_numbers = count(1)


@dataclass(slots=True)
class Pages:
    """Opens pages on a site, and remembers what the browser complained of."""

    browser: Browser
    site: Site
    complaints: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def open(
        self, session: str = "", *, size: tuple[int, int] = PHONE, javascript: bool = True
    ) -> Page:
        """A page of a browser of its own."""
        page = opened(self.browser, self.site, session, size=size, javascript=javascript)
        page.on("console", lambda said: self._hear(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._hear(str(error)))
        self.pages.append(page)
        return page

    def of_ana(
        self,
        last: date = LAST_DAY,
        *,
        sign: str = "",
        size: tuple[int, int] = PHONE,
        javascript: bool = True,
    ) -> Page:
        """Signed in as somebody with Ana's story up to one of its days, which is today."""
        session = add_ana(self.site.data, f"ana{next(_numbers)}@example.org", last, sign)
        return self.open(session, size=size, javascript=javascript)

    def close(self) -> None:
        """Close them all; none of them may have complained."""
        for page in self.pages:
            page.context.close()
        assert self.complaints == []

    def _hear(self, text: str) -> None:
        if OFFLINE not in text:
            self.complaints.append(text)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the system."""
    program = browser_program()
    if program is None:
        pytest.skip("Chromium is not installed: the tests in a browser did not run")
    with pytest.MonkeyPatch.context() as changed, sync_playwright() as driver:
        # The driver waits in a loop of this thread; tests of the store that follow are no part of
        # it, and Django is not to refuse them for it.
        changed.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def ana(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Site, str]]:
    """A served store with Ana's ten weeks, and a session of hers for whoever only reads."""
    data = tmp_path_factory.mktemp("site") / "data"
    data.mkdir(mode=0o700)
    session = add_ana(data, "ana@example.org")
    with served(data) as site:
        yield site, session


@pytest.fixture
def pages(chromium: Browser, ana: tuple[Site, str]) -> Iterator[Pages]:
    """Pages on Ana's site."""
    made = Pages(chromium, ana[0])
    yield made
    made.close()


@pytest.fixture
def first_pages(chromium: Browser, tmp_path: Path) -> Iterator[Pages]:
    """Pages on a site that nobody has used yet."""
    with served(tmp_path / "data") as site:
        made = Pages(chromium, site)
        yield made
        made.close()
