"""The figures by which `facts` tells what is fast for a runner."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SpeedTerms:
    """What each means and where it is from stands in speed.toml."""

    effort_least_s: float
    effort_gap_s: float
    fast_pct: float
    sprint_pct: float
    bests_of_days: float
    bests_taken: float
    top_over_5k: float
    top_over_5k_log_sd: float
    range_low_frac: float
    range_high_frac: float
    sprint_rpe: float
    sprint_held_most_s: float
    band_first_pct: float
    band_width_pct: float
    band_last_pct: float
