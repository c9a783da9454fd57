"""Each requirement of the articles is answered somewhere, or it is said what is missing."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from hamstride.protocols.loading import load
from ledger.resolving import (
    ROOT,
    DeadPointerError,
    answers,
    resolve,
    targets,
)

# How many requirements were drawn from each article (item count of the restated requirements).
COUNTED = {"S0": 47, "S1": 60, "S2": 29, "S3": 70, "S4": 46}

KEYS = {
    "done": {"asks", "type", "status", "where"},
    "planned": {"asks", "type", "status", "missing"},
    "not_applicable": {"asks", "type", "status", "reason"},
}
# What a plan is made of: these are done, or it is said why they never will be.
RULES = {
    "RULE", "CRIT", "MILE", "PHASE", "TABLE", "DOSE", "EX", "TEST", "TRIG", "ADJ", "CLASS", "REFER",
}  # fmt: skip
TOLD = {"CLAIM", "NUM", "ANAT", "SYM", "SCOPE", "ADVICE"}

LATER: dict[str, str] = {}
"""Rules that wait for a part that is not there yet, and the words by which it is named."""

SHORTEST_REASON = 20


def _ledger() -> dict[str, dict[str, Any]]:
    return tomllib.loads((ROOT / "docs" / "requirements.toml").read_text(encoding="utf-8"))


LEDGER = _ledger()


def _of_status(status: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, row) for name, row in LEDGER.items() if row["status"] == status)


def _pointers() -> list[tuple[str, str]]:
    return [(name, pointer) for name, row in _of_status("done") for pointer in row["where"]]


def _claimed() -> set[str]:
    """Every requirement that some row of the library says it answers."""
    claimed = {asked for target in targets().values() for asked in target.asks or ()}
    return claimed | set(load().presentations.asks)


# The ledger as a table


def test_every_requirement_of_the_articles_stands_in_the_ledger_in_order_and_no_other() -> None:
    expected = [
        f"{article}-{number:02}"
        for article, count in COUNTED.items()
        for number in range(1, count + 1)
    ]

    assert len(expected) == 252
    assert list(LEDGER) == expected


def test_a_row_has_the_keys_of_its_status_and_no_other() -> None:
    odd = [name for name, row in LEDGER.items() if set(row) != KEYS.get(row.get("status", ""))]

    assert odd == []


def test_a_row_says_what_is_asked_and_of_which_type_it_is() -> None:
    odd = [
        name
        for name, row in LEDGER.items()
        if len(row["asks"]) < 5 or not set(row["type"].split("/")) <= RULES | TOLD
    ]

    assert odd == []


def test_what_is_not_done_has_a_whole_sentence_for_a_reason() -> None:
    said = {name: row["missing"] for name, row in _of_status("planned")}
    said |= {name: row["reason"] for name, row in _of_status("not_applicable")}

    assert [name for name, why in said.items() if len(why) < SHORTEST_REASON] == []
    assert [name for name, why in said.items() if not why.endswith((".", ")."))] == []


def test_a_rule_is_done_unless_it_waits_for_a_part_that_is_named_here() -> None:
    waiting = {
        name: row["missing"]
        for name, row in _of_status("planned")
        if set(row["type"].split("/")) & RULES
    }

    assert set(waiting) == set(LATER)
    assert [name for name, missing in waiting.items() if LATER[name] not in missing] == []


# Pointers


def test_every_pointer_leads_to_something_that_answers_its_requirement() -> None:
    silent = [(name, pointer) for name, pointer in _pointers() if not answers(pointer, name)]

    assert silent == []


def test_what_is_done_points_somewhere_and_nowhere_twice() -> None:
    odd = [
        name
        for name, row in _of_status("done")
        if not row["where"] or len(set(row["where"])) < len(row["where"])
    ]

    assert odd == []


def test_what_the_library_claims_is_in_the_ledger() -> None:
    assert _claimed() <= set(LEDGER)


def test_what_is_done_and_claimed_by_the_library_is_pointed_at_in_the_library() -> None:
    claimed = _claimed()
    pointed = {name for name, pointer in _pointers() if name in (resolve(pointer).asks or ())}

    assert {name for name, _ in _of_status("done")} & claimed <= pointed


def test_what_is_done_is_claimed_by_a_row_of_the_library() -> None:
    done = {name for name, _ in _of_status("done")}

    assert done - _claimed() == set()


# The resolver itself

ALIVE = [
    "criterion:always/limps_today",
    "criterion:ours/very_tired",
    "criterion:presentations/grade_2",
    "criterion:tendon/unsettled_after_a_run",
    "criterion:strain/strength/hop_30_s_each_leg",
    "step:strain/R1",
    "dose:strain/calm/heel_dig_90",
    "exercise:rdl",
    "avoid:x6",
    "test:nordic",
    "question:cannot_bear_weight",
    "fact:limp",
    "fact:silent_runs_in_a_row",
    "fact:hop_in_place_worse_side_s",
    "term:three_mornings",
    "cause:speed_jump",
    "pattern:strain",
    "suggest:unclear",
    "advice:strain/not_rest_alone_not_stretch_alone",
    "advice:strain/calm/ease_what_hurts",
    "phase:strain/calm",
    "protocol:niggle",
    "ladder:strain",
    "week:strain/calm",
    "adaptation:tendon",
    "plan:easy_run",
    "clean:easy",
    "code:hamstride.plan.week.week",
    "page:README.md",
    "page:explanation/how-a-day-is-decided.md#three-answers",
    "command:advise",
]


@pytest.mark.parametrize("pointer", ALIVE)
def test_a_pointer_of_each_kind_leads_somewhere(pointer: str) -> None:
    resolve(pointer)


@pytest.mark.parametrize("pointer", ALIVE)
def test_a_pointer_with_one_letter_changed_is_dead(pointer: str) -> None:
    with pytest.raises(DeadPointerError, match=re.escape(pointer + "z")):
        resolve(pointer + "z")


@pytest.mark.parametrize(
    "pointer",
    [
        "criterion",
        "criterion:always",
        "criterion:strain/hop_30_s_each_leg",  # stands in a phase, not in the protocol
        "criterion:strain/calm/hop_30_s_each_leg",  # stands in another phase
        "step:niggle/R1",  # a step of another protocol
        "dose:strain/calm/nordic_full",  # an exercise, but not of this phase
        "ladder:niggle",  # a protocol without a ladder
        "week:strain",  # the phases have weeks, the protocol has none
        "rule:always/limps_today",  # no such kind
        "code:os.path.join",  # not ours
        "code:hamstride.plan.week._run",  # not public
        "code:hamstride.plan.weak.week",
        "page:explanation/index.md#no-such-heading",
        "page:../pyproject.toml#",
        "command:serve-me",
    ],
)
def test_a_pointer_to_nothing_is_dead(pointer: str) -> None:
    with pytest.raises(DeadPointerError, match=re.escape(pointer)):
        resolve(pointer)


def test_no_pointer_of_the_ledger_survives_a_changed_letter() -> None:
    alive = []
    for _, pointer in _pointers():
        try:
            resolve(pointer[:-1] + ("x" if pointer[-1] != "x" else "y"))
        except DeadPointerError:
            continue
        alive.append(pointer)

    # Neighbours by name, whose last sign tells them apart, lead on to each other.
    assert {pointer for pointer in alive if not pointer[-1].isdigit()} == set()


def test_a_row_that_does_not_name_a_requirement_is_no_answer_to_it() -> None:
    assert answers("exercise:bridge_walkout", "S0-21")
    assert not answers("exercise:bridge_walkout", "S4-33")


def test_the_reasons_for_a_cause_answer_with_it() -> None:
    # S3-08 is named by the reason "It began while sprinting", not by the cause itself.
    assert answers("cause:speed_jump", "S3-08")


def test_a_page_is_found_by_the_anchor_of_its_heading() -> None:
    page = "page:explanation/contradictions.md"

    resolve(f"{page}#a6-09-10--a-week-or-a-table-that-jumps")

    with pytest.raises(DeadPointerError, match="no heading"):
        resolve(f"{page}#a6-18")


# The page on contradictions


def test_every_contradiction_has_its_section() -> None:
    page = (ROOT / "docs" / "explanation" / "contradictions.md").read_text(encoding="utf-8")

    numbers = re.findall(r"^## (A6-\d\d): ", page, re.MULTILINE)

    assert numbers == [f"A6-{number:02}" for number in range(1, 18)]


def test_a_source_from_memory_is_never_stated_as_fact() -> None:
    page = (ROOT / "docs" / "explanation" / "contradictions.md").read_text(encoding="utf-8")
    remembered = (
        "Martin 2022", "Malliaropoulos 2004", "Askling 2007", "Heiderscheit 2011",
        "Silbernagel 2007",
        "van der Made 2018",
    )  # fmt: skip
    sentences = [line for line in page.splitlines() if any(name in line for name in remembered)]

    assert len(sentences) >= len(remembered)
    assert [line for line in sentences if "remembered, to be checked" not in line] == []
