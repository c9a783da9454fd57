"""What would change the answer."""

from collections.abc import Iterator
from datetime import date, timedelta

from hamstride.decisions.judge import Action, FactUsed, Reason
from hamstride.explain.day import Day
from hamstride.explain.light import state_of
from hamstride.explain.numbers import day_words, lower_first, without_stop
from hamstride.explain.parts import Line, Part, part, point


def changing_part(day: Day, *, in_file: bool = True) -> Part | None:
    """What would make the day greener, or less green.

    Without `in_file` nothing is said of where in the runner's file it goes.
    """
    return part("What would change it", *_lines(day, in_file=in_file))


def _lines(day: Day, *, in_file: bool) -> Iterator[Line]:
    match state_of(day.today):
        case "get_help":
            yield from _after_help(day, in_file=in_file)
        case "answer_first":
            yield point("Your answers. Any of them may make the day greener, or keep it at rest.")
        case "go":
            yield point("A limp, more pain than usual or a new sign. Then check in again.")
        case _:
            yield from _lifted(day)


def _after_help(day: Day, *, in_file: bool) -> Iterator[Line]:
    if day.today.urgency == "routine":
        yield point("An adult and a clinician who go through it with you.")
        return
    if not in_file:
        yield point("A clinician's word after an examination. Then write down who and when.")
        return
    yield point("A clinician's word after an examination. Then add it to your file:")
    for text in (
        "[[overrides]]",
        f"on = {day.as_of}  # or the day you were seen",
        'by = "..."  # who, and what they are',
        'reason = "..."',
        "clear_red_flags = true",
    ):
        yield Line(text, "type")


def _lifted(day: Day) -> Iterator[Line]:
    """Each reason that holds the day, and what ends it."""
    holding = [r for r in day.today.deciding if r.met and not r.criterion.ask]
    for reason in holding:
        yield point(_end_of(reason, day))
    if day.today.answer_first and day.today.action is Action.REST:
        yield point("The answers that are still open.")
    behind = _milder(day)
    if behind:
        yield point(f"Then the day may still be “Go easier”: {lower_first(behind)}.")


def _milder(day: Day) -> str:
    """The first of the reasons to go easier that stand behind a day of rest."""
    if day.today.action is not Action.REST:
        return ""
    deciding = {id(reason) for reason in day.today.deciding}
    behind = [r for r in day.today.examined if r.met and id(r) not in deciding]
    return without_stop(behind[0].criterion.say) if behind else ""


def _end_of(reason: Reason, day: Day) -> str:
    """When a reason ends."""
    criterion = reason.criterion
    if criterion.phase:
        return "The gate to the next phase, below."
    said = f"“{without_stop(criterion.say)}”"
    windows = [used for used in reason.facts if used.within_days is not None and used.as_of]
    if not windows:
        return f"{said}: when that is no longer so."
    if all(used.within_days == 0 for used in windows):
        return f"{said}: tomorrow's check-in decides anew."
    if any(used.as_of == day.as_of for used in windows):
        days = max(used.within_days or 0 for used in windows)
        back = "one day" if days == 1 else f"{days} days"
        return f"{said}: this looks back {back}, and every morning decides anew."
    last = min(_last_day(used) for used in windows)
    if last <= day.as_of:
        return f"{said}: this counts today for the last time."
    return f"{said}: this counts up to {day_words(last, day.as_of)}."


def _last_day(used: FactUsed) -> date:
    return (used.as_of or date.max) + timedelta(days=used.within_days or 0)
