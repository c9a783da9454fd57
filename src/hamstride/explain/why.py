"""Why: each reason as a sentence, with the value that decided and who set the limit."""

from collections.abc import Iterator

from hamstride.decisions.judge import Action, FactUsed, Reason
from hamstride.explain.day import Day
from hamstride.explain.numbers import amount, day_words, number, without_stop
from hamstride.explain.parts import Line, Part, point
from hamstride.explain.sources import cited

SCREENINGS = "screenings."
FEW = 3
_TOLD_DAILY = frozenset({"nrs", "h", "of 10"})
_OF_NO_DAY = ("phase_", "severity", "pattern")


def because(reason: Reason, day: Day) -> str:
    """A reason that is met, with its values and their day.

    Notes
    -----
    "Your last run hurt 4 or more: it hurt 5 (24 November)."
    """
    said = without_stop(reason.criterion.say)
    values = [words for used in reason.facts if (words := _value(used, day))]
    when = _when(reason, day)
    whole = ":" in said or ". " in said
    if whole or not values:
        inside = ", ".join([*values, *when])
        return f"{said} ({inside})." if inside else f"{said}."
    found = "; ".join(values)
    return f"{said}: {found} ({when[0]})." if when else f"{said}: {found}."


def not_known(reason: Reason) -> str:
    """A reason that is open."""
    return f"Nobody has said yes or no to this: “{reason.criterion.say}”"


def _value(used: FactUsed, day: Day) -> str:
    """What was found, where a number was compared; empty where the sentence says it all."""
    definition = day.library.definitions.get(used.fact)
    value = used.value
    if definition is None or isinstance(value, (bool, str)) or value is None:
        return ""
    if definition.unit == "days" and value >= definition.highest:
        return ""  # stands for "never", or for longer than anybody counts
    if definition.unit == "nrs":
        return f"it hurt {number(value)}" if definition.lowest >= 0 else f"by {number(value)}"
    return amount(value, definition.unit)


def _when(reason: Reason, day: Day) -> list[str]:
    """The day that a reason is about, where it is one day that says something.

    Of today are answers of the check-in; a count or an age that is of today says nothing by it.
    """
    days = {
        used.as_of
        for used in reason.facts
        if used.as_of is not None and not used.fact.startswith(_OF_NO_DAY)
    }
    told = any(
        _value(used, day) and day.library.definitions[used.fact].unit in _TOLD_DAILY
        for used in reason.facts
    )
    if len(days) != 1 or (day.as_of in days and not told):
        return []
    return [day_words(days.pop(), day.as_of)]


def why_part(day: Day) -> Part:
    """Every reason that decided, and every word beside them."""
    return Part("Why", (*_deciding(day), *_mentions(day)), cites=True)


def _deciding(day: Day) -> Iterator[Line]:
    library, decision = day.library, day.today
    waiting = [reason for reason in decision.deciding if reason.unknown]
    for reason in decision.deciding:
        if reason.met:
            yield point(because(reason, day), cited(reason.criterion, library))
    if len(waiting) <= FEW:
        for reason in waiting:
            yield point(not_known(reason), cited(reason.criterion, library))
    else:
        yield point(f"{len(waiting)} rules wait for an answer.")
    if waiting:
        yield Line("What is not known never makes a day greener.")
    if decision.action is Action.RUN:
        yield point("Nothing that you wrote down speaks against today's plan.")


def _mentions(day: Day) -> Iterator[Line]:
    """What is worth saying and caps nothing; a word to see a clinician has a part of its own."""
    for reason in day.today.mentions:
        if reason.criterion.urgency is None:
            yield point(f"Also: {because(reason, day)}", cited(reason.criterion, day.library))
