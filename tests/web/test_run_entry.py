"""The answers to a run, and a run by hand."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone as clock

from hamstride.demo.ana import activity_bytes
from hamstride.demo.runs import Outing
from hamstride.demo.streams import Effort
from hamstride.records import Run
from hamstride.web import bridge
from hamstride.web.bridge import running_log
from hamstride.web.importing import take_in
from hamstride.web.models import Activity, Decision, Episode, Record, Runner

LISBON = ZoneInfo("Europe/Lisbon")
JOG = (Effort(1500, 2.8),)


def imported(runner: Runner, folder: Path, start: datetime) -> Activity:
    """A jog of 25 minutes that a watch saw."""
    folder.mkdir()
    (folder / "a.fit").write_bytes(activity_bytes(Outing(JOG, Run(start=start), "fit")))
    take_in(folder, runner, workers=0)
    return Activity.objects.filter(runner=runner).latest("pk")


def this_morning(runner: Runner, hour: int = 0) -> datetime:
    return datetime.combine(bridge.today_of(runner), datetime.min.time(), LISBON).replace(
        hour=hour, minute=1
    ) - timedelta(days=1)


def line_of(runner: Runner, uid: UUID) -> running_log.Line:
    found = running_log.line_of(runner, uid)
    assert found is not None
    return found.line


def sent(**answers: str) -> dict[str, str]:
    return {"client": str(uuid4()), **answers}


def records(runner: Runner) -> list[Record]:
    return list(runner.records.filter(kind="runs").order_by("pk"))


# Answers


def test_nothing_is_chosen_before_it_is_answered(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))

    for url in (f"/runs/{activity.uid}/answers/", "/runs/add/"):
        page = browser.get(url).content.decode()
        assert " checked" not in page
        assert not re.search(r'<option value="[^"]+" selected', page)


def test_answers_become_part_of_the_run_that_the_watch_saw(
    browser: Client, ana: Episode, tmp_path: Path
) -> None:
    runner = ana.runner
    activity = imported(runner, tmp_path / "a", this_morning(runner))
    before = len(bridge.case_of(ana).runs)

    answer = browser.post(
        f"/runs/{activity.uid}/answers/",
        sent(
            pain_before="0", pain_during="2", pain_after="1", pain_trend="steady", sharp="no",
            limped="no", form_changed="yes", rpe="4", kind="easy", step="R13", shoes="Blue",
            note="Warm.",
        ),
    )  # fmt: skip

    assert answer.headers["Location"] == f"/runs/{activity.uid}/"
    runs = bridge.case_of(ana).runs
    assert len(runs) == before
    (run,) = [each for each in runs if each.start == activity.start]
    assert (run.pain_before, run.pain_during, run.pain_after) == (0, 2, 1)
    assert (run.pain_trend, run.sharp, run.limped, run.form_changed) == (
        "steady", False, False, True,
    )  # fmt: skip
    assert (run.rpe, run.kind, run.step, run.shoes, run.note) == (4, "easy", "R13", "Blue", "Warm.")
    assert run.stopped_early is None
    assert run.duration_s == 1500.0


def test_answers_change_the_answer_of_today(browser: Client, ana: Episode, tmp_path: Path) -> None:
    activity = imported(ana.runner, tmp_path / "a", this_morning(ana.runner))
    browser.post(
        f"/runs/{activity.uid}/answers/",
        sent(pain_before="0", pain_during="7", pain_after="6", sharp="yes", limped="yes"),
    )

    advice = bridge.advice_of(ana, bridge.today_of(ana.runner))

    assert "last_run_sharp" in {reason.criterion.id for reason in advice.today.deciding}


def test_a_step_of_an_older_plan_stays_on_the_form(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    start = this_morning(runner).isoformat()
    body = {"start": start, "step": "R3"}
    record = bridge.add(runner, "runs", body, on=this_morning(runner).date())

    page = browser.get(f"/runs/{record.client}/answers/").content.decode()

    assert '<option value="R3" selected>R3</option>' in page


def test_answers_that_are_sent_twice_are_kept_once(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))
    answers = sent(pain_during="2", sharp="no")
    browser.post(f"/runs/{activity.uid}/answers/", answers)
    browser.post(f"/runs/{activity.uid}/answers/", answers)

    assert len(records(runner)) == 1


def test_a_later_answer_is_news_and_another_word_is_a_correction(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))
    url = f"/runs/{activity.uid}/answers/"
    browser.post(url, sent(pain_during="2", note="Warm."))
    page = browser.get(url).content.decode()
    assert re.search(r'name="pain_during" value="2"[^>]* checked', page)

    browser.post(url, sent(pain_during="2", pain_after="1", note="Warm."))
    first, news = records(runner)
    assert news.corrects is None
    assert (news.body or {}).keys() == {"start", "pain_after"}

    browser.post(url, sent(pain_during="5", pain_after="1", note=""))
    correction = records(runner)[-1]
    assert correction.corrects == first
    assert correction.body == {"start": (first.body or {})["start"], "pain_during": 5}
    run = line_of(runner, activity.uid).run
    assert (run.pain_during, run.pain_after, run.note) == (5, 1, None)


def test_saving_what_stands_there_already_writes_nothing(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))
    browser.post(f"/runs/{activity.uid}/answers/", sent(pain_during="2"))
    browser.post(f"/runs/{activity.uid}/answers/", sent(pain_during="2"))

    assert len(records(runner)) == 1


def test_a_question_that_was_not_sent_keeps_its_answer(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))
    browser.post(f"/runs/{activity.uid}/answers/", sent(pain_during="2", sharp="yes"))
    browser.post(f"/runs/{activity.uid}/answers/", sent(pain_after="1"))

    run = line_of(runner, activity.uid).run
    assert (run.pain_during, run.sharp, run.pain_after) == (2, True, 1)


def test_answers_of_another_injury_stay_with_it(browser: Client, ana: Episode) -> None:
    first = bridge.rows_of(ana, "runs")[-1]
    browser.post(f"/runs/{first.client}/answers/", sent(pain_during="8"))

    correction = Record.objects.latest("pk")
    assert correction.corrects == first
    assert correction.episode == ana
    assert (correction.body or {})["pain_during"] == 8


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({}, "Nothing is answered yet."),
        ({"pain_during": "11"}, "11 is not one of the available choices"),
        ({"step": "Z9", "note": "Kept."}, "Z9 is not one of the available choices"),
        ({"shoes": "x" * 201}, "200"),
    ],
)
def test_an_answer_that_does_not_fit_says_so_and_loses_nothing(
    browser: Client, runner: Runner, tmp_path: Path, answers: dict[str, str], told: str
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))

    page = browser.post(f"/runs/{activity.uid}/answers/", sent(**answers)).content.decode()

    assert told in page
    assert "Not saved yet; nothing is lost." in page
    assert answers.get("note", "") in page
    assert records(runner) == []


def test_a_run_without_its_answers_is_named_to_today_newest_first(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    today = bridge.today_of(runner)
    newest = imported(runner, tmp_path / "a", this_morning(runner))
    older = imported(runner, tmp_path / "b", this_morning(runner) - timedelta(days=1))
    imported(runner, tmp_path / "c", this_morning(runner) - timedelta(days=2))

    open_runs = running_log.unanswered(runner, today)
    assert [line.uid for line in open_runs] == [newest.uid, older.uid]

    browser.post(f"/runs/{newest.uid}/answers/", sent(pain_during="0"))
    assert len(running_log.unanswered(runner, today)) == 2
    browser.post(f"/runs/{newest.uid}/answers/", sent(pain_during="0", pain_after="0"))
    assert [line.uid for line in running_log.unanswered(runner, today)] == [older.uid]


def test_the_step_of_the_day_is_offered_first(browser: Client, ana: Episode) -> None:
    page = browser.get("/runs/add/").content.decode()
    offered = re.findall(r'<option value="([A-Z]\d+)"', page)
    assert (offered[0], offered[-1], len(offered)) == ("R0", "V11", 25)

    shown = Decision.objects.get()
    shown.answer["session"] = {"run": {"step": "R3"}}
    shown.save()
    page = browser.get("/runs/add/").content.decode()
    assert re.findall(r'<option value="([A-Z]\d+)"', page)[:2] == ["R3", "R0"]
    assert "R3: 5 times: walk 2 min, run 2 min (planned)" in page


def test_what_was_planned_is_what_was_shown_before_the_run(ana: Episode, runner: Runner) -> None:
    today = bridge.today_of(runner)
    shown = bridge.answer_of(ana, today)
    shown.answer["session"] = {"run": {"step": "R3"}}
    shown.save()
    later = bridge.answer_of(ana, today)
    later.pk, later.basis, later.uid = None, "later", uuid4()
    later.answer = {**shown.answer, "session": {"run": {"step": "R4"}}}
    later.save()

    between = shown.made_at + (later.made_at - shown.made_at) / 2
    assert running_log.planned_step(runner, today, between) == "R3"
    assert running_log.planned_step(runner, today) == "R4"
    assert running_log.planned_step(runner, today, shown.made_at - timedelta(days=1)) == "R3"
    assert running_log.planned_step(runner, today + timedelta(days=1)) == ""


# By hand


def test_a_run_by_hand_counts_at_once(browser: Client, ana: Episode) -> None:
    # Two days before today, when Ana rested.
    start = this_morning(ana.runner, 6) - timedelta(days=1)
    before = len(bridge.case_of(ana).runs)

    answer = browser.post(
        "/runs/add/",
        sent(
            start=f"{start:%Y-%m-%dT%H:%M}", minutes="30", km="4.5", ascent="20", kind="easy",
            pain_during="1", sharp="no",
        ),
    )  # fmt: skip

    runs = bridge.case_of(ana).runs
    assert len(runs) == before + 1
    (run,) = [each for each in runs if each.start == start]
    assert (run.duration_s, run.distance_m, run.ascent_m) == (1800, 4500, 20)
    assert (run.kind, run.pain_during, run.sharp, run.pain_after) == ("easy", 1, False, None)
    page = browser.get(answer.headers["Location"]).content.decode()
    for told in ("Typed by hand", "4.5 km", "30:00", "Take back this run", "Run saved.", "Undo"):
        assert told in page, told


def test_a_run_by_hand_that_is_sent_twice_is_one(browser: Client, runner: Runner) -> None:
    run = sent(minutes="30")
    browser.post("/runs/add/", run)
    browser.post("/runs/add/", run)

    assert len(records(runner)) == 1


def test_a_run_without_a_start_has_just_ended(browser: Client, runner: Runner) -> None:
    browser.post("/runs/add/", sent(minutes="42.5"))

    (record,) = records(runner)
    start = datetime.fromisoformat((record.body or {})["start"])
    assert timedelta(minutes=42) < clock.now() - start < timedelta(minutes=45)
    assert start.utcoffset() == start.replace(tzinfo=LISBON).utcoffset()
    assert record.on == start.date()
    assert (record.body or {})["duration_s"] == 2550


def test_a_run_that_a_phone_kept_ended_when_its_button_was_pressed(
    browser: Client, runner: Runner
) -> None:
    browser.post("/runs/add/", sent(minutes="20", km="4", start="2026-01-10T08:00"))
    pressed = clock.now() - timedelta(hours=5)
    # Twice as far as before; nobody is there to be told, and it was run.
    kept = sent(minutes="40", km="8", at=pressed.isoformat().replace("+00:00", "Z"))

    assert browser.post("/runs/add/", kept).status_code == 302

    start = datetime.fromisoformat((records(runner)[-1].body or {})["start"])
    assert timedelta(0) <= pressed - timedelta(minutes=40) - start < timedelta(minutes=1)


@pytest.mark.parametrize("days", [-2, 61, 20_000])
def test_a_clock_that_is_plainly_wrong_is_not_believed(
    browser: Client, runner: Runner, days: int
) -> None:
    pressed = clock.now() - timedelta(days=days)
    browser.post("/runs/add/", sent(minutes="40", at=pressed.isoformat()))

    start = datetime.fromisoformat((records(runner)[-1].body or {})["start"])
    assert timedelta(minutes=39) < clock.now() - start < timedelta(minutes=43)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "This field is required."),
        ({"minutes": "0"}, "greater than or equal to 1"),
        ({"minutes": "ten"}, "Enter a number."),
        ({"minutes": "10", "km": "-1"}, "greater than or equal to 0"),
        ({"minutes": "10", "start": "2190-01-01T08:00"}, "2190-01-01 08:00 is still to come."),
        ({"minutes": "10", "start": "yesterday"}, "Enter a valid date/time."),
        ({"minutes": "10", "start": "0001-01-01T00:00"}, "1 is a long time ago."),
        ({"minutes": "20000"}, "duration"),
    ],
)
def test_a_run_that_does_not_fit_says_so_and_loses_nothing(
    browser: Client, runner: Runner, typed: dict[str, str], told: str
) -> None:
    page = browser.post("/runs/add/", sent(**typed, note="In the rain.")).content.decode()

    assert told in page
    assert "In the rain." in page
    assert records(runner) == []


def test_a_run_longer_than_usual_is_told_before_it_is_saved(
    browser: Client, runner: Runner
) -> None:
    start = this_morning(runner)
    for days in (5, 10):
        browser.post(
            "/runs/add/",
            sent(start=f"{start - timedelta(days=days):%Y-%m-%dT%H:%M}", minutes="48", km="8"),
        )
    assert len(records(runner)) == 2
    run = sent(start=f"{start:%Y-%m-%dT%H:%M}", minutes="54", km="8.9")

    page = browser.post("/runs/add/", run).content.decode()
    assert "Longer than usual. Not saved yet." in page
    # 8.9 km against 8.0: 111.25 %, told as it is limited, rounded up.
    assert "holds 8.90 km; the most in the 30 days before is 8.00 km (+12 %)." in page
    assert len(records(runner)) == 2

    browser.post("/runs/add/", {**run, "seen": "1"})
    browser.post("/runs/add/", {**run, "seen": "1"})
    browser.post("/runs/add/", run)
    assert len(records(runner)) == 3


def test_a_run_at_the_limit_is_saved_without_a_word(browser: Client, runner: Runner) -> None:
    start = this_morning(runner)
    earlier = f"{start - timedelta(days=5):%Y-%m-%dT%H:%M}"
    browser.post("/runs/add/", sent(start=earlier, minutes="48", km="8"))
    browser.post("/runs/add/", sent(start=f"{start:%Y-%m-%dT%H:%M}", minutes="50", km="8.8"))

    assert len(records(runner)) == 2


def test_a_run_by_hand_becomes_one_with_its_file_and_keeps_its_words(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    start = this_morning(runner)
    location = browser.post(
        "/runs/add/",
        sent(start=f"{start:%Y-%m-%dT%H:%M}", minutes="25", km="4", pain_during="3"),
    ).headers["Location"]
    activity = imported(runner, tmp_path / "a", start + timedelta(seconds=40))

    assert browser.get(location).headers["Location"] == f"/runs/{activity.uid}/"
    line = line_of(runner, activity.uid)
    assert (line.run.distance_m, line.run.pain_during) == (4000, 3)
    assert line.run.measured is not None
    assert line.run.measured.load is not None


def test_a_run_by_hand_can_be_taken_back_and_its_old_ids_with_it(
    browser: Client, runner: Runner
) -> None:
    location = browser.post("/runs/add/", sent(minutes="25", pain_during="3")).headers["Location"]
    browser.post(f"{location}answers/", sent(pain_during="4"))
    browser.post(f"{location}answers/", sent(pain_after="1"))
    now = browser.get(location).headers["Location"]
    assert "4" in browser.get(now).content.decode()

    assert browser.post(f"{location}take-back/").headers["Location"] == "/runs/"

    for url in (location, now, f"{location}answers/"):
        assert browser.get(url).status_code == 404
    assert browser.post(f"{location}take-back/").status_code == 404
    assert running_log.run_days(runner) == []
    assert runner.records.count() == 5


def test_a_run_that_was_taken_back_can_be_put_back(browser: Client, runner: Runner) -> None:
    location = browser.post("/runs/add/", sent(minutes="25", km="4")).headers["Location"]
    page = browser.post(f"{location}take-back/", follow=True).content.decode()
    undo = re.search(r'action="(/journal/records/[^"]+/put-back/)"', page)
    assert undo is not None

    browser.post(undo[1])

    today = bridge.today_of(runner)
    (line,) = running_log.lines(runner, today - timedelta(days=1), today)
    assert line.run.distance_m == 4000


def test_a_run_that_only_a_watch_saw_cannot_be_taken_back_here(
    browser: Client, runner: Runner, tmp_path: Path
) -> None:
    activity = imported(runner, tmp_path / "a", this_morning(runner))

    assert browser.post(f"/runs/{activity.uid}/take-back/").status_code == 404


def test_a_run_that_is_gone_takes_no_answers(runner: Runner) -> None:
    answers: dict[str, Any] = {"pain_during": 1}

    assert not running_log.keep_answers(runner, uuid4(), answers, uuid4(), ["pain_during"])
