"""What became of one file that was given to be read."""

from dataclasses import dataclass
from typing import Literal

from hamstride.records import Activity, Finding

Status = Literal[
    "read",
    "in_part",
    "duplicate",
    "not_an_activity",
    "unreadable",
    "too_large",
    "unsupported",
]
"""`in_part`: read up to a damage, which `findings` names. `duplicate`: the same bytes, or the
same run from another device or in another format, was read before it in this batch."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """One file, or one entry of a zip, and what became of it.

    `message` is a whole sentence for the runner; empty when everything was read. `format` is
    what the first bytes say, whatever the name. `activities` is empty unless the status is
    `read`, `in_part` or `duplicate`. `gear` is the shoe that a takeout names.
    """

    file: str
    status: Status
    format: str | None = None
    activities: tuple[Activity, ...] = ()
    message: str = ""
    findings: tuple[Finding, ...] = ()
    sha256: str | None = None
    same_as: str | None = None
    gear: str | None = None
