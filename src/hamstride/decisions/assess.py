"""The assessment: how severe the answers look, which picture they fit, and what may lie behind.

It never says what someone has. A grade is a clinician's word.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from hamstride.decisions.judge import Reason, judge, judge_all
from hamstride.protocols.model import Cause, Comparison, Criterion, Presentations, Suggestion
from hamstride.vocabulary import Fact, Facts, Key, Verdict, all_of, compare

Severity = Literal["mild", "moderate", "severe", "unknown"]
UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class PossibleCause:
    """A cause that fits, with what speaks for it and what against it."""

    cause: Cause
    speaks_for: tuple[Reason, ...]
    speaks_against: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """How severe the answers look, and which picture they fit, with the points of each."""

    severity: Severity
    missing: tuple[str, ...]
    pattern: str
    points: tuple[tuple[str, int], ...]


def presentation_keys(presentations: Presentations) -> list[Key]:
    """Every fact that severity, patterns and suggestions stand on."""
    rows: list[Comparison] = [
        each
        for criterion in (*presentations.severe_if, *presentations.moderate_if)
        for each in criterion.all
    ]
    rows += [each for p in presentations.patterns for f in p.features for each in f.all]
    rows += [each for suggestion in presentations.suggest for each in suggestion.all]
    needed: list[Key] = [(fact, None) for fact in presentations.mild_needs]
    return list(dict.fromkeys([each.key for each in rows] + needed))


def picture(presentations: Presentations, facts: Facts) -> Picture:
    """Severity and pattern from facts."""
    severity, missing = _severity(presentations, facts)
    pattern, points = _pattern(presentations, facts)
    return Picture(severity, missing, pattern, points)


def _severity(presentations: Presentations, facts: Facts) -> tuple[Severity, tuple[str, ...]]:
    severe = judge_all(presentations.severe_if, facts)
    moderate = judge_all(presentations.moderate_if, facts)
    if any(reason.met for reason in severe):
        return "severe", ()
    if any(reason.met for reason in moderate):
        return "moderate", ()
    open_questions = [reason for reason in severe + moderate if reason.unknown]
    needed = [facts[(fact, None)] for fact in presentations.mild_needs]
    missing = [answer for reason in open_questions for answer in reason.answers]
    missing += [answer for fact in needed if not fact.known for answer in fact.asks]
    if missing or open_questions:
        return "unknown", tuple(dict.fromkeys(missing))
    return "mild", ()


def _holds(rows: Iterable[Comparison], facts: Facts) -> bool:
    verdicts = [compare(facts.of(row.key), row.operator, row.constant) for row in rows]
    return all_of(verdicts) is Verdict.MET


def _pattern(presentations: Presentations, facts: Facts) -> tuple[str, tuple[tuple[str, int], ...]]:
    """The most points with a lead; an unanswered feature gives none."""
    points = {
        pattern.id: sum(f.points for f in pattern.features if _holds(f.all, facts))
        for pattern in presentations.patterns
    }
    ranked = sorted(points.items(), key=lambda item: -item[1])
    (best, most), (_, second) = ranked[0], ranked[1]
    clear = most >= presentations.least_points and most - second >= presentations.least_lead
    return (best if clear else UNCLEAR), tuple(ranked)


def suggestion(presentations: Presentations, facts: Facts, found: Picture) -> Suggestion:
    """The first suggestion that fits; the last one always does."""
    facts = facts.with_(*picture_facts(found))
    return next(each for each in presentations.suggest if _holds(each.all, facts))


def picture_facts(found: Picture) -> tuple[Fact, ...]:
    """Severity and pattern as facts, for the rules that name them."""
    unknown = found.severity == "unknown"
    return (
        Fact("severity", None if unknown else found.severity, asks=found.missing),
        Fact("pattern", found.pattern),
    )


def causes(library_causes: Iterable[Cause], facts: Facts) -> tuple[PossibleCause, ...]:
    """Every cause that something speaks for, with what speaks against it."""
    found = []
    for cause in library_causes:
        speaks_for = _met(cause.speaks_for, facts)
        if speaks_for:
            found.append(PossibleCause(cause, speaks_for, _met(cause.speaks_against, facts)))
    return tuple(found)


def _met(criteria: Iterable[Criterion], facts: Facts) -> tuple[Reason, ...]:
    return tuple(r for r in (judge(criterion, facts) for criterion in criteria) if r.met)
