"""How much of a run was run at which share of the runner's own top speed, as a small table."""

from collections.abc import Iterator, Sequence

from hamstride.explain.run_shown import BandShown
from hamstride.units import M_PER_KM, clock

_BAR = 20


def band_lines(bands: Sequence[BandShown]) -> Iterator[str]:
    """A line for each band that holds some running, slowest first, with a bar of its distance."""
    whole_m = sum(band.distance_m for band in bands)
    for band in bands:
        if band.distance_m > 0:
            far, long = _far(band.distance_m), clock(band.duration_s)
            bar = "█" * max(round(_BAR * band.distance_m / whole_m), 1)
            yield f"{_label(band):<13}  {far:>8}  {long:>7}  {bar}"


def _label(band: BandShown) -> str:
    if band.to_pct is None:
        return f"{band.from_pct} % and more"
    return f"{band.from_pct} to {band.to_pct} %" if band.from_pct else f"under {band.to_pct} %"


def _far(metres: float) -> str:
    return f"{metres / M_PER_KM:.2f} km" if metres >= M_PER_KM else f"{metres:.0f} m"
