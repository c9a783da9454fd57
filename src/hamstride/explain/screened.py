"""What the red-flag questions came to: which signs are open, whom to see and how soon."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hamstride.decisions.judge import URGENCIES, Reason, highest
from hamstride.explain.day import Day
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.questions import ALL_CLEAR, asked
from hamstride.explain.safety import SOON, STOP_RULE
from hamstride.explain.sources import cited
from hamstride.explain.why import SCREENINGS, because
from hamstride.protocols.library import Library
from hamstride.protocols.model import Urgency

Came = Literal["get_help", "answer_first", "mention", "clear"]

_FLAG = "red_flag_"
_QUESTIONS_OPEN = "red_flag_questions_open"
_NOT_LOCKING: Urgency = "routine"
_UNSURE_IS_YES: frozenset[Urgency] = frozenset({"emergency", "same_day"})
"""Signs that wait for nobody: who is not sure of one is told what follows from a yes."""


@dataclass(frozen=True, slots=True)
class Screened:
    """What the answers came to, in one word and one reason, and the parts of the page.

    `seen_from` is the day of the latest sign that keeps the plan shut: only a look at it on that
    day or later can have known it. `open` are the questions without an answer.
    """

    came: Came
    word: str
    reason: str
    parts: tuple[Part, ...]
    seen_from: date | None
    open: tuple[str, ...]

    @property
    def locks(self) -> bool:
        """Whether somebody has to have a look before anything else."""
        return self.came == "get_help"


def counted(said: str, urgency: Urgency) -> bool | None:
    """What an answer counts as: yes, no, or not answered where the runner is not sure."""
    if said == "unsure":
        return True if urgency in _UNSURE_IS_YES else None
    return said == "yes"


def locks(said: str, urgency: Urgency) -> bool:
    """Whether an answer says that somebody has to have a look before anything else."""
    return urgency != _NOT_LOCKING and counted(said, urgency) is True


def screened(days: Sequence[Day]) -> Screened:
    """What is open on one day, over every injury of a runner; a day for each injury."""
    library = days[0].library
    signs = _signs(days)
    locking = [each for each in signs if each[0].criterion.urgency != _NOT_LOCKING]
    milder = [each for each in signs if each[0].criterion.urgency == _NOT_LOCKING]
    waiting = _open(days)
    parts = (
        _help(locking, library),
        part("What to say", *_said(locking)),
        part("Worth a word with a clinician", *_milder(milder, library)),
        None if locking else part("Still open", *_asks(waiting, library)),
        part("Today rests all the same", *_once_more(days)),
        part("From now on", Line(STOP_RULE)),
    )
    came, word, reason = _came(locking, milder, waiting)
    return Screened(
        came=came,
        word=word,
        reason=reason,
        parts=tuple(each for each in parts if each is not None),
        seen_from=max((on for each, _ in locking for on in _days(each)), default=None),
        open=waiting,
    )


_Sign = tuple[Reason, Day]


def _came(
    locking: Sequence[_Sign], milder: Sequence[_Sign], waiting: Sequence[str]
) -> tuple[Came, str, str]:
    if locking:
        return "get_help", "Get help first", locking[0][0].criterion.say
    if waiting:
        return "answer_first", "Answer first", _waiting(waiting)
    if milder:
        return "mention", "Go on, and mention it", milder[0][0].criterion.say
    return "clear", "None of these signs", "Ask again whenever something changes."


def _waiting(waiting: Sequence[str]) -> str:
    many = "One question is" if len(waiting) == 1 else f"{len(waiting)} questions are"
    return f"{many} still open. Until then the day rests."


def _signs(days: Sequence[Day]) -> list[_Sign]:
    """The signs that are open, each once, the most urgent first."""
    found: dict[str, _Sign] = {}
    for day in days:
        for reason in day.today.examined:
            if reason.met and reason.criterion.urgency is not None and _days(reason):
                found.setdefault(reason.criterion.id, (reason, day))
    return sorted(found.values(), key=lambda each: -URGENCIES.index(_urgency(each[0])))


def _urgency(reason: Reason) -> Urgency:
    return reason.criterion.urgency or _NOT_LOCKING


def _days(reason: Reason) -> list[date]:
    """The days of the red flags that a reason stands on."""
    return [used.as_of for used in reason.facts if used.fact.startswith(_FLAG) and used.as_of]


def _open(days: Sequence[Day]) -> tuple[str, ...]:
    """The questions that wait for an answer today, the most urgent first."""
    keys = {
        key
        for day in days
        for reason in day.today.examined
        if not _asked_today(reason, day)
        for key in reason.answers
        if key.startswith(SCREENINGS)
    }
    questions = days[0].library.questions
    if ALL_CLEAR in keys:
        return tuple(questions)
    return tuple(key for key in questions if SCREENINGS + key in keys)


def _asked_today(reason: Reason, day: Day) -> bool:
    """Whether a row wants all questions once more, and they have been asked on this very day."""
    asked_on = {
        used.as_of
        for each in day.today.examined
        for used in each.facts
        if used.fact == _QUESTIONS_OPEN
    }
    about_flags = any(used.fact.startswith(_FLAG) for used in reason.facts)
    return not about_flags and asked_on == {day.as_of}


def _asks(waiting: Sequence[str], library: Library) -> Iterator[Line]:
    for key in waiting:
        yield point(asked(SCREENINGS + key, library).ask)


def _once_more(days: Sequence[Day]) -> Iterator[Line]:
    """What is new on the day of the answers may show itself later: it is asked once more."""
    for day in days:
        for reason in day.today.examined:
            asks = any(key.startswith(SCREENINGS) for key in reason.answers)
            if asks and _asked_today(reason, day):
                yield point(f"{because(reason, day)} It is asked once more tomorrow.")


def _help(locking: Sequence[_Sign], library: Library) -> Part | None:
    """Whom to see about the most urgent signs; the rest waits until that is done."""
    urgency = highest(reason.criterion.urgency for reason, _ in locking)
    if urgency is None:
        return None
    questions = [
        library.questions[reason.criterion.id]
        for reason, _ in locking
        if reason.criterion.urgency == urgency and reason.criterion.id in library.questions
    ]
    see = dict.fromkeys(question.see for question in questions)
    return part("Whom to see, and how soon", Line(SOON[urgency]), *map(point, see))


def _said(locking: Sequence[_Sign]) -> Iterator[Line]:
    for reason, day in locking:
        yield point(because(reason, day), cited(reason.criterion, day.library))


def _milder(milder: Sequence[_Sign], library: Library) -> Iterator[Line]:
    for reason, day in milder:
        question = library.questions.get(reason.criterion.id)
        see = question.see if question is not None else SOON[_urgency(reason)]
        yield point(f"{because(reason, day)} {see}", cited(reason.criterion, library))
