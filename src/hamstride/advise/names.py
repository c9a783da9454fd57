"""Whether a case names only what the library holds."""

from collections.abc import Iterable

from hamstride.casefile.nearest import nearest
from hamstride.errors import CaseFileError
from hamstride.protocols.library import Library
from hamstride.records import Case


def check_names(case: Case, library: Library) -> None:
    """Refuse a case that names a protocol, phase, test or exercise that no library holds.

    Raises
    ------
    CaseFileError
        With one line a fault, each with the nearest name that is known.
    """
    faults = [
        f"{place}: {name!r} is not known.{_hint(name, known)}"
        for place, name, known in _named(case, library)
        if name not in known
    ]
    if faults:
        raise CaseFileError(tuple(faults))


def _named(case: Case, library: Library) -> Iterable[tuple[str, str, frozenset[str]]]:
    protocols = frozenset(library.protocols)
    phases = frozenset(phase.id for each in library.protocols.values() for phase in each.phases)
    if case.episode.protocol is not None:
        yield "episode.protocol", case.episode.protocol, protocols
    for phase in case.phases:
        yield f"phases ({phase.on})", phase.id, phases
    for override in case.overrides:
        if override.advance_to is not None:
            yield f"overrides ({override.on}), advance_to", override.advance_to, phases | protocols
    tests, exercises = frozenset(library.tests), frozenset(library.exercises)
    for result in case.tests:
        yield f"tests ({result.on})", result.test, tests
    for session in case.sessions:
        for item in session.items:
            yield f"sessions ({session.on})", item.exercise, exercises


def _hint(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f" Did you mean {near!r}?" if near else f" Known are: {', '.join(sorted(known))}."
