"""The plan as it was shown, what was done around it, and results of tests."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.db.models import Q

from hamstride.plan.model import Item, PlannedDay, RunPlan, Session
from hamstride.protocols.library import Library
from hamstride.protocols.model import Dose, Phase, Protocol, Sourced
from hamstride.web.bridge.asking import counting
from hamstride.web.models import Decision, Episode, Record, Runner

Row = Mapping[str, Any]

STRENGTH = ("hamstring", "hops", "trunk")
LIGHT = ("mobility", "conditioning")
_ITEM = ("sets", "reps", "hold_s", "minutes", "load_kg", "change", "instead_of")
_DOSE = ("group", "distance_m", "rest_s", "times_per_day", "pain_limit_nrs", "source", "where")
_RUN = ("step", "title", "minutes", "change", "repeats", "walk_min", "run_min", "run_m", "run_s",
        "effort_pct", "uphill", "flat")  # fmt: skip


# The plan of a stored answer


def standing_of(decision: Decision, library: Library) -> tuple[Protocol, Phase] | None:
    """The protocol and the phase of an answer; None where it has none, or the library no more."""
    protocol = library.protocols.get(decision.answer["protocol"] or "")
    if protocol is None:
        return None
    phase = next((each for each in protocol.phases if each.id == decision.answer["phase"]), None)
    return None if phase is None else (protocol, phase)


def week_of(decision: Decision, library: Library) -> tuple[PlannedDay, ...]:
    """The week of an answer, as the plan made it."""
    return tuple(
        PlannedDay(date.fromisoformat(row["on"]), _session(row, library))
        for row in decision.answer["week"]
    )


def session_of(decision: Decision, library: Library) -> Session | None:
    """The session of an answer, as the plan made it; None where there is none."""
    row = decision.answer["session"]
    return None if row is None else _session(row, library)


def _session(row: Row, library: Library) -> Session:
    items = [each for each in row["items"] if each["exercise"] in library.exercises]
    return Session(
        kind=row["kind"],
        items=tuple(_item(each, library) for each in items),
        run=None if row["run"] is None else _run(row["run"]),
        minutes=row["minutes"],
        may_add_distance=row.get("may_add_distance"),
    )


def _item(row: Row, library: Library) -> Item:
    exercise = library.exercises[row["exercise"]]
    amounts = {name: row[name] for name in _DOSE}
    dose = Dose(exercise=exercise.id, tempo=row["tempo"] or "", **amounts)
    return Item(exercise=exercise, dose=dose, **{name: row[name] for name in _ITEM})


def _run(row: Row) -> RunPlan:
    source = Sourced(source=row["source"], where=row["where"])
    return RunPlan(source=source, **{name: row[name] for name in _RUN})


def kind_of(items: Iterable[Row], done: Iterable[str]) -> str | None:
    """What kind of session the exercises that were done make; None when none was.

    A session of which only the warm-up was done is a warm-up: it is no strength day.
    """
    did = set(done)
    groups = {item["group"] for item in items if item["exercise"] in did}
    if not groups:
        return None
    if groups & set(STRENGTH):
        return "strength"
    return "mobility" if groups & set(LIGHT) else "warm_up"


# What was done


@dataclass(frozen=True, slots=True)
class Logged:
    """A record with what is needed to show it and to take it back."""

    kind: str
    client: str
    on: date
    at: datetime
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """What the pages of the plan show of the log: records that count, the oldest first.

    `runner` and `injury` hold the latest of each key of the runner's file.
    """

    runner: Mapping[str, Any]
    injury: Mapping[str, Any]
    rows: tuple[Logged, ...]


def known_of(
    episode: Episode, *kinds: str, first: date | None = None, last: date | None = None
) -> Known:
    """What is known of the runner and the injury, and the records of some kinds and days."""
    wanted = Q(kind__in=kinds)
    if first is not None:
        wanted &= Q(on__gte=first)
    if last is not None:
        wanted &= Q(on__lte=last)
    rows = Record.objects.filter(
        Q(episode=episode) | Q(episode=None),
        Q(kind__in=("runner", "episode")) | wanted,
        runner_id=episode.runner_id,
        corrected_by=None,
        body__isnull=False,
    )
    runner: dict[str, Any] = {}
    injury: Mapping[str, Any] = {}
    found = []
    for row in rows.order_by("on", "pk"):
        body = row.body or {}
        if row.kind == "runner":
            runner |= body
        elif row.kind == "episode":
            injury = body
        else:
            found.append(Logged(row.kind, str(row.client), row.on, row.recorded_at, body))
    return Known(runner, injury, tuple(found))


def begun_with(episode: Episode, day: date, logged: Sequence[Logged]) -> Decision | None:
    """The answer by which a day's sessions were done; None where nothing was logged by one.

    What is logged makes another answer, which plans as if the day went on from there.
    """
    if not logged:
        return None
    shown = episode.decisions.filter(day=day, made_at__lte=logged[-1].at)
    return shown.order_by("-pk").first()


def still_holds(begun: Decision, now: Decision) -> bool:
    """Whether nothing speaks against the day that did not when its session was begun."""
    return _against(now) <= _against(begun)


def _against(decision: Decision) -> set[tuple[str, str]]:
    """The rows of an answer that are met, or may be."""
    rows = decision.answer["today"]["reasons"]
    return {(row["criterion"], row["verdict"]) for row in rows if row["verdict"] != "unmet"}


def done_on(runner: Runner, known: Known, first: date, last: date) -> dict[date, set[str]]:
    """What was done on each of some days: `run`, and the kinds of sessions."""
    found: dict[date, set[str]] = {}
    for row in counting(runner).filter(day__gte=first, day__lte=last).values("day"):
        found.setdefault(cast(date, row["day"]), set()).add("run")
    for logged in known.rows:
        kind = "run" if logged.kind == "runs" else logged.body["kind"]
        found.setdefault(logged.on, set()).add(kind)
    return found


def answers_between(episode: Episode, first: date, last: date) -> dict[date, Decision]:
    """The answer of each day that was last shown."""
    rows = episode.decisions.filter(day__gte=first, day__lte=last).order_by("pk")
    return {row.day: row for row in rows.defer("parts", "answer")}
