"""What one activity measured, as plain numbers that everything later is computed from."""

from dataclasses import replace

from hamstride.facts.activity import Reading
from hamstride.facts.load import RunLoad, run_load
from hamstride.facts.signals import Signal, signal
from hamstride.records import Activity, Load, Measured
from hamstride.vocabulary import Declared


def measured(activity: Activity, reading: Reading, declared: Declared) -> Measured:
    """The measured side of a run: its load, its speeds, its bouts, and how far to trust them.

    Parameters
    ----------
    activity : Activity
        A run; of other sports nothing of this means anything.
    reading : Reading
        Its numbers, as `facts.activity.reading` found them.
    """
    found = signal(activity, declared.runs, declared.signals)
    if found is None:
        return Measured(descent_m=reading.descent_m)
    made = _of_signal(found, reading, declared)
    if "no_speed" in found.quality.reasons:
        # The load of a run whose speed is nowhere known would be a 0 that was never measured.
        return made
    load = run_load(found, declared.load)
    if load.in_seconds:
        made = replace(made, quality="poor", doubts=(*made.doubts, "load_in_seconds"))
    return replace(made, load=_load(load))


def _of_signal(found: Signal, reading: Reading, declared: Declared) -> Measured:
    del declared
    return Measured(
        quality=found.quality.grade,
        doubts=found.quality.reasons,
        descent_m=reading.descent_m,
    )


def _load(found: RunLoad) -> Load:
    return Load(**{name: getattr(found, name) for name in Load.__dataclass_fields__})
