"""Rows B63 to B72: what a runner types."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import permutations
from zoneinfo import ZoneInfo

from corpus.rows import Ends
from hamstride.casefile import parse_case, to_toml
from hamstride.decisions.judge import Action
from hamstride.errors import CaseFileError
from hamstride.facts.log import run_day
from hamstride.records import Case, CheckIn
from made_up_days import ON, WELL, case_of, on_day

PAIN = ("11", "-1", "3.5", '"3"', '"three"', '""', "null", "true", "1e3")
SCRIPT = "<script>alert(1)</script>"
NUMB = "I can't feel my groin"
THE_PAGE_SAYS_IT = "the core has no page to say it on; what it decides is what is asked for here"
TOO_LONG = "a file is refused, so that nothing of it is cut in silence; a page cuts at 10 kB"


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing typed, and what must hold of it."""

    no: int
    ends: Ends
    holds: Callable[[], None]
    about: str = ""
    why: str = ""

    @property
    def id(self) -> str:
        """The number of the row, and which of its inputs it is."""
        return f"B{self.no}{f' {self.about}' if self.about else ''}"


def typed(table: str, record: str) -> Case:
    """A runner's file in JSON with one record, whose values stand as they were typed."""
    episode = '{"started_on": "2026-10-01", "side": "left"}'
    return parse_case(f'{{"episode": {episode}, "{table}": [{record}]}}', file="ana.json")


def refused(table: str, record: str) -> str:
    """The one fault of a file with this record."""
    try:
        typed(table, record)
    except CaseFileError as error:
        (fault,) = error.faults
        assert fault.isprintable()
        assert fault.endswith(".")
        return fault
    raise AssertionError(f"{record} was accepted")


def checked_in(*check_ins: CheckIn) -> Case:
    """The runner of the other tests, with these check-ins and no other."""
    return replace(case_of(check_in=None), check_ins=check_ins)


def says_the_same(case: Case, other: Case) -> bool:
    """Whether two cases have the same answer today."""
    one, two = on_day(case).today, on_day(other).today
    return (one.action, one.deciding, one.answer_first) == (
        two.action,
        two.deciding,
        two.answer_first,
    )


def never_coerced(written: str) -> Callable[[], None]:
    """B63: a pain that is no whole number from 0 to 10."""

    def holds() -> None:
        fault = refused("check_ins", f'{{"on": "2026-10-20", "pain_morning": {written}}}')

        assert fault.startswith("ana.json, check_ins[0].pain_morning (2026-10-20): ")

    return holds


def pain_left_out() -> None:
    """B64: nothing is assumed, and the answer is asked for."""
    decision = on_day(checked_in(replace(WELL, pain_morning=None, pain_walking=None))).today

    assert decision.action is Action.REST
    assert {"check_ins.pain_morning", "check_ins.pain_walking"} <= set(decision.answer_first)


def from_the_future() -> None:
    """B65: a check-in of tomorrow is no answer for today, neither a good nor a bad one."""
    none = checked_in()

    assert on_day(none).today.action is Action.REST
    for pain in (0, 9):
        tomorrow = replace(WELL, on=ON + timedelta(days=1), pain_morning=pain)
        assert says_the_same(checked_in(tomorrow), none)


def of_two_weeks_ago() -> None:
    """B65: a check-in of 15 days ago is kept, and today is asked about all the same."""
    old = replace(WELL, on=ON - timedelta(days=15))
    case = checked_in(old)

    assert parse_case(to_toml(case), file="ana.toml").check_ins == (old,)
    assert says_the_same(case, checked_in())


def the_worse_decides() -> None:
    """B66: of two check-ins on a day the worse answer of each counts, in either order."""
    first = replace(WELL, pain_morning=6, limp=False)
    second = replace(WELL, pain_morning=0, limp=True)
    worst = checked_in(replace(WELL, pain_morning=6, limp=True))

    assert not says_the_same(checked_in(WELL), worst)
    for two in permutations((first, second)):
        assert says_the_same(checked_in(*two), worst)


def a_limp_without_pain() -> None:
    """B67: the limp rests the day, and both answers are kept."""
    limping = replace(WELL, limp=True)
    case = checked_in(limping)

    assert on_day(case).today.action >= Action.REST
    assert parse_case(to_toml(case), file="ana.toml").check_ins == (limping,)


def a_note_of_1_mb() -> None:
    """B68: the cap is named, and the text is not repeated."""
    fault = refused("check_ins", f'{{"on": "2026-10-20", "note": "{"x" * 1_000_000}"}}')

    assert fault.startswith("ana.json, check_ins[0].note (2026-10-20): ")
    assert "10000" in fault
    assert len(fault) < 300


def never_decides(text: str) -> Callable[[], None]:
    """B68: a note is kept letter by letter, and changes no answer."""

    def holds() -> None:
        record = json.dumps({"on": "2026-10-20", "note": text})
        case = checked_in(replace(WELL, note=text))

        assert typed("check_ins", record).check_ins[0].note == text
        assert parse_case(to_toml(case), file="ana.toml").check_ins[0].note == text
        assert says_the_same(case, checked_in(WELL))

    return holds


def half_past_two_twice() -> None:
    """B72: Berlin put its clocks back on 25 October 2026 at 3:00, so 2:30 came twice."""
    for offset in ("+02:00", "+01:00"):
        case = typed("runs", json.dumps({"start": f"2026-10-25T02:30:00{offset}"}))

        assert run_day(case.runs[0]) == date(2026, 10, 25)


def half_past_two_never() -> None:
    """B72: Berlin put its clocks forward on 29 March 2026 at 2:00, so there was no 2:30."""
    written = datetime(2026, 3, 29, 2, 30, tzinfo=ZoneInfo("Europe/Berlin")).isoformat()
    case = typed("runs", json.dumps({"start": written}))
    check_in = typed("check_ins", '{"on": "2026-03-29", "pain_morning": 0}').check_ins[0]

    assert run_day(case.runs[0]) == check_in.on == date(2026, 3, 29)


ROWS = (
    *(Typed(63, "R", never_coerced(written), written) for written in PAIN),
    Typed(64, "A", pain_left_out),
    Typed(65, "A", from_the_future, "in the future", why=THE_PAGE_SAYS_IT),
    Typed(65, "A", of_two_weeks_ago, "of 15 days ago"),
    Typed(66, "A", the_worse_decides, why=THE_PAGE_SAYS_IT),
    Typed(67, "A", a_limp_without_pain),
    Typed(68, "R", a_note_of_1_mb, "of 1 MB", why=TOO_LONG),
    Typed(68, "A", never_decides(SCRIPT), "with a script"),
    Typed(68, "A", never_decides(NUMB), "with a sign"),
    Typed(72, "A", half_past_two_twice, "twice"),
    Typed(72, "A", half_past_two_never, "never"),
)
