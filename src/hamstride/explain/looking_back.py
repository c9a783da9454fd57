"""What was reached and how it went, in the words of the pages that look back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hamstride.explain.day import Day
from hamstride.explain.gating import gate_part, reasons_of
from hamstride.explain.numbers import amount, day_words, number
from hamstride.explain.parts import Line, Part
from hamstride.protocols.library import Library
from hamstride.protocols.model import Protocol
from hamstride.units import S_PER_MIN

PhaseState = Literal["done", "here", "ahead"]
IN_FILE = " To go on, add to your file:"
"""What a gate says to somebody who keeps a file; a page has a button for it."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One phase of the ladder, and where the runner stands to it."""

    title: str
    goal: str
    state: PhaseState
    since: str


def ladder(protocol: Protocol, here: str, entered: Mapping[str, date], day: date) -> list[Rung]:
    """The phases in their order, with the days on which they were entered last."""
    place = protocol.index(here)
    return [
        Rung(
            phase.title,
            phase.goal,
            "here" if at == place else "done" if at < place else "ahead",
            _since(entered.get(phase.id), day, "since" if at == place else "from")
            if at <= place
            else "",
        )
        for at, phase in enumerate(protocol.phases)
    ]


def _since(on: date | None, day: date, word: str) -> str:
    return "" if on is None else f"{word} {day_words(on, day)}"


def way_on(day: Day) -> Part | None:
    """The gate as a page tells it: its rows, and nothing of a file to type into."""
    said = gate_part(day)
    if said is None:
        return None
    lines = (line for line in said.lines if line.mark != "type")
    told = (Line(each.text.removesuffix(IN_FILE), each.mark, each.source) for each in lines)
    return Part(said.heading, tuple(told))


def counts_until(day: Day) -> dict[str, int]:
    """How many days a result of each test counts for the gate ahead, the fewest where it varies."""
    phase = day.phase
    if phase is None:
        return {}
    judged = (*day.gate.examined, *day.gate.recommended)
    found: dict[str, int] = {}
    for reason in reasons_of((*phase.advance_when, *phase.recommend), judged):
        for used in reason.facts:
            if used.within_days is None:
                continue
            for test in _tests_behind(used.fact, day.library):
                found[test] = min(used.within_days, found.get(test, used.within_days))
    return found


def _tests_behind(fact: str, library: Library) -> Iterator[str]:
    """The tests that make a fact known."""
    definition = library.definitions.get(fact)
    for key in () if definition is None else definition.asks:
        table, _, test = key.partition(".")
        if table == "tests":
            yield test


def due_words(due: date, day: date) -> str:
    """Until when a test counts for the gate ahead, or that another one is due."""
    if due < day:
        return f"Counted for the next step until {day_words(due, day)}. Test again when you can."
    return f"Counts for the next step until {day_words(due, day)}."


def sides_words(pct: int | None, side: str) -> str:
    """The latest result in one sentence; empty where only one side is known, or both hurt."""
    if pct is None:
        return ""
    other = "right" if side == "left" else "left"
    return f"The {side} side is at {pct} % of the {other}."


def test_number(value: float | None) -> str:
    """A result without its unit, or a dash where that side was not tested."""
    return "–" if value is None else number(value)


def unit_words(unit: str) -> str:
    """The unit of a test, for the head of a table; empty for one that only asks for pain."""
    return amount(2, unit).removeprefix("2").strip()


def steady_words(planned: int, done: int, rested: int) -> str:
    """The share of planned days that were done, as a week line; rest is done as anything else."""
    resting = f", {rested} of them rest" if rested else ""
    return f"{done} of {planned} done{resting}"


def pain_words(pains: list[float]) -> str:
    """How the mornings went, over the weeks that have any."""
    if not pains:
        return ""
    if len(pains) == 1:
        return f"The middle of this week's mornings is {number(pains[0])} of 10."
    first, last, worst = number(pains[0]), number(pains[-1]), number(max(pains))
    return f"From {first} in the first week to {last} in this one; the most was {worst}."


def minutes(seconds: float) -> float:
    """Minutes, to the tenth."""
    return round(seconds / S_PER_MIN, 1)


def minutes_words(seconds: float | None) -> str:
    """Whole minutes, or a question mark where no run could tell."""
    return "?" if seconds is None else f"{seconds / S_PER_MIN:.0f}"


def load_words(hlu: float | None) -> str:
    """A load in whole units, or a question mark where no run could tell."""
    return "?" if hlu is None else f"{hlu:.0f}"


def range_words(low: float | None, high: float | None) -> str:
    """The range of a load; empty where there is none."""
    return "" if low is None or high is None or not high else f"{low:.0f} to {high:.0f}"


def share_words(pct: int | None) -> str:
    """What is back of what there was."""
    return "" if pct is None else f"{pct} %"


_MILESTONES = {
    "pain_free_walk": "The first day on which walking did not hurt",
    "first_run": "The first run since it began",
    "first_pain_free_run": "The first run without pain",
}


def milestone_words(kind: str, value: str | float | None, titles: Mapping[str, str]) -> str:
    """A milestone in a few words."""
    if kind == "phase":
        name = str(value)
        return f"Entered “{titles.get(name, name)}”"
    if kind == "first_long_run":
        minutes = number(float(value)) if value is not None else ""
        return f"The first run of {minutes} minutes without a walk break"
    return _MILESTONES[kind]


def held_part() -> Part:
    """Why an answer stays as strict as it was, although a record of before was changed."""
    said = (
        "A record was changed. That alone never makes an answer easier: the stricter one holds "
        "until your next check-in."
    )
    return Part("What was changed", (Line(said),))
