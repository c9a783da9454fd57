"""The runs of activity files, joined with what the runner wrote down."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from hamstride.cli import terminal
from hamstride.facts.joining import join
from hamstride.facts.measured import measured_run
from hamstride.protocols.library import Library
from hamstride.readers import Outcome, read_all
from hamstride.records import Case, Run

MOST_NAMED = 5
_READ = ("read", "in_part", "duplicate")


def with_activities(case: Case, folder: Path, given: Iterable[Path], library: Library) -> Case:
    """The case with every run of the files given, and of those its own runs name."""

    named = [folder / run.file for run in case.runs if run.file]
    sources = [*given, *_not_within(dict.fromkeys(named), list(given))]
    outcomes = read_all(sources)
    _tell_unread(outcomes, {str(path) for path in given}, {path.name for path in named})
    measured: list[Run] = []
    for outcome in outcomes:
        if outcome.status != "duplicate":
            runs = (
                measured_run(activity, library.declared, case.runner.timezone)
                for activity in outcome.activities
            )
            measured += [run for run in runs if run is not None]
    return replace(case, runs=join(case.runs, tuple(measured)))


def _not_within(paths: Iterable[Path], folders: list[Path]) -> list[Path]:
    """Those that no folder brings anyway."""
    whole = [folder.resolve() for folder in folders]
    return [
        path for path in paths if not any(path.resolve().is_relative_to(folder) for folder in whole)
    ]


def _tell_unread(outcomes: list[Outcome], given: set[str], named: set[str]) -> None:
    """Name what could not be read; what is no activity only where it was asked for."""
    unread = [
        outcome
        for outcome in outcomes
        if outcome.status not in _READ
        and (outcome.status != "not_an_activity" or _asked_for(outcome, given | named))
    ]
    in_part = [outcome for outcome in outcomes if outcome.status == "in_part"]
    if not unread and not in_part:
        return
    if unread:
        files = "1 file was" if len(unread) == 1 else f"{len(unread)} files were"
        terminal.complain(f"{files} not read:")
    for outcome in unread[:MOST_NAMED]:
        terminal.complain(f"  {outcome.message}")
    if len(unread) > MOST_NAMED:
        terminal.complain(f"  and {len(unread) - MOST_NAMED} more")
    for outcome in in_part[:MOST_NAMED]:
        terminal.complain(outcome.message)


def _asked_for(outcome: Outcome, names: set[str]) -> bool:
    return outcome.file in names or Path(outcome.file).name in {Path(n).name for n in names}
