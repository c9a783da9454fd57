"""Which of several files of one run counts, whatever the order in which they came."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from hamstride.readers.sameness import LONGEST_S, SAME_START_S, Richness, Span, elected, is_same
from hamstride.web.models import Activity, Runner

_COLUMNS = (
    "pk", "original_id", "begins", "ends", "family", "part", "same_as_id", "format", "file",
    "original__whole", "original__channels", "original__samples", "original__sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An activity that may be the same as others."""

    pk: int
    original: int
    span: Span
    rich: Richness
    part: int
    same_as: int | None

    @property
    def rank(self) -> tuple[object, ...]:
        return (*self.rich.key, self.part)


def elect(runner: Runner, changed: Iterable[int]) -> None:
    """Choose anew which activities count, for these and all that are the same as they are.

    Being the same does not carry over, so a newcomer may change more than its neighbours: all
    that hang together are chosen among, as if they had come at once.
    """
    group: dict[int, _Candidate] = {}
    near: dict[int, set[int]] = {}
    asked = {each.pk: each for each in _candidates(runner, pk__in=list(changed))}
    while asked:
        pk, one = asked.popitem()
        group[pk] = one
        same = [each for each in _around(runner, one.span) if _is_same(one, each)]
        near[pk] = {each.pk for each in same}
        asked.update({each.pk: each for each in same if each.pk not in group})
    ranked = sorted(group.values(), key=lambda each: each.rank)
    stead = elected([each.pk for each in ranked], near)
    for each in ranked:
        if each.same_as != stead.get(each.pk):
            Activity.objects.filter(pk=each.pk).update(same_as=stead.get(each.pk))


def _is_same(one: _Candidate, other: _Candidate) -> bool:
    """Two parts of one file are two activities, whatever their times."""
    return one.original != other.original and is_same(one.span, other.span)


def _around(runner: Runner, when: Span) -> Iterator[_Candidate]:
    """Everything that may be the same: what overlaps, or starts within a quarter of an hour."""
    first = datetime.fromtimestamp(when.start_s - SAME_START_S, UTC)
    last = datetime.fromtimestamp(when.end_s + SAME_START_S, UTC)
    return _candidates(
        runner, begins__gte=first - timedelta(seconds=LONGEST_S), begins__lte=last, ends__gte=first
    )


def _candidates(runner: Runner, **where: Any) -> Iterator[_Candidate]:
    rows = Activity.objects.filter(runner=runner, begins__isnull=False, **where)
    for row in rows.values(*_COLUMNS):
        begins_s = row["begins"].timestamp()
        yield _Candidate(
            pk=row["pk"],
            original=row["original_id"],
            span=Span(begins_s, row["ends"].timestamp() - begins_s, row["family"]),
            rich=Richness(
                whole=row["original__whole"],
                format=row["format"],
                channels=row["original__channels"],
                samples=row["original__samples"],
                file=row["file"],
                sha256=row["original__sha256"],
            ),
            part=row["part"],
            same_as=row["same_as_id"],
        )
