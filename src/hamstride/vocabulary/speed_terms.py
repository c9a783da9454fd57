"""The figures by which `facts` tells what is fast for a runner."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeedTerms:
    """What each means and where it is from stands in speed.toml."""
