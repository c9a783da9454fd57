"""Progress: where one is, what is between here and the next step, and what is back."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock

from hamstride.web import bridge
from hamstride.web.bridge import looking_back as kept
from hamstride.web.models import Decision, Episode, Record, Runner


def page(browser: Client) -> str:
    answer = browser.get("/progress/")
    assert answer.status_code == 200
    return answer.content.decode()


def told(episode: Episode, on: date, kind: str, *, hour: int = 6, state: str = "go") -> None:
    """An answer of some day, as it would have been stored then."""
    row = Decision.objects.create(
        episode=episode, day=on, basis=f"{on} {kind} {hour}", state=state, word="Go",
        reason="As planned.", parts=[], version="0", answer={"week": [{"kind": kind}]},
    )  # fmt: skip
    at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    Decision.objects.filter(pk=row.pk).update(made_at=at)


def did(episode: Episode, on: date, kind: str, body: dict[str, Any], *, hour: int = 18) -> Record:
    """Something that was done on a day and written down in its evening."""
    row = bridge.add(episode.runner, kind, body, on=on, episode=episode)
    at = datetime(on.year, on.month, on.day, hour, tzinfo=UTC)
    Record.objects.filter(pk=row.pk).update(recorded_at=at)
    return row


def test_before_an_injury_the_page_says_what_it_will_tell(browser: Client) -> None:
    assert "how far you are" in page(browser)


def test_a_stranger_sees_nothing_of_it(store: object) -> None:
    assert Client(headers={"host": "localhost"}).get("/progress/").status_code == 302


def test_the_ladder_and_the_gate_tell_where_ana_is(browser: Client, ana: Episode) -> None:
    text = page(browser)

    assert re.search(r'<li class="here" aria-current="step"><strong>Speed and hills</strong>', text)
    assert text.count('<li class="done">') == 3
    assert "Straighten the knee to within 5° of the other side (now 2°;" in text
    assert "add to your file" not in text


def test_tests_stand_side_by_side_with_the_difference_that_the_core_tells(
    browser: Client, ana: Episode
) -> None:
    text = page(browser)

    # Ana's last bridges: 20 against 21, and her knee 12 against 10.
    assert "The left side is at 95 % of the right." in text
    assert "The left side is at 83 % of the right." in text
    assert "<td>20</td><td>21</td><td>95</td><td>0 · 0</td>" in text
    assert 'Single-leg bridges on a box <span class="quiet">repetitions</span>' in text
    assert "Counts for the next step until" in text
    assert 'fill="url(#hatch)"' in text


def test_a_test_of_the_right_side_is_hatched_on_the_right(browser: Client, runner: Runner) -> None:
    today = bridge.today_of(runner)
    began = today - timedelta(days=30)
    episode = bridge.open_episode(
        runner, {"started_on": began.isoformat(), "side": "right"}, on=began
    )
    body = {"on": today.isoformat(), "test": "hop_in_place", "left": 30}
    bridge.add(runner, "tests", body, on=today, episode=episode)

    text = page(browser)

    # Of the right there is no result: a dash, and no bar that would be hatched.
    assert "<td>30</td><td>–</td><td>–</td><td>–</td>" in text
    assert 'fill="url(#hatch)"' not in text
    bridge.add(runner, "tests", {**body, "right": 20}, on=today, episode=episode)
    assert 'fill="url(#hatch)"' in page(browser)


def test_weeks_milestones_and_what_is_back_are_told_of_ana(browser: Client, ana: Episode) -> None:
    text = page(browser)

    assert "From 3 in the first week to 0 in this one" in text
    assert "The first run of 30 minutes without a walk break" in text
    assert re.search(r">10.7 km</td><td[^>]*>4.8 km</td><td[^>]*>44 %</td>", text)
    assert 'class="range"' in text


def test_without_runs_and_mornings_the_page_teaches(browser: Client, runner: Runner) -> None:
    today = bridge.today_of(runner)
    body = {"started_on": today.isoformat(), "side": "left"}
    bridge.open_episode(runner, body, on=today)

    text = page(browser)

    assert "Two tests, left and right, and you have a baseline." in text
    assert "After your first check-in a line begins here." in text
    assert "that is as it should be for now" in text
    assert "From tomorrow on this counts the days that went as planned." in text
    assert "Before it, and now" not in text


def test_where_no_plan_fits_there_is_no_ladder(browser: Client, runner: Runner) -> None:
    today = bridge.today_of(runner)
    body = {"started_on": today.isoformat(), "side": "both", "site": "below_knee",
            "clinician_grade": 3, "onset": "sudden"}  # fmt: skip
    bridge.open_episode(runner, body, on=today)

    assert 'class="ladder"' not in page(browser)


# Steadiness


@pytest.fixture
def monday(ana: Episode) -> date:
    """The Monday of last week, cleared of what Ana did in the weeks that are looked at."""
    today = bridge.today_of(ana.runner)
    first = today - timedelta(days=40)
    ana.runner.records.filter(kind__in=("runs", "sessions"), on__gte=first).delete()
    ana.runner.activities.filter(day__gte=first).delete()
    return today - timedelta(days=today.weekday() + 7)


def days_after(monday: date, days: int) -> date:
    return monday + timedelta(days=days)


def test_planned_days_that_were_done_are_counted_and_rest_among_them(
    browser: Client, ana: Episode, monday: date
) -> None:
    for days, kind in enumerate(("run", "rest", "strength", "rest", "run")):
        told(ana, days_after(monday, days), kind)
    on = days_after(monday, 0)
    did(ana, on, "runs", {"start": f"{on}T17:00:00+00:00", "duration_s": 1200})
    on = days_after(monday, 2)
    did(ana, on, "sessions", {"on": on.isoformat(), "kind": "strength"})

    text = page(browser)

    # The run of the last day was not run: 4 of 5.
    assert "<strong>80 %</strong>" in text
    assert "4 of 5 done, 2 of them rest" in text


def test_an_answer_that_was_given_after_the_run_is_not_its_plan(
    browser: Client, ana: Episode, monday: date
) -> None:
    told(ana, monday, "run")
    run = did(ana, monday, "runs", {"start": f"{monday}T17:00:00+00:00", "duration_s": 1200})
    told(ana, monday, "rest", hour=19)
    assert "1 of 1 done" in page(browser)

    # Said better two days later, it is known since that evening all the same.
    body = {**(run.body or {}), "pain_during": 0}
    bridge.add(ana.runner, "runs", body, on=monday, episode=ana, corrects=run)
    assert "1 of 1 done" in page(browser)


def test_a_run_that_was_taken_back_was_not_run(browser: Client, ana: Episode, monday: date) -> None:
    told(ana, monday, "run")
    run = did(ana, monday, "runs", {"start": f"{monday}T17:00:00+00:00", "duration_s": 1200})

    bridge.withdraw(ana.runner, run.client)

    assert "0 of 1 done" in page(browser)


def test_an_answer_that_only_asked_planned_nothing(ana: Episode, monday: date) -> None:
    told(ana, monday, "rest", state="answer_first")
    told(ana, monday, "run", hour=7)

    found = kept.told_between(ana, monday, monday)

    assert [each.kind for each in sorted(found, key=lambda each: each.at)] == [None, "run"]


def test_a_run_of_the_watch_is_known_since_its_file_was_read(ana: Episode) -> None:
    today = bridge.today_of(ana.runner)
    first = today - timedelta(days=30)

    found = kept.done_between(ana.runner, first, today)

    runs = [each for each in found if each.kind == "run"]
    assert {each.on for each in runs} >= set(
        ana.runner.activities.filter(day__gte=first).values_list("day", flat=True)
    )
    assert all(each.at <= clock.now() for each in found)


# How much


def test_progress_takes_few_queries_and_little_room(browser: Client, ana: Episode) -> None:
    browser.get("/progress/")
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get("/progress/")

    asked = [each["sql"] for each in queries if '"web_' in each["sql"]]
    assert len(asked) <= 12
    assert len(answer.content) < 150_000
    assert "style=" not in answer.content.decode()
