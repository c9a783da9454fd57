"""The runs of a runner as she knows them: what her watch measured, joined with what she typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet

from hamstride.casefile import case_from
from hamstride.facts.joining import join
from hamstride.facts.log import log_of, run_day
from hamstride.facts.run_days import days_of
from hamstride.facts.running import RUNNING
from hamstride.facts.spikes import Jump, spikes
from hamstride.protocols.loading import load
from hamstride.records import Bout, Case, Measured, Run
from hamstride.vocabulary import SpikeTerms
from hamstride.web.bridge.asking import RUN_ROW, counting, run_of_row
from hamstride.web.bridge.log import Body, add, withdraw
from hamstride.web.models import Activity, Decision, Record, Runner
from hamstride.web.prepared import PARTS

KIND = "runs"
OPEN_DAYS = 2
"""So many days before today a run may still be asked about."""

_MORE = ("uid", "format", "sprint_m", "fast_efforts", "sprints")
_ASKED = ("pain_during", "pain_after")
_NEAR = timedelta(days=1)  # a run that was typed for one day may have been recorded on the next
_OF_STEPS = frozenset({"distance", "time", "load"})
_OF_SPEED = _OF_STEPS | {"fast_week"}
_WEEK_DAYS = 7
_NO_EPISODE = {"started_on": "2000-01-01", "side": "both"}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One run: its numbers and answers, the row of its activity, the records that were typed.

    `activity` holds the columns of `RUN_ROW` and a few more; None where no watch saw it.
    """

    run: Run
    activity: Row | None = None
    records: tuple[Record, ...] = ()

    @property
    def uid(self) -> UUID:
        """What the page of the run goes by."""
        found: UUID = self.records[0].client if self.activity is None else self.activity["uid"]
        return found

    @property
    def on(self) -> date:
        """Its day."""
        return run_day(self.run)

    @property
    def fast_m(self) -> float | None:
        """Metres that were fast for this runner; None where that is not known."""
        return None if self.activity is None else self.activity["fast_m"]

    @property
    def is_open(self) -> bool:
        """Whether it was not yet said how it felt, during or after."""
        return any(getattr(self.run, name) is None for name in _ASKED)

    def is_asked(self, day: date) -> bool:
        """Whether it is open, and so new on a day that it is asked about."""
        return self.is_open and 0 <= (day - self.on).days <= OPEN_DAYS

    def is_of(self, activity: Activity | None, record: Record | None) -> bool:
        """Whether an activity or, where there is none, a record is part of this run."""
        if activity is None:
            return record in self.records
        return self.activity is not None and self.activity["pk"] == activity.pk


class Found(NamedTuple):
    """A run, its activity where a watch saw it, and the runs up to it, oldest first."""

    line: Line
    activity: Activity | None
    known: tuple[Line, ...]


# Reading


def lines(runner: Runner, first: date, last: date) -> tuple[Line, ...]:
    """The runs of some days, oldest first, each once, as `facts` joins and merges them."""
    return tuple(
        line for line in _joined(runner, first - _NEAR, last + _NEAR) if first <= line.on <= last
    )


def line_of(runner: Runner, uid: UUID, back_days: int = 0) -> Found | None:
    """A run by the id of its activity or of what was typed, and the runs of so many days before.

    None for what is no run of this runner: of somebody else, of another sport, without a day, or
    taken back. What was corrected is found by its old id as well, and a copy by its own.
    """
    kept = runner.activities.select_related("original", "same_as__original")
    activity = kept.filter(uid=uid).first()
    if activity is not None and activity.same_as is not None:
        activity = activity.same_as
    record = _current(runner, uid) if activity is None else None
    on = activity.day if activity is not None else record.on if record is not None else None
    if on is None:
        return None
    known = _joined(runner, on - timedelta(days=back_days) - _NEAR, on + _NEAR)
    for line in known:
        if line.is_of(activity, record):
            return Found(line, activity, tuple(each for each in known if each.on <= line.on))
    return None


