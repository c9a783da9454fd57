"""The gate: on to the next phase, stay, or one phase back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hamstride.decisions.assess import Severity
from hamstride.decisions.judge import Action, Reason
from hamstride.decisions.today import Decision
from hamstride.protocols.model import Phase, Protocol

GateAction = Literal["advance", "stay", "step_back", "refer"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The protocol, the phase, and how severe the answers look."""

    protocol: Protocol
    phase: Phase
    severity: Severity


@dataclass(frozen=True, slots=True)
class Word:
    """What a clinician said that bears on the gate today."""

    advance_to: str | None = None
    held: bool = False
    let_run: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """Where the gate leads, why, what is recommended beside it, and what holds it shut.

    `held_by` says in one word what keeps a gate shut whose criteria are met: `locked`,
    `answers`, `pain`, `clinician`, `severity`, `manual`, `last`; empty when nothing does.
    """

    action: GateAction
    to: str | None
    deciding: tuple[Reason, ...]
    examined: tuple[Reason, ...]
    recommended: tuple[Reason, ...] = ()
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The three lists of a gate, judged."""

    back: Sequence[Reason]
    advance: Sequence[Reason]
    recommend: Sequence[Reason]


def gate(standing: Standing, judged: Judged, day: Decision, word: Word) -> Gate:
    """Where the runner may go from here. Stepping back wins over going on.

    Notes
    -----
    A gate opens on a day that rests for nothing but a phase without running; never on one that
    refers, asks first or rests for pain. A clinician's word never opens it on such a day either.
    """
    protocol, phase = standing.protocol, standing.phase
    examined = (*judged.back, *judged.advance)
    place = protocol.index(phase.id)

    def result(action: GateAction, to: str | None, why: Sequence[Reason], held: str = "") -> Gate:
        return Gate(action, to, tuple(why), examined, tuple(judged.recommend), held)

    if day.action is Action.REFER:
        return result("refer", None, day.deciding, "locked")
    flares = [reason for reason in judged.back if reason.met]
    if flares and place > 0:
        return result("step_back", protocol.phases[place - 1].id, flares)
    held = _held(day, flares, word)
    after = _after(protocol, phase)
    if word.advance_to is not None and word.advance_to == after and not held:
        return result("advance", after, [])
    held = held or _shut(standing, word)
    unmet = [reason for reason in judged.advance if not reason.met]
    in_doubt = [reason for reason in judged.back if reason.unknown]
    if unmet or in_doubt or held:
        return result("stay", None, [*unmet, *in_doubt], held)
    return result("advance", after, judged.advance)


def _held(day: Decision, flares: Sequence[Reason], word: Word) -> str:
    if day.asks_first:
        return "answers"
    if day.rests_for_pain or flares:
        return "pain"
    return "clinician" if word.held else ""


def _shut(standing: Standing, word: Word) -> str:
    """What keeps a phase from being left, whatever its criteria."""
    protocol, phase = standing.protocol, standing.phase
    if phase.last:
        return "last"
    if phase.exit == "manual":
        return "manual"
    entered = _next(protocol, phase)
    enters_running = entered is not None and entered.running != "none" and phase.running == "none"
    if enters_running and standing.severity != "mild" and not word.let_run:
        return "severity"
    return ""


def _next(protocol: Protocol, phase: Phase) -> Phase | None:
    place = protocol.index(phase.id) + 1
    return protocol.phases[place] if place < len(protocol.phases) else None


def _after(protocol: Protocol, phase: Phase) -> str | None:
    """The next phase, or the protocol that follows this one."""
    entered = _next(protocol, phase)
    return phase.leads_to if entered is None else entered.id
