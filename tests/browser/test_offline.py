"""At the track without a signal: what is written down is kept and sent once, and no old answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.acting import check_in_answers, choose, press, stored, word
from browser.conftest import Pages
from browser.sites import Site

AT_THE_TRACK = ("/check-in/", "/session/", "/runs/add/", "/tests/single_leg_bridge_hold/", "/")
WATCHED = """() => navigator.serviceWorker.controller || new Promise((done) => {
  navigator.serviceWorker.addEventListener("controllerchange", () => done(), { once: true });
})"""
KEPT = """async (address) => {
  const cache = await caches.open("pages");
  while (!(await cache.match(address))) await new Promise((done) => setTimeout(done, 20));
}"""
SENT = """async () => {
  const { waiting } = await import("/static/hamstride/queue.js");
  while ((await waiting()).count) await new Promise((done) => setTimeout(done, 20));
}"""
OF_ANOTHER_DAY = """async (address) => {
  const cache = await caches.open("pages");
  const kept = await cache.match(address);
  const headers = new Headers(kept.headers);
  headers.set("Hamstride-Day", "2020-01-01");
  await cache.put(address, new Response(await kept.text(), { headers }));
}"""
ONE_WAITS = "1 entry waits on this phone to be sent."


@pytest.fixture
def page(pages: Pages) -> Page:
    """A phone on which a runner of its own has looked at the pages of the day: no signal since."""
    return without_signal(pages.of_ana())


@pytest.fixture
def reading(pages: Pages, ana: tuple[Site, str]) -> Page:
    """The same, for whoever writes nothing down."""
    return without_signal(pages.open(ana[1]))


def without_signal(made: Page) -> Page:
    made.goto("/")
    made.evaluate(WATCHED)
    for address in AT_THE_TRACK:
        made.goto(address)
        made.evaluate(KEPT, address)
    made.context.set_offline(True)
    return made


def save(page: Page, button: str) -> None:
    """Press a button without a signal."""
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#signal")).to_contain_text("on this phone to be sent.")


def signal_back(page: Page) -> None:
    """The signal is back, and whatever waits is sent; and again, for what is sent only once."""
    page.context.set_offline(False)
    for _ in range(2):
        page.goto("/more/")
        page.evaluate(SENT)


def test_a_check_in_without_a_signal_is_sent_later_and_once(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "check_ins")
    page.goto("/check-in/")
    choose(page, check_in_answers(0))
    save(page, "Save check-in")

    expect(page.locator("#signal")).to_have_text(f"Offline. {ONE_WAITS}")
    expect(page.locator("#signal")).to_be_in_viewport()
    assert stored(pages.site.data, "check_ins") == before

    signal_back(page)
    assert stored(pages.site.data, "check_ins") == before + 1


def test_a_session_without_a_signal_is_sent_later_and_once(page: Page, pages: Pages) -> None:
    before = stored(pages.site.data, "sessions")
    page.goto("/session/")
    choose(page, {"pain": "0"}, "#all")
    save(page, "All done as planned")
    assert stored(pages.site.data, "sessions") == before

    signal_back(page)
    assert stored(pages.site.data, "sessions") == before + 1
    page.goto("/session/")
    expect(page.get_by_role("heading", name="Logged today")).to_be_visible()


def test_a_run_and_a_test_without_a_signal_are_sent_later_and_once(
    page: Page, pages: Pages
) -> None:
    runs, tests = (stored(pages.site.data, kind) for kind in ("runs", "tests"))
    page.goto("/runs/add/")
    page.get_by_label("Minutes").fill("12")
    choose(page, {"pain_during": "1"})
    save(page, "Save run")
    page.goto("/tests/single_leg_bridge_hold/")
    page.get_by_label("Left, seconds").fill("34")
    page.get_by_label("Right, seconds").fill("40")
    choose(page, {"pain_left": "0", "pain_right": "0"})
    save(page, "Save result")
    expect(page.locator("#signal")).to_contain_text("2 entries wait")

    signal_back(page)
    assert stored(pages.site.data, "runs") == runs + 1
    assert stored(pages.site.data, "tests") == tests + 1


def test_what_the_server_has_a_question_about_is_shown_and_holds_up_nothing(
    page: Page, pages: Pages
) -> None:
    sessions, check_ins = (stored(pages.site.data, kind) for kind in ("sessions", "check_ins"))
    page.goto("/session/")
    # Where something hurt, it is asked which exercise it was.
    choose(page, {"pain": "2"}, "#all")
    save(page, "All done as planned")
    page.goto("/check-in/")
    choose(page, check_in_answers(0))
    save(page, "Save check-in")

    signal_back(page)
    assert stored(pages.site.data, "sessions") == sessions
    assert stored(pages.site.data, "check_ins") == check_ins + 1
    asked = page.locator("#signal")
    expect(asked).to_contain_text("An entry has an open question.")
    asked.get_by_role("link", name="Write it again").click()
    expect(page.get_by_role("button", name="All done as planned")).to_be_visible()
    asked.get_by_role("button", name="Drop it").click()
    expect(asked).to_be_hidden()


def test_what_one_runner_kept_is_not_sent_as_another_runners(
    page: Page, pages: Pages, ana: tuple[Site, str]
) -> None:
    before = stored(pages.site.data, "check_ins")
    mine = page.context.cookies()
    page.goto("/check-in/")
    choose(page, check_in_answers(0))
    save(page, "Save check-in")

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": ana[1], "url": pages.site.address}])
    signal_back(page)
    expect(page.locator("#signal")).to_be_hidden()
    assert stored(pages.site.data, "check_ins") == before

    page.context.clear_cookies()
    page.goto("/check-in/")
    expect(page).to_have_url(re.compile("/account/login/"))
    page.context.add_cookies([each for each in mine if each["name"] == "sessionid"])  # type: ignore[misc]
    signal_back(page)
    assert stored(pages.site.data, "check_ins") == before + 1


def test_the_answer_of_today_is_there_without_a_signal(reading: Page) -> None:
    reading.goto("/")

    assert word(reading) == "Go"
    expect(reading.locator("#signal")).to_have_text("Offline.")


@pytest.mark.parametrize("address", ["/", "/session/"])
def test_the_answer_of_another_day_is_never_shown(reading: Page, address: str) -> None:
    reading.evaluate(OF_ANOTHER_DAY, address)

    reading.goto(address)

    assert word(reading) == "No answer today"


def test_a_page_that_the_phone_does_not_have_is_no_answer(reading: Page) -> None:
    reading.goto("/progress/")

    assert word(reading) == "No answer today"
    reading.get_by_role("link", name="Check in").click()
    expect(reading.get_by_role("button", name="Save check-in")).to_be_visible()


def test_after_signing_out_the_phone_shows_nothing_that_it_kept(page: Page) -> None:
    page.context.set_offline(False)
    page.goto("/account/logout/")
    press(page, "Sign out", at="/account/login/")
    page.context.set_offline(True)

    page.goto("/")

    assert word(page) == "No answer today"
