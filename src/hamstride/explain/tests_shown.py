"""Tests as they are told: which the gate ahead asks for, and which wait today, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from hamstride.explain.numbers import MONTHS, amount, listed
from hamstride.explain.parts import Citation
from hamstride.explain.safety import STOP_RULE
from hamstride.explain.sources import cited
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase
from hamstride.protocols.shelf import Test

Standing = Literal["due", "open", "met"]
"""`due`: not done, or too long ago to count; `open`: done, and a check still asks for more."""

_ORDER: tuple[Standing, ...] = ("due", "open", "met")

LOCKED = "Tests wait until a clinician has had a look."
ASKS_FIRST = "The red-flag questions come first: tests wait until they are answered."
CALMER_DAY = "Today rests. A test tells more on a calmer day."

_HOW_MUCH = {"reps": "repetitions", "deg": "degrees", "s": "seconds", "min": "minutes",
             "cm": "centimetres", "of 100": "0 to 100"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShownTest:
    """One test as it is told; `asked` are the checks of the gate that name it."""

    id: str
    title: str
    unit: str
    how: str
    tells: str
    stop: str
    kit: str
    source: Citation


def as_shown(test: Test, library: Library) -> ShownTest:
    """A test with all that is needed to do it."""
    kit = [each for each in test.kit if each != "none"]
    needed = kit if "none" not in test.kit else []
    return ShownTest(
        id=test.id,
        title=test.title,
        unit="" if test.measures == "pain_only" else _HOW_MUCH.get(test.unit, test.unit),
        how=test.how,
        tells=test.tells,
        stop=STOP_RULE,
        kit=f"Needs one of these: {listed(needed, 'or')}." if needed else "",
        source=cited(test, library),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A test that the gate ahead names: how it stands, and what the gate says of it.

    One that is not `needed` is good to have, and opens nothing.
    """

    test: Test
    standing: Standing
    needed: bool
    checks: tuple[str, ...]


def named_tests(
    answer: Mapping[str, Any], phase: Phase | None, library: Library
) -> tuple[Named, ...]:
    """The tests that today's open questions and the gate ahead name, those needed and due first.

    Parameters
    ----------
    answer : mapping
        The answer of a day, as `explain.answer` writes it.
    phase : Phase or None
        The phase of that answer.
    """
    found: dict[str, list[_Check]] = {}
    for key in answer["today"]["answer_first"]:
        if key.startswith("tests."):
            found.setdefault(key.removeprefix("tests."), []).append(_Check("unknown", "", True))
    for needed, reason in _checks(answer["gate"], phase):
        for test in _tests_of(reason, library):
            check = _Check(reason["verdict"], reason["say"], needed)
            found.setdefault(test, []).append(check)
    named = [_named(library.tests[test], checks) for test, checks in found.items()]
    return tuple(sorted(named, key=lambda each: (not each.needed, _ORDER.index(each.standing))))


class _Check(NamedTuple):
    verdict: str
    say: str
    needed: bool


def _checks(
    gate: Mapping[str, Any], phase: Phase | None
) -> Iterator[tuple[bool, Mapping[str, Any]]]:
    """What opens the gate, then what is recommended beside it; not what would lead back."""
    opens = {criterion.id for criterion in phase.advance_when} if phase else set()
    yield from ((True, each) for each in gate["reasons"] if each["criterion"] in opens)
    yield from ((False, each) for each in gate["recommended"])


def _tests_of(reason: Mapping[str, Any], library: Library) -> Iterable[str]:
    """The tests that would make the facts of a reason known, each once."""
    asks = [
        key
        for used in reason["facts"]
        if used["fact"] in library.definitions
        for key in library.definitions[used["fact"]].asks
    ]
    return dict.fromkeys(key.removeprefix("tests.") for key in asks if key.startswith("tests."))


def _named(test: Test, checks: Sequence[_Check]) -> Named:
    verdicts = {check.verdict for check in checks}
    standing: Standing = "due" if "unknown" in verdicts else "open"
    return Named(
        test=test,
        standing="met" if verdicts == {"met"} else standing,
        needed=any(check.needed for check in checks),
        checks=tuple(dict.fromkeys(check.say for check in checks if check.say)),
    )


def waits_words(test: Test, started_on: date, onset: str | None, today: date) -> str:
    """Why a test does not count yet; empty where it does.

    Notes
    -----
    As results are counted: a hard test from the first days after a sudden onset is no result,
    and an onset that is not known may have been one.
    """
    first = started_on + timedelta(days=test.not_before_day)
    if onset == "gradual" or today >= first:
        return ""
    days = amount(test.not_before_day, "days")
    return (
        f"Not yet: it asks much of the leg, and it began less than {days} ago. "
        f"From {first.day} {MONTHS[first.month - 1]} on it counts."
    )


def too_much_words(test: Test, found: float) -> str:
    """What is said of a value above all that is plausible; empty below."""
    if found <= test.highest:
        return ""
    unit = test.unit.replace(" ", "_")
    return (
        f"{amount(found, unit)} is more than anybody is known to reach; "
        f"up to {amount(test.highest, unit)} is taken. Have another look at it."
    )
