"""A session as a list to work through: what, how, what changed since last time, when to ease."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hamstride.explain.numbers import number
from hamstride.explain.parts import Citation
from hamstride.explain.sessions import (
    adaptation_of,
    amount_words,
    change_words,
    pain_words,
    run_lines,
    session_title,
)
from hamstride.explain.sources import cited
from hamstride.plan.model import Item, Session
from hamstride.protocols.library import Library
from hamstride.protocols.model import Adaptation, Protocol

_AMOUNTS = {
    "sets": "{} sets", "reps": "{} repetitions", "hold_s": "{} s held", "minutes": "{} min",
    "load_kg": "{} kg", "pain": "pain {}", "rpe": "effort {}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One exercise as it is told: `waits` says when to leave it out, whatever the amount."""

    exercise: str
    name: str
    amount: str
    change: str
    limit: str
    cue: str
    how: str
    waits: tuple[str, ...]
    source: Citation


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session as it is told; `run` are the sentences of its run, none where there is none."""

    kind: str
    title: str
    minutes: int
    run: tuple[str, ...]
    step: str
    items: tuple[ItemShown, ...]


def session_shown(session: Session, protocol: Protocol | None, library: Library) -> SessionShown:
    """A session with all that is needed to do it."""
    terms = adaptation_of(protocol, library)
    return SessionShown(
        kind=session.kind,
        title=session_title(session),
        minutes=session.minutes,
        run=tuple(line.text for line in run_lines(session) if line.text),
        step=session.run.step or "" if session.run else "",
        items=tuple(_item(item, terms, library) for item in session.items),
    )


def _item(item: Item, terms: Adaptation, library: Library) -> ItemShown:
    exercise = item.exercise
    waits = [library.avoid_codes[code].say for code in exercise.avoid]
    return ItemShown(
        exercise=exercise.id,
        name=exercise.name,
        amount=amount_words(item),
        change=change_words(item, terms),
        limit=pain_words(item.dose.pain_limit_nrs),
        cue=exercise.cue,
        how=exercise.how,
        waits=tuple(each for each in (*waits, exercise.avoid_note) if each),
        source=cited(item.dose, library),
    )


def logged_words(items: Iterable[Mapping[str, Any]], library: Library) -> tuple[str, ...]:
    """What was logged of each exercise, a line each.

    Notes
    -----
    "Bridge: 3 sets, 6 repetitions, pain 1, effort 5", "Calf stretch: left out (no time)".
    """
    return tuple(_logged(item, library) for item in items)


def _logged(item: Mapping[str, Any], library: Library) -> str:
    known = library.exercises.get(item["exercise"])
    name = known.name if known else item["exercise"]
    if item.get("skipped"):
        why = f" ({item['note']})" if item.get("note") else ""
        return f"{name}: left out{why}"
    said = [words.format(number(item[key])) for key, words in _AMOUNTS.items() if key in item]
    return f"{name}: {', '.join(said)}" if said else name
