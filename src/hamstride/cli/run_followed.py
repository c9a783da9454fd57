"""A run beside the steps of a ladder: the one that was prescribed, or the one it looks like."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from hamstride.cli import terminal
from hamstride.explain import run_followed as told
from hamstride.explain.run_followed import FollowedShown, PartShown
from hamstride.explain.run_shown import Top
from hamstride.facts.following import followed, recognised
from hamstride.protocols.library import Library
from hamstride.protocols.model import Protocol
from hamstride.records import Run
from hamstride.vocabulary import Declared

Json = dict[str, Any]

USUAL_PROTOCOL = "strain"
"""Whose ladder a run is held against where none is named."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The ladder of one protocol, and the step of it that was prescribed, where one is named."""

    declared: Declared
    titles: dict[str, str]
    step: str | None


@dataclass(frozen=True, slots=True)
class Beside:
    """What of a step was done; or, where none is named, the step that the run looks like."""

    step: str | None = None
    followed: FollowedShown | None = None
    looks_like: str | None = None
    title: str = ""


def ladder_of(library: Library, protocol_id: str, step: str | None) -> Ladder:
    """The ladder of a protocol; it says which ones there are where there is none of the name."""
    protocol = library.protocols.get(protocol_id)
    if protocol is None:
        known = ", ".join(library.protocols)
        raise click.UsageError(
            f"--protocol: there is no protocol {protocol_id!r}. There are: {known}."
        )
    titles = {each.id: each.title for each in protocol.steps()}
    if step is not None and step not in titles:
        raise click.UsageError(f"--step: {_no_step(protocol, step, titles)}")
    return Ladder(library.declared_for(protocol), titles, step)


def _no_step(protocol: Protocol, step: str, titles: dict[str, str]) -> str:
    if not titles:
        return f"the protocol {protocol.id!r} has no running steps. Name another with --protocol."
    return (
        f"the protocol {protocol.id!r} has no step {step!r}. Its steps: {', '.join(titles)}. "
        "Name another protocol with --protocol."
    )


def place_of(files: Sequence[str], path: Path) -> int:
    """The place of the one run that a path holds; the other runs tell how fast the runner is."""
    if len(files) == 1:
        return 0
    places = [place for place, file in enumerate(files) if file == str(path)]
    if len(places) != 1:
        raise click.UsageError(
            "--step compares one run. Name its own file first; runs after it tell your top speed."
        )
    return places[0]


def beside(run: Run | None, top: Top | None, ladder: Ladder) -> Beside:
    """A run beside its step, or beside every step of the ladder."""
    steps, terms = ladder.declared.steps, ladder.declared.following
    if ladder.step is None:
        looks = None if run is None else recognised(run, steps, _seen_mps(top), terms)
        return Beside(looks_like=looks, title=ladder.titles.get(looks or "", ""))
    title, step = ladder.titles[ladder.step], steps[ladder.step]
    top_mps = _seen_mps(top) if step.is_speed else _some_mps(top)
    found = None if run is None else followed(run, step, top_mps, terms)
    if found is None:
        return Beside(ladder.step, title=title)
    parts = tuple(
        PartShown(part.kind, part.planned, part.done, part.unit, part.fits, part.nth)
        for part in found.parts
    )
    shown = FollowedShown(
        ladder.step, title, found.share_pct, found.verdict, found.harder, parts, found.left_out
    )
    return Beside(ladder.step, shown, title=title)


def _seen_mps(top: Top | None) -> float | None:
    """A top speed that was sprinted; None where it is a lower bound."""
    return None if top is None or top.at_least else top.mps


def _some_mps(top: Top | None) -> float | None:
    """A top speed, or an estimate of it; easy running may be held against one."""
    return None if top is None or top.high_mps is None else top.mps


def keys(found: Beside) -> Json:
    """What JSON says of it: `followed` where a step is named and the file tells, else null."""
    return {
        "looks_like": found.looks_like,
        "followed": None if found.followed is None else _object(found.followed),
    }


def _object(shown: FollowedShown) -> Json:
    return {
        "step": shown.step,
        "share_pct": shown.share_pct,
        "verdict": shown.verdict,
        "harder": list(shown.harder),
        "parts": [_part(part) for part in shown.parts],
        "left_out": list(shown.left_out),
    }


def _part(part: PartShown) -> Json:
    return {
        name: round(value, 3) if isinstance(value, float) else value
        for name, value in asdict(part).items()
    }


def show(found: Beside) -> None:
    """Print the parts of a step as a table and the verdict below it, or what it looks like."""
    if found.looks_like is not None:
        terminal.echo()
        terminal.say(told.looks_like(found.looks_like, found.title), level=0)
    if found.step is None:
        return
    terminal.echo()
    terminal.echo("Planned against done", bold=True)
    terminal.say(f"{found.step}: {found.title}.")
    if found.followed is None:
        terminal.say(told.untold(found.step))
        return
    for line in terminal.table([told.HEADINGS, *told.rows(found.followed)], told.NUMBERS):
        terminal.echo(f"  {line}")
    for sentence in told.verdict(found.followed):
        terminal.say(sentence)
