"""Values, amounts and days as people write them."""

from collections.abc import Sequence
from datetime import date

from hamstride.vocabulary import Operator

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_BARE = frozenset({"nrs", "pain", ""})
_WORDS = {"reps": "repetitions", "newton": "N", "of_100": "of 100", "deg": "°"}
_SHORT = frozenset({"s", "min", "h", "m", "cm", "kg", "%", "N", "m/s", "steps/min"})
_ONE = {"repetitions": "repetition", "days": "day", "runs": "run", "times": "time",
        "weeks": "week", "mornings": "morning", "sessions": "session", "years": "year",
        "check-ins": "check-in", "strains": "strain"}  # fmt: skip
_LIMIT = {
    "at_least": "{} or more",
    "at_most": "{} or less",
    "above": "more than {}",
    "below": "less than {}",
    "equals": "{}",
}


def number(value: float) -> str:
    """A number without needless zeros.

    Examples
    --------
    >>> number(8.0), number(2.5), number(58.333)
    ('8', '2.5', '58.3')
    """
    return f"{round(value, 1):g}" if abs(value) < 100_000 else f"{value:.0f}"


def amount(value: float, unit: str) -> str:
    """A number with its unit in words; a pain rating stands alone.

    Examples
    --------
    >>> amount(5, "nrs"), amount(1, "days"), amount(12, "reps"), amount(10, "deg")
    ('5', '1 day', '12 repetitions', '10°')
    """
    unit = _WORDS.get(unit, unit)
    if unit in _BARE:
        return number(value)
    if unit == "°":
        return f"{number(value)}°"
    if value == 1:
        unit = _ONE.get(unit, unit)
    return f"{number(value)} {unit}"


def limit_words(operator: Operator, constant: float, unit: str) -> str:
    """A comparison of numbers in words.

    Examples
    --------
    >>> limit_words("at_least", 4, "nrs"), limit_words("below", 6, "h")
    ('4 or more', 'less than 6 h')
    """
    return _LIMIT[operator].format(amount(constant, unit))


def day_words(on: date, today: date) -> str:
    """A day as it is spoken of on another day.

    Examples
    --------
    >>> day_words(date(2026, 11, 24), date(2026, 11, 25))
    'yesterday'
    >>> day_words(date(2026, 11, 3), date(2026, 11, 25))
    '3 November'
    """
    apart = (today - on).days
    if apart in (0, 1):
        return "yesterday" if apart else "today"
    said = f"{on.day} {MONTHS[on.month - 1]}"
    return said if on.year == today.year else f"{said} {on.year}"


def full_day(on: date) -> str:
    """A day with its weekday and year."""
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]} {on.year}"


def week_day(on: date) -> str:
    """A day of the coming week, in the width of a column."""
    return f"{WEEKDAYS[on.weekday()]} {on.day:>2}"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Several words as one phrase.

    Examples
    --------
    >>> listed(["sleep", "tiredness", "pain"])
    'sleep, tiredness and pain'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def lower_first(text: str) -> str:
    """A sentence as the rest of another one."""
    return text[:1].lower() + text[1:]


def without_stop(text: str) -> str:
    """A sentence without its full stop."""
    return text.removesuffix(".")
