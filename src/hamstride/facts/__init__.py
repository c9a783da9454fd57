"""From records to facts: every value that time or arithmetic is needed for."""

from hamstride.facts.compute import compute
from hamstride.facts.log import Log
from hamstride.facts.phases import place

__all__ = ["Log", "compute", "place"]
