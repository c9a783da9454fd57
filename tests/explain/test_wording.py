"""No sentence that code builds says what no runner is to read."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest

from hamstride.advise import Advice
from hamstride.explain import light, page, session_title, sheet, short
from hamstride.explain.questions import asked
from hamstride.explain.run_followed import FollowedShown, looks_like, untold, verdict
from hamstride.explain.sessions import days_of
from hamstride.plan.model import StepChange
from hamstride.vocabulary import Harder, ShareDone
from made_up_days import all_days, library


def _avoided() -> list[str]:
    text = (files("hamstride.protocols") / "library" / "wording.toml").read_text(encoding="utf-8")
    return [row["phrase"] for row in tomllib.loads(text)["avoid"]]


def _said(day: Advice) -> Iterator[str]:
    yield light(day).reason
    yield from short(day)
    for planned in days_of(day):
        yield session_title(planned.session)
    for part in page(day):
        yield part.heading
        # What is typed into a file is the file's language, not ours; titles of sources are theirs.
        yield from (line.text for line in part.lines if line.mark != "type")


def _hits(texts: Iterator[str] | list[str]) -> set[tuple[str, str]]:
    patterns = [
        (phrase, re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE))
        for phrase in _avoided()
    ]
    return {(phrase, text) for text in texts for phrase, found in patterns if found.search(text)}


def test_a_day_is_told_without_a_word_to_avoid() -> None:
    texts = [text for day in all_days() for text in _said(day)]

    assert len(texts) > 2000
    assert _hits(texts) == set()


def test_the_search_for_words_to_avoid_finds_them() -> None:
    assert _hits(["You are cleared to run."]) == {("cleared", "You are cleared to run.")}
    assert _hits(["clear_red_flags = true"]) == set()


@pytest.mark.parametrize("name", sorted(library().protocols))
def test_a_sheet_is_told_without_a_word_to_avoid(name: str) -> None:
    parts = sheet(library().protocols[name], library())

    own = [part for part in parts if part.heading != "Sources"]
    assert _hits([line.text for part in own for line in part.lines]) == set()


def test_no_sentence_holds_a_gap_where_a_value_was_missing() -> None:
    gap = re.compile(r"None|\(\)|\.\.|\? \?| ,|^\s*$|[^\d]  (?!\d)")
    dates = re.compile(r"[A-Z][a-z]{2} [ \d]\d  ")  # the column of a week

    odd = [
        text
        for day in all_days()
        for text in _said(day)
        if gap.search(dates.sub("", text)) is not None
    ]

    assert odd == []


def test_every_answer_that_may_be_asked_for_has_a_question() -> None:
    keys = {key for fact in library().definitions.values() for key in fact.asks}
    keys |= {key for day in all_days() for key in (*day.today.answer_first, *day.picture.missing)}

    questions = {key: asked(key, library()).ask for key in keys}

    assert {key: ask for key, ask in questions.items() if ask[-1] not in "?."} == {}
    assert len(questions) > 80


def test_the_stop_rule_and_the_emergency_line_stand_on_every_page() -> None:
    for day in all_days():
        last = page(day)[-1]

        assert last.heading == "Always"
        assert last.lines[0].text == (
            "A pop, a new bruise, numbness, weakness or pain at night: stop and get medical help."
        )
        assert last.lines[1].text.endswith("call your emergency number now.")


def test_a_step_beside_a_run_is_told_without_a_word_to_avoid() -> None:
    texts = [
        text
        for share in get_args(ShareDone)
        for harder in ((), *((code,) for code in get_args(Harder)))
        for text in verdict(
            FollowedShown("R3", "a title", 50, share, harder, (), ("speed", "hills"))
        )
    ]

    assert len(texts) == 3 * 6 * 4
    assert _hits([*texts, untold("R3"), looks_like("R3", "a title")]) == set()


@pytest.mark.parametrize("change", ["partly", "harder", "too_much"])
def test_why_a_step_comes_again_is_told_without_a_word_to_avoid(change: StepChange) -> None:
    (day, planned), *_ = (
        (day, planned)
        for day in all_days()
        for planned in day.week[:1]
        if planned.session.run is not None and planned.session.run.step
    )
    run = planned.session.run
    assert run is not None
    again = replace(run, change=change, last_harder=get_args(Harder))
    session = replace(planned.session, run=again)

    told = replace(day, week=(replace(planned, session=session), *day.week[1:]))

    said = [line.text for part in page(told) for line in part.lines]
    assert any("shorter walks, faster running and hills" in text for text in said)
    assert _hits(said) == set()
