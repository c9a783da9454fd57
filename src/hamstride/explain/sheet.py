"""A protocol as a sheet: phases, gates, steps, exercises and sources, from top to bottom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hamstride.explain.numbers import lower_first, number, without_stop
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.sources import cited, how_read
from hamstride.plan.ladder import NO_RUN_DAYS
from hamstride.protocols.library import Library
from hamstride.protocols.model import (
    Advice,
    Criterion,
    Dose,
    Ladder,
    Lists,
    Phase,
    Protocol,
    Sourced,
    Step,
    Week,
)

LIST_WORDS = {
    "refer_if": "Get help first when",
    "rest_if": "Rest when",
    "modify_if": "Go easier when",
    "mention_if": "Worth a word when",
}
_RUNNING = {
    "none": "no running yet",
    "walk_run": "walking and running in turns",
    "continuous": "easy running",
    "speed": "easy and fast running",
}
_RULES = (*LIST_WORDS, "advance_when", "recommend", "step_back_if")


@dataclass(frozen=True, slots=True)
class Section:
    """Parts of a sheet that belong together, such as those of one phase.

    Where the sheet is one list of parts, `of` stands before their headings; a part that is called
    like its section keeps its heading.
    """

    title: str
    anchor: str
    parts: tuple[Part, ...]
    of: str = ""

    def flat(self) -> Iterator[Part]:
        """The parts with headings that stand alone."""
        for each in self.parts:
            own = not self.of or each.heading == self.title
            heading = each.heading if own else f"{self.of}: {lower_first(each.heading)}"
            yield Part(heading, each.lines)


def sheet(protocol: Protocol, library: Library) -> tuple[Part, ...]:
    """A protocol as parts, to be read or printed."""
    return tuple(part for section in sections(protocol, library) for part in section.flat())


def sections(protocol: Protocol, library: Library) -> tuple[Section, ...]:
    """A protocol as sections, each row with an anchor that no other row of it has."""
    head = _head(protocol, library)
    found = [_section(head.heading, "plan", [head, *_lists(protocol, library)])]
    if protocol.ours:
        ours = "In all our own plans"
        found.append(_section(ours, "our-plans", _lists(library.ours, library), of=ours))
    every = "In every plan"
    found.append(_section(every, "every-plan", _lists(library.always, library), of=every))
    if protocol.ladder is not None:
        climb = "How runs climb"
        found.append(_section(climb, "ladder", [part(climb, *_ladder(protocol.ladder, library))]))
    for place, phase in enumerate(protocol.phases, start=1):
        name = f"Phase {place}, {phase.title}"
        found.append(_section(name, f"phase-{phase.id}", _phase(phase, name, library), of=name))
    found.append(_section("Sources", "sources", [part("Sources", *_sources(found, library))]))
    return tuple(found)


def _section(title: str, anchor: str, parts: Iterable[Part | None], *, of: str = "") -> Section:
    return Section(title, anchor, tuple(each for each in parts if each is not None), of)


def rule_anchor(rule: str, phase: Phase | None) -> str:
    """The anchor of a rule on the sheet of a plan, seen from the phase that a runner is in.

    Examples
    --------
    >>> rule_anchor("morning_pain_4", None)
    'morning_pain_4'
    """
    if phase is None:
        return rule
    of_phase = {each.id for name in _RULES for each in getattr(phase, name)}
    return f"{phase.id}-{rule}" if rule in of_phase else rule


def _head(protocol: Protocol, library: Library) -> Part:
    lines = (
        Line(f"For: {protocol.for_whom}"),
        Line(f"Not for: {protocol.not_for}"),
        Line(f"Last reviewed on {protocol.reviewed_on}.", source=cited(protocol, library)),
        *_advice(protocol.advice, library),
    )
    return Part(f"{protocol.title} ({protocol.id}, version {protocol.version})", lines)


def _noted(words: str, row: Sourced) -> str:
    """What a row says, with its caveat."""
    return f"{without_stop(words)}. {row.note}" if row.note else words


def _advice(rows: Iterable[Advice], library: Library, of: str = "") -> Iterator[Line]:
    for row in rows:
        yield point(_noted(row.say, row), cited(row, library), f"{of}{row.id}")


def _lists(lists: Lists, library: Library, of: str = "") -> list[Part | None]:
    return [
        part(words, *criteria_lines(getattr(lists, name), library, of))
        for name, words in LIST_WORDS.items()
    ]


def criteria_lines(criteria: Iterable[Criterion], library: Library, of: str = "") -> Iterator[Line]:
    """Criteria, a line each; `of` stands before their anchors."""
    for each in criteria:
        yield point(_noted(each.say, each), cited(each, library), f"{of}{each.id}")


def _ladder(ladder: Ladder, library: Library) -> Iterator[Line]:
    start = f"Runs start at step {ladder.start_at}."
    yield Line(_noted(start, ladder), source=cited(ladder, library))
    up = f"Up after {_times(ladder.clean_needed)} that went well"
    if ladder.clean_needed_after_recent != ladder.clean_needed:
        recent = f"{_times(ladder.clean_needed_after_recent)} within {ladder.recent_days} days"
        up = f"{up}, or {recent} of an earlier strain"
    yield Line(f"{up}.")
    yield Line(f"Down after {_times(ladder.unclean_to_step_down)} in a row that did not.")
    if ladder.restart_after_days < NO_RUN_DAYS:
        pause = f"After more than {ladder.restart_after_days} days without a run"
        yield Line(f"{pause}, from step {ladder.restart_at}.")


def _times(count: int) -> str:
    return "one run" if count == 1 else f"{count} runs"


def _phase(phase: Phase, name: str, library: Library) -> list[Part | None]:
    of = f"{phase.id}-"
    running = f"Running: {_RUNNING[phase.running]}."
    head = [Line(phase.goal), Line(running, source=cited(phase, library))]
    head += _advice(phase.advice, library, of)
    on = "manual" if phase.exit == "manual" else "last" if phase.last else ""
    leave = {
        "manual": "You or your clinician decide when it is over.",
        "last": "This is where it stays.",
    }.get(on, "")
    return [
        part(name, *head),
        part("On when", Line(leave), *criteria_lines(phase.advance_when, library, of)),
        part("Good to have", *criteria_lines(phase.recommend, library, of)),
        part("One phase back when", *criteria_lines(phase.step_back_if, library, of)),
        *_lists(phase, library, of),
        part("The steps", *(_step(step, library, of) for step in phase.steps)),
        part("Exercises", *(_dose(dose, library, of) for dose in phase.doses)),
        part("A week", *week_lines(phase.week, library)),
    ]


def _step(step: Step, library: Library, of: str) -> Line:
    effort = f", at about {step.effort_pct} % of top speed" if step.effort_pct else ""
    only = " (only after a run that did not go well)" if step.filler else ""
    words = f"{step.id}: {step.title}{effort}{only}"
    return point(_noted(words, step), cited(step, library), f"{of}step-{step.id}")


def _dose(dose: Dose, library: Library, of: str) -> Line:
    exercise = library.exercises[dose.exercise]
    many = [
        f"{dose.sets} sets" if dose.sets else "",
        f"{dose.reps} repetitions" if dose.reps else "",
        f"{dose.hold_s} s held" if dose.hold_s else "",
        f"{dose.minutes} min" if dose.minutes else "",
        f"{dose.distance_m} m" if dose.distance_m else "",
        f"{number(dose.load_kg)} kg" if dose.load_kg else "",
        f"tempo {dose.tempo}" if dose.tempo else "",
        "once a week" if dose.days_per_week == 1 else f"{dose.days_per_week} days a week",
        f"pain up to {dose.pain_limit_nrs}",
    ]
    words = f"{exercise.name}: {', '.join(each for each in many if each)}"
    about = f". About the exercise: {exercise.note}" if exercise.note else ""
    anchor = f"{of}exercise-{dose.exercise}"
    return point(_noted(words + about, dose), cited(dose, library), anchor)


def week_lines(week: Week | None, library: Library) -> Iterator[Line]:
    """How a week is laid out."""
    if week is None:
        return
    said = [
        f"{week.runs} runs, {week.run_gap_days} days apart" if week.runs else "no runs",
        f"{week.hamstring_days} days for the hamstrings",
        f"{week.mobility_days} lighter days",
    ]
    yield point(_noted(f"{', '.join(said)}.".capitalize(), week), cited(week, library))


def _sources(told: Iterable[Section], library: Library) -> Iterator[Line]:
    """Every source that a row of the sheet leans on, and how it was read."""
    lines = (line for section in told for each in section.parts for line in each.lines)
    for name in sorted({line.source.id for line in lines if line.source is not None}):
        source = library.sources[name]
        by = f"{source.authors}: " if source.authors else ""
        year = f", {source.year}" if source.year else ""
        read = f" ({how_read(source)})" if how_read(source) else ""
        yield point(f"{by}{source.title}{year}{read}.", anchor=f"source-{name}")
