"""A protocol of two phases, small enough to read at once, and copies of it with one slip each."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from hamstride.errors import ProtocolError
from hamstride.protocols.loading import load, read_library

HEAD = """\
id          = "mine"
title       = "Two phases"
version     = "1.0.0"
reviewed_on = 2026-11-24
for_whom    = "A made-up runner."
not_for     = "Anybody else."
ours        = false
source      = "our_choice"

[ladder]
start_at                  = "A1"
clean_needed              = 1
clean_needed_after_recent = 1
recent_days               = 60
unclean_to_step_down      = 2
restart_after_days        = 30
restart_at                = "A1"
source                    = "our_choice"

[[refer_if]]
id      = "walking_pain_8"
say     = "Walking hurts 8 or more."
all     = [{ fact = "pain_walking_nrs", at_least = 8, within_days = 0 }]
urgency = "urgent"
source  = "our_choice"
"""

CALM = """\
id      = "calm"
title   = "Calm down"
goal    = "Walk without pain."
running = "none"
source  = "our_choice"

[[advance_when]]
id     = "walks_well"
say    = "Walk with pain of at most 1 for three days."
all    = [
    { fact = "pain_walking_nrs", at_most = 1, within_days = 2 },
    { fact = "days_in_phase", at_least = 3 },
]
source = "three_questions"
asks   = ["S2-12"]

[[doses]]
exercise       = "glute_bridge"
group          = "hamstring"
sets           = 3
reps           = 12
pain_limit_nrs = 3
source         = "our_choice"
"""

RUN = """\
id      = "run"
title   = "Run again"
goal    = "Walk and run."
running = "walk_run"
last    = true
source  = "our_choice"

[[modify_if]]
id     = "woke_up_sore"
say    = "The first steps of the day hurt."
all    = [{ fact = "pain_morning_nrs", at_least = 1, within_days = 0 }]
source = "our_choice"

[[steps]]
id       = "A1"
title    = "4 times: walk 4 min, run 1 min"
repeats  = 4
walk_min = 4
run_min  = 1
source   = "our_choice"

[[steps]]
id       = "A2"
title    = "4 times: walk 3 min, run 2 min"
repeats  = 4
walk_min = 3
run_min  = 2
source   = "our_choice"
"""

Slip = tuple[str, str, str, str]
"""A file, the text in it, the text put there, and the line by which it is refused."""

FILES = {"protocol.toml": HEAD, "1_calm.toml": CALM, "2_run.toml": RUN}


def write_mine(folder: Path) -> Path:
    """Write the protocol `mine` into a folder, and give the protocol's own folder."""
    own = folder / "mine"
    own.mkdir()
    for name, text in FILES.items():
        (own / name).write_text(text, encoding="utf-8")
    return own


def change(file: Path, old: str, new: str) -> None:
    """Put other text for text that stands in a file once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file.name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), encoding="utf-8")


def faults(folder: Path) -> list[str]:
    """The lines by which the protocols of a folder are refused."""
    with pytest.raises(ProtocolError) as refused:
        load(folder)
    assert str(refused.value) == "\n".join(refused.value.faults)
    return list(refused.value.faults)


def library_faults(folder: Path, file: str, old: str, new: str) -> list[str]:
    """The lines by which a copy of what ships is refused, with one slip in one of its files."""
    with as_file(files("hamstride.protocols") / "library") as ships:
        copy = shutil.copytree(ships, folder / "library")
    change(copy / file, old, new)
    with pytest.raises(ProtocolError) as refused:
        read_library(copy)
    return list(refused.value.faults)
