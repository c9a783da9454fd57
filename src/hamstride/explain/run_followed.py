"""A ladder step beside a run: what was planned, what was done, and what was harder."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from hamstride.explain.numbers import listed, number
from hamstride.explain.run_chart import km_h
from hamstride.units import M_PER_KM, S_PER_H, clock
from hamstride.vocabulary import Harder, ShareDone

Kind = Literal["run", "walk", "repeat", "repeats", "running", "walking", "speed", "hills"]
Unit = Literal["s", "m", "times", "mps"]

HEADINGS = ("", "planned", "done", "")
NUMBERS = frozenset({1, 2})

_HARDER: dict[Harder, str] = {
    "longer": "longer running",
    "more_repeats": "more repeats",
    "shorter_walks": "shorter walks",
    "faster": "faster running",
    "hills": "hills",
}
_NAMES: dict[Kind, str] = {
    "repeats": "repeats",
    "running": "running",
    "walking": "walking",
    "speed": "fastest",
}
_NONE = "none"
# Less than planned, and more.
_OFF: dict[Kind, tuple[str, str]] = {
    "speed": ("slower", "faster"),
    "hills": ("flat", "hilly"),
    "repeats": ("fewer", "more"),
    "repeat": ("less", "longer"),
}
_UNSEEN = {
    "speed": "No sprint tells your top speed, so the speed is not compared.",
    "hills": "There is no height in the file, so hills are not compared.",
}
_AROUND = "Warm-up and cool-down are left out."


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part of a step, as planned and as done; None where there was none."""

    kind: Kind
    planned: float | None
    done: float | None
    unit: Unit
    fits: bool
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class FollowedShown:
    """How far a run was a step; `title` says what the step is."""

    step: str
    title: str
    share_pct: int
    verdict: ShareDone
    harder: tuple[Harder, ...]
    parts: tuple[PartShown, ...]
    left_out: tuple[Kind, ...] = ()


def harder_words(harder: Sequence[Harder]) -> list[str]:
    """In what ways a run was harder than planned, in words."""
    return [_HARDER[code] for code in harder]


def rows(shown: FollowedShown) -> tuple[tuple[str, ...], ...]:
    """The parts as rows below `HEADINGS`, narrow enough for a phone."""
    return tuple(
        (
            _name(part),
            _amount(part, part.planned, most=_is_limit(part)),
            _amount(part, part.done),
            _word(part),
        )
        for part in shown.parts
    )


def verdict(shown: FollowedShown) -> Iterator[str]:
    """The verdict in sentences, and what could not be compared."""
    yield _share_words(shown)
    yield _AROUND
    for kind in shown.left_out:
        yield _UNSEEN[kind]


def _share_words(shown: FollowedShown) -> str:
    harder = listed(harder_words(shown.harder))
    share = f"{shown.share_pct} % of it was done"
    if shown.verdict == "done":
        done = f"All of it was done, harder than planned: {harder}."
        return done if harder else "Done as planned."
    if harder:
        return f"{share}, and it was harder than planned: {harder}."
    how_much = "a part" if shown.verdict == "partly" else "little"
    return f"{share}: {how_much} of the step, which leads to no higher one."


def untold(step: str) -> str:
    """What is said where the file cannot tell."""
    return f"This file cannot tell how much of {step} was done."


def looks_like(step: str, title: str) -> str:
    """What is said where exactly one step of the ladder fits."""
    return f"It looks like {step}: {title}. It counts as that step once you write it down as one."


def _name(part: PartShown) -> str:
    if part.kind == "hills":
        return "uphill" if part.unit == "times" else "steep"
    if part.kind in _NAMES:
        return _NAMES[part.kind]
    return f"{part.kind} {part.nth}" if part.kind != "repeat" else f"no. {part.nth}"


def _is_limit(part: PartShown) -> bool:
    """Whether what is planned is the most that fits, and not an amount to reach."""
    return part.kind == "speed" or (part.kind == "hills" and part.unit == "s")


def _amount(part: PartShown, value: float | None, *, most: bool = False) -> str:
    if value is None:
        return _NONE
    match part.unit:
        case "s":
            said = clock(value)
        case "m":
            said = f"{value:.0f} m"
        case "mps":
            said = number(value * S_PER_H / M_PER_KM) if most else km_h(value)
        case _:
            said = number(value)
    return f"≤ {said}" if most else said


def _word(part: PartShown) -> str:
    """How what was done differs from what was planned; a tick where it does not."""
    if part.fits:
        return "✓"
    if part.done is None:
        return "missing"
    if part.planned is None:
        return "extra"
    less, more = _OFF.get(part.kind, ("shorter", "longer"))
    return more if part.done > part.planned else less
