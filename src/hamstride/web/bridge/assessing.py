"""The red-flag answers and the history of an injury: from forms to the log, and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from hamstride.advise import Advice, advise
from hamstride.casefile import case_from
from hamstride.protocols.loading import load
from hamstride.protocols.model import Protocol
from hamstride.web.bridge.deciding import advice_of
from hamstride.web.bridge.log import Body, add, rows_of
from hamstride.web.bridge.running import set_injured_on
from hamstride.web.models import Episode, Record, Runner

FLAGS = ("screenings", "overrides")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a runner tells of a clinician's look: who, when, and whether training may go on."""

    by: str
    on: date
    goes_on: bool
    said: str = ""


def open_episodes(runner: Runner) -> list[Episode]:
    """The injuries that are not over, the newest first."""
    return list(runner.episodes.filter(closed_on=None).order_by("-pk"))


def closed_episodes(runner: Runner) -> list[Episode]:
    """The injuries that are over, the one that ended last first."""
    return list(runner.episodes.exclude(closed_on=None).order_by("-closed_on", "-pk"))


def close(episode: Episode, on: date | None) -> None:
    """Say that an injury is over, or with None that it is not; what was recorded stays."""
    episode.closed_on = on
    episode.save(update_fields=["closed_on"])
    _renew_injured_on(episode.runner)


# Red flags: they are about the runner, not about one injury, and hold in every one


def advices_of(runner: Runner, day: date) -> list[Advice]:
    """What the core says of a day, for each injury that is not over.

    Before there is one, an injury of that day without a place stands in: of its answer, only the
    red flags are looked at.
    """
    found = [advice_of(episode, day) for episode in open_episodes(runner)]
    return found or [_before_any(runner, day)]


def _before_any(runner: Runner, day: date) -> Advice:
    tables: dict[str, Any] = {"episode": {"started_on": day.isoformat(), "side": "both"}}
    for row in _flag_rows(runner):
        tables.setdefault(row.kind, []).append(row.body)
    case = case_from(tables, "The log", questions=frozenset(load().questions))
    return advise(case, day)


def _flag_rows(runner: Runner) -> list[Record]:
    rows = runner.records.filter(
        episode=None, kind__in=FLAGS, corrected_by=None, body__isnull=False
    )
    return list(rows.order_by("on", "pk"))


def screen(runner: Runner, body: Body, *, on: date, client: UUID) -> Record:
    """Keep the red-flag answers of a day."""
    return add(runner, "screenings", {"on": on.isoformat(), **body}, on=on, client=client)


def keep_seen(runner: Runner, seen: Seen, *, seen_from: date, client: UUID) -> date:
    """Keep a clinician's look as the runner tells it; the day from which it counts.

    Notes
    -----
    A sign and the look at it on one day leave that day as it is, so that such a look counts from
    the next day on.
    """
    on = max(seen.on, seen_from + timedelta(days=1))
    told = f"Told by the runner: seen on {seen.on.isoformat()}. {seen.said}".strip()
    body: dict[str, Any] = {
        "on": on.isoformat(),
        "by": f"{seen.by}, told by the runner",
        "reason": told,
    }
    if seen.goes_on:
        body["clear_red_flags"] = True
    add(runner, "overrides", body, on=on, client=client)
    return on


def asked_lately(runner: Runner, day: date) -> bool:
    """Whether a new injury can be opened without asking the red-flag questions again.

    They are of one day; only after a clinician's look they need not come again, since the same
    answers would only lead to the same look.
    """
    rows = _flag_rows(runner)
    asked_on = max((row.on for row in rows if row.kind == "screenings"), default=None)
    newest = runner.episodes.order_by("-pk").first()
    looked = [
        row
        for row in rows
        if row.kind == "overrides"
        and (row.body or {}).get("clear_red_flags")
        and (newest is None or row.recorded_at > newest.opened_at)
    ]
    return asked_on is not None and (asked_on == day or any(row.on > asked_on for row in looked))


# The history


def begin_episode(runner: Runner, body: Body, *, on: date, client: UUID) -> Episode:
    """Open an injury; sent twice with one `client`, it is opened once."""
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        known = runner.records.filter(client=client).exclude(episode=None).first()
        if known is not None and known.episode is not None:
            return known.episode
        episode = Episode.objects.create(runner=runner)
        add(runner, "episode", body, on=on, episode=episode, client=client)
    _renew_injured_on(runner)
    return episode


def known_of(episode: Episode) -> dict[str, Any]:
    """What is known of an injury, under the keys of the runner's file."""
    return dict(rows_of(episode, "episode")[-1].body or {})


def correct(
    episode: Episode, answers: Body, keys: Iterable[str], *, on: date, client: UUID
) -> Record:
    """Put new answers in the place of those that some keys had; one left out is not known again.

    Raises
    ------
    CaseFileError
        Something is out of its range; nothing is stored then.
    """
    runner = episode.runner
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        latest = rows_of(episode, "episode")[-1]
        asked = set(keys)
        kept = {name: value for name, value in (latest.body or {}).items() if name not in asked}
        body = {**kept, **answers}
        if body != latest.body and latest.client != client:
            latest = add(
                runner, "episode", body, on=on, episode=episode, client=client, corrects=latest
            )
    _renew_injured_on(runner)
    return latest


def born_of(runner: Runner) -> int | None:
    """The year in which a runner was born, where she told it."""
    return _told_of(runner).get("born")


def _told_of(runner: Runner) -> Mapping[str, Any]:
    rows = runner.records.filter(kind="runner", corrected_by=None, body__isnull=False)
    found: dict[str, Any] = {}
    for row in rows.order_by("on", "pk"):
        found |= row.body or {}
    return found


def keep_born(runner: Runner, born: int | None, *, on: date) -> None:
    """Keep a year of birth that is new; one that was told is not forgotten by an empty field."""
    if born is not None and born != born_of(runner):
        add(runner, "runner", {"born": born}, on=on)


def _renew_injured_on(runner: Runner) -> None:
    """The runner's own top speed is that of before the oldest injury that is not over."""
    days = [date.fromisoformat(known_of(each)["started_on"]) for each in open_episodes(runner)]
    if days and min(days) != runner.injured_on:
        set_injured_on(runner, min(days))


# The plan


def start_plan(episode: Episode, plan: Protocol, *, on: date) -> None:
    """Choose a plan, and begin its first phase; sent twice it begins once."""
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=episode.runner_id)
        if known_of(episode).get("protocol") == plan.id:
            return
        correct(episode, {"protocol": plan.id}, ["protocol"], on=on, client=uuid4())
        first = {"on": on.isoformat(), "id": plan.phases[0].id, "by": "runner"}
        add(episode.runner, "phases", first, on=on, episode=episode)
