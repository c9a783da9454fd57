"""Every page in a real browser: nothing breaks, nothing overflows, nobody else is asked."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from browser.conftest import Pages
from browser.pages import PAGES, addresses
from browser.sites import DESK, PHONE, Site

MOST_BYTES = 150_000
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ASKED = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module", params=[PHONE, DESK], ids=["phone", "desk"])
def page(
    request: pytest.FixtureRequest, chromium: Browser, ana: tuple[Site, str]
) -> Iterator[Page]:
    """A page on which Ana has signed in, at one of the two sizes; it never complained."""
    site, session = ana
    pages = Pages(chromium, site)
    yield pages.open(session, size=request.param)
    pages.close()


@pytest.fixture(scope="module")
def where(ana: tuple[Site, str]) -> dict[str, str]:
    """The address of every page."""
    return addresses(ana[0].data)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_sound_and_shuts_nobody_out(
    name: str, page: Page, where: dict[str, str], ana: tuple[Site, str]
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)

    answer = page.goto(where[name])
    found = Axe().run(page, options=ASKED)

    assert answer is not None
    assert answer.status == 200
    assert len(answer.body()) < MOST_BYTES
    assert complaints == []
    assert asked
    assert [url for url in asked if not url.startswith((ana[0].address, "data:"))] == []
    assert page.locator("h1").count() == 1
    assert page.evaluate(TOO_WIDE) <= 0
    assert found.violations_count == 0, found.generate_report()
