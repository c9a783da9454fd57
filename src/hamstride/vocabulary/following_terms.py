"""The figures by which `facts` compares a run with the step that was prescribed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FollowingTerms:
    """What each means and where it is from stands in following.toml."""

    burst_rise_mps: float
    burst_least_s: float
    burst_most_s: float
    burst_over_easy_pct: float
    burst_easy_needs_s: float
    burst_uphill_share: float
    burst_hill_grade: float
    pause_within_s: float
    light_within_s: float
    repeat_from_pct: float
    repeat_over_pct: float
    repeat_over_s: float
    running_over_pct: float
    walk_from_pct: float
    easy_up_to_pct: float
    hills_from_s: float
    hills_from_pct: float
    alike_from_pct: float
    effort_over_pct: float
    effort_under_pct: float
    flying_under_pct: float
    length_under_pct: float
    length_over_pct: float
    length_over_m: float
    length_over_s: float
    flying_from_pct: float
    run_up_m: float
    done_from_pct: float
    partly_from_pct: float
    looks_run_within_pct: float
    looks_walk_within_pct: float
    looks_effort_within_pct: float
