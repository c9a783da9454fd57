"""The assessment: from a new pain to a plan, each step saved as it goes."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from hamstride.web import bridge
from hamstride.web.bridge.assessing import known_of
from hamstride.web.models import Account, Episode, Runner
from hamstride.web.views.questions import doors

SUDDEN = {
    "onset": "sudden", "mechanism": "sprinting", "popped": "no", "had_to_stop": "yes",
    "bruise": "none", "quality": "sharp", "sitting_hurts": "unsure",
    "days_to_pain_free_walk": "1", "clinician_grade": "none_given", "born": "1991",
    "previous_strains": "1", "previous_strains_12_months": "0",
    "previous_strain_ended_on": "2025-05-04", "previous_strain_reached_speed": "yes",
    "race_on": "2027-04-18", "goal": "A half marathon",
}  # fmt: skip
"""The answers of a runner who pulled up in a sprint and could walk the next day."""


def _send(browser: Client, at: str, **said: str) -> Any:
    return browser.post(at, {"client": str(uuid4()), **said})


def _page(browser: Client, at: str) -> str:
    return browser.get(at, follow=True).content.decode()


def _days_ago(runner: Runner, days: int) -> str:
    return (bridge.today_of(runner) - timedelta(days=days)).isoformat()


def _clear(browser: Client) -> None:
    _send(browser, "/assessment/red-flags/", asked="", all_no="1")


def _opened(browser: Client, runner: Runner, place: str = "left-mid_thigh") -> Episode:
    """An injury of five days ago, opened on its page."""
    _clear(browser)
    _send(browser, "/assessment/where/", place=place, started_on=_days_ago(runner, 5))
    return runner.episodes.order_by("-pk")[0]


def _steps_of(episode: Episode) -> dict[str, str]:
    names = ("where", "history", "tests", "result", "letter", "start", "over", "back")
    return {name: f"/assessment/{episode.uid}/{name}/" for name in names}


def _kept(episode: Episode, kind: str) -> list[dict[str, Any]]:
    return [row.body or {} for row in bridge.rows_of(episode, kind)]


# From the first page to the plan


def test_a_runner_goes_from_the_welcome_to_a_plan(browser: Client, runner: Runner) -> None:
    assert 'href="/assessment/"' in _page(browser, "/")
    assert 'href="/assessment/red-flags/"' in _page(browser, "/assessment/")
    assert "Step 1 of 5" in _page(browser, "/assessment/red-flags/")
    _clear(browser)
    assert "Step 2 of 5" in _page(browser, "/assessment/red-flags/result/")
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    assert "Step 3 of 5" in _page(browser, steps["history"])
    assert _send(browser, steps["history"], **SUDDEN).headers["Location"] == steps["tests"]
    assert 'href="/tests/"' in _page(browser, steps["tests"])
    page = _page(browser, steps["result"])
    assert "What you describe looks like what people call a strain." in page
    assert "Like a muscle strain: 6 points." in page  # 2 + 1 + 1 + 1 + 1, by presentations.toml
    assert "Start this plan" in page

    assert browser.post(steps["start"]).headers["Location"] == "/"

    today = bridge.today_of(runner).isoformat()
    assert known_of(episode)["protocol"] == "strain"
    assert _kept(episode, "phases") == [{"on": today, "id": "calm", "by": "runner"}]
    assert "This is your plan." in _page(browser, steps["result"])


def test_what_was_told_is_what_advise_reads(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)
    _send(browser, _steps_of(episode)["history"], **SUDDEN)

    case = bridge.case_of(episode)
    known = case.episode
    assert (known.side, known.site, known.onset, known.mechanism) == (
        "left", "mid_thigh", "sudden", "sprinting",
    )  # fmt: skip
    assert (known.popped, known.had_to_stop, known.bruise, known.quality) == (
        False, True, "none", "sharp",
    )  # fmt: skip
    assert known.sitting_hurts is None  # not sure is not answered
    assert known.clinician_grade is None
    assert known.days_to_pain_free_walk == 1
    assert (known.previous_strains, known.previous_strains_12_months) == (1, 0)
    assert known.previous_strain_ended_on == date(2025, 5, 4)
    assert known.previous_strain_reached_speed is True
    assert (known.race_on, known.goal) == (date(2027, 4, 18), "A half marathon")
    assert case.runner.born == 1991
    runner.refresh_from_db()
    assert runner.injured_on == known.started_on


def test_nothing_is_chosen_beforehand(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)

    assert " checked" not in _page(browser, _steps_of(episode)["history"])
    assert " checked" not in _page(browser, "/assessment/where/")


def test_every_answer_may_be_left_out_and_what_would_help_is_named(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)

    assert _send(browser, steps["history"]).status_code == 302

    assert len(_kept(episode, "episode")) == 1
    page = _page(browser, steps["result"])
    assert "A few answers would sharpen it" in page
    assert "Did it begin suddenly, or bit by bit?" in page


def test_it_is_gone_on_with_where_it_was_left(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    assert f'href="{steps["history"]}"' in _page(browser, "/assessment/")

    _send(browser, steps["history"], **SUDDEN)

    page = _page(browser, "/assessment/")
    assert f'href="{steps["result"]}"' in page
    assert "Left, middle of the thigh" in page
    again = _page(browser, steps["history"])
    assert re.search(r'name="onset" value="sudden"[^>]* checked', again)
    assert re.search(r'name="born" value="1991"', again)
    assert 'value="2025-05-04"' in again


# Red flags first


def test_no_injury_is_opened_before_the_red_flags_were_asked(
    browser: Client, runner: Runner
) -> None:
    assert browser.get("/assessment/where/").headers["Location"] == "/assessment/red-flags/"
    _send(browser, "/assessment/where/", place="left-mid_thigh", started_on=_days_ago(runner, 1))

    assert runner.episodes.count() == 0


def test_the_questions_are_of_one_day(browser: Client, runner: Runner) -> None:
    yesterday = _days_ago(runner, 1)
    bridge.add(
        runner, "screenings", {"on": yesterday, "all_clear": True}, on=date.fromisoformat(yesterday)
    )

    assert browser.get("/assessment/where/").headers["Location"] == "/assessment/red-flags/"


def test_after_a_clinicians_look_the_same_questions_do_not_come_again(
    browser: Client, runner: Runner
) -> None:
    asked_on, seen_on = date.fromisoformat(_days_ago(runner, 3)), _days_ago(runner, 2)
    body = {"on": asked_on.isoformat(), "lump_or_weight_loss": True}
    bridge.add(runner, "screenings", body, on=asked_on)
    seen = {"seen_on": seen_on, "by": "Dr Lee", "goes_on": "yes", "said": ""}
    _send(browser, "/red-flags/seen/", **seen)

    assert browser.get("/assessment/where/").status_code == 200


def test_a_sign_to_be_seen_ends_the_way_and_a_mild_one_does_not(
    browser: Client, runner: Runner
) -> None:
    _send(browser, "/assessment/red-flags/", asked="", all_no="1", back_pain_with_it="yes")
    page = _page(browser, "/assessment/red-flags/result/")
    assert "Your back may have a part in it" in page
    assert 'href="/assessment/where/"' in page

    _send(browser, "/assessment/red-flags/", asked="", marked_weakness="yes")

    result = "/assessment/red-flags/result/"
    assert browser.get("/assessment/where/").headers["Location"] == result
    assert browser.get("/assessment/red-flags/").headers["Location"] == result
    page = _page(browser, result)
    assert "Get help first" in page
    assert "/assessment/where/" not in page


def test_an_open_question_lets_the_way_go_on_and_today_waits(
    browser: Client, runner: Runner
) -> None:
    _send(browser, "/assessment/red-flags/", asked="", all_no="1", lump_or_weight_loss="unsure")

    page = _page(browser, "/assessment/red-flags/result/")

    assert 'href="/assessment/where/"' in page
    assert browser.get("/assessment/where/").status_code == 200


def test_questions_left_open_are_asked_again_in_place(browser: Client) -> None:
    page = _send(browser, "/assessment/red-flags/", asked="").content.decode()

    assert "Some questions are still open; nothing is lost." in page
    assert "Step 1 of 5" in page


# Where


def test_the_map_and_the_list_are_labels_of_the_same_buttons(
    browser: Client, runner: Runner
) -> None:
    _clear(browser)
    page = _page(browser, "/assessment/where/")

    buttons = set(re.findall(r'<input type="radio" name="place" value="[^"]+" id="([^"]+)"', page))
    areas = re.findall(r'<label class="area [^"]+" for="([^"]+)"', page)
    assert len(areas) == 12  # six places on each leg
    assert set(areas) <= buttons
    assert len(buttons) == 14  # and “somewhere else” on each


def test_an_injury_sent_twice_is_opened_once(browser: Client, runner: Runner) -> None:
    _clear(browser)
    plain = {
        "place": "right-sit_bone",
        "started_on": _days_ago(runner, 9),
        "client": str(uuid4()),
    }
    first = browser.post("/assessment/where/", plain).headers["Location"]

    assert browser.post("/assessment/where/", plain).headers["Location"] == first
    assert runner.episodes.count() == 1


def test_without_a_place_or_with_a_day_to_come_nothing_is_opened_and_nothing_lost(
    browser: Client, runner: Runner
) -> None:
    _clear(browser)
    tomorrow = _days_ago(runner, -1)

    page = _send(browser, "/assessment/where/", both="on", started_on=tomorrow).content.decode()

    assert "Choose a place on the drawing or in the list." in page
    assert f"{tomorrow} is not a day up to today." in page
    assert f'value="{tomorrow}"' in page
    assert re.search(r'id="id_both" checked', page)
    assert runner.episodes.count() == 0


@pytest.mark.parametrize(
    ("sent", "side", "site"),
    [
        ({"place": "right-below_knee"}, "right", "below_knee"),
        ({"place": "left-buttock", "both": "on"}, "both", "buttock"),
        ({"place": "right-nowhere"}, "right", None),
    ],
)
def test_the_place_can_be_corrected(
    browser: Client, runner: Runner, sent: dict[str, str], side: str, site: str | None
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    assert re.search(r'id="place-left-mid_thigh" checked', _page(browser, steps["where"]))
    began = _days_ago(runner, 12)

    answer = _send(browser, steps["where"], started_on=began, **sent)

    assert answer.headers["Location"] == steps["history"]
    known = bridge.case_of(episode).episode
    assert (known.side, known.site, known.started_on.isoformat()) == (side, site, began)
    runner.refresh_from_db()
    assert runner.injured_on == known.started_on
    chosen = f"place-{'left' if side == 'both' else side}-{site or 'nowhere'}"
    assert re.search(rf'id="{chosen}" checked', _page(browser, steps["where"]))


def test_a_correction_without_a_place_asks_for_it(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)

    page = _send(browser, _steps_of(episode)["where"], started_on=_days_ago(runner, 2))

    assert "Choose a place on the drawing or in the list." in page.content.decode()
    assert known_of(episode)["site"] == "mid_thigh"


# The history


def test_an_answer_is_corrected_by_a_new_row_and_can_be_taken_out(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    history = _steps_of(episode)["history"]
    _send(browser, history, **SUDDEN)

    _send(browser, history, **{**SUDDEN, "bruise": "small", "popped": "unsure", "goal": ""})

    known = bridge.case_of(episode).episode
    assert (known.bruise, known.popped, known.goal) == ("small", None, None)
    assert episode.records.filter(kind="episode").count() == 3  # opened, told, corrected


def test_a_history_sent_twice_is_one_row(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)
    plain = {"client": str(uuid4()), "onset": "gradual"}
    history = _steps_of(episode)["history"]
    browser.post(history, plain)
    browser.post(history, plain)

    assert episode.records.filter(kind="episode").count() == 2


def test_a_year_of_birth_is_kept_once_and_not_forgotten_by_an_empty_field(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    history = _steps_of(episode)["history"]
    for born in ("1991", "1991", ""):
        _send(browser, history, onset="sudden", born=born)

    assert [row.body for row in runner.records.filter(kind="runner")] == [{"born": 1991}]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"days_to_pain_free_walk": "-1"}, "greater than or equal to 0"),
        ({"previous_strains": "1.5"}, "1.5"),
        ({"goal": "x" * 10_001}, "the text has 10001 characters"),
        ({"onset": "slowly"}, "slowly is not one of the available choices"),
        ({"previous_strain_ended_on": "2999-01-01"}, "2999-01-01 is not a day up to today."),
        ({"previous_strain_ended_on": "0201-01-01"}, "0201-01-01 is not a day up to today."),
        (
            {"previous_strains": "1", "previous_strains_12_months": "3"},
            "3 in 12 months are more than 1 ever: one of the two is a slip.",
        ),
    ],
)
def test_what_does_not_fit_is_named_and_nothing_is_lost_or_kept(
    browser: Client, runner: Runner, sent: dict[str, str], says: str
) -> None:
    episode = _opened(browser, runner)

    page = _send(browser, _steps_of(episode)["history"], quality="dull", **sent).content.decode()

    assert says in page
    assert "Something does not fit yet; nothing is lost." in page
    assert re.search(r'name="quality" value="dull"[^>]* checked', page)
    assert len(episode.records.filter(kind="episode")) == 1


# What fits


def test_under_18_there_is_no_plan_to_start_and_a_page_to_take_along(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    _send(browser, steps["history"], **{**SUDDEN, "born": str(bridge.today_of(runner).year - 17)})

    page = _page(browser, steps["result"])

    assert "A clinician comes first" in page
    assert "Under 18: an adult and a clinician come first (17 years)." in page
    assert "Start this plan" not in page
    assert browser.post(steps["start"]).headers["Location"] == steps["result"]
    assert "protocol" not in known_of(episode)
    assert "None for now: other answers come first." in _page(browser, steps["tests"])
    letter = _page(browser, steps["letter"])
    assert "Left, middle of the thigh" in letter
    assert "4 May 2025" in letter
    assert "Fast running" in letter


def test_a_strong_sign_that_is_taken_back_holds_until_the_next_check_in(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    _send(browser, steps["history"], **{**SUDDEN, "bruise": "large"})
    assert "A large bruise came after a sudden start" in _page(browser, steps["result"])

    _send(browser, steps["history"], **SUDDEN)

    page = _page(browser, steps["result"])
    assert "A clinician comes first" in page
    assert "A record was changed." in page


def test_signs_of_a_nerve_get_no_plan(browser: Client, runner: Runner) -> None:
    _send(
        browser, "/assessment/red-flags/", asked="", all_no="1",
        back_pain_with_it="yes", pain_below_knee_or_tingling="yes",
    )  # fmt: skip
    _send(browser, "/assessment/where/", place="left-buttock", started_on=_days_ago(runner, 20))
    episode = runner.episodes.get()
    steps = _steps_of(episode)
    _send(browser, steps["history"], onset="gradual", quality="burning", born="1991")

    page = _page(browser, steps["result"])

    assert "a clinician&#x27;s look comes first" in page
    assert "Start this plan" not in page


def test_a_plan_is_started_once_and_other_answers_offer_another(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner, "left-sit_bone")
    steps = _steps_of(episode)
    tendon = {"onset": "gradual", "sitting_hurts": "yes", "quality": "dull", "born": "1991"}
    _send(browser, steps["history"], **tendon)
    browser.post(steps["start"])
    browser.post(steps["start"])
    assert known_of(episode)["protocol"] == "tendon"
    assert len(_kept(episode, "phases")) == 1

    _send(browser, steps["where"], place="left-mid_thigh", started_on=_days_ago(runner, 5))
    _send(browser, steps["history"], **SUDDEN)

    assert known_of(episode)["protocol"] == "tendon"
    assert "Change to this plan" in _page(browser, steps["result"])
    browser.post(steps["start"])
    assert known_of(episode)["protocol"] == "strain"


def test_a_second_injury_is_an_injury_of_its_own_and_the_first_stays(
    browser: Client, runner: Runner, ana: Episode
) -> None:
    before = known_of(ana)
    began = bridge.case_of(ana).episode.started_on
    assert "Another pain" in _page(browser, "/assessment/")

    second = _opened(browser, runner, "right-lower_thigh")

    assert second.pk != ana.pk
    assert known_of(ana) == before
    assert known_of(second)["side"] == "right"
    runner.refresh_from_db()
    assert runner.injured_on == began  # top speed is that of before the older one
    assert "Right, lower thigh" in _page(browser, "/assessment/")


def test_an_injury_that_is_over_is_asked_for_no_more_and_can_come_back(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    assert "This pain is over" in _page(browser, steps["result"])

    page = browser.post(steps["over"], follow=True).content.decode()

    assert "Where does it hurt?" in page
    assert f'action="{steps["back"]}"' in page  # the undo
    episode.refresh_from_db()
    assert episode.closed_on == bridge.today_of(runner)
    assert f'action="{steps["back"]}"' in _page(browser, "/assessment/")

    browser.post(steps["back"])

    assert Episode.objects.get(pk=episode.pk).closed_on is None
    assert "Left, middle of the thigh" in _page(browser, "/assessment/")


def test_an_injury_is_not_over_while_somebody_has_to_have_a_look(
    browser: Client, runner: Runner
) -> None:
    episode = _opened(browser, runner)
    steps = _steps_of(episode)
    _send(browser, "/red-flags/", asked="", marked_weakness="yes")
    assert "This pain is over" not in _page(browser, steps["result"])

    assert browser.post(steps["over"]).headers["Location"] == steps["result"]

    episode.refresh_from_db()
    assert episode.closed_on is None


# Doors from Today


def test_red_flag_questions_have_one_door_and_others_lead_to_their_field(
    browser: Client, runner: Runner
) -> None:
    episode = bridge.open_episode(
        runner,
        {"started_on": _days_ago(runner, 5), "side": "left"},
        on=bridge.today_of(runner),
    )

    found = doors(bridge.answer_of(episode, bridge.today_of(runner)))

    asks = [door.ask for door in found]
    assert asks.count("Answer the red-flag questions") == 1
    urls = {door.url for door in found}
    assert "/red-flags/?only=open" in urls
    assert "Check in: 7 short questions about this morning" in asks
    assert "/check-in/" in urls
    assert f"/assessment/{episode.uid}/history/#field-onset" in urls
    for door in found:
        at, _, field = door.url.partition("#")
        if field:
            assert f'id="{field}"' in _page(browser, at)


def test_each_other_table_has_a_page_for_its_questions(
    browser: Client, runner: Runner, ana: Episode
) -> None:
    decision = bridge.answer_of(ana, bridge.today_of(runner))
    decision.answer["today"]["answer_first"] = [
        "tests.single_leg_bridge_hold", "sessions.pain", "runs.pain_during", "episode.site",
        "runner.born", "check_ins.limp",
    ]  # fmt: skip

    urls = [door.url for door in doors(decision)]

    assert urls[0] == "/tests/single_leg_bridge_hold/"
    assert urls[1] == "/session/"
    assert urls[2].startswith("/runs/")
    assert urls[3] == f"/assessment/{ana.uid}/where/#field-site"
    assert urls[4] == f"/assessment/{ana.uid}/history/#field-born"
    assert urls[5] == "/check-in/#field-limp"
    for url in urls:
        assert browser.get(url).status_code == 200


# Whose it is, and how much it takes


def test_another_account_finds_nothing_of_it(browser: Client, runner: Runner) -> None:
    episode = _opened(browser, runner)
    cy = Client(headers={"host": "localhost"})
    cy.force_login(Account.objects.create_user("cy@example.org", "a stranger on the path"))

    for at in _steps_of(episode).values():
        reads, writes = cy.get(at).status_code, cy.post(at, {"client": str(uuid4())}).status_code
        assert {reads, writes} <= {404, 405}, at
        assert 404 in (reads, writes), at


@pytest.mark.parametrize("name", ["where", "history", "tests", "result", "letter"])
def test_a_page_is_light_and_asks_the_database_little(
    browser: Client, runner: Runner, ana: Episode, name: str
) -> None:
    at = _steps_of(ana)[name]
    browser.get(at)

    # Noting which device was here last is not the page's own.
    with (
        override_settings(USERSESSIONS_TRACK_ACTIVITY=False),
        CaptureQueriesContext(connection) as asked,
    ):
        answer = browser.get(at)

    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    assert answer.content.count(b"<h1") == 1
    assert b"style=" not in answer.content
    assert len(asked) <= 12
