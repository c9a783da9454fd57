"""The plan: the week as it looks today, and when there is time to train."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.protocols.loading import load
from hamstride.web import bridge
from hamstride.web.bridge import planning
from hamstride.web.models import Account, Decision, Episode, Runner
from hamstride.web.views.plan import KIT

WELL = {
    "pain_morning": 0, "pain_rest": 0, "pain_walking": 0, "limp": False, "bears_weight": True,
    "new_bruise": False, "new_symptoms": False,
}  # fmt: skip


def begin(runner: Runner, phase: str = "strength", **injury: Any) -> Episode:
    """A mild strain of five weeks ago, in a phase of the plan since yesterday."""
    day = bridge.today_of(runner)
    began, yesterday = day - timedelta(days=36), day - timedelta(days=1)
    bridge.add(runner, "runner", {"born": 1991}, on=began)
    known = {
        "started_on": began.isoformat(), "side": "left", "site": "mid_thigh", "onset": "sudden",
        "popped": False, "bruise": "none", "days_to_pain_free_walk": 2, "protocol": "strain",
        **injury,
    }  # fmt: skip
    episode = bridge.open_episode(runner, known, on=began)
    cleared = {"on": began.isoformat(), "all_clear": True}
    bridge.add(runner, "screenings", cleared, on=began, episode=episode)
    entered = {"on": yesterday.isoformat(), "id": phase, "by": "clinician"}
    bridge.add(runner, "phases", entered, on=yesterday, episode=episode)
    bridge.add(runner, "check_ins", {"on": day.isoformat(), **WELL}, on=day, episode=episode)
    return episode


def page_of(browser: Client) -> str:
    return browser.get("/plan/").content.decode()


def week() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Decision.objects.latest("pk").answer["week"]
    return found


# The week


def test_before_there_is_a_plan_the_page_says_how_it_begins(browser: Client) -> None:
    page = page_of(browser)

    assert "No plan yet" in page
    assert "/assessment/" in page


def test_the_week_of_todays_answer_is_told_day_by_day(browser: Client, ana: Episode) -> None:
    page = page_of(browser)

    assert len(week()) == 7
    for day in week():
        assert day["title"] in page
    # Ana's next run is a step of strain/4_speed_and_hills.toml.
    assert "Step V5, 19 of 25 on the ladder" in page
    assert "Speed and hills" in page
    assert "The gate to “Stay well”: 2 of 4 checks met." in page
    assert "After more than 30 days without a run, the ladder goes on from step R5." in page
    assert "weeks left to" in page
    assert "This is arithmetic on the plan and no forecast" in page


def test_days_that_were_show_their_answer_and_what_was_done(browser: Client, ana: Episode) -> None:
    today = bridge.today_of(ana.runner)
    shown = bridge.answer_of(ana, today - timedelta(days=1))

    page = page_of(browser)

    strip = page.split('<ol class="strip">')[1].split("</ol>")[0]
    assert strip.count("<li") == 7
    assert f'href="/answers/{shown.uid}/"' in strip
    assert "not asked" in strip
    # Ana trained strength on her last day.
    assert ": strength" in strip
    assert ": ran" in strip


def test_a_day_of_rest_that_was_followed_is_something_done(browser: Client, runner: Runner) -> None:
    episode = begin(runner)
    yesterday = bridge.today_of(runner) - timedelta(days=1)
    sore = {"on": yesterday.isoformat(), **WELL, "pain_morning": 7}
    bridge.add(runner, "check_ins", sore, on=yesterday, episode=episode)
    assert bridge.answer_of(episode, yesterday).state == "rest"

    assert ": rested" in page_of(browser)


def test_a_run_that_was_written_down_counts_as_done(browser: Client, runner: Runner) -> None:
    episode = begin(runner)
    day = bridge.today_of(runner)
    run = {"start": f"{day.isoformat()}T07:00:00+00:00", "duration_s": 1200}
    bridge.add(runner, "runs", run, on=day, episode=episode)

    assert ": ran" in page_of(browser)


def test_a_race_is_told_only_where_there_is_one(browser: Client, runner: Runner) -> None:
    begin(runner)

    page = page_of(browser)

    assert "The race" not in page
    assert "Build strength" in page


def test_before_a_clinician_has_had_a_look_there_is_no_plan(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner)
    day = bridge.today_of(runner)
    flagged = {"on": day.isoformat(), "cannot_bear_weight": True}
    bridge.add(runner, "screenings", flagged, on=day, episode=episode)

    page = page_of(browser)

    assert "There is no training plan until a clinician has had a look." in page
    assert "Seven days" not in page


def test_an_answer_of_rules_that_are_gone_has_no_standing(runner: Runner) -> None:
    episode = begin(runner)
    decision = bridge.answer_of(episode, bridge.today_of(runner))
    assert planning.standing_of(decision, load()) is not None

    decision.answer = {**decision.answer, "phase": "of_another_version"}
    assert planning.standing_of(decision, load()) is None
    decision.answer = {**decision.answer, "protocol": None}
    assert planning.standing_of(decision, load()) is None


def test_the_page_is_light_and_asks_the_store_little(browser: Client, ana: Episode) -> None:
    page_of(browser)

    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/plan/").content

    assert len(page) < 150_000
    assert len(asked) <= 12


# What can be told


def test_the_plan_keeps_to_the_days_with_time(browser: Client, runner: Runner) -> None:
    episode = begin(runner)
    assert "Not told yet: the plan takes every day as free." in page_of(browser)

    sent = {"free_days": ["mon", "thu"], "client": str(uuid4())}
    assert browser.post("/plan/days/", sent).headers["Location"] == "/plan/"

    assert bridge.case_of(episode).runner.free_days == ("mon", "thu")
    page = page_of(browser)
    assert 'value="mon" id="id_free_days_0" checked' in page
    assert 'value="tue" id="id_free_days_1">' in page
    held = {date.fromisoformat(day["on"]).weekday() for day in week() if day["kind"] != "rest"}
    assert held == {0, 3}


def test_without_any_day_nothing_is_kept(browser: Client, runner: Runner) -> None:
    episode = begin(runner)

    page = browser.post("/plan/days/", {"client": str(uuid4())}).content.decode()

    assert "One day at least: without any, there would be no plan." in page
    assert bridge.case_of(episode).runner.free_days is None


def test_the_plan_keeps_to_the_kit_and_nothing_is_an_answer(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner)
    browser.post("/plan/kit/", {"kit": ["band", "box"], "client": str(uuid4())})
    assert bridge.case_of(episode).runner.kit == ("band", "box")

    browser.post("/plan/kit/", {"client": str(uuid4())})

    assert bridge.case_of(episode).runner.kit == ()
    assert "something of this" in page_of(browser)
    library = load().exercises
    planned = [item["exercise"] for day in week() for item in day["items"]]
    assert planned
    assert all("none" in library[name].kit for name in planned)


def test_kit_that_is_no_kit_is_told(browser: Client, runner: Runner) -> None:
    episode = begin(runner)

    page = browser.post("/plan/kit/", {"kit": ["trampoline"], "client": str(uuid4())})

    assert "trampoline is not one of the available choices" in page.content.decode()
    assert bridge.case_of(episode).runner.kit is None


def test_all_kit_that_an_exercise_may_need_can_be_told() -> None:
    needed = {kit for each in load().exercises.values() for kit in each.kit} - {"none"}

    assert needed <= KIT.keys()


def test_days_sent_twice_are_kept_once(browser: Client, runner: Runner) -> None:
    begin(runner)
    sent = {"free_days": ["mon"], "client": str(uuid4())}

    browser.post("/plan/days/", sent)
    browser.post("/plan/days/", sent)

    assert runner.records.filter(kind="runner").count() == 2  # with the year of birth


@pytest.mark.parametrize("url", ["/plan/days/", "/plan/kit/"])
def test_a_stranger_tells_only_of_herself(browser: Client, runner: Runner, url: str) -> None:
    episode = begin(runner)
    cy = Client(headers={"host": "localhost"})
    cy.force_login(Account.objects.create_user("cy@example.org", "another long walk here"))

    cy.post(url, {"free_days": ["mon"], "kit": ["box"], "client": str(uuid4())})

    assert "No plan yet" in cy.get("/plan/").content.decode()
    case = bridge.case_of(episode)
    assert (case.runner.free_days, case.runner.kit) == (None, None)


def test_whoever_comes_back_after_signing_in_is_shown_the_plan(
    browser: Client, runner: Runner
) -> None:
    begin(runner)
    before = runner.records.count()

    assert browser.get("/plan/days/").headers["Location"] == "/plan/"
    assert browser.get("/plan/kit/").headers["Location"] == "/plan/"
    assert runner.records.count() == before
