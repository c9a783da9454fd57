"""The figures by which `facts` tells what is a jump in training."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpikeTerms:
    """What each means and where it is from stands in spikes.toml."""
