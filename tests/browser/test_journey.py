"""A runner's way on a phone, as it is read: from signing up to a flare-up, and through a gate."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from browser.acting import FELT, answer, check_in, choose, press, reason, word
from browser.conftest import Pages
from browser.sites import PASSWORD, TIMEZONE
from hamstride.demo.activity_files import as_fit
from made_up_takeouts import streams

NUMBNESS = "Do you have numbness in the leg that is spreading?"
HISTORY = {
    "Did it begin suddenly": "Suddenly",
    "What brought it on": "Fast running",
    "Did you feel or hear a pop": "No",
    "Did you have to stop within": "Yes",
    "Was there a bruise": "None",
    "What does it feel like": "Sharp",
    "Does sitting hurt": "No",
}
GATE_DAY = date(2026, 9, 22)
"""The day the leg passed its last test (hamstride.demo.story.days)."""
WALK_RUN_DAY = date(2026, 9, 29)
"""A walk-run day, five weeks in."""
GATE_NAME = "The next phase is open"


def today() -> date:
    return datetime.now(ZoneInfo(TIMEZONE)).date()


def test_the_first_ten_days_of_a_new_runner(first_pages: Pages) -> None:
    page = first_pages.open()
    sign_up(page)
    assess(page)
    read_the_first_answers(page)
    log_what_was_done(page)
    bring_in_a_file(page)
    flare_up(page)
    get_help(page)


def sign_up(page: Page) -> None:
    """Whoever comes first is led to making the account."""
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")
    page.get_by_label("Email").fill("mia@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Create my account", at="/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Where does it hurt?")


def assess(page: Page) -> None:
    """Nine days after it began: the red flags, where, how, no test yet, and a plan that fits."""
    page.get_by_role("link", name="Start assessment").click()
    page.get_by_role("link", name="Begin", exact=True).click()
    press(page, "All of these: no", at="/assessment/where/")
    page.locator("label.area.left-mid_thigh path").click()
    expect(page.get_by_label("Left, middle of the thigh")).to_be_checked()
    began = today() - timedelta(days=9)
    page.get_by_label("On which day did it begin?").fill(began.isoformat())
    press(page, "Save and go on", at="**/history/")
    for question, said in HISTORY.items():
        answer(page, question, said)
    page.get_by_label("After how many days could you walk").fill("2")
    page.get_by_label("How many strains has this leg").fill("0")
    page.get_by_label("In which year were you born?").fill("1990")
    press(page, "Save and go on", at="**/tests/")
    page.get_by_role("link", name="Not today").click()
    expect(page.get_by_role("heading", name="A sudden strain")).to_be_visible()
    expect(page.get_by_text("looks like what people call a strain")).to_be_visible()
    press(page, "Start this plan", at="/")
    expect(page.get_by_role("status")).to_contain_text("The plan has begun.")


def read_the_first_answers(page: Page) -> None:
    """Nothing is answered before it was asked."""
    assert word(page) == "Answer first"
    check_in(page, 1)
    assert word(page) == "Rest"
    assert reason(page) == "This phase has no running yet. Strength goes on."
    expect(page.get_by_text("From “Calm it down” to “Build strength”")).to_be_visible()


def log_what_was_done(page: Page) -> None:
    """The session as planned, and a run by hand that the phase did not ask for."""
    page.get_by_role("link", name="Start session").click()
    choose(page, {"pain": "0"}, "#all")
    press(page, "All done as planned", at="**/session/#each")
    expect(page.get_by_role("status")).to_contain_text("Session saved. Well done.")
    page.goto("/runs/add/")
    page.get_by_label("Minutes").fill("12")
    page.get_by_label("Kilometres").fill("1.5")
    choose(page, FELT)
    press(page, "Save run", at="**/runs/*-*/")
    expect(page.get_by_text("Run saved.")).to_be_visible()
    expect(page.locator("dl.felt")).to_contain_text("Pain during, at its worst1")


def bring_in_a_file(page: Page) -> None:
    """A file of the watch is read in the background, and then it is asked how the run was."""
    page.goto("/import/")
    ran = datetime.now(UTC).replace(hour=7) - timedelta(days=1)
    fit = as_fit(streams(0, 900), ran)
    file = {"name": "lunch.fit", "mimeType": "application/octet-stream", "buffer": fit}
    page.get_by_label("Files from your watch").set_input_files(file)  # type: ignore[arg-type]
    page.get_by_role("button", name="Import", exact=True).click()
    page.get_by_role("link", name="See why").click()
    page.get_by_role("link", name="lunch.fit").click()
    expect(page.get_by_text("Still open. What is not known never makes")).to_be_visible()
    page.get_by_role("link", name="Say how it was").click()
    choose(page, FELT)
    press(page, "Save how it was", at="**/runs/*-*/")
    expect(page.get_by_text("Saved. Today's answer takes it in.")).to_be_visible()


def flare_up(page: Page) -> None:
    """A morning that hurts rests, says why, and says what ends it."""
    check_in(page, 6)
    assert (word(page), reason(page)) == ("Rest", "Walking hurts 4 or more: it hurt 6 (today).")
    expect(page.get_by_text("Rest is today's session.")).to_be_visible()
    expect(page.get_by_role("link", name="Start session")).to_have_count(0)


def get_help(page: Page) -> None:
    """A red flag comes before everything, also on the day on which somebody had a look."""
    page.get_by_role("link", name="Something feels wrong? Check now").click()
    answer(page, NUMBNESS, "Yes")
    press(page, "Save answers", at="/red-flags/result/")
    assert word(page) == "Get help first"
    page.goto("/")
    assert word(page) == "Get help first"
    expect(page.get_by_text("See a doctor today; out of hours")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("[[overrides]]")
    tell_of_a_look(page, today())
    expect(page.get_by_role("status")).to_contain_text("today stays as it is.")
    page.goto("/")
    assert word(page) == "Get help first"


def tell_of_a_look(page: Page, day: date) -> None:
    """Write down that a clinician had a look."""
    page.goto("/red-flags/result/")
    page.get_by_role("link", name="I was seen on …").click()
    page.get_by_label("On which day were you seen?").fill(day.isoformat())
    page.get_by_label("By whom?").fill("Dr Lee, sports physician")
    answer(page, "Did they know of these answers", "Yes")
    press(page, "Save what they said", at="/red-flags/result/")


def test_a_gate_that_was_passed_opens_the_next_phase(pages: Pages) -> None:
    page = pages.of_ana(GATE_DAY)
    page.goto("/")
    expect(page.get_by_role("heading", name=GATE_NAME)).to_be_visible()
    press(page, "Go there", at="/")
    expect(page.get_by_role("heading", name=GATE_NAME)).to_have_count(0)
    expect(page.get_by_text("From “Return to running” to")).to_be_visible()


def test_a_limp_in_a_run_leads_one_phase_back(pages: Pages) -> None:
    page = pages.of_ana(WALK_RUN_DAY)
    page.goto("/runs/add/")
    page.get_by_label("Minutes").fill("20")
    choose(page, FELT | {"limped": "yes"})
    press(page, "Save run", at="**/runs/*-*/")
    page.goto("/")
    expect(page.get_by_text("You limped in a run.").first).to_be_visible()
    expect(page.get_by_text("It is a step on the way, and no failure.")).to_be_visible()
    press(page, "Go there", at="/")
    expect(page.get_by_role("heading", name="From “Build strength”")).to_be_visible()


def test_a_clinicians_look_after_a_red_flag_opens_the_plan_again(pages: Pages) -> None:
    page = pages.of_ana(sign="spreading_numbness")
    page.goto("/")
    assert word(page) == "Get help first"
    tell_of_a_look(page, today())
    expect(page.get_by_role("status")).to_contain_text("Saved, as you told it.")
    # First what was never answered that day, then the sign itself: nothing is taken for a no.
    for _ in range(2):
        assert word(page) == "Answer first"
        page.get_by_role("link", name="Answer what is open").click()
        press(page, "All of these: no", at="/red-flags/result/")
    page.goto("/")
    assert word(page) == "Go"
