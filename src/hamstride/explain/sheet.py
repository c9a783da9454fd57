"""A protocol as a sheet: phases, gates, steps, exercises and sources, from top to bottom."""

from collections.abc import Iterable, Iterator

from hamstride.explain.numbers import lower_first, number, without_stop
from hamstride.explain.parts import Line, Part, part, point
from hamstride.explain.sources import cited
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
from hamstride.protocols.shelf import Source

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
HOW_READ = {
    "read": "read in part: its abstract, a table or a page",
    "secondary": "known through other publications",
    "memory": "cited from memory; to be checked",
    "computed": "worked out from published figures",
}


def sheet(protocol: Protocol, library: Library) -> tuple[Part, ...]:
    """A protocol as parts, to be read or printed."""
    parts = [_head(protocol, library)]
    parts += _lists(protocol, library, "")
    if protocol.ours:
        parts += _lists(library.ours, library, "In all our own plans: ")
    parts += _lists(library.always, library, "In every plan: ")
    if protocol.ladder is not None:
        parts.append(part("How runs climb", *_ladder(protocol.ladder, library)))
    for place, phase in enumerate(protocol.phases, start=1):
        parts += _phase(phase, place, library)
    parts.append(part("Sources", *_sources(protocol, library)))
    return tuple(each for each in parts if each is not None)


def _head(protocol: Protocol, library: Library) -> Part | None:
    title = f"{protocol.title} ({protocol.id}, version {protocol.version})"
    return part(
        title,
        Line(f"For: {protocol.for_whom}"),
        Line(f"Not for: {protocol.not_for}"),
        Line(f"Last reviewed on {protocol.reviewed_on}.", source=cited(protocol, library)),
        *_advice(protocol.advice, library),
    )


def _noted(words: str, row: Sourced) -> str:
    """What a row says, with its caveat."""
    return f"{without_stop(words)}. {row.note}" if row.note else words


def _advice(rows: Iterable[Advice], library: Library) -> Iterator[Line]:
    for row in rows:
        yield point(_noted(row.say, row), cited(row, library))


def _lists(lists: Lists, library: Library, of: str) -> list[Part | None]:
    return [
        part(
            f"{of}{words if not of else lower_first(words)}",
            *criteria_lines(getattr(lists, name), library),
        )
        for name, words in LIST_WORDS.items()
    ]


def criteria_lines(criteria: Iterable[Criterion], library: Library) -> Iterator[Line]:
    """Criteria, a line each."""
    for each in criteria:
        yield point(_noted(each.say, each), cited(each, library))


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


def _phase(phase: Phase, place: int, library: Library) -> list[Part | None]:
    name = f"Phase {place}, {phase.title}"
    running = f"Running: {_RUNNING[phase.running]}."
    head = [Line(phase.goal), Line(running, source=cited(phase, library))]
    head += _advice(phase.advice, library)
    on = "manual" if phase.exit == "manual" else "last" if phase.last else ""
    leave = {
        "manual": "You or your clinician decide when it is over.",
        "last": "This is where it stays.",
    }.get(on, "")
    return [
        part(name, *head),
        part(f"{name}: on when", Line(leave), *criteria_lines(phase.advance_when, library)),
        part(f"{name}: good to have", *criteria_lines(phase.recommend, library)),
        part(f"{name}: one phase back when", *criteria_lines(phase.step_back_if, library)),
        *_lists(phase, library, f"{name}: "),
        part(f"{name}: the steps", *(_step(step, library) for step in phase.steps)),
        part(f"{name}: exercises", *(_dose(dose, library) for dose in phase.doses)),
        part(f"{name}: a week", *week_lines(phase.week, library)),
    ]


def _step(step: Step, library: Library) -> Line:
    effort = f", at about {step.effort_pct} % of top speed" if step.effort_pct else ""
    only = " (only after a run that did not go well)" if step.filler else ""
    words = f"{step.id}: {step.title}{effort}{only}"
    return point(_noted(words, step), cited(step, library))


def _dose(dose: Dose, library: Library) -> Line:
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
    return point(_noted(words + about, dose), cited(dose, library))


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


def _sources(protocol: Protocol, library: Library) -> Iterator[Line]:
    for name in sorted(_named(protocol)):
        source = library.sources[name]
        by = f"{source.authors}: " if source.authors else ""
        year = f", {source.year}" if source.year else ""
        yield point(f"{by}{source.title}{year}{_how_read(source)}.")


def _how_read(source: Source) -> str:
    """How a source was read, in brackets; our own choice was not."""
    if source.kind == "our_choice":
        return ""
    return " (read in full)" if source.kind == "article" else f" ({HOW_READ[source.read]})"


def _named(protocol: Protocol) -> set[str]:
    """Every source that a protocol leans on."""
    rows: list[Criterion | Dose | Step] = []
    found = {protocol.source}
    for lists in (protocol, *protocol.phases):
        for name in LIST_WORDS:
            rows += getattr(lists, name)
    for phase in protocol.phases:
        found.add(phase.source)
        rows += [*phase.advance_when, *phase.recommend, *phase.step_back_if]
        rows += [*phase.steps, *phase.doses]
    return found | {row.source for row in rows}
