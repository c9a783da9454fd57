"""Something feels wrong? The red-flag questions, what follows from them, and who had a look."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from hamstride.explain.screened import screened
from hamstride.web import bridge
from hamstride.web.bridge.assessing import advices_of
from hamstride.web.models import Account, Episode, Record, Runner

EMERGENCY = "Call your emergency number now, or go to the nearest emergency department."


def _answer(browser: Client, at: str = "/red-flags/", **said: Any) -> str:
    """Send answers to the red-flag questions, and read the page that follows."""
    plain = {"client": str(uuid4()), "asked": "", **said}
    return browser.post(at, plain, follow=True).content.decode()


def _told(runner: Runner, kind: str) -> list[dict[str, Any]]:
    rows = runner.records.filter(kind=kind, corrected_by=None, body__isnull=False).order_by("pk")
    return [row.body or {} for row in rows]


def _said_days_ago(runner: Runner, days: int, **answers: bool) -> date:
    on = bridge.today_of(runner) - timedelta(days=days)
    bridge.add(runner, "screenings", {"on": on.isoformat(), **answers}, on=on)
    return on


def _see(browser: Client, on: date, **said: Any) -> str:
    plain = {"by": "Dr Lee, sports physician", "goes_on": "yes", "said": "", **said}
    plain |= {"seen_on": on.isoformat(), "client": plain.get("client", str(uuid4()))}
    return browser.post("/red-flags/seen/", plain, follow=True).content.decode()


def test_the_questions_stand_in_groups_the_most_urgent_first_and_none_is_answered(
    browser: Client,
) -> None:
    page = browser.get("/red-flags/").content.decode()

    assert page.count('type="radio"') == 27 * 3  # 27 questions, three answers each
    assert " checked" not in page
    titles = re.findall(r"<h2>(A yes here: [^<]+)</h2>", page)
    assert [title.removeprefix("A yes here: ") for title in titles] == [
        "the emergency number, now", "be seen today", "be seen within days",
        "mention it to a clinician",
    ]  # fmt: skip


def test_all_of_these_no_is_one_tap_and_says_all_clear(browser: Client, runner: Runner) -> None:
    page = _answer(browser, all_no="1")

    today = bridge.today_of(runner).isoformat()
    assert _told(runner, "screenings") == [{"on": today, "all_clear": True}]
    assert "None of these signs" in page
    assert "I was seen on" not in page


def test_none_of_these_answers_a_group_and_never_a_question_that_was_answered(
    browser: Client, runner: Runner
) -> None:
    page = _answer(
        browser, none_emergency="on", none_same_day="on", none_urgent="on", none_routine="on",
        lump_or_weight_loss="yes",
    )  # fmt: skip

    (told,) = _told(runner, "screenings")
    assert [key for key, said in told.items() if said is True] == ["lump_or_weight_loss"]
    assert len(told) == 28  # the day and 27 answers
    assert "See a doctor or physiotherapist within the next days, before any training." in page


@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("dark_urine", EMERGENCY),
        ("fever_or_unwell", "See a doctor today; out of hours, go to an emergency department."),
    ],
)
def test_not_sure_counts_as_yes_where_nobody_should_wait(
    browser: Client, runner: Runner, key: str, says: str
) -> None:
    page = _answer(browser, **{key: "unsure"})

    assert _told(runner, "screenings")[0][key] is True
    assert "Get help first" in page
    assert says in page


def test_a_yes_is_kept_and_answered_at_once_whatever_else_is_open(
    browser: Client, runner: Runner
) -> None:
    page = _answer(browser, saddle_numbness="yes")

    today = bridge.today_of(runner).isoformat()
    assert _told(runner, "screenings") == [{"on": today, "saddle_numbness": True}]
    assert EMERGENCY in page
    assert "I was seen on" in page
    assert "Still open" not in page  # there are more pressing things than 26 questions


def test_not_sure_of_a_milder_sign_stays_open_and_is_asked_for_alone(
    browser: Client, runner: Runner
) -> None:
    page = _answer(browser, all_no="1", groin_pain_on_impact="unsure")

    (told,) = _told(runner, "screenings")
    assert "groin_pain_on_impact" not in told
    assert "all_clear" not in told
    assert "One question is still open. Until then the day rests." in page

    asked = browser.get("/red-flags/?only=open").content.decode()
    assert re.findall(r'name="([a-z_]+)" value="yes"', asked) == ["groin_pain_on_impact"]

    page = _answer(browser, asked="groin_pain_on_impact", groin_pain_on_impact="no")
    assert "None of these signs" in page


def test_an_open_question_is_marked_and_nothing_is_lost_or_kept(
    browser: Client, runner: Runner
) -> None:
    page = _answer(browser, none_emergency="on", back_pain_with_it="yes")

    assert "Some questions are still open; nothing is lost." in page
    assert page.count("This one is still open.") == 20  # 27 less 6 emergencies and the one answer
    assert re.search(r'name="back_pain_with_it" value="yes"[^>]* checked', page)
    assert re.search(r'name="none_emergency"[^>]* checked', page)
    assert 'href="#field-leg_swollen_and_warm"' in page  # the first of those that are open
    assert _told(runner, "screenings") == []


def test_a_word_that_is_no_answer_is_named_and_nothing_is_kept(
    browser: Client, runner: Runner
) -> None:
    page = _answer(browser, all_no="1", dark_urine="perhaps")

    assert "perhaps is not one of the available choices" in page
    assert _told(runner, "screenings") == []


def test_answers_sent_twice_are_kept_once_and_can_be_taken_back(
    browser: Client, runner: Runner
) -> None:
    client = str(uuid4())
    _answer(browser, client=client, all_no="1")
    _answer(browser, client=client, all_no="1")
    assert len(_told(runner, "screenings")) == 1

    browser.post(f"/records/{client}/undo/")
    assert _told(runner, "screenings") == []


def test_a_routine_sign_never_locks_and_says_whom_to_mention_it_to(
    browser: Client, runner: Runner
) -> None:
    page = _answer(browser, all_no="1", antibiotic_or_steroid="yes")

    assert "Go on, and mention it" in page
    assert "Mention it to a doctor or pharmacist." in page
    assert "I was seen on" not in page


def test_a_red_flag_is_what_today_says_and_a_good_next_day_does_not_end_it(
    browser: Client, runner: Runner, ana: Episode
) -> None:
    on = _said_days_ago(runner, 2, spreading_numbness=True)
    _said_days_ago(runner, 1, all_clear=True)

    assert "Get help first" in browser.get("/").content.decode()
    page = browser.get("/red-flags/result/").content.decode()
    assert f"({on.day} {on:%B})" in page


def test_a_look_as_the_runner_tells_it_ends_the_flag(browser: Client, runner: Runner) -> None:
    on = _said_days_ago(runner, 3, groin_pain_on_impact=True)
    seen_on = on + timedelta(days=1)
    assert "you state it, with name and day" in browser.get("/red-flags/seen/").content.decode()

    page = _see(browser, seen_on, said="An easy week first.")

    assert _told(runner, "overrides") == [
        {
            "on": seen_on.isoformat(),
            "by": "Dr Lee, sports physician, told by the runner",
            "reason": f"Told by the runner: seen on {seen_on.isoformat()}. An easy week first.",
            "clear_red_flags": True,
        }
    ]
    assert "Saved, as you told it." in page
    assert "Get help first" not in page


def test_a_look_on_the_day_of_the_sign_counts_from_the_next_day(
    browser: Client, runner: Runner
) -> None:
    today = bridge.today_of(runner)
    _said_days_ago(runner, 0, groin_pain_on_impact=True)

    page = _see(browser, today)

    tomorrow = today + timedelta(days=1)
    (told,) = _told(runner, "overrides")
    assert told["on"] == tomorrow.isoformat()
    assert f"It counts from {tomorrow.day} {tomorrow:%B}; today stays as it is." in page
    assert "Get help first" in page
    assert screened(advices_of(runner, today)).locks
    assert not screened(advices_of(runner, tomorrow)).locks


def test_a_look_that_did_not_say_go_on_opens_nothing(browser: Client, runner: Runner) -> None:
    on = _said_days_ago(runner, 2, groin_pain_on_impact=True)

    page = _see(browser, on + timedelta(days=1), goes_on="no")

    (told,) = _told(runner, "overrides")
    assert "clear_red_flags" not in told
    assert "Their plan comes first" in page
    assert "Get help first" in page


@pytest.mark.parametrize(
    ("days_ago", "says"),
    [(3, "a look before that could not know it"), (-1, "is not a day up to today.")],
)
def test_a_look_before_the_sign_or_after_today_is_not_kept(
    browser: Client, runner: Runner, days_ago: int, says: str
) -> None:
    _said_days_ago(runner, 2, groin_pain_on_impact=True)

    page = _see(browser, bridge.today_of(runner) - timedelta(days=days_ago))

    assert says in page
    assert "Dr Lee, sports physician" in page
    assert _told(runner, "overrides") == []


def test_a_look_without_a_day_or_a_name_asks_for_them(browser: Client, runner: Runner) -> None:
    _said_days_ago(runner, 2, groin_pain_on_impact=True)

    page = browser.post("/red-flags/seen/", {"client": str(uuid4())}).content.decode()

    assert page.count("This field is required.") == 3
    assert _told(runner, "overrides") == []


def test_a_look_sent_twice_is_kept_once_and_there_is_none_to_tell_where_nothing_is_open(
    browser: Client, runner: Runner
) -> None:
    on = _said_days_ago(runner, 2, groin_pain_on_impact=True)
    client = str(uuid4())
    _see(browser, on + timedelta(days=1), client=client)
    _see(browser, on + timedelta(days=1), client=client)

    assert len(_told(runner, "overrides")) == 1
    assert browser.get("/red-flags/seen/").headers["Location"] == "/red-flags/result/"


def test_a_new_sign_and_its_answers_of_one_day_are_asked_once_more_tomorrow(
    browser: Client, runner: Runner, ana: Episode
) -> None:
    today = bridge.today_of(runner)
    body = {"on": today.isoformat(), "new_bruise": True, "new_symptoms": False}
    bridge.add(runner, "check_ins", body, on=today, episode=ana)
    assert "27 questions are still open." in browser.get("/red-flags/result/").content.decode()

    page = _answer(browser, all_no="1")

    assert "None of these signs" in page
    assert "It is asked once more tomorrow." in page


def test_answers_are_those_of_the_runner_who_is_signed_in(
    browser: Client, runner: Runner, account: Account
) -> None:
    cy = Client(headers={"host": "localhost"})
    cy.force_login(Account.objects.create_user("cy@example.org", "a stranger on the path"))
    client = str(uuid4())
    _answer(browser, client=client, saddle_numbness="yes")

    assert "Get help first" not in cy.get("/red-flags/result/").content.decode()
    assert cy.post(f"/records/{client}/undo/").status_code == 404
    assert Record.objects.get(client=UUID(client)).runner == runner
