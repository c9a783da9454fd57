"""The log of what was recorded: rows are added, and a correction is a row as well."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone as clock

from hamstride.casefile import case_from
from hamstride.protocols.loading import load
from hamstride.web.models import Episode, Record, Runner

Body = Mapping[str, Any]

SINGLE = ("runner", "episode")
"""Kinds of which the latest row counts alone."""

DAYS_BEFORE = 400
"""Runs so long before an injury may still tell what a runner was used to."""


def open_episode(runner: Runner, body: Body, *, on: date) -> Episode:
    """A new injury, with what is known of it.

    Raises
    ------
    CaseFileError
        Something is unknown, missing or out of its range; nothing is stored then.
    """
    with transaction.atomic():
        episode = Episode.objects.create(runner=runner)
        add(runner, "episode", body, on=on, episode=episode)
    return episode


def add(  # noqa: PLR0913 - a row has that many sides
    runner: Runner,
    kind: str,
    body: Body | None,
    *,
    on: date,
    episode: Episode | None = None,
    client: UUID | None = None,
    corrects: Record | None = None,
) -> Record:
    """Add a row to the log; sent twice with one `client`, it is added once.

    Raises
    ------
    CaseFileError
        Something is unknown, missing or out of its range; nothing is stored then.
    """
    client = client or uuid4()
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        known = runner.records.filter(client=client).first()
        if known is not None:
            return known
        if body is not None:
            _checked(kind, body)
        return Record.objects.create(
            runner=runner,
            episode=episode,
            kind=kind,
            on=on,
            body=None if body is None else dict(body),
            client=client,
            corrects=corrects,
            recorded_at=clock.now(),
        )


def _checked(kind: str, body: Body) -> None:
    """Refuse what no runner's file may hold."""
    tables: dict[str, Any] = {"episode": {"started_on": "2026-01-01", "side": "left"}}
    tables[kind] = body if kind in SINGLE else [body]
    case_from(tables, "This entry", questions=frozenset(load().questions))


def rows_of(episode: Episode, kind: str | None = None) -> list[Record]:
    """The rows that count, oldest first: none that was corrected, none that was taken away."""
    rows = Record.objects.filter(
        Q(episode=episode) | Q(episode=None),
        runner_id=episode.runner_id,
        corrected_by=None,
        body__isnull=False,
    ).order_by("on", "pk")
    return list(rows if kind is None else rows.filter(kind=kind))


def withdraw(runner: Runner, client: UUID) -> bool:
    """Take a record out of what counts, by a row that says so; false where there is none."""
    row = runner.records.filter(client=client).first()
    if row is None or row.kind in SINGLE or _names_a_sign(row):
        return False
    if not Record.objects.filter(corrects=row).exists():
        add(runner, row.kind, None, on=row.on, episode=row.episode, corrects=row)
    return True


def _names_a_sign(row: Record) -> bool:
    """Whether it holds a yes to a red-flag question: that stays until a clinician had a look."""
    answers = {**(row.body or {}), "all_clear": None}
    return row.kind == "screenings" and True in answers.values()
