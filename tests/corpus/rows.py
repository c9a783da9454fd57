"""What a row of the bad-input corpus is: a file made in the test, and how it ends.

R: refused, with a reason code and one line in plain words. W: accepted with a warning. Q: kept,
and said to be unsure; a run on its day, and never a baseline. A: accepted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from hamstride.facts.activity import run_of
from hamstride.protocols.loading import load
from hamstride.readers import Outcome
from hamstride.records import Activity, Finding

Ends = Literal["R", "W", "Q", "A"]

_REFUSED = (*range(1, 4), *range(5, 12), 14, 15, 16, 19, 20, *range(23, 30), 31, 32, 36, 40, 58)
_REFUSED += (60, 63, 71)
OUTCOMES: dict[int, str] = {
    no: ends
    for ends, rows in {
        "R": _REFUSED,
        "W": (4, 21, 22, 33, 41, 44, 48, 50, 51, 53, 54, 57, 66, 69, 70),
        "Q": (37, 39, 43, 49, 61),
        "A": (12, 13, 17, 18, 34, 42, 45, 46, 55, 56, 59, 62, 64, 67, 68, 72),
        "AR": (30, 65),
        "RW": (35, 47, 52),
        "QW": (38,),
    }.items()
    for no in rows
}
"""How each row ends, as it was agreed before the readers were written."""

NOT_IN_THE_CORE = {
    69: "a planned run that is typed is capped by the page that takes it",
    70: "units are chosen on a page; the runner's file has one unit a key, and its name tells it",
    71: "a request has an idempotency key, and a file has none",
}
"""Rows that are about the web alone."""

REFUSED = {"not_an_activity", "unreadable", "too_large", "unsupported"}
NUMBERS = ("distance_m", "duration_s", "longest_continuous_s", "running_s", "timer_s")
"""What later runs are compared with."""


@dataclass(frozen=True, slots=True)
class Row:
    """One file of the corpus.

    `code` is the status of a refusal, else that of a finding; `says` stands in what is said.
    `leaves_out` are the numbers of a Q that count for nothing; none where there is no run at
    all, because its day is not known. `why` is the reason where the core ends otherwise than
    the corpus asks.
    """

    no: int
    ends: Ends
    made: Callable[[], bytes]
    code: str = ""
    says: str = ""
    name: str = "run.gpx"
    about: str = ""
    leaves_out: Sequence[str] = NUMBERS
    also: Callable[[list[Outcome]], bool] | None = None
    why: str = ""

    @property
    def id(self) -> str:
        """The number of the row, and which of its files it is."""
        return f"B{self.no}{f' {self.about}' if self.about else ''}"


def assert_ends(row: Row, outcomes: list[Outcome]) -> None:
    """Fail unless the outcomes are what the row asks for."""
    assert outcomes
    findings = [finding for outcome in outcomes for finding in outcome.findings]
    assert "reader_fault" not in {finding.code for finding in findings}
    if row.ends == "R":
        for outcome in outcomes:
            assert_refused(outcome, row.code, row.says)
    elif row.ends == "A":
        assert {outcome.status for outcome in outcomes} <= {"read", "duplicate"}
        assert findings == []
    else:
        _assert_said(row, findings)
        for outcome in outcomes:
            assert outcome.activities
            if row.ends == "Q":
                for activity in outcome.activities:
                    _assert_no_baseline(activity, row.leaves_out)
    assert row.also is None or row.also(outcomes)


def assert_refused(outcome: Outcome, code: str, says: str) -> None:
    """Fail unless a file was refused for this reason, in one line of plain words."""
    assert outcome.status == code
    assert code in REFUSED
    assert outcome.activities == ()
    assert says in outcome.message
    assert outcome.message.startswith(outcome.file)
    assert outcome.message.endswith(".")
    assert outcome.message.isprintable()


def _assert_said(row: Row, findings: list[Finding]) -> None:
    said = [finding for finding in findings if finding.code == row.code]
    assert said, [finding.code for finding in findings]
    assert row.says in said[0].say
    # A file that ends as W counts like any other.
    assert row.ends == "Q" or not any(finding.unsure for finding in findings)


def _assert_no_baseline(activity: Activity, leaves_out: Sequence[str]) -> None:
    run = run_of(activity, load().declared.runs, "UTC")
    if not leaves_out:
        assert run is None
        return
    assert run is not None
    assert {name: getattr(run, name) for name in leaves_out} == dict.fromkeys(leaves_out)
