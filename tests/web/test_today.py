"""Today: the answer of the day, stored as it was shown."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.demo.activity_files import as_fit
from hamstride.errors import CaseFileError
from hamstride.web import bridge
from hamstride.web.demo_data import fill
from hamstride.web.importing import take_in
from hamstride.web.models import Account, Activity, Decision, Episode, Record
from made_up_takeouts import streams


def test_before_there_is_an_injury_the_page_says_how_to_begin(browser: Client) -> None:
    page = browser.get("/").content.decode()

    assert "Where does it hurt?" in page


def test_the_answer_of_the_day_is_shown_with_its_reason_and_stored(
    browser: Client, ana: Episode
) -> None:
    page = browser.get("/").content.decode()

    (decision,) = Decision.objects.all()
    assert decision.word in page
    assert decision.reason in page
    assert decision.answer["as_of"] == decision.day.isoformat()
    browser.get("/")
    assert Decision.objects.count() == 1


def test_what_is_recorded_later_makes_a_new_answer_and_the_old_one_stays(
    browser: Client, ana: Episode
) -> None:
    browser.get("/")
    first = Decision.objects.get()
    plain = {
        "pain_morning": "7", "pain_walking": "5", "pain_rest": "4", "limp": "yes",
        "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no", "client": str(uuid4()),
    }  # fmt: skip
    assert browser.post("/check-in/", plain).headers["Location"] == "/"

    page = browser.get("/").content.decode()
    assert "Rest" in page
    first.refresh_from_db()
    told = browser.get(f"/answers/{first.uid}/").content.decode()
    assert first.reason in told
    assert "A later answer holds for this day" in told


def test_a_check_in_sent_twice_is_one_and_can_be_taken_back(browser: Client, ana: Episode) -> None:
    client = uuid4()
    plain = {
        "pain_morning": "2", "pain_walking": "1", "pain_rest": "0", "limp": "no",
        "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no", "client": str(client),
    }  # fmt: skip
    before = len(bridge.rows_of(ana, "check_ins"))
    browser.post("/check-in/", plain)
    browser.post("/check-in/", plain)
    assert len(bridge.rows_of(ana, "check_ins")) == before + 1

    browser.post(f"/records/{client}/undo/")
    browser.post(f"/records/{client}/undo/")
    assert len(bridge.rows_of(ana, "check_ins")) == before


def test_a_check_in_that_a_phone_kept_is_of_the_day_on_which_it_was_written(
    browser: Client, ana: Episode
) -> None:
    today = bridge.today_of(ana.runner)
    for written, day in (
        (today - timedelta(days=1), today - timedelta(days=1)),
        # The phone is already in tomorrow, as east of the runner's own time.
        (today + timedelta(days=1), today),
    ):
        client = uuid4()
        told = {
            "pain_morning": "2", "pain_walking": "1", "pain_rest": "0", "limp": "no",
            "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no",
        }  # fmt: skip
        browser.post("/check-in/", {**told, "client": str(client), "on": written.isoformat()})
        (kept,) = Record.objects.filter(client=client)
        assert kept.body is not None
        assert (kept.on, kept.body["on"]) == (day, day.isoformat())


def test_an_unanswered_question_is_asked_again_and_nothing_is_assumed(
    browser: Client, ana: Episode
) -> None:
    before = len(bridge.rows_of(ana, "check_ins"))
    page = browser.post("/check-in/", {"pain_morning": "2", "client": str(uuid4())})

    assert page.status_code == 200
    assert "Some answers are still missing; nothing is lost." in page.content.decode()
    assert len(bridge.rows_of(ana, "check_ins")) == before


def test_a_run_of_the_watch_that_nobody_answered_for_is_asked_about(
    browser: Client, ana: Episode, tmp_path: Path
) -> None:
    day = bridge.today_of(ana.runner)
    start = datetime.combine(day, time(6), ZoneInfo("Europe/Lisbon"))
    (tmp_path / "morning.fit").write_bytes(as_fit(streams(1, 900), start))
    take_in(tmp_path / "morning.fit", ana.runner, workers=0)

    page = browser.get("/").content.decode()
    asked = Activity.objects.get(file="morning.fit")
    assert f'href="/runs/{asked.uid}/answers/"' in page
    assert "How was your run?" in page


def test_today_takes_no_more_queries_than_a_page_may(browser: Client, ana: Episode) -> None:
    browser.get("/")
    with CaptureQueriesContext(connection) as asked:
        browser.get("/")

    assert len(asked) <= 12


def phases(episode: Episode) -> list[str]:
    return [(row.body or {})["id"] for row in bridge.rows_of(episode, "phases")]


def test_an_open_gate_is_gone_through_when_the_runner_says_so(
    browser: Client, account: Account
) -> None:
    day = bridge.today_of(account.runner)
    episode = fill(account.runner, day, last=date(2026, 9, 22))
    assert "The next phase is open" in browser.get("/").content.decode()
    assert phases(episode) == ["strength"]

    browser.post("/phase/")
    assert phases(episode) == ["strength", "return_to_running"]
    browser.post("/phase/")
    assert phases(episode) == ["strength", "return_to_running"]
    assert "The next phase is open" not in browser.get("/").content.decode()


def test_without_an_injury_there_is_no_phase_and_no_check_in(browser: Client) -> None:
    assert browser.post("/phase/").headers["Location"] == "/"
    assert browser.get("/check-in/").headers["Location"] == "/"


def test_what_no_runners_file_may_hold_is_told_and_nothing_is_lost(
    browser: Client, ana: Episode, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CaseFileError(("This entry, check_ins, pain_morning: 11 is over 10.",))

    monkeypatch.setattr(bridge, "add", refuse)
    plain = {
        "pain_morning": "2", "pain_walking": "1", "pain_rest": "0", "limp": "no",
        "bears_weight": "yes", "new_bruise": "no", "new_symptoms": "no", "client": str(uuid4()),
    }  # fmt: skip
    page = browser.post("/check-in/", plain).content.decode()

    assert "pain_morning: 11 is over 10." in page
    assert 'value="2" id="id_pain_morning_2" checked' in page
