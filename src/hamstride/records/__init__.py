"""What was recorded: the runner's answers, and the activities that a watch wrote.

Nothing is computed here. `None` means that nobody said; it is never zero and never "no".
The portable form of the answers is the runner's file (`casefile`), whose keys are the names of
their fields. What a watch wrote needs NumPy, which is loaded with its first use: an answer to
"can I run today?" from answers alone does not wait for it.
"""

import importlib
from typing import TYPE_CHECKING, Any

from hamstride.records.answers import (
    RED_FLAG_KEYS,
    Bruise,
    Case,
    CheckIn,
    Count,
    Episode,
    Measure,
    Mechanism,
    Name,
    Onset,
    Override,
    PhaseEntry,
    Quality,
    Rating,
    Run,
    RunKind,
    Runner,
    Screening,
    Session,
    SessionItem,
    SessionKind,
    Side,
    Site,
    TestResult,
    Text,
    Trend,
    Weekday,
)
from hamstride.records.measured import Bout, Load, Measured, Speeds

if TYPE_CHECKING:
    from hamstride.records.activity import MISSING, Activity, Channel, Finding, Lap

__all__ = [
    "MISSING",
    "RED_FLAG_KEYS",
    "Activity",
    "Bout",
    "Bruise",
    "Case",
    "Channel",
    "CheckIn",
    "Count",
    "Episode",
    "Finding",
    "Lap",
    "Load",
    "Measure",
    "Measured",
    "Mechanism",
    "Name",
    "Onset",
    "Override",
    "PhaseEntry",
    "Quality",
    "Rating",
    "Run",
    "RunKind",
    "Runner",
    "Screening",
    "Session",
    "SessionItem",
    "SessionKind",
    "Side",
    "Site",
    "Speeds",
    "TestResult",
    "Text",
    "Trend",
    "Weekday",
]

_OF_A_WATCH = ("MISSING", "Activity", "Channel", "Finding", "Lap")


def __getattr__(name: str) -> Any:
    """What a watch wrote, when it is first asked for."""
    if name in _OF_A_WATCH:
        return getattr(importlib.import_module("hamstride.records.activity"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
