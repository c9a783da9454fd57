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
