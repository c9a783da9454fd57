"""Today: the most restrictive row that is met wins; what is not known makes no day greener."""

from datetime import date
from typing import Any

import pytest

from hamstride.decisions.judge import Action
from hamstride.decisions.today import Decision, today
from hamstride.protocols.library import Rules
from hamstride.protocols.model import Criterion
from hamstride.vocabulary import Fact, Facts

ON = date(2026, 11, 25)
# A fact is called as its value: "yes" is met, "no" is not, and nobody knows "open".
FACTS = Facts(
    ON,
    {
        ("yes", None): Fact("yes", True, ON),
        ("no", None): Fact("no", False, ON),
        ("open", None): Fact("open", None, asks=("check_ins.limp",)),
    },
)


def _row(name: str, **rest: Any) -> Criterion:
    about = {"id": name, "say": "A row.", "source": "our_choice", **rest}
    return Criterion.model_validate(
        {**about, "all": [{"fact": name.partition("_")[0], "equals": True}]}
    )


def _today(
    refer: str = "no", rest: str = "no", modify: str = "no", mention: str = "no"
) -> Decision:
    rows = ((_row(each),) for each in (refer, rest, modify, mention))
    return today(Rules(*rows), FACTS)


@pytest.mark.parametrize(
    ("lists", "action", "deciding", "asks"),
    [
        ({}, Action.RUN, [], ()),
        ({"modify": "yes"}, Action.MODIFY, ["yes"], ()),
        ({"modify": "open"}, Action.RUN, [], ()),  # adds caution only when it is known
        ({"modify": "yes", "rest": "yes_rest"}, Action.REST, ["yes_rest"], ()),
        ({"rest": "open"}, Action.REST, ["open"], ("check_ins.limp",)),
        ({"refer": "open"}, Action.REST, ["open"], ("check_ins.limp",)),
        ({"refer": "open", "rest": "yes"}, Action.REST, ["yes", "open"], ("check_ins.limp",)),
        ({"refer": "yes", "rest": "open"}, Action.REFER, ["yes"], ()),  # a clinician asks now
        ({"mention": "yes"}, Action.RUN, [], ()),
    ],
)
def test_the_most_restrictive_row_decides(
    lists: dict[str, str], action: Action, deciding: list[str], asks: tuple[str, ...]
) -> None:
    found = _today(**lists)

    assert found.action is action
    assert [reason.criterion.id for reason in found.deciding] == deciding
    assert found.answer_first == asks
    assert found.asks_first is (action is Action.REST and bool(asks))


def test_every_row_but_a_mention_is_examined_and_a_mention_is_heard_when_met() -> None:
    found = _today(refer="no", rest="no", modify="open", mention="yes_mention")

    assert [reason.criterion.id for reason in found.examined] == ["no", "no", "open"]
    assert [reason.criterion.id for reason in found.mentions] == ["yes_mention"]
    assert _today(mention="open").mentions == ()


def test_the_most_urgent_row_is_read_first_and_sets_how_soon() -> None:
    rows = (_row("yes_soon", urgency="urgent"), _row("yes_now", urgency="emergency"))

    found = today(Rules(rows, (), (), ()), FACTS)

    assert found.urgency == "emergency"
    assert [reason.criterion.id for reason in found.deciding] == ["yes_now", "yes_soon"]


@pytest.mark.parametrize(
    ("rules", "urgency"),
    [
        (Rules((), (), (), (_row("yes", urgency="routine"),)), "routine"),
        (Rules((), (), (_row("yes", urgency="routine"),), ()), "routine"),
        (Rules((), (_row("yes"),), (_row("yes", urgency="routine"),), ()), "routine"),
        (Rules((), (), (_row("open", urgency="routine"),), ()), None),
        (Rules((), (_row("open", urgency="urgent"),), (), ()), None),  # not known to hold
    ],
)
def test_a_word_to_see_a_clinician_is_said_when_it_is_known_to_hold(
    rules: Rules, urgency: str | None
) -> None:
    assert today(rules, FACTS).urgency == urgency


@pytest.mark.parametrize(
    ("rest", "for_pain", "for_phase"),
    [
        ((_row("yes", pain=True),), True, False),
        ((_row("yes", phase=True),), False, True),
        ((_row("yes", phase=True), _row("yes", pain=True)), True, False),
        ((_row("yes", phase=True), _row("open", pain=True)), False, False),
        ((_row("no", pain=True),), False, False),
    ],
)
def test_a_day_rests_for_pain_or_for_nothing_but_its_phase(
    rest: tuple[Criterion, ...], for_pain: bool, for_phase: bool
) -> None:
    found = today(Rules((), rest, (), ()), FACTS)

    assert found.rests_for_pain is for_pain
    assert found.rests_for_phase_only is for_phase
