"""The gate as a checklist: what is met, what is not yet, what nobody knows."""

from collections.abc import Iterator

from hamstride.decisions.judge import Action, FactUsed, Reason
from hamstride.explain.day import Day
from hamstride.explain.numbers import amount, day_words, limit_words, without_stop
from hamstride.explain.parts import Line, Mark, Part, part
from hamstride.explain.questions import asked
from hamstride.explain.sources import cited
from hamstride.explain.why import because
from hamstride.protocols.model import Criterion, Phase, Protocol
from hamstride.vocabulary import Verdict

MARKS: dict[Verdict, Mark] = {
    Verdict.MET: "met",
    Verdict.UNMET: "open",
    Verdict.UNKNOWN: "unknown",
}
_HELD = {
    "locked": "It stays shut until a clinician has had a look.",
    "answers": "It stays shut while answers are open.",
    "pain": "It stays shut on a day that rests for pain.",
    "clinician": "A clinician asked you to hold here.",
    "severity": "Your answers look like more than a mild strain, or leave it open: running begins "
    "when a clinician says so.",
    "manual": "There are no checks for leaving this phase: you or your clinician move on.",
    "last": "This is the last phase. Keep it up.",
}


def gate_part(day: Day) -> Part | None:
    """The way to the next phase, row by row."""
    protocol, phase, gate = day.protocol, day.phase, day.gate
    if protocol is None or phase is None or day.today.action is Action.REFER:
        return None
    if gate.action == "step_back":
        return part("One phase back", *_moved(day, gate.to or ""))
    if gate.action == "advance":
        return part("The gate is open", *_moved(day, gate.to or ""), *_rows(day, phase))
    heading = _heading(day, protocol, phase)
    return part(heading, Line(_HELD.get(gate.held_by, "")), *_rows(day, phase))


def reasons_of(criteria: tuple[Criterion, ...], reasons: tuple[Reason, ...]) -> list[Reason]:
    """The reasons that judge some criteria."""
    wanted = {id(criterion) for criterion in criteria}
    return [reason for reason in reasons if id(reason.criterion) in wanted]


def title_of(day: Day, name: str | None) -> str:
    """The title of a phase, or of the protocol that follows."""
    titles = {each.id: each.title for each in day.library.protocols.values()}
    # A phase of this plan may be called as another plan is: here the phase is meant.
    titles |= {phase.id: phase.title for phase in _phases(day)}
    return titles[name or ""]


def _phases(day: Day) -> tuple[Phase, ...]:
    return day.protocol.phases if day.protocol is not None else ()


def _heading(day: Day, protocol: Protocol, phase: Phase) -> str:
    reasons = reasons_of(phase.advance_when, day.gate.examined)
    if not reasons:
        return f"Where you are: {phase.title}"
    met = sum(reason.met for reason in reasons)
    return f"From “{phase.title}” to “{_next(day, protocol, phase)}”: {met} of {len(reasons)}"


def _next(day: Day, protocol: Protocol, phase: Phase) -> str:
    place = protocol.index(phase.id) + 1
    if place < len(protocol.phases):
        return protocol.phases[place].title
    return title_of(day, phase.leads_to) if phase.leads_to else "what follows"


def _moved(day: Day, to: str) -> Iterator[Line]:
    """Where to, and how to write it down: the file, and not this program, says where one is."""
    title = title_of(day, to)
    if day.gate.action == "step_back":
        for reason in day.gate.deciding:
            yield Line(because(reason, day), source=cited(reason.criterion, day.library))
        yield Line(f"Go back to “{title}” for now. It is a step of the way, not a loss.")
    else:
        yield Line(f"You met the checks for “{title}”; you decide. To go on, add to your file:")
    if any(phase.id == to for phase in _phases(day)):
        for text in ("[[phases]]", f"on = {day.as_of}", f'id = "{to}"', 'by = "rule"'):
            yield Line(text, "type")
    else:
        yield Line(f'protocol = "{to}"  # in [episode]', "type")


def _rows(day: Day, phase: Phase) -> Iterator[Line]:
    for reason in reasons_of(phase.advance_when, day.gate.examined):
        yield _row(reason, day)
    extra = reasons_of(phase.recommend, day.gate.recommended)
    if extra:
        yield Line("Good to have, and not needed:")
    for reason in extra:
        yield _row(reason, day)


def _row(reason: Reason, day: Day) -> Line:
    """A row of the checklist, with what there is now against what is needed."""
    said = without_stop(reason.criterion.say)
    now = _standing(reason, day)
    words = f"{said} ({now})." if now else f"{said}."
    if reason.unknown:
        asks = [asked(key, day.library).ask for key in reason.answers[:1]]
        words = " ".join([words, "Not known yet:" if asks else "Not known yet.", *asks])
    return Line(words, MARKS[reason.verdict], cited(reason.criterion, day.library))


def _standing(reason: Reason, day: Day) -> str:
    said = [words for used in reason.facts if (words := _against(used, day))]
    days = {used.as_of for used in reason.facts if used.value is not None}
    on = days.pop() if len(days) == 1 else None
    if said and on is not None and on != day.as_of:
        said.append(day_words(on, day.as_of))
    return "; ".join(said)


def _against(used: FactUsed, day: Day) -> str:
    definition = day.library.definitions.get(used.fact)
    if definition is None or used.value is None or isinstance(used.value, (bool, str)):
        return ""
    now = amount(used.value, definition.unit)
    named = f"pain {now}" if definition.unit == "nrs" else f"now {now}"
    if used.verdict is Verdict.MET:
        return named
    # A number is compared with a number: loading refuses anything else.
    needed = limit_words(used.comparison, float(used.constant), definition.unit)
    return f"{named}, needs {needed}"
