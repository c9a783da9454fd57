"""The figures by which `facts` tells what is a jump in training."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpikeTerms:
    """What each means and where it is from stands in spikes.toml."""

    session_within_days: float
    session_amber_ratio: float
    session_red_ratio: float
    session_severe_ratio: float
    prescribed_within_days: float
    floor_m: float
    floor_s: float
    floor_hlu: float
    floor_ascent_m: float
    floor_steep_s: float
    fast_weeks_min: float
    fast_weeks_max: float
    fast_mad_scale: float
    fast_floor_m: float
    fast_amber_z: float
    fast_red_z: float
    fast_gap_days: float
    week_convention_pct: float
    week_amber_pct: float
    acute_days: float
    chronic_days: float
    ratio_from_hlu: float
