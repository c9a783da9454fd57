"""The end of the assessment: what the answers look like, which plan fits, and what comes first."""

from collections.abc import Iterator
from dataclasses import dataclass

from hamstride.decisions.judge import Action
from hamstride.explain.day import Day
from hamstride.explain.numbers import without_stop
from hamstride.explain.page import picture_part
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.questions import Asked, asked
from hamstride.explain.safety import always_part, help_part
from hamstride.explain.sheet import criteria_lines
from hamstride.explain.sources import cited
from hamstride.explain.why import why_part
from hamstride.protocols.model import Phase, Protocol
from hamstride.protocols.shelf import Test

_TESTS = "tests."


@dataclass(frozen=True, slots=True)
class Assessed:
    """What an assessment came to.

    `offer` is the plan that the answers suggest; None where a clinician comes first. `missing`
    are answers that would sharpen it.
    """

    offer: Protocol | None
    parts: tuple[Part, ...]
    missing: tuple[Asked, ...]


def assessed(day: Day) -> Assessed:
    """What one injury's answers look like on a day, and the plan that fits them."""
    refers = day.today.action is Action.REFER
    suggested = day.library.protocols.get(day.suggested.protocol)
    offer = None if refers else suggested
    parts = (
        help_part(day),
        why_part(day) if refers else None,
        picture_part(day),
        part("How your answers add up", *_points(day)),
        part("The plan that fits", *_plan(day, offer)),
        None if offer is None else _first_gate(day, offer),
        always_part(day),
    )
    return Assessed(
        offer=offer,
        parts=tuple(each for each in parts if each is not None),
        missing=tuple(asked(key, day.library) for key in day.picture.missing),
    )


def first_tests(day: Day) -> tuple[Test, ...]:
    """The tests that the first gates of the fitting plan look at and that may be done by now."""
    protocol = day.protocol
    onset = day.facts.of(("days_since_onset", None)).value
    if protocol is None or day.today.action is Action.REFER or not isinstance(onset, int | float):
        return ()
    names = dict.fromkeys(name for phase in protocol.phases for name in _tests_of(phase, day))
    tests = (day.library.tests[name] for name in names)
    return tuple(test for test in tests if onset >= test.not_before_day)


def _tests_of(phase: Phase, day: Day) -> Iterator[str]:
    for criterion in (*phase.advance_when, *phase.recommend):
        for comparison in criterion.all:
            definition = day.library.definitions.get(comparison.fact)
            for key in definition.asks if definition is not None else ():
                if key.startswith(_TESTS):
                    yield key.removeprefix(_TESTS)


def _points(day: Day) -> Iterator[Line]:
    """Every picture that something speaks for, the likest first."""
    patterns = {each.id: each for each in day.library.presentations.patterns}
    found = [(patterns[name], points) for name, points in day.picture.points if points]
    for pattern, points in found:
        many = "1 point" if points == 1 else f"{points} points"
        yield point(f"Like {pattern.title}: {many}.", cited(pattern, day.library))
    if len(found) > 1:
        yield Line("Answers of several pictures often stand side by side.")


def _plan(day: Day, offer: Protocol | None) -> Iterator[Line]:
    if offer is None:
        yield Line("No plan of your own for now: a clinician has a look first.")
        return
    yield Line(f"{offer.title}, version {offer.version}.", source=cited(day.suggested, day.library))
    yield point(f"For: {offer.for_whom}")
    yield point(f"Not for: {offer.not_for}")


def _first_gate(day: Day, offer: Protocol) -> Part | None:
    """What opens the second phase; a plan of one phase, or one that is left by hand, has none."""
    first = offer.phases[0]
    heading = f"It begins with “{first.title}”"
    goal = Line(
        f"{without_stop(first.goal)}. It is over when:" if first.advance_when else first.goal
    )
    return part(heading, goal, *criteria_lines(first.advance_when, day.library))
