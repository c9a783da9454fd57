"""What a runner prefers: units, language, quiet hours, shoes, and where and since when."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction

from hamstride.protocols.loading import load
from hamstride.web.bridge.running import renew_top_speed, set_injured_on
from hamstride.web.models import Preferences, Runner
from hamstride.web.quantities import Units


def preferences_of(runner: Runner) -> Preferences:
    """What was chosen; what holds for everybody until something is. Nothing is stored here."""
    return Preferences.objects.filter(runner=runner).first() or Preferences(runner=runner)


def units_of(runner: Runner) -> Units:
    """What the runner measures in."""
    chosen = preferences_of(runner)
    return Units(chosen.distance, chosen.height, chosen.mass, chosen.pace)


def prefer(
    runner: Runner,
    units: Units,
    *,
    language: str,
    quiet: tuple[time | None, time | None],
    shoes: Sequence[str],
) -> None:
    """Keep what was chosen."""
    Preferences.objects.update_or_create(
        runner=runner,
        defaults={
            "language": language,
            "distance": units.distance,
            "height": units.height,
            "mass": units.mass,
            "pace": units.pace,
            "quiet_from": quiet[0],
            "quiet_until": quiet[1],
            "shoes": list(shoes),
        },
    )


def set_injury_day(runner: Runner, on: date | None) -> None:
    """Say when the injury was, or that no day is known: the top speed is found anew."""
    if on == runner.injured_on:
        return
    if on is not None:
        set_injured_on(runner, on)
        return
    with transaction.atomic():
        runner.injured_on = None
        runner.save(update_fields=["injured_on"])
        renew_top_speed(runner, load().declared)
