"""The session: what to do today, and what is kept of it."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamstride.web import bridge
from hamstride.web.bridge import planning
from hamstride.web.models import Account, Decision, Episode, Runner

WELL = {
    "pain_morning": 0, "pain_rest": 0, "pain_walking": 0, "limp": False, "bears_weight": True,
    "new_bruise": False, "new_symptoms": False,
}  # fmt: skip
CALM = ("heel_dig_90", "heel_dig_30", "single_leg_balance", "dead_bug")


def begin(runner: Runner, phase: str, **check_in: Any) -> Episode:
    """A mild strain of a month ago, in a phase of the plan since yesterday."""
    day = bridge.today_of(runner)
    began, yesterday = day - timedelta(days=36), day - timedelta(days=1)
    bridge.add(runner, "runner", {"born": 1991}, on=began)
    injury = {
        "started_on": began.isoformat(), "side": "left", "site": "mid_thigh", "onset": "sudden",
        "popped": False, "bruise": "none", "days_to_pain_free_walk": 2, "protocol": "strain",
    }  # fmt: skip
    episode = bridge.open_episode(runner, injury, on=began)
    rows: dict[str, dict[str, Any]] = {
        "screenings": {"on": began.isoformat(), "all_clear": True},
        "phases": {"on": yesterday.isoformat(), "id": phase, "by": "clinician"},
        "check_ins": {"on": day.isoformat(), **WELL, **check_in},
    }
    for kind, body in rows.items():
        bridge.add(runner, kind, body, on=day.fromisoformat(body["on"]), episode=episode)
    return episode


def page_of(browser: Client) -> str:
    return browser.get("/session/").content.decode()


def decision() -> Decision:
    return Decision.objects.latest("pk")


def log(browser: Client, **plain: str) -> Any:
    """Send a form of the session that is shown."""
    shown = re.search(r'action="(/session/[^"#]+)', page_of(browser))
    assert shown
    return browser.post(shown[1], {"client": str(uuid4()), **plain})


def each(names: tuple[str, ...], **answers: str) -> dict[str, str]:
    """The answers to every exercise: as planned and without pain, but for what is said."""
    plain = {f"{name}-{key}": value for name in names
             for key, value in {"done": "planned", "pain": "0"}.items()}  # fmt: skip
    return {"way": "each", **plain, **{key.replace("__", "-"): v for key, v in answers.items()}}


def logged(episode: Episode) -> list[dict[str, Any]]:
    return [row.body or {} for row in bridge.rows_of(episode, "sessions")]


# What is shown


def test_every_exercise_is_told_as_the_library_has_it(browser: Client, runner: Runner) -> None:
    begin(runner, "calm")

    page = page_of(browser)

    # strain/1_calm.toml and exercises.toml, E01
    assert "<h1>Strength</h1>" in page
    assert "Heel dig, knee bent square" in page
    assert "Hold 5 × 10 s" in page
    assert "Heel down, pelvis still." in page
    assert "Press the heel down and towards you with at most half your strength" in page
    assert "Ease an exercise, or leave it out, when it hurts more than 3." in page
    assert "checked" not in page.split('id="all"')[1]


def test_the_run_comes_before_the_exercises(browser: Client, runner: Runner) -> None:
    begin(runner, "return_to_running")

    page = page_of(browser)

    # strain/3_return_to_running.toml, R1
    assert "5 times: walk 3 min, run 1 min (20 min)." in page
    assert 'href="/runs/add/"' in page
    assert page.index("The run") < page.index("Warm-up before a run")


def test_a_day_of_rest_asks_for_nothing(browser: Client, runner: Runner) -> None:
    begin(runner, "return_to_running", pain_morning=7)

    page = page_of(browser)

    assert "Rest is today's session." in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


def test_no_session_is_offered_before_a_clinician_has_had_a_look(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner, "calm")
    day = bridge.today_of(runner)
    flagged = {"on": day.isoformat(), "cannot_bear_weight": True}
    bridge.add(runner, "screenings", flagged, on=day, episode=episode)

    page = page_of(browser)

    assert "No session today" in page
    assert "Get help first" in page


def test_before_there_is_an_injury_there_is_no_session(browser: Client) -> None:
    assert browser.get("/session/").headers["Location"] == "/"


def test_the_page_is_light_and_asks_the_store_little(browser: Client, runner: Runner) -> None:
    begin(runner, "return_to_running")
    page_of(browser)

    with CaptureQueriesContext(connection) as asked:
        page = browser.get("/session/").content

    assert len(page) < 150_000
    assert len(asked) <= 12


# All of it as planned


def test_all_as_planned_is_kept_with_its_amounts_once_the_pain_is_answered(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner, "calm")

    answer = log(browser, way="all", pain="0", rpe="5", note="Quiet.")

    assert answer.headers["Location"] == "/session/"
    (body,) = logged(episode)
    assert body == {
        "on": bridge.today_of(runner).isoformat(),
        "kind": "strength",
        "note": "Quiet.",
        "items": [
            {"exercise": "heel_dig_90", "sets": 5, "hold_s": 10, "pain": 0, "rpe": 5},
            {"exercise": "heel_dig_30", "sets": 5, "hold_s": 20, "pain": 0, "rpe": 5},
            {"exercise": "single_leg_balance", "sets": 4, "hold_s": 20, "pain": 0, "rpe": 5},
            {"exercise": "dead_bug", "sets": 3, "reps": 6, "pain": 0, "rpe": 5},
        ],
    }
    case = bridge.case_of(episode)
    assert case.sessions[0].items[0].exercise == "heel_dig_90"
    page = page_of(browser)
    assert "Heel dig, knee bent square: 5 sets, 10 s held, pain 0, effort 5" in page
    assert "Nothing is left of it for today." in page


def test_without_an_answer_for_the_pain_nothing_is_kept(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")

    page = log(browser, way="all", note="Felt it a bit.").content.decode()

    assert "How much did it hurt? 0 when not at all." in page
    assert "Felt it a bit." in page
    assert logged(episode) == []


def test_pain_that_is_told_for_all_is_asked_for_each(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")

    page = log(browser, way="all", pain="2", rpe="4").content.decode()

    assert "Some of it hurt." in page
    assert 'name="heel_dig_90-done" value="planned" id="id_heel_dig_90-done_0" checked' in page
    assert not re.search(r'name="\w+-pain"[^>]* checked', page)
    assert logged(episode) == []


def test_the_pain_of_a_single_exercise_is_its_own(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "return_to_running")
    yesterday = bridge.today_of(runner) - timedelta(days=1)
    strength = {"on": yesterday.isoformat(), "kind": "strength", "items": []}
    bridge.add(runner, "sessions", strength, on=yesterday, episode=episode)

    log(browser, way="all", pain="1")

    assert logged(episode)[-1] == {
        "on": bridge.today_of(runner).isoformat(),
        "kind": "warm_up",
        "items": [{"exercise": "pre_run_warm_up", "minutes": 8, "pain": 1}],
    }


# Exercise by exercise


def test_each_exercise_is_kept_as_it_went(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")
    plain = each(
        CALM, heel_dig_30__done="changed", heel_dig_30__sets="3", heel_dig_30__hold_s="15",
        heel_dig_30__pain="4", heel_dig_30__rpe="7", dead_bug__done="skipped",
        dead_bug__why="it hurt",
    )  # fmt: skip

    log(browser, **plain)

    (body,) = logged(episode)
    assert body["items"] == [
        {"exercise": "heel_dig_90", "sets": 5, "hold_s": 10, "pain": 0},
        {"exercise": "heel_dig_30", "sets": 3, "hold_s": 15, "pain": 4, "rpe": 7},
        {"exercise": "single_leg_balance", "sets": 4, "hold_s": 20, "pain": 0},
        {"exercise": "dead_bug", "skipped": True, "note": "it hurt"},
    ]
    assert "Dead bug: left out (it hurt)" in page_of(browser)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"dead_bug__done": "skipped"}, "What kept you? Any of these will do."),
        ({"dead_bug__done": ""}, "One of these three."),
        ({"dead_bug__pain": ""}, "How much did it hurt? 0 when not at all."),
        ({"dead_bug__done": "changed"}, "What was it instead? Write what was another amount."),
        ({"dead_bug__done": "changed", "dead_bug__reps": "-1"}, "greater than or equal to 1"),
        ({"dead_bug__pain": "11"}, "11 is not one of the available choices."),
        ({"dead_bug__done": "changed", "dead_bug__reps": "20000"}, "20000"),
        ({"client": "nonsense"}, "Enter a valid UUID."),
    ],
)
def test_what_is_missing_or_odd_is_said_and_nothing_is_lost(
    browser: Client, runner: Runner, answers: dict[str, str], said: str
) -> None:
    episode = begin(runner, "calm")

    page = log(browser, **each(CALM, **answers), note="Nearly.").content.decode()

    assert said in page
    assert "Nearly." in page
    assert 'name="heel_dig_90-pain" value="0" id="id_heel_dig_90-pain_0" checked' in page
    assert logged(episode) == []


def test_a_session_that_was_left_out_whole_is_none(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")
    plain = {f"{name}-{key}": value for name in CALM
             for key, value in {"done": "skipped", "why": "no time"}.items()}  # fmt: skip

    page = log(browser, way="each", **plain).content.decode()

    assert "All of it is left out, so there is nothing to log." in page
    assert logged(episode) == []


def test_a_warm_up_alone_is_no_strength_day(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "return_to_running")
    page_of(browser)
    names = tuple(item["exercise"] for item in decision().answer["session"]["items"])
    skipped = {f"{name}__{key}": value for name in names[1:]
               for key, value in {"done": "skipped", "why": "tired"}.items()}  # fmt: skip

    log(browser, **each(names, **skipped))

    assert [body["kind"] for body in logged(episode)] == ["warm_up"]
    assert names[0] == "pre_run_warm_up"


def test_mobility_is_kept_as_mobility(browser: Client, ana: Episode) -> None:
    before = len(logged(ana))

    log(browser, way="all", pain="0")

    assert len(logged(ana)) == before + 1
    assert logged(ana)[-1]["kind"] == "mobility"


# Once, and only one's own


def test_a_session_sent_twice_is_one_and_can_be_taken_back(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")
    page_of(browser)
    uid, client = decision().uid, uuid4()
    plain = {"way": "all", "pain": "0", "client": str(client)}

    browser.post(f"/session/{uid}/", plain)
    page_of(browser)
    browser.post(f"/session/{uid}/", plain)

    assert len(logged(episode)) == 1
    browser.post(f"/records/{client}/undo/")
    assert logged(episode) == []
    assert "All done as planned?" in page_of(browser)


def test_a_session_that_was_begun_is_shown_until_something_new_speaks_against_it(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner, "return_to_running")
    log(browser, **each(_names(browser)))
    assert "Nothing is left of it for today." in page_of(browser)
    assert "<h2>The run</h2>" in page_of(browser)

    day = bridge.today_of(runner)
    sore = {"on": day.isoformat(), **WELL, "pain_morning": 7}
    bridge.add(runner, "check_ins", sore, on=day, episode=episode)

    page = page_of(browser)
    assert "Logged today" in page
    assert "<h2>The run</h2>" not in page


def test_what_is_left_of_a_strength_session_ends_when_the_day_rests_for_pain(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner, "strength")
    names = _names(browser)
    page_of(browser)
    items = [{"exercise": names[0], "pain": 0}]
    day = bridge.today_of(runner)
    part = {"on": day.isoformat(), "kind": "strength", "items": items}
    bridge.add(runner, "sessions", part, on=day, episode=episode)
    assert f"{names[1]}-done" in page_of(browser)
    assert f"{names[0]}-done" not in page_of(browser)
    log(browser, **each(names[1:]))
    assert [len(body["items"]) for body in logged(episode)] == [1, 3]
    bridge.withdraw(runner, bridge.rows_of(episode, "sessions")[-1].client)

    sore = {"on": day.isoformat(), **WELL, "pain_morning": 7}
    bridge.add(runner, "check_ins", sore, on=day, episode=episode)

    assert "Rest is today's session." in page_of(browser)


def _names(browser: Client) -> tuple[str, ...]:
    page_of(browser)
    return tuple(item["exercise"] for item in decision().answer["session"]["items"])


def test_whoever_comes_back_after_signing_in_is_shown_the_session(
    browser: Client, runner: Runner
) -> None:
    begin(runner, "calm")
    page_of(browser)

    assert browser.get(f"/session/{decision().uid}/").headers["Location"] == "/session/"


def test_a_stranger_finds_no_session_to_log(browser: Client, runner: Runner) -> None:
    episode = begin(runner, "calm")
    page_of(browser)
    cy = Client(headers={"host": "localhost"})
    cy.force_login(Account.objects.create_user("cy@example.org", "another long walk here"))

    answer = cy.post(
        f"/session/{decision().uid}/", {"way": "all", "pain": "0", "client": str(uuid4())}
    )

    assert answer.status_code == 404
    assert logged(episode) == []


def test_of_several_injuries_the_strictest_answer_has_the_session(
    browser: Client, runner: Runner
) -> None:
    begin(runner, "calm")
    other = begin(runner, "calm")
    day = bridge.today_of(runner)
    flagged = {"on": day.isoformat(), "cannot_bear_weight": True}
    bridge.add(runner, "screenings", flagged, on=day, episode=other)

    assert "No session today" in page_of(browser)


def test_a_session_that_came_from_elsewhere_is_shown_as_well(
    browser: Client, runner: Runner
) -> None:
    episode = begin(runner, "calm")
    day = bridge.today_of(runner)
    body = {"on": day.isoformat(), "kind": "cross_training", "minutes": 30, "note": "Bike."}
    bridge.add(runner, "sessions", body, on=day, episode=episode)

    page = page_of(browser)

    assert "Bike." in page
    assert planning.begun_with(episode, day, ()) is None
