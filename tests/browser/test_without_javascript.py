"""With JavaScript off: the answer is read, and the day is written down."""

import pytest
from playwright.sync_api import Page, expect

from browser.acting import FELT, check_in, choose, press, reason, stored, word
from browser.conftest import Pages
from browser.sites import Site


@pytest.fixture
def page(pages: Pages) -> Page:
    """A phone that runs no scripts, with Ana's story on a day to run."""
    return pages.of_ana(javascript=False)


def test_todays_answer_is_read(pages: Pages, ana: tuple[Site, str]) -> None:
    page = pages.open(ana[1], javascript=False)
    page.goto("/")

    assert word(page) == "Go"
    assert reason(page)
    expect(page.get_by_role("heading", name="Why")).to_be_visible()
    page.get_by_text("Who says so").first.click()
    expect(page.locator("details.source[open] li").first).to_be_visible()


def test_a_check_in_changes_the_answer(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "check_ins")

    check_in(page, 5)

    assert stored(pages.site.data, "check_ins") == before + 1
    assert word(page) == "Rest"
    expect(page.get_by_role("status")).to_contain_text("Check-in saved.")


def test_a_session_is_logged(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "sessions")
    page.goto("/session/")
    choose(page, {"pain": "0"}, "#all")
    press(page, "All done as planned", at="**/session/#each")

    assert stored(pages.site.data, "sessions") == before + 1
    expect(page.get_by_role("heading", name="Logged today")).to_be_visible()


def test_a_run_is_written_down(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "runs")
    page.goto("/runs/add/")
    page.get_by_label("Minutes").fill("12")
    choose(page, FELT)
    press(page, "Save run", at="**/runs/*-*/")

    assert stored(pages.site.data, "runs") == before + 1
    expect(page.get_by_role("heading", level=1)).to_contain_text("Run")
