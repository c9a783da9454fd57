"""The light: one word and one reason."""

from dataclasses import dataclass
from typing import Literal

from hamstride.decisions.judge import Action
from hamstride.decisions.today import Decision
from hamstride.explain.day import Day
from hamstride.explain.questions import ALL_CLEAR, asked
from hamstride.explain.why import SCREENINGS, because, not_known
from hamstride.plan.model import SessionKind

State = Literal["go", "go_easier", "answer_first", "rest", "get_help"]


@dataclass(frozen=True, slots=True)
class Light:
    """The state of a day, its word, and the one reason to read first."""

    state: State
    word: str
    reason: str


_WORD: dict[State, str] = {
    "go": "Go",
    "go_easier": "Go easier",
    "answer_first": "Answer first",
    "rest": "Rest",
    "get_help": "Get help first",
}


def light(day: Day) -> Light:
    """The light of a day."""
    state = state_of(day.today)
    return Light(state, _WORD[state], _reason(state, day))


def state_of(decision: Decision) -> State:
    """Which of the lights a decision shows.

    Notes
    -----
    A day waits for answers when nothing but open questions rests it, or a phase that has no
    running anyway.
    """
    if decision.action is Action.REFER:
        return "get_help"
    if decision.action is Action.MODIFY:
        return "go_easier"
    if decision.action is Action.RUN:
        return "go"
    resting = [r for r in decision.deciding if r.met and not r.criterion.ask]
    waits = decision.asks_first and all(r.criterion.phase for r in resting)
    return "answer_first" if waits else "rest"


def _reason(state: State, day: Day) -> str:
    decision = day.today
    if state == "answer_first":
        return _question(day)
    if state == "go":
        return _as_planned(day)
    met = [reason for reason in decision.deciding if reason.met and not reason.criterion.ask]
    if not met:
        # What rests the day is not known, and no answer of the runner would make it so.
        return not_known(decision.deciding[0])
    said = because(met[0], day)
    return f"{said} {_goes_on(day)}".strip() if decision.rests_for_phase_only else said


def _as_planned(day: Day) -> str:
    """A green day; one without a run says so, since whether to run is what was asked."""
    kind = _kind(day)
    return "As planned." if kind == "run" else f"As planned: a {kind} day, no run."


def _goes_on(day: Day) -> str:
    """What a day without running is for."""
    return {"strength": "Strength goes on.", "mobility": "Mobility goes on."}.get(_kind(day), "")


def _kind(day: Day) -> SessionKind:
    return day.week[0].session.kind if day.week else "rest"


def _question(day: Day) -> str:
    keys = day.today.answer_first
    first = asked(keys[0], day.library).ask
    if keys[0] == ALL_CLEAR or (len(keys) > 1 and keys[0].startswith(SCREENINGS)):
        return "The red-flag questions come before anything else."
    if len(keys) == 1:
        return f"One answer is missing. {first}"
    return f"{len(keys)} answers are missing, first of all: {first}"
