"""A ladder step beside a run: its parts as planned and as done, and the verdict on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from hamstride.vocabulary import FollowingTerms, Harder, ShareDone

PartKind = Literal["run", "walk", "repeat", "repeats", "running", "walking", "speed", "hills"]
Unit = Literal["s", "m", "times", "mps"]

_ORDER: tuple[Harder, ...] = ("longer", "more_repeats", "shorter_walks", "faster", "hills")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a step, as planned and as done.

    `nth` counts the repeats from 1; None for the session as a whole. `planned` and `done` are
    None where there was none; for `speed` and `hills` planned is the most that fits the step.
    """

    kind: PartKind
    planned: float | None
    done: float | None
    unit: Unit
    fits: bool
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """How far a run was the step: the share of it that was done, and what was harder.

    `left_out` names the parts that the file cannot tell.
    """

    share_pct: int
    verdict: ShareDone
    harder: tuple[Harder, ...]
    parts: tuple[Part, ...]
    left_out: tuple[PartKind, ...] = ()


def judged(
    share: float,
    parts: Sequence[Part | PartKind],
    harder: set[Harder],
    terms: FollowingTerms,
) -> Followed:
    """The verdict on a share of a step; a part of which only the kind is given is left out."""
    share_pct = round(100 * share)
    verdict: ShareDone = "little"
    if share_pct >= terms.done_from_pct:
        verdict = "done"
    elif share_pct >= terms.partly_from_pct:
        verdict = "partly"
    return Followed(
        share_pct,
        verdict,
        tuple(code for code in _ORDER if code in harder),
        tuple(part for part in parts if isinstance(part, Part)),
        tuple(part for part in parts if not isinstance(part, Part)),
    )


def fits(part: Part | PartKind) -> bool:
    """Whether a part fits; one that the file cannot tell is not held against the run."""
    return not isinstance(part, Part) or part.fits
