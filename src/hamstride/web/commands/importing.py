"""What `hamstride import` does and says, once the store was started."""

from datetime import datetime
from pathlib import Path
from typing import Any

from tzlocal import get_localzone_name

from hamstride.cli import terminal
from hamstride.explain import imports as told
from hamstride.web import bridge
from hamstride.web.bridge import Report
from hamstride.web.commands.bar import bar
from hamstride.web.importing import read_again, take_in
from hamstride.web.importing.exported import is_export
from hamstride.web.importing.exported import take_back as give_back
from hamstride.web.models import Runner

MOST_NAMED = 10
_NEEDS_A_WORD = ("unreadable", "too_large", "unsupported", "in_part")


def runner_of(timezone: str | None, injured_on: datetime | None) -> Runner:
    """Whose store it is, with what was said of her on the command line."""
    runner = bridge.owner(timezone or get_localzone_name() or "UTC")
    if timezone is not None:
        bridge.move_to(runner, timezone)
    if injured_on is not None:
        bridge.set_injured_on(runner, injured_on.date())
    return runner


# Importing


def import_one(path: Path, runner: Runner, workers: int, *, as_json: bool) -> Report:
    """Take one source in, and say what became of its files."""
    before = bridge.finished_before(runner)
    with bar(path.name) as shown:
        try:
            batch = take_in(path, runner, workers=workers, tell=shown)
        except KeyboardInterrupt:
            shown.stop()
            terminal.complain(told.broken_off(path.name, shown.done, shown.of))
            raise
    report = bridge.report(batch)
    if not as_json:
        if batch.pk in before and report.finished_at is not None:
            terminal.say(told.nothing_new(path.name, report.finished_at.date()), level=0)
        else:
            _say(report)
    return report


def _say(report: Report) -> None:
    terminal.echo(told.done(report.source, report.of), bold=True)
    for line in terminal.table(told.counted(report.counts), frozenset({0})):
        terminal.echo(f"  {line}")
    worded = [each for status in _NEEDS_A_WORD for each in report.files if each.status == status]
    for each in worded[:MOST_NAMED]:
        terminal.say(f"- {each.message}")
    if len(worded) > MOST_NAMED:
        terminal.say(f"and {told.files(len(worded) - MOST_NAMED)} more; --json names them all")
    terminal.say(told.how_to_undo(report.batch[:8]), quiet=True)


def take_back(
    paths: list[Path], runner: Runner, workers: int, *, as_json: bool
) -> dict[Path, dict[str, Any]]:
    """Take back those of some sources that are exports of one's own; what each held."""
    found = {}
    for path in filter(is_export, paths):
        with bar(path.name) as shown:
            tables = give_back(path, runner, workers=workers, tell=shown)
        found[path] = {
            "export": path.name,
            "records": len(tables.records),
            "answers": len(tables.decisions),
            "originals": len(tables.originals),
        }
        if not as_json:
            terminal.say(
                f"{path.name} is taken back: {len(tables.records):,} records, "
                f"{len(tables.decisions):,} answers, {told.files(len(tables.originals))}.",
                level=0,
            )
    return found


def say_what_is_there(runner: Runner) -> None:
    """Say how many runs the store holds."""
    terminal.say(told.now_there(*bridge.extent(runner)), level=0)


def as_object(report: Report) -> dict[str, Any]:
    """An import as JSON."""
    return {
        "import": report.batch,
        "source": report.source,
        "started_at": report.started_at.isoformat(),
        "finished_at": None if report.finished_at is None else report.finished_at.isoformat(),
        "undone_at": None if report.undone_at is None else report.undone_at.isoformat(),
        "of": report.of,
        "counts": report.counts,
        "files": [
            {
                "file": each.file,
                "status": each.status,
                "message": each.message,
                "same_as": each.same_as,
            }
            for each in report.files
        ],
    }


# What else there is to do


def list_all(runner: Runner, *, as_json: bool) -> None:
    """List every import."""
    reports = bridge.reports(runner)
    if as_json:
        terminal.echo_json([as_object(each) for each in reports])
        return
    if not reports:
        terminal.say(told.NO_BATCHES, level=0)
        return
    rows = told.batch_rows(
        (
            each.batch[:8],
            each.started_at.date(),
            each.source,
            each.of,
            told.state(finished=each.finished_at is not None, undone=each.undone_at is not None),
        )
        for each in reports
    )
    heading, *body = terminal.table([told.BATCH_HEADINGS, *rows], frozenset({3}))
    terminal.echo(heading, bold=True)
    for line in body:
        terminal.echo(line)


def undo(runner: Runner, name: str, *, as_json: bool) -> None:
    """Take an import back."""
    batch = bridge.batch_named(runner, name)
    activities = bridge.undo(batch)
    if as_json:
        terminal.echo_json({"import": str(batch.uid), "undone_activities": activities})
        return
    terminal.say(told.undone(batch.source, activities), level=0)
    say_what_is_there(runner)


def reread(runner: Runner, workers: int, *, as_json: bool) -> None:
    """Read again what an older version read."""
    with bar("originals") as shown:
        count = read_again(runner, workers=workers, tell=shown)
    if as_json:
        terminal.echo_json({"read_again": count})
    else:
        terminal.say(told.read_again(count), level=0)