def run_days(runner: Runner, kind: str = "") -> list[date]:
    """The days that may hold a run, newest first; with a kind those for which it was typed."""
    typed = _typed(runner).values_list("on", flat=True)
    if kind:
        return sorted(set(typed.filter(body__kind=kind)), reverse=True)
    watched = counting(runner).order_by().values_list("day", flat=True)
    return sorted(typed.union(watched), reverse=True)


def unanswered(runner: Runner, day: date) -> tuple[Line, ...]:
    """The runs of a day and of the two before it that nobody said enough about, newest first."""
    found = lines(runner, day - timedelta(days=OPEN_DAYS), day)
    return tuple(line for line in reversed(found) if line.is_asked(day))


def bouts_of(activity: Activity) -> tuple[Bout, ...]:
    """The running, walking and standing of an activity in turn, as it was measured."""
    return PARTS.validate_python(activity.parts).bouts


def findings_of(activity: Activity) -> tuple[str, ...]:
    """What its reader found odd in the file, in sentences."""
    return tuple(each["say"] for each in activity.written.get("findings", ()))


def protocol_of(runner: Runner) -> str:
    """The protocol of the latest answer for an open injury; empty where there is none."""
    return _answers(runner).values_list("protocol", flat=True).first() or ""


def planned_step(runner: Runner, on: date, start: datetime | None = None) -> str:
    """The step that was planned for a day; empty where none was.

    What was shown before the run counts: the plan that is made after it is for the next one.
    """
    rows = _answers(runner).filter(day=on)
    shown = list(rows.values_list("made_at", "answer__session__run__step"))
    before = [step for made_at, step in shown if start is None or made_at <= start]
    return next((step for step in before or [step for _, step in shown[-1:]] if step), "")


def _answers(runner: Runner) -> QuerySet[Decision]:
    """What was answered for open injuries, the latest first."""
    found = Decision.objects.filter(episode__runner=runner, episode__closed_on=None)
    return found.order_by("-day", "-pk")


def _typed(runner: Runner) -> QuerySet[Record]:
    """The records of runs that count: none that was corrected, none that was taken away."""
    return runner.records.filter(kind=KIND, corrected_by=None, body__isnull=False)


def _current(runner: Runner, client: UUID) -> Record | None:
    """What stands now where a record was made; None where it was taken back."""
    found = runner.records.filter(kind=KIND, client=client).first()
    while found is not None:
        later = runner.records.filter(corrects=found).first()
        if later is None:
            break
        found = later
    return None if found is None or found.body is None else found


def _joined(runner: Runner, first: date, last: date) -> list[Line]:
    zone = ZoneInfo(runner.timezone)
    rows = counting(runner).filter(day__gte=first, day__lte=last).values(*RUN_ROW, *_MORE)
    watched, activities = [], {}
    for row in rows:
        run = run_of_row(row, zone)
        # Each has a `Measured` of its own, by which it is told again after joining.
        measured = run.measured or Measured()
        watched.append(replace(run, measured=measured))
        activities[id(measured)] = row
    records = list(_typed(runner).filter(on__gte=first, on__lte=last).order_by("on", "pk"))
    case = _case(records)
    typed: dict[datetime, list[Record]] = {}
    for run, record in zip(case.runs, records, strict=True):
        typed.setdefault(run.start.astimezone(UTC), []).append(record)
    joined = join(case.runs, tuple(watched))
    seen = {
        run.start.astimezone(UTC): activities[id(run.measured)]
        for run in joined
        if run.measured is not None
    }
    # Two that were typed for one start are one run, as they are for every fact.
    merged = log_of(replace(case, runs=joined), date.max, load().declared).runs
    starts = [run.start.astimezone(UTC) for run in merged]
    return [
        Line(run, seen.get(start), tuple(typed.get(start, ())))
        for run, start in zip(merged, starts, strict=True)
    ]


def _case(records: Iterable[Record]) -> Case:
    tables = {"episode": _NO_EPISODE, KIND: [row.body for row in records]}
    return case_from(tables, "The log", questions=frozenset())


# Jumps


