"""The answer for a day: made once from what is known, and stored as it was shown."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count, QuerySet, Window
from django.utils import timezone as clock

import hamstride
from hamstride.advise import Advice, advise
from hamstride.explain import answer, light, page
from hamstride.explain.looking_back import held_part
from hamstride.protocols.loading import load
from hamstride.records import Case
from hamstride.web.bridge.as_it_was import case_without, corrections_since_check_in, known
from hamstride.web.bridge.log import add
from hamstride.web.models import Activity, Decision, Episode, Record, Runner

_KEPT = 4
"""So many answers a process remembers: most of a day is spent with the one of the morning."""


def today_of(runner: Runner) -> date:
    """The day it is where the runner is."""
    now: datetime = clock.now()
    return now.astimezone(ZoneInfo(runner.timezone)).date()


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds for a day; `is_held` where it is stricter than what the records say by now.

    `case` is what they say.
    """

    advice: Advice
    case: Case
    is_held: bool = False


def judged(episode: Episode, day: date) -> Holding:
    """The strictest answer of with and without each correction since the last check-in.

    Notes
    -----
    A correction takes effect at once where it makes a day stricter, and with the next check-in
    where it makes one easier. It is asked of the log alone: it makes no difference whether the
    answer of before was looked at, nor from where the correction came.
    """
    log = known(episode)
    case = case_without(log)
    found = Holding(advise(case, day), case)
    without: list[int] = []
    for correction in corrections_since_check_in(log):
        without.append(correction)
        before = advise(case_without(log, without), day)
        if before.today.action > found.advice.today.action:
            found = Holding(before, case, is_held=True)
    return found


def holding(episode: Episode, day: date) -> Holding:
    """What holds for a day as `judged` finds it, and remembered while nothing new is known."""
    return _held(episode, day, basis_of(episode))


@lru_cache(maxsize=_KEPT)
def _held(episode: Episode, day: date, basis: str) -> Holding:
    # By what it stands on: nothing of before an entry is ever found after it.
    del basis
    return judged(episode, day)


def advice_of(episode: Episode, day: date) -> Advice:
    """What holds for a day, from what is known now."""
    return holding(episode, day).advice


def answer_of(episode: Episode, day: date) -> Decision:
    """The answer for a day; while nothing new is known it is the one that was shown."""
    basis = basis_of(episode)
    shown = episode.decisions.filter(day=day, basis=basis).first()
    return shown or _stored(episode, day, basis, _held(episode, day, basis))


STRICTEST = ("get_help", "rest", "answer_first", "go_easier", "go")
"""The states of an answer, the strictest first."""


def answers_today(runner: Runner, day: date) -> list[Decision]:
    """The answer for each open injury, the strictest first."""
    found = [answer_of(episode, day) for episode in runner.episodes.filter(closed_on=None)]
    return sorted(found, key=lambda each: (STRICTEST.index(each.state), -each.pk))


def answers_of(episode: Episode, day: date) -> list[Decision]:
    """Every answer that was given for a day, the one that holds last."""
    return list(episode.decisions.filter(day=day).order_by("pk"))


def basis_of(episode: Episode) -> str:
    """What an answer stands on, as a hash: the records, the runs, the rules and the program."""
    records = Record.objects.filter(runner=episode.runner_id)
    runs = Activity.objects.filter(runner=episode.runner_id, is_run=True, same_as=None)
    runner = episode.runner
    last = (_last(records, "client"), _last(runs, "uid"))
    told = (*last, runner.timezone, runner.top_mps, _rules(), hamstride.__version__)
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _last(rows: QuerySet[Any], uid: str) -> tuple[Any, ...] | None:
    """How many rows there are, and which is the last; by its uid, as a store may be restored."""
    numbered = rows.order_by("-pk").annotate(n=Window(Count("pk")))
    last: tuple[Any, ...] | None = numbered.values_list("n", "pk", uid).first()
    return last


@cache
def _rules() -> str:
    library = load()
    return repr(sorted((each.id, each.version) for each in library.protocols.values()))


def _stored(episode: Episode, day: date, basis: str, held: Holding) -> Decision:
    advice = held.advice
    shown = light(advice)
    told = [held_part()] if held.is_held else []
    with transaction.atomic():
        decision, _ = Decision.objects.get_or_create(
            episode=episode,
            day=day,
            basis=basis,
            defaults={
                "version": hamstride.__version__,
                "protocol": advice.protocol.id if advice.protocol else None,
                "protocol_version": advice.protocol.version if advice.protocol else None,
                "state": shown.state,
                "word": shown.word,
                "reason": shown.reason,
                "parts": [asdict(each) for each in (*told, *page(advice, in_file=False))],
                "answer": answer(advice),
            },
        )
    return decision


def enter_phase(episode: Episode, day: date) -> bool:
    """Enter the phase that the gate of a day leads to; false where it leads nowhere."""
    gate = answer_of(episode, day).answer["gate"]
    if gate["action"] not in ("advance", "step_back") or not gate["to"]:
        return False
    body = {"on": day.isoformat(), "id": gate["to"], "by": "rule"}
    add(episode.runner, "phases", body, on=day, episode=episode)
    return True
