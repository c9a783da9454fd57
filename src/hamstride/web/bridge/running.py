"""The runner: who it is, and how fast her runs were for her."""

from datetime import date
from uuid import UUID

from django.db import transaction

from hamstride.facts.exposure import exposure_to
from hamstride.facts.top_speed import TopSpeed, raised, top_speed
from hamstride.protocols.loading import load
from hamstride.vocabulary import Declared
from hamstride.web.bridge.asking import RUN_ROW, bests_of
from hamstride.web.models import Activity, Runner
from hamstride.web.prepared import day_of, measured_of

_OWNER = UUID(int=1)
_TOP = ("mps", "low_mps", "high_mps", "at_least", "runs", "on")
_FAST = ("fast_m", "sprint_m", "fast_efforts", "sprints")


def owner(timezone: str) -> Runner:
    """The one runner of a store on one's own machine, made when there is none."""
    found = the_owner()
    if found is None:
        # Two that begin at once agree by the id: the second one finds the first one's.
        found, _ = Runner.objects.get_or_create(uid=_OWNER, defaults={"timezone": timezone})
    return found


def the_owner() -> Runner | None:
    """The one runner of a store; None where nothing was ever imported."""
    return Runner.objects.order_by("pk").first()


def set_injured_on(runner: Runner, on: date) -> None:
    """Say when the injury was: the runner's own top speed is that of before it."""
    runner.injured_on = on
    runner.save(update_fields=["injured_on"])
    renew_top_speed(runner, load().declared)


def move_to(runner: Runner, timezone: str) -> None:
    """Move a runner to another time zone, and every run to its day there."""
    if timezone == runner.timezone:
        return
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        runner.timezone = timezone
        runner.save(update_fields=["timezone"])
        rows = list(Activity.objects.filter(runner=runner, start__isnull=False).only("pk", "start"))
        for row in rows:
            row.day = day_of(row.start, timezone)
        Activity.objects.bulk_update(rows, ["day"], batch_size=500)


def renew_top_speed(runner: Runner, declared: Declared) -> TopSpeed | None:
    """Find the runner's own top speed anew, and what of every run was fast against it.

    It is that of the day of the injury, and only raised after it; without one that of the newest
    run.
    """
    with transaction.atomic():
        Runner.objects.select_for_update().get(pk=runner.pk)
        bests = bests_of(runner, declared)
        on = runner.injured_on or max((best.on for best in bests), default=None)
        top = None if on is None else top_speed(bests, on, declared.speed)
        if top is not None:
            top = raised(top, bests, declared.speed)
        _store_top(runner, top)
        _store_fast(runner, top, declared)
    return top


def _store_top(runner: Runner, top: TopSpeed | None) -> None:
    for name in _TOP:
        setattr(runner, f"top_{name}", None if top is None else getattr(top, name))
    runner.save(update_fields=[f"top_{name}" for name in _TOP])


def _store_fast(runner: Runner, top: TopSpeed | None, declared: Declared) -> None:
    changed = []
    rows = Activity.objects.filter(runner=runner, measured=True)
    for row in rows.values(*RUN_ROW, "parts", *_FAST[1:]):
        found = exposure_to(top, measured_of(row), declared.speed)
        now = (
            (None,) * len(_FAST)
            if found is None
            else (found.fast_m, found.sprint_m, found.fast_efforts, found.sprints)
        )
        if now != tuple(row[name] for name in _FAST):
            changed.append(Activity(pk=row["pk"], **dict(zip(_FAST, now, strict=True))))
    Activity.objects.bulk_update(changed, _FAST, batch_size=200)
