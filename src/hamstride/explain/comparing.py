"""Two protocols side by side, by what a runner or a clinician would ask of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from hamstride.explain.numbers import lower_first
from hamstride.explain.sheet import LIST_WORDS, week_lines
from hamstride.protocols.library import Library
from hamstride.protocols.model import Criterion, Phase, Protocol

_TOPICS = {
    "Pain in a run": (
        "last_run_pain_nrs", "last_run_got_worse", "last_speed_session_pain_nrs",
        "last_run_sharp", "last_run_not_silent",
    ),
    "Pain after a run": ("last_run_rise_nrs",),
    "The morning": (
        "pain_morning_nrs", "pain_morning_over_usual_nrs", "pain_morning_after_run_nrs",
        "unsettled_after_run", "pain_morning_week_change_nrs",
    ),
    "Pain at rest and in walking": ("pain_rest_nrs", "pain_walking_nrs"),
    "A limp or another stride": (
        "limp", "last_run_limped", "last_run_form_changed", "limped_in_a_run",
    ),
    "Distance and gaps between runs": ("last_run_over_longest_pct", "ran", "speed_session"),
    "Sleep and tiredness": ("sleep_h", "fatigue", "sleep_average_h"),
}  # fmt: skip
NOTHING = "Says nothing of its own."


@dataclass(frozen=True, slots=True)
class Topic:
    """What each of two protocols says of one thing."""

    title: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def compare(left: Protocol, right: Protocol, library: Library) -> tuple[Topic, ...]:
    """Two protocols, topic by topic; topics of which neither says anything are left out.

    Notes
    -----
    The rules that hold always stand in neither column; those that hold in all of our own
    protocols stand with them.
    """
    sides = (left, right)
    topics = [
        _topic("For whom", *((side.for_whom,) for side in sides)),
        _topic("Not for", *((side.not_for,) for side in sides)),
        _topic("Phases", *(_phases(side) for side in sides)),
    ]
    for title, facts in _TOPICS.items():
        topics.append(_topic(title, *(_rules(side, library, facts) for side in sides)))
    topics += [
        _topic("The gate to running", *(_gate_to(side, _FIRST_RUN) for side in sides)),
        _topic("The gate to speed", *(_gate_to(side, _FAST) for side in sides)),
        _topic("One phase back", *(_back(side) for side in sides)),
        _topic("The ladder of runs", *(_steps(side) for side in sides)),
        _topic("A week", *(_weeks(side, library) for side in sides)),
        _topic("Exercises", *(_exercises(side, library) for side in sides)),
        _topic("Who says so", *(_who(side, library) for side in sides)),
    ]
    return tuple(topic for topic in topics if topic.left or topic.right)


_FIRST_RUN = frozenset({"walk_run", "continuous", "speed"})
_FAST = frozenset({"speed"})


def _topic(title: str, left: tuple[str, ...], right: tuple[str, ...]) -> Topic:
    if left or right:
        left, right = left or (NOTHING,), right or (NOTHING,)
    return Topic(title, left, right)


def _phases(protocol: Protocol) -> tuple[str, ...]:
    return tuple(f"{place}. {p.title}" for place, p in enumerate(protocol.phases, start=1))


def _rules(protocol: Protocol, library: Library, facts: tuple[str, ...]) -> tuple[str, ...]:
    found = [
        f"{LIST_WORDS[name]}: {lower_first(each.say)}"
        for name, each in _rows(protocol, library)
        if any(comparison.fact in facts for comparison in each.all)
    ]
    return tuple(dict.fromkeys(found))


def _rows(protocol: Protocol, library: Library) -> Iterator[tuple[str, Criterion]]:
    own = (library.ours,) if protocol.ours else ()
    for name in LIST_WORDS:
        for lists in (*own, protocol, *protocol.phases):
            yield from ((name, each) for each in getattr(lists, name))


def _gate_to(protocol: Protocol, running: frozenset[str]) -> tuple[str, ...]:
    """What leads into the first phase with running of some kind."""
    before: Phase | None = None
    for phase in protocol.phases:
        if phase.running in running:
            break
        before = phase
    else:
        return ()
    if before is None:
        return ("It begins with it.",)
    if before.exit == "manual" and not before.advance_when:
        return ("You or your clinician decide.",)
    return tuple(each.say for each in before.advance_when)


def _back(protocol: Protocol) -> tuple[str, ...]:
    said = [each.say for phase in protocol.phases for each in phase.step_back_if]
    return tuple(dict.fromkeys(said))


def _steps(protocol: Protocol) -> tuple[str, ...]:
    return tuple(f"{step.id}: {step.title}" for step in protocol.steps())


def _weeks(protocol: Protocol, library: Library) -> tuple[str, ...]:
    found = []
    for phase in protocol.phases:
        week = phase.week or protocol.week
        found += [f"{phase.title}: {line.text}" for line in week_lines(week, library)]
    return tuple(found)


def _exercises(protocol: Protocol, library: Library) -> tuple[str, ...]:
    names = [library.exercises[d.exercise].name for p in protocol.phases for d in p.doses]
    return tuple(sorted(dict.fromkeys(names)))


def _who(protocol: Protocol, library: Library) -> tuple[str, ...]:
    return (library.sources[protocol.source].title,)
