"""The journal: each day with what was recorded, what became of it, and the answers as shown."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.web import bridge
from hamstride.web.bridge import looking_back as kept
from hamstride.web.models import Account, Decision, Episode, Record, Runner

WELL = {
    "pain_morning": "0", "pain_walking": "0", "pain_rest": "0", "limp": "no",
    "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no",
}  # fmt: skip


def page(browser: Client, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def check_in(episode: Episode, on: date, **answers: Any) -> Record:
    body = {"on": on.isoformat(), **answers}
    return bridge.add(episode.runner, "check_ins", body, on=on, episode=episode)


def last(episode: Episode, kind: str = "check_ins") -> Record:
    return bridge.rows_of(episode, kind)[-1]


def edited(row: Record, **answers: str) -> dict[str, str]:
    return {**WELL, "client": str(uuid4()), **answers}


@pytest.fixture
def today(ana: Episode) -> date:
    return bridge.today_of(ana.runner)


@pytest.fixture
def cy(store: object) -> Client:
    """A browser in which a stranger has signed in."""
    account = Account.objects.create_user("cy@example.org", "another walk by the sea")
    Runner.objects.create(account=account, timezone="UTC")
    client = Client(headers={"host": "localhost"})
    client.force_login(account)
    return client


# The month


def test_an_empty_month_says_how_it_fills(browser: Client) -> None:
    assert "Nothing stands in this month yet." in page(browser, "/journal/")


def test_each_day_has_its_marks_in_words(browser: Client, ana: Episode, today: date) -> None:
    check_in(ana, today, pain_morning=3, note="A thought.")
    bridge.answer_of(ana, today)

    text = page(browser, "/journal/")

    cell = text[text.index('aria-current="date"') :]
    cell = cell[: cell.index("</a>")]
    assert "Morning pain </span>3" in cell  # the worse of two check-ins
    assert "Note." in cell
    assert f'<span class="word">{Decision.objects.get().word}</span>' in cell


def test_a_day_with_several_answers_shows_the_last_one(ana: Episode, today: date) -> None:
    bridge.answer_of(ana, today)
    check_in(ana, today, pain_morning=7, pain_walking=5, pain_rest=5, limp=True)
    bridge.answer_of(ana, today)

    assert kept.marks(ana.runner, today, today)[today].state == "rest"


def test_of_two_injuries_the_stricter_answer_is_shown(ana: Episode, today: date) -> None:
    body = {"started_on": today.isoformat(), "side": "right"}
    other = bridge.open_episode(ana.runner, body, on=today)
    states = [bridge.answer_of(ana, today).state, bridge.answer_of(other, today).state]

    found = kept.marks(ana.runner, today, today)[today]

    assert states == ["go", "answer_first"]
    assert found.state == "answer_first"
    assert found.word == "Answer first"
    check_in(ana, today, pain_morning=7, pain_walking=5, pain_rest=5, limp=True)
    bridge.answer_of(ana, today)
    assert kept.marks(ana.runner, today, today)[today].state == "rest"


def test_runs_and_sessions_are_marked_once_however_often_written(ana: Episode, today: date) -> None:
    body = {"on": today.isoformat(), "kind": "mobility"}
    for _ in range(2):
        bridge.add(ana.runner, "sessions", body, on=today, episode=ana)
    start = {"start": f"{today}T10:00:00+00:00"}
    bridge.add(ana.runner, "runs", start, on=today, episode=ana)

    found = kept.marks(ana.runner, today, today)[today]

    assert found.ran
    assert found.sessions == ("strength", "mobility")


@pytest.mark.parametrize("month", ["2026-13", "no", "9999-12", "0001-01", ""])
def test_a_month_that_is_none_shows_one_that_is(browser: Client, ana: Episode, month: str) -> None:
    page(browser, f"/journal/?month={month}")


def test_months_lead_back_and_forth_but_not_ahead(
    browser: Client, ana: Episode, today: date
) -> None:
    before = today.replace(day=1) - timedelta(days=1)

    assert f"?month={before:%Y-%m}" in page(browser, "/journal/")
    assert 'rel="next"' not in page(browser, "/journal/")
    assert f"?month={today:%Y-%m}" in page(browser, f"/journal/?month={before:%Y-%m}")


# Search


def test_notes_are_found_whatever_the_case(browser: Client, ana: Episode, today: date) -> None:
    check_in(ana, today, note="Über den Hügel, ohne Schmerz.")

    text = page(browser, "/journal/?q=üBER")

    assert "Über den Hügel" in text
    assert f"/journal/{today}/" in text
    assert "1 note, the latest first" in text


def test_what_is_not_found_is_said_and_nothing_is_run(browser: Client, ana: Episode) -> None:
    text = page(browser, "/journal/?q=<b>nowhere")

    assert "No note holds “&lt;b&gt;nowhere”." in text


def test_a_note_that_was_taken_out_is_found_no_more(ana: Episode, today: date) -> None:
    row = check_in(ana, today, note="a zebra")
    assert len(kept.noted(ana.runner, "zebra", 9)) == 1

    bridge.withdraw(ana.runner, row.client)

    assert kept.noted(ana.runner, "zebra", 9) == []


# One day


def test_a_day_tells_everything_in_words(browser: Client, ana: Episode, today: date) -> None:
    ran = ana.runner.activities.filter(is_run=True).order_by("-day").first()
    assert ran is not None
    assert ran.day is not None

    text = page(browser, f"/journal/{ran.day}/")

    assert "<dt>Pain on the first steps</dt><dd>0 of 10</dd>" in text
    assert "Warm-up" in text
    assert f"/runs/{ran.uid}/" in text
    assert "Pain during it, at its worst: 0 of 10." in text


def test_the_answers_stand_as_they_were_shown_and_the_last_holds(
    browser: Client, ana: Episode, today: date
) -> None:
    first = bridge.answer_of(ana, today)
    check_in(ana, today, pain_morning=7, pain_walking=5, pain_rest=5, limp=True)
    second = bridge.answer_of(ana, today)

    text = page(browser, f"/journal/{today}/")

    assert text.index(str(first.uid)) < text.index(str(second.uid))
    assert text.count("This one holds") == 1
    assert text.index("This one holds") > text.index(str(second.uid))


def test_a_quiet_day_is_fine(browser: Client, ana: Episode) -> None:
    assert "that is fine" in page(browser, "/journal/2020-02-29/")


def test_a_run_without_answers_says_so(browser: Client, ana: Episode) -> None:
    start = {"start": "2020-02-29T10:00:00+00:00", "kind": "easy"}
    bridge.add(ana.runner, "runs", start, on=date(2020, 2, 29), episode=ana)

    assert "How it felt is not written down yet." in page(browser, "/journal/2020-02-29/")


@pytest.mark.parametrize("day", ["2026-02-30", "9998-01-01", "2026-1-1", "today"])
def test_a_day_that_is_none_or_ahead_is_not_found(browser: Client, ana: Episode, day: str) -> None:
    assert browser.get(f"/journal/{day}/").status_code == 404


# Changing


def test_a_changed_check_in_counts_and_the_old_one_is_shown(
    browser: Client, ana: Episode, today: date
) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/"
    assert 'value="0"' in page(browser, url)

    answer = browser.post(url, edited(row, pain_morning="2", sleep_h="7.5"))

    assert answer.headers["Location"] == f"/journal/{today}/"
    now = last(ana)
    assert now.corrects == row
    assert now.body is not None
    assert (now.body["pain_morning"], now.body["sleep_h"]) == (2, 7.5)
    # Keys that the form does not ask for stay, and an answer that was left out is gone.
    assert now.body["protein"] is True
    assert "fatigue" not in now.body
    assert bridge.case_of(ana).check_ins[-1].pain_morning == 2
    text = page(browser, f"/journal/{today}/")
    assert "Changed or taken back" in text
    assert "Changed on" in text


def test_a_change_that_is_sent_twice_is_one(browser: Client, ana: Episode) -> None:
    row = last(ana)
    sent = edited(row, pain_morning="2")
    before = Record.objects.count()

    browser.post(f"/journal/records/{row.client}/", sent)
    answer = browser.post(f"/journal/records/{row.client}/", sent)

    assert answer.status_code == 302
    assert Record.objects.count() == before + 1


def test_a_record_that_was_changed_meanwhile_is_not_overwritten(
    browser: Client, ana: Episode, today: date
) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/"
    browser.post(url, edited(row, pain_morning="2"))

    answer = browser.post(url, edited(row, pain_morning="5"))

    assert "It was changed meanwhile." in answer.content.decode()
    assert 'value="5" id="id_pain_morning_5" checked' in answer.content.decode()
    assert bridge.case_of(ana).check_ins[-1].pain_morning == 2
    assert browser.get(url).headers["Location"] == f"/journal/{today}/"


def test_what_no_file_may_hold_is_refused_with_what_was_found(
    browser: Client, ana: Episode
) -> None:
    row = last(ana)

    answer = browser.post(f"/journal/records/{row.client}/", edited(row, sleep_h="99"))

    text = answer.content.decode()
    assert "It is not saved yet; nothing you wrote is lost." in text
    assert 'value="99"' in text
    assert last(ana) == row


def test_an_old_check_in_does_not_make_today_easier_until_the_next_one(
    browser: Client, ana: Episode, today: date
) -> None:
    sore = check_in(ana, today, pain_morning=6, pain_walking=5, pain_rest=0, limp=False)
    assert bridge.answer_of(ana, today).state == "rest"

    browser.post(f"/journal/records/{sore.client}/", edited(sore))
    assert bridge.answer_of(ana, today).state == "rest"

    browser.post("/check-in/", {**WELL, "client": str(uuid4())})
    assert bridge.answer_of(ana, today).state == "go"


def test_a_record_is_taken_back_and_put_back(browser: Client, ana: Episode, today: date) -> None:
    row = last(ana)
    text = page(browser, f"/journal/{today}/")
    assert f"/journal/records/{row.client}/take-back/" in text

    browser.post(f"/journal/records/{row.client}/take-back/")
    assert last(ana) != row
    assert "Taken back on" in page(browser, f"/journal/{today}/")

    browser.post(f"/journal/records/{row.client}/put-back/")
    rows = Record.objects.count()
    browser.post(f"/journal/records/{row.client}/put-back/")
    assert Record.objects.count() == rows  # twice is once
    assert last(ana).body == row.body
    assert len([each for each in bridge.rows_of(ana, "check_ins") if each.on == today]) == 1


def test_what_counts_already_is_not_put_back(ana: Episode) -> None:
    assert not kept.put_back(last(ana), uuid4())


def test_red_flags_are_no_slip_that_is_taken_back_here(
    browser: Client, ana: Episode, today: date
) -> None:
    flags = last(ana, "screenings")

    text = page(browser, f"/journal/{flags.on}/")
    assert "Red-flag questions" in text
    assert f"/journal/records/{flags.client}/" not in text
    assert browser.post(f"/journal/records/{flags.client}/take-back/").status_code == 404
    assert last(ana, "screenings") == flags


# Notes


def test_a_note_is_written_changed_and_taken_out(
    browser: Client, ana: Episode, today: date
) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/note/"
    assert f'action="{url}"' in page(browser, f"/journal/{today}/")

    browser.post(url, {"note": "Up the stairs\nwithout a thought.", "client": str(uuid4())})
    noted = last(ana)
    assert (noted.body or {})["note"] == "Up the stairs\nwithout a thought."
    assert {**(noted.body or {}), "note": None} == {**(row.body or {}), "note": None}
    assert "Up the stairs<br>without a thought." in page(browser, f"/journal/{today}/")

    browser.post(f"/journal/records/{noted.client}/note/", {"note": "", "client": str(uuid4())})
    assert "note" not in (last(ana).body or {})


def test_a_note_that_is_too_long_is_not_lost(browser: Client, ana: Episode) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/note/"

    answer = browser.post(url, {"note": "a" * 2001, "client": str(uuid4())})

    assert answer.status_code == 200
    assert "a" * 2001 in answer.content.decode()
    assert last(ana) == row


def test_what_holds_no_note_takes_none(browser: Client, ana: Episode) -> None:
    row = last(ana, "phases")
    sent = {"note": "On we go.", "client": str(uuid4())}

    assert browser.post(f"/journal/records/{row.client}/note/", sent).status_code == 404
    assert browser.get(f"/journal/records/{row.client}/").status_code == 404


def test_a_note_for_what_was_changed_meanwhile_is_not_lost(browser: Client, ana: Episode) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/note/"
    browser.post(url, {"note": "One.", "client": str(uuid4())})

    answer = browser.post(url, {"note": "Two.", "client": str(uuid4())})

    assert "It was changed meanwhile." in answer.content.decode()
    assert "Two." in answer.content.decode()


def test_a_record_that_no_file_may_hold_by_now_is_left_and_said_so(
    browser: Client, ana: Episode, today: date
) -> None:
    row = last(ana)
    Record.objects.filter(pk=row.pk).update(body={**(row.body or {}), "of_old": 1})

    answer = browser.post(
        f"/journal/records/{row.client}/note/", {"note": "Mine.", "client": str(uuid4())}
    )

    assert "of_old" in answer.content.decode()
    assert "Mine." in answer.content.decode()
    assert last(ana) == row


# Whose it is


@pytest.mark.parametrize("what", ["", "note/", "take-back/", "put-back/"])
def test_another_runner_finds_no_record(cy: Client, ana: Episode, what: str) -> None:
    row = last(ana)
    url = f"/journal/records/{row.client}/{what}"
    before = Record.objects.count()

    assert cy.post(url, edited(row)).status_code == 404
    assert cy.post(f"/journal/records/{uuid4()}/{what}", edited(row)).status_code == 404
    assert Record.objects.count() == before


def test_another_runner_sees_nothing_of_a_day(cy: Client, ana: Episode, today: date) -> None:
    bridge.answer_of(ana, today)

    assert "Nothing was written down" in page(cy, f"/journal/{today}/")
    assert "Nothing stands in this month yet." in page(cy, "/journal/")
    assert "No note holds" in page(cy, "/journal/?q=the")


def test_what_took_a_record_back_cannot_be_put_back(browser: Client, ana: Episode) -> None:
    row = last(ana)
    bridge.withdraw(ana.runner, row.client)
    gone = Record.objects.get(corrects=row)

    assert browser.post(f"/journal/records/{gone.client}/put-back/").status_code == 404


@pytest.mark.parametrize("url", ["/journal/", "/journal/?q=the", "day", "edit"])
def test_the_journal_takes_few_queries_and_little_room(
    browser: Client, ana: Episode, today: date, url: str
) -> None:
    url = {"day": f"/journal/{today}/", "edit": f"/journal/records/{last(ana).client}/"}.get(
        url, url
    )
    browser.get(url)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(url)

    asked = [each["sql"] for each in queries if '"web_' in each["sql"]]
    assert len(asked) <= 12
    assert len(answer.content) < 150_000
    assert "style=" not in answer.content.decode()
