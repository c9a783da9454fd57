"""What every test may use, and what becomes of a skipped one."""

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import TypeVar

import pytest

ACTIVITIES = "HAMSTRIDE_ACTIVITIES"
NO_SKIP = "HAMSTRIDE_NO_SKIP"
ABSENT = "absent"

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(scope="session")
def activities_folder() -> Path:
    """The folder of real activity files, named by an environment variable."""
    named = os.environ.get(ACTIVITIES)
    if named and named != ABSENT:
        folder = Path(named)
        assert folder.is_dir(), f"{ACTIVITIES} names {named}, and there is no such folder"
        return folder
    pytest.skip(f"{ACTIVITIES} names no folder: the tests on real activity files did not run")


def _may_skip(reason: str) -> bool:
    """Whether a skip is no failure; the one excuse is a folder that somebody called absent."""
    if not os.environ.get(NO_SKIP):
        return True
    return os.environ.get(ACTIVITIES) == ABSENT and ACTIVITIES in reason


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why something was skipped, without the place."""
    told = report.longrepr
    return (told[2] if isinstance(told, tuple) else str(told)).removeprefix("Skipped: ")


def _refuse_skip(report: Report) -> Report:
    """The report, failed where it was a skip that is not allowed."""
    if report.skipped and not hasattr(report, "wasxfail") and not _may_skip(_reason(report)):
        report.outcome = "failed"
        report.longrepr = f"Skipped, and {NO_SKIP} is set: {_reason(report)}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skips of tests and fixtures."""
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skips of whole modules."""
    return _refuse_skip((yield))


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count out loud what did not run."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section(f"NOT RUN: {len(skipped)}", red=True, bold=True)
    for reason, times in Counter(map(_reason, skipped)).most_common():
        terminalreporter.line(f"{times:5d}  {reason}")
