"""What stands on every page: when to stop, when to get help, and whose rules these are."""

from collections.abc import Iterator

from hamstride.decisions.judge import Action, Reason
from hamstride.decisions.today import Decision
from hamstride.explain.day import Day
from hamstride.explain.numbers import full_day
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.sources import cited

STOP_RULE = "A pop, a new bruise, numbness, weakness or pain at night: stop and get medical help."
EMERGENCY = (
    "Numbness between the legs, trouble with bladder or bowel, chest pain, short breath or dark "
    "urine: call your emergency number now."
)
SCOPE = "For adults. It is training advice from published sources; only a clinician can examine."
SOON = {
    "emergency": "Call your emergency number now, or go to the nearest emergency department.",
    "same_day": "See a doctor today; out of hours, go to an emergency department.",
    "urgent": "See a doctor or physiotherapist within the next days, before any training.",
    "routine": "See a doctor or physiotherapist about it when you can get an appointment.",
}


def help_part(day: Day) -> Part | None:
    """Whom to see, how soon and why, where today says so."""
    decision = day.today
    if decision.urgency is None:
        return None
    speaking = [reason for reason in _speaking(decision) if reason.met]
    named = [r for r in speaking if r.criterion.urgency is not None]
    questions = day.library.questions
    whom = dict.fromkeys(
        questions[r.criterion.id].see for r in named if r.criterion.id in questions
    )
    if decision.action is Action.REFER:
        return part("Get help", *_whom(decision, day))
    because = dict.fromkeys((r.criterion.say, cited(r.criterion, day.library)) for r in named)
    return part(
        "See a clinician",
        *(point(say, source) for say, source in because),
        *(point(see) for see in whom),
        Line(SOON[decision.urgency]),
    )


def _whom(decision: Decision, day: Day) -> Iterator[Line]:
    """Whom to see about the most urgent reasons; the rest waits until that is done."""
    yield Line(SOON[decision.urgency or "routine"])
    if decision.urgency == "emergency":
        return
    asked = [
        day.library.questions.get(reason.criterion.id)
        for reason in decision.deciding
        if reason.criterion.urgency == decision.urgency
    ]
    yield from (point(see) for see in dict.fromkeys(each.see for each in asked if each))


def _speaking(decision: Decision) -> tuple[Reason, ...]:
    if decision.action is Action.REFER:
        return decision.deciding
    return (*decision.deciding, *decision.mentions, *decision.examined)


def always_part(day: Day) -> Part:
    """The red-flag line, the stop rule, and the plan with its version and day."""
    lines = [Line(STOP_RULE), Line(EMERGENCY), Line(f"{SCOPE} {_whose(day)}")]
    return Part("Always", tuple(lines))


def _whose(day: Day) -> str:
    plan = day.protocol
    named = "No plan fits." if plan is None else f"Plan: {plan.title}, version {plan.version}."
    return f"{named} {full_day(day.as_of)}."
