"""Quantities in templates: `{{ run.distance_m|distance:units }}`.

`{% own_units as units %}` fetches the runner's units, once a page.
"""

from typing import Any

from django import template

from hamstride.web.bridge.preferring import units_of
from hamstride.web.models import Runner
from hamstride.web.quantities import Units, distance_text, height_text, mass_text, pace_text

register = template.Library()
_KEPT = "_hamstride_units"


@register.simple_tag(takes_context=True)
def own_units(context: template.Context) -> Units:
    """The units of the runner whose page it is; metric ones where nobody is known."""
    request = context.get("request")
    account = getattr(request, "user", None)
    if account is None or not account.is_authenticated:
        return Units()
    kept: Units | None = getattr(request, _KEPT, None)
    if kept is None:
        runner = Runner.objects.filter(account=account).first()
        kept = Units() if runner is None else units_of(runner)
        setattr(request, _KEPT, kept)
    return kept


@register.filter
def distance(metres: Any, units: Units) -> str:
    """A distance in metres, as its runner reads it."""
    return distance_text(metres, units)


@register.filter
def pace(mps: Any, units: Units) -> str:
    """A speed in metres a second, as its runner reads it."""
    return pace_text(mps, units)


@register.filter
def height(metres: Any, units: Units) -> str:
    """A height in metres, as its runner reads it."""
    return height_text(metres, units)


@register.filter
def mass(kilograms: Any, units: Units) -> str:
    """A mass in kilograms, as its runner reads it."""
    return mass_text(kilograms, units)