def jumps_of(known: Sequence[Line], on: date, terms: SpikeTerms) -> tuple[Jump, ...]:
    """What the running of a day is compared with, from the runs up to it."""
    return spikes(days_of((line.run, line.fast_m) for line in known), on, terms).jumps


def as_planned(runner: Runner, line: Line, known: Sequence[Line]) -> frozenset[str]:
    """Which measures of the day of a run the ladder guards, since its steps were run as planned."""
    if line.run.step is None:
        return frozenset()
    library = load()
    declared = library.declared_for(library.protocols.get(protocol_of(runner)))
    case = replace(_case(()), runs=tuple(each.run for each in known))
    fact = RUNNING["last_run_jumped"](log_of(case, line.on, declared), line.on, 0)
    step = declared.steps.get(line.run.step)
    if fact.value is not False or step is None:
        return frozenset()
    return _OF_SPEED if step.is_speed else _OF_STEPS


def jumps_with(runner: Runner, run: Run, terms: SpikeTerms) -> tuple[Jump, ...]:
    """What the day of a run would be compared with, were it added."""
    on = run_day(run)
    known = lines(runner, on - timedelta(days=reach_days(terms)), on)
    return jumps_of([*known, Line(run)], on, terms)


def reach_days(terms: SpikeTerms) -> int:
    """How many days before a run have a say in whether it jumped."""
    weeks = _WEEK_DAYS * (int(terms.fast_weeks_max) + 1)
    return max(weeks, int(terms.session_within_days), int(terms.prescribed_within_days))


# Writing


def keep_run(runner: Runner, body: Body, start: datetime, client: UUID) -> Record:
    """Add a run that was typed. It counts for every injury of the runner.

    Raises
    ------
    CaseFileError
        Something is out of its range; nothing is stored then.
    """
    return add(runner, KIND, {"start": start.isoformat(), **body}, on=start.date(), client=client)


def is_stored(runner: Runner, client: UUID) -> bool:
    """Whether what is sent has been sent before."""
    return runner.records.filter(client=client).exists()


def keep_answers(
    runner: Runner, uid: UUID, answers: Body, client: UUID, asked: Sequence[str]
) -> bool:
    """Add what was answered about a run, and correct what was answered otherwise before.

    What was `asked` and is not among the answers was emptied. An answer to what was open is news:
    it stands beside what is there, and takes effect at once. One that says something else than
    before is a correction. False where there is no such run.

    Raises
    ------
    CaseFileError
        Something is out of its range; nothing is stored then.
    """
    with transaction.atomic():
        # Two that answer at once: the second sees what the first has said.
        Runner.objects.select_for_update().get(pk=runner.pk)
        found = line_of(runner, uid)
        if found is None:
            return False
        if not is_stored(runner, client):
            line = found.line
            for place, (body, record) in enumerate(_changes(line, answers, asked)):
                add(
                    runner,
                    KIND,
                    body,
                    on=line.on,
                    episode=None if record is None else record.episode,
                    client=uuid5(client, str(place)) if place else client,
                    corrects=record,
                )
    return True


def _changes(
    line: Line, answers: Body, asked: Sequence[str]
) -> list[tuple[dict[str, Any], Record | None]]:
    """The bodies to add, each with the record that it corrects; the news come first."""
    said = {key for record in line.records for key in record.body or {}}
    news = {key: value for key, value in answers.items() if key not in said}
    found: list[tuple[dict[str, Any], Record | None]] = []
    if news:
        found.append(({"start": line.run.start.isoformat(), **news}, None))
    for record in line.records:
        was = record.body or {}
        body = {
            key: answers.get(key, value)
            for key, value in was.items()
            if key in answers or key not in asked
        }
        if body != was:
            found.append((body, record))
    return found


def take_back(runner: Runner, uid: UUID) -> list[UUID]:
    """Take out what was typed of a run, all of it; the clients of that, the numbers first."""
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        found = line_of(runner, uid)
        records = () if found is None else found.line.records
        for record in records:
            withdraw(runner, record.client)
    return [each.client for each in sorted(records, key=_has_no_numbers)]


def _has_no_numbers(record: Record) -> bool:
    return "duration_s" not in (record.body or {})
