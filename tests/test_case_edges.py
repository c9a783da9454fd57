"""Every row of our own protocols is tried by decision cases on both sides of its constants.

A value counts as tried where the other comparisons of its row hold: there it alone decides.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from cases_loading import decision_cases, load_decision_case
from hamstride.advise import Advice, advise
from hamstride.casefile import case_from
from hamstride.decisions.judge import Reason, judge_all
from hamstride.protocols.loading import load
from hamstride.protocols.model import Criterion, Lists
from hamstride.vocabulary import Verdict

LIBRARY = load()
OWN = [protocol for protocol in LIBRARY.protocols.values() if protocol.ours]

DAY_LISTS = ("refer_if", "rest_if", "modify_if", "mention_if")
GATE_LISTS = ("advance_when", "step_back_if", "recommend")

COARSER = {
    # Pain is noted in whole points, and so is what lies between two of them.
    "last_run_rise_nrs": 1,
}
"""Facts of which the records allow fewer values than their definition: the step there is."""

NOT_TO_BE_TRIED = {
    ("no_better_in_14_days", "pain_morning_week_nrs", -0.5): "no pain is noted below 0",
}
"""Row, fact and value that no record brings about while the rest of the row holds, and why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion and where it stands."""

    place: str
    criterion: Criterion

    def __str__(self) -> str:
        return f"{self.place}/{self.criterion.id}"


@dataclass(frozen=True, slots=True)
class Edge:
    """One comparison of a row with a number."""

    row: Row
    index: int

    def __str__(self) -> str:
        compared = self.row.criterion.all[self.index]
        return f"{self.row}/{compared.fact}_{compared.operator}_{compared.constant}"


@dataclass(slots=True)
class Tried:
    """What the cases came to, by `id` of the criterion, for one id may stand in many phases."""

    verdicts: defaultdict[int, set[Verdict]] = field(default_factory=lambda: defaultdict(set))
    values: defaultdict[tuple[int, int], set[float]] = field(
        default_factory=lambda: defaultdict(set)
    )

    def note(self, reason: Reason) -> None:
        """Add one reason of one day."""
        self.verdicts[id(reason.criterion)].add(reason.verdict)
        for index, used in enumerate(reason.facts):
            others = (*reason.facts[:index], *reason.facts[index + 1 :])
            alone = all(each.verdict is Verdict.MET for each in others)
            if alone and isinstance(used.value, (int, float)):
                self.values[(id(reason.criterion), index)].add(float(used.value))


def _rows() -> Iterator[Row]:
    shared: list[tuple[str, Lists]] = [("always", LIBRARY.always), ("ours", LIBRARY.ours)]
    for protocol in OWN:
        shared.append((protocol.id, protocol))
        shared += [(f"{protocol.id}/{phase.id}", phase) for phase in protocol.phases]
    for place, lists in shared:
        for name in (*DAY_LISTS, *GATE_LISTS):
            for criterion in getattr(lists, name, ()):
                yield Row(f"{place}/{name}", criterion)


def _edges() -> Iterator[Edge]:
    for row in ROWS:
        for index, compared in enumerate(row.criterion.all):
            if LIBRARY.definitions[compared.fact].kind == "number":
                yield Edge(row, index)


ROWS = list(_rows())
EDGES = list(_edges())


@pytest.fixture(scope="session")
def tried() -> Tried:
    """Every case, advised once."""
    found = Tried()
    for file in decision_cases():
        told = load_decision_case(file)
        advice = advise(case_from(told.tables, file.name), told.on, LIBRARY)
        for reason in _judged(advice):
            found.note(reason)
    return found


def _judged(advice: Advice) -> Iterator[Reason]:
    """Every row of the day and of its gate, met or not; of words, a decision keeps the met ones."""
    yield from advice.today.examined
    yield from judge_all(LIBRARY.rules(advice.protocol, advice.phase).mention, advice.facts)
    yield from advice.gate.examined
    yield from advice.gate.recommended


def _around(edge: Edge) -> list[float]:
    """The constant and its neighbours within the range of the fact."""
    compared = edge.row.criterion.all[edge.index]
    definition = LIBRARY.definitions[compared.fact]
    step = COARSER.get(compared.fact, definition.step)
    constant = float(compared.constant)
    sides = (constant - step, constant, constant + step)
    return [value for value in sides if definition.lowest <= value <= definition.highest]


def _excused(edge: Edge, value: float) -> bool:
    criterion = edge.row.criterion
    return (criterion.id, criterion.all[edge.index].fact, value) in NOT_TO_BE_TRIED


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_row_is_met_in_one_case_and_unmet_in_another(row: Row, tried: Tried) -> None:
    verdicts = tried.verdicts[id(row.criterion)]

    assert verdicts >= {Verdict.MET, Verdict.UNMET}


@pytest.mark.parametrize("edge", EDGES, ids=str)
def test_every_constant_is_tried_at_just_under_and_just_over(edge: Edge, tried: Tried) -> None:
    values = tried.values[(id(edge.row.criterion), edge.index)]

    missing = [value for value in _around(edge) if value not in values]
    assert [value for value in missing if not _excused(edge, value)] == []


def test_no_value_is_excused_that_is_tried_or_not_asked_for(tried: Tried) -> None:
    needed = {
        (edge.row.criterion.id, edge.row.criterion.all[edge.index].fact, value)
        for edge in EDGES
        for value in _around(edge)
        if value not in tried.values[(id(edge.row.criterion), edge.index)]
    }

    assert NOT_TO_BE_TRIED.keys() - needed == set()
