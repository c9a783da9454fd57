"""The figures by which `facts` tells whether a prescribed step was run as prescribed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowingTerms:
    """What each means and where it is from stands in following.toml."""
