"""What was recorded and answered, day by day: for the journal and for progress.

Here a row is told with what became of it: the log keeps what was corrected and what was taken
back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from hamstride.facts.steadiness import Doing, Told
from hamstride.records import Case
from hamstride.web.bridge.asking import counting
from hamstride.web.bridge.deciding import STRICTEST
from hamstride.web.bridge.log import SINGLE, add
from hamstride.web.models import Decision, Episode, Record, Runner

ORDER = ("check_ins", "tests", "sessions", "runs", "phases", "screenings", "overrides")
"""The kinds of records in the order in which a day tells them."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What a day of the calendar shows; None and empty where nothing was recorded."""

    pain: int | None = None
    state: str | None = None
    word: str = ""
    ran: bool = False
    sessions: tuple[str, ...] = ()
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of a day. `current` where it counts; else `changed_at` tells since when it does not.

    `back` where it was taken back, and not corrected. `before` is the record that it corrects.
    """

    row: Record
    current: bool
    back: bool
    changed_at: datetime | None
    before: Record | None


def marks(runner: Runner, first: date, last: date) -> dict[date, Marks]:
    """What the days of a span show, for all injuries together: the worse, and the stricter."""
    found: dict[date, dict[str, Any]] = {}
    rows = runner.records.filter(on__range=(first, last), corrected_by=None, body__isnull=False)
    for row in rows.order_by("pk"):
        _mark(found.setdefault(row.on, {}), row.kind, row.body or {})
    ran = counting(runner).filter(day__range=(first, last)).values_list("day", flat=True)
    for on in filter(None, ran):
        found.setdefault(on, {})["ran"] = True
    decisions = Decision.objects.filter(episode__runner=runner, day__range=(first, last))
    held = {
        (day, episode): (state, word)
        for day, episode, state, word in decisions.order_by("pk").values_list(
            "day", "episode", "state", "word"
        )
    }
    for (on, _), (state, word) in held.items():
        day = found.setdefault(on, {})
        if "state" not in day or STRICTEST.index(state) < STRICTEST.index(day["state"]):
            day["state"], day["word"] = state, word
    return {on: Marks(**day) for on, day in found.items()}


def _mark(day: dict[str, Any], kind: str, body: Mapping[str, Any]) -> None:
    if body.get("note"):
        day["noted"] = True
    if kind == "runs":
        day["ran"] = True
    elif kind == "sessions":
        day["sessions"] = tuple(dict.fromkeys([*day.get("sessions", ()), body["kind"]]))
    elif kind == "check_ins" and "pain_morning" in body:
        day["pain"] = max(body["pain_morning"], day.get("pain", 0))


def kept_on(runner: Runner, day: date) -> list[Kept]:
    """Every row that was recorded for a day, with what it became; of a kind the oldest first."""
    rows = runner.records.filter(on=day, kind__in=ORDER).select_related("corrects", "corrected_by")
    found = [_kept(row) for row in rows if row.body]
    return sorted(found, key=lambda each: (ORDER.index(each.row.kind), each.row.pk))


def _kept(row: Record) -> Kept:
    later: Record | None = getattr(row, "corrected_by", None)
    return Kept(
        row=row,
        current=later is None,
        back=later is not None and later.body is None,
        changed_at=None if later is None else later.recorded_at,
        before=row.corrects,
    )


def decisions_on(runner: Runner, day: date) -> list[Decision]:
    """The answers that were given for a day, in their order; for every injury."""
    rows = Decision.objects.filter(episode__runner=runner, day=day).order_by("pk")
    return list(rows.defer("answer", "parts"))


def noted(runner: Runner, words: str, most: int) -> list[tuple[date, str, str]]:
    """Day, kind and text of the notes that hold some words, the latest first.

    Looked for here and not by the database: only so are "Ü" and "ü" alike on every one.
    """
    rows = runner.records.filter(corrected_by=None, body__has_key="note").order_by("-on", "-pk")
    texts = rows.annotate(text=KeyTextTransform("note", "body")).values_list("on", "kind", "text")
    sought = words.casefold()
    return [each for each in texts if sought in each[2].casefold()][:most]


# Correcting


def record_of(runner: Runner, client: UUID) -> Record | None:
    """A record of a runner by the id that it was sent with."""
    return runner.records.filter(client=client).exclude(kind__in=SINGLE).first()


def correct(row: Record, body: Mapping[str, Any], client: UUID) -> bool:
    """Put another row in the stead of one; false where that was corrected meanwhile.

    Sent twice it is done once.

    Raises
    ------
    CaseFileError
        Something is unknown, missing or out of its range; nothing is stored then.
    """
    with transaction.atomic():
        runner = Runner.objects.select_for_update().get(pk=row.runner_id)
        if runner.records.filter(client=client).exists():
            return True
        if Record.objects.filter(corrects=row).exists():
            return False
        add(
            runner, row.kind, body, on=row.on, episode=row.episode, client=client, corrects=row
        )  # fmt: skip
    return True


def put_back(row: Record, client: UUID) -> bool:
    """Let a record that was corrected or taken back count again; false where it does already."""
    last = row
    while (later := Record.objects.filter(corrects=last).first()) is not None:
        last = later
    return last.body != row.body and correct(last, row.body or {}, client)


# What was planned, and what was done


def told_between(episode: Episode, first: date, last: date) -> list[Told]:
    """What the answers of some days planned, each with the time at which it was given."""
    kind = KeyTextTransform("kind", KeyTransform("0", KeyTransform("week", "answer")))
    rows = episode.decisions.filter(day__range=(first, last)).annotate(planned=kind)
    return [
        Told(on, at, None if state == "answer_first" else planned)
        for on, at, state, planned in rows.values_list("day", "made_at", "state", "planned")
    ]


def done_between(runner: Runner, first: date, last: date) -> list[Doing]:
    """The runs and sessions of some days that count, each with when its day became known.

    A row that was corrected later was known from its first writing on.
    """
    rows = runner.records.filter(kind__in=("runs", "sessions"), on__range=(first, last))
    read = counting(runner).filter(day__range=(first, last))
    found: list[tuple[date | None, str, datetime]] = [
        (on, "run", at) for on, at in read.values_list("day", "original__added_at")
    ]
    since: dict[date | None, datetime] = {}
    for each in rows.select_related("corrects", "corrected_by"):
        since[each.on] = min(each.recorded_at, since.get(each.on, each.recorded_at))
        if each.body is not None and _kept(each).current:
            kind = "run" if each.kind == "runs" else each.body["kind"]
            found.append((each.on, kind, each.recorded_at))
    return [Doing(on, min(at, since.get(on, at)), kind) for on, kind, at in found if on is not None]


def phase_days(case: Case) -> dict[str, date]:
    """The day on which each phase was entered last."""
    return {entry.id: entry.on for entry in sorted(case.phases, key=lambda each: each.on)}
