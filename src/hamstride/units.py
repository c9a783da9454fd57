"""The only place where one unit becomes another."""

S_PER_MIN = 60
S_PER_H = 3600
M_PER_KM = 1000.0


def minutes_s(minutes: float) -> float:
    """Seconds in so many minutes."""
    return minutes * S_PER_MIN


def s_minutes(seconds: float) -> float:
    """Minutes in so many seconds."""
    return seconds / S_PER_MIN


def clock(seconds: float) -> str:
    """A duration as people write it.

    Examples
    --------
    >>> clock(59.4), clock(1500), clock(5025)
    ('0:59', '25:00', '1:23:45')
    """
    whole = round(seconds)
    hours, rest = divmod(whole, S_PER_H)
    minutes, seconds_left = divmod(rest, S_PER_MIN)
    if hours:
        return f"{hours}:{minutes:02d}:{seconds_left:02d}"
    return f"{minutes}:{seconds_left:02d}"


# What some runners measure in


M_PER_MILE = 1609.344
M_PER_FOOT = 0.3048
KG_PER_POUND = 0.45359237


def kilometres(metres: float) -> float:
    """Kilometres in so many metres."""
    return metres / M_PER_KM


def miles(metres: float) -> float:
    """Miles in so many metres."""
    return metres / M_PER_MILE


def feet(metres: float) -> float:
    """Feet in so many metres."""
    return metres / M_PER_FOOT


def pounds(kilograms: float) -> float:
    """Pounds in so many kilograms."""
    return kilograms / KG_PER_POUND


def km_per_h(mps: float) -> float:
    """Kilometres an hour at so many metres a second."""
    return mps * S_PER_H / M_PER_KM


def miles_per_h(mps: float) -> float:
    """Miles an hour at so many metres a second."""
    return mps * S_PER_H / M_PER_MILE


def s_per_km(mps: float) -> float:
    """Seconds for a kilometre at so many metres a second."""
    return M_PER_KM / mps


def s_per_mile(mps: float) -> float:
    """Seconds for a mile at so many metres a second."""
    return M_PER_MILE / mps
